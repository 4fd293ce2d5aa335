"""Asking for the advisor teams of programmes, and for whom their advisors are given."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import (
    AdvisorAssignment,
    Organisation,
    Participation,
    Programme,
    ProgrammeAdvisor,
    ProgrammeStaff,
)
from webapp.db.tables.people import BrowserSession, Membership, Person


def runs(session: Session, programme_id: str, person_id: str) -> bool:
    """Whether somebody runs a programme at this moment."""
    return session.get(ProgrammeStaff, (programme_id, person_id)) is not None


def find_advisor(
    session: Session, programme_id: str, person_id: str, *, is_locked: bool = False
) -> ProgrammeAdvisor | None:
    """Somebody's place in a team. ``is_locked``: nobody else changes it until the transaction ends."""
    key = (programme_id, person_id)
    return session.get(ProgrammeAdvisor, key, with_for_update=is_locked, populate_existing=is_locked)


def team_of(session: Session, programme_id: str) -> list[tuple[ProgrammeAdvisor, Person, datetime]]:
    """A programme's advisors in the order they came, each with when they were here last."""
    used = (
        select(func.max(BrowserSession.seen_utc))
        .where(BrowserSession.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    statement = (
        select(ProgrammeAdvisor, Person, func.coalesce(used, Person.seen_utc))
        .join(Person, Person.id == ProgrammeAdvisor.person_id)
        .where(ProgrammeAdvisor.programme_id == programme_id)
        .order_by(ProgrammeAdvisor.since_utc, Person.id)
    )
    return [(place, person, max(person.seen_utc, seen)) for place, person, seen in session.execute(statement)]


def assignments_in(
    session: Session, programme_id: str, person_id: str | None = None
) -> list[tuple[AdvisorAssignment, Organisation]]:
    """What the advisors of a team, or one of them, have been given of the programme's companies, by name."""
    statement = (
        select(AdvisorAssignment, Organisation)
        .join(Organisation, Organisation.id == AdvisorAssignment.organisation_id)
        .join(Participation, Participation.organisation_id == Organisation.id)
        .join(
            ProgrammeAdvisor,
            (ProgrammeAdvisor.person_id == AdvisorAssignment.person_id)
            & (ProgrammeAdvisor.programme_id == Participation.programme_id),
        )
        .where(Participation.programme_id == programme_id)
        .order_by(Organisation.name, Organisation.id)
    )
    if person_id is not None:
        statement = statement.where(AdvisorAssignment.person_id == person_id)
    return [(row[0], row[1]) for row in session.execute(statement)]


def find_assignment(session: Session, organisation_id: str, person_id: str) -> AdvisorAssignment | None:
    """Somebody's assignment to a company, whenever it is or was; nobody else changes it until the end."""
    return session.scalar(
        select(AdvisorAssignment)
        .where(AdvisorAssignment.organisation_id == organisation_id, AdvisorAssignment.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def assignments_to_own(
    session: Session, organisation_id: str, person_id: str, now: datetime
) -> list[AdvisorAssignment]:
    """What somebody was given to advise of an organisation and its units, and what has not ended."""
    family = select(Organisation.id).where(
        or_(Organisation.id == organisation_id, Organisation.parent_id == organisation_id)
    )
    until = AdvisorAssignment.until_utc
    statement = select(AdvisorAssignment).where(
        AdvisorAssignment.organisation_id.in_(family),
        AdvisorAssignment.person_id == person_id,
        or_(until.is_(None), until > now),
    )
    return list(session.scalars(statement.order_by(AdvisorAssignment.organisation_id).with_for_update()))


def takes_part(session: Session, programme_id: str, organisation_id: str) -> bool:
    """Whether a company is in a programme."""
    return session.get(Participation, (programme_id, organisation_id)) is not None


def teams_with(session: Session, person_id: str) -> list[Programme]:
    """The programmes whose advisor team somebody is in, by name."""
    statement = (
        select(Programme)
        .join(ProgrammeAdvisor, ProgrammeAdvisor.programme_id == Programme.id)
        .where(ProgrammeAdvisor.person_id == person_id)
        .order_by(Programme.name, Programme.id)
    )
    return list(session.scalars(statement))


def shares_a_team(session: Session, organisation_id: str, person_id: str) -> bool:
    """Whether somebody is in the advisor team of a programme that a company takes part in."""
    statement = (
        select(Participation.programme_id)
        .join(ProgrammeAdvisor, ProgrammeAdvisor.programme_id == Participation.programme_id)
        .where(Participation.organisation_id == organisation_id, ProgrammeAdvisor.person_id == person_id)
    )
    return session.scalar(statement.limit(1)) is not None


def is_pending(session: Session, organisation: Organisation) -> bool:
    """Whether nobody answers for a company yet, and nothing was ever answered: it waits to be taken over."""
    answering = or_(
        Membership.organisation_id == organisation.id, Membership.organisation_id == organisation.parent_id
    )
    has_people = select(exists().where(answering))
    has_answers = select(exists().where(Assessment.organisation_id == organisation.id))
    return not session.scalar(has_people) and not session.scalar(has_answers)


def advisors_from(
    session: Session, organisation_id: str, now: datetime
) -> list[tuple[AdvisorAssignment, Person]]:
    """The advisors a company has now, and those it will have, the first first."""
    statement = (
        select(AdvisorAssignment, Person)
        .join(Person, Person.id == AdvisorAssignment.person_id)
        .where(
            AdvisorAssignment.organisation_id == organisation_id,
            or_(AdvisorAssignment.until_utc.is_(None), AdvisorAssignment.until_utc > now),
        )
        .order_by(AdvisorAssignment.from_utc, AdvisorAssignment.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]
