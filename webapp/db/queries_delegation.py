"""Asking for who was given which section of an assessment."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import Assessment, SectionTask
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Membership, Person


def holders_of(session: Session, assessment_id: str) -> list[tuple[SectionTask, Person | None]]:
    """The sections of an assessment that were given to somebody, with who has joined."""
    statement = (
        select(SectionTask, Person)
        .outerjoin(Person, Person.id == SectionTask.person_id)
        .where(SectionTask.assessment_id == assessment_id, SectionTask.given_utc.is_not(None))
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def given_to_person(
    session: Session, person_id: str, organisations: Collection[str]
) -> list[tuple[SectionTask, Assessment, Organisation]]:
    """What a person was given in some organisations, the latest first."""
    statement = (
        select(SectionTask, Assessment, Organisation)
        .join(Assessment, Assessment.id == SectionTask.assessment_id)
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .where(SectionTask.person_id == person_id, Organisation.id.in_(list(organisations)))
        .order_by(SectionTask.given_utc.desc(), SectionTask.section_id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def waiting_tasks(session: Session, organisation_id: str, email: str) -> list[SectionTask]:
    """The sections of an organisation's assessments that wait for somebody with that address to join."""
    own = select(Assessment.id).where(Assessment.organisation_id == organisation_id)
    statement = select(SectionTask).where(
        SectionTask.assessment_id.in_(own), SectionTask.email == email, SectionTask.person_id.is_(None)
    )
    return list(session.scalars(statement.order_by(SectionTask.given_utc, SectionTask.section_id)))


def people_who_answer(session: Session, organisation: Organisation) -> list[Person]:
    """Everybody with an address who answers for an organisation: its own people and its parent's."""
    theirs = [organisation.id, *([organisation.parent_id] if organisation.parent_id else [])]
    members = select(Membership.person_id).where(Membership.organisation_id.in_(theirs))
    statement = select(Person).where(Person.id.in_(members), Person.email.is_not(None))
    return list(session.scalars(statement.order_by(Person.name, Person.email)))
