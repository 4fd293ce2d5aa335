"""Asking for what has been kept long enough."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import Assessment, EvidenceFile, SectionTask, Submission
from webapp.db.tables.organisations import (
    AdvisorAssignment,
    Organisation,
    Participation,
    Programme,
    ProgrammeAdvisor,
    ProgrammeStaff,
)
from webapp.db.tables.people import Invitation, Membership, Person
from webapp.db.tables.work import AuditEvent, Document


@dataclass(frozen=True, slots=True)
class Use:
    """How long ago an organisation was used. ``seen_utc``: when one of its people signed in last.

    ``retention_days``: the longest of the programmes it takes part in; None outside of programmes.
    A unit has its parent's people and programmes beside its own.
    """

    id: str
    parent_id: str | None
    is_trial: bool
    active_utc: datetime
    seen_utc: datetime | None
    retention_days: int | None

    @property
    def last_utc(self) -> datetime:
        """When it was used last."""
        return self.active_utc if self.seen_utc is None else max(self.active_utc, self.seen_utc)


def uses(session: Session, only: str | None = None) -> Iterator[Use]:
    """The use of every organisation, or of one."""
    answering = (Organisation.id, Organisation.parent_id)
    statement = (
        select(
            Organisation.id,
            Organisation.parent_id,
            Organisation.kind,
            Organisation.active_utc,
            func.max(Person.seen_utc),
            func.max(Programme.retention_days),
        )
        .outerjoin(Membership, Membership.organisation_id.in_(answering))
        .outerjoin(Person, Person.id == Membership.person_id)
        .outerjoin(Participation, Participation.organisation_id.in_(answering))
        .outerjoin(Programme, Programme.id == Participation.programme_id)
        .group_by(Organisation.id)
    )
    if only is not None:
        statement = statement.where(Organisation.id == only)
    for id_, parent, kind, active, seen, days in session.execute(statement):
        yield Use(id_, parent, kind == "trial", active, seen, days)


def has_units(session: Session, organisation_id: str) -> bool:
    """Whether there are organisations that somebody reaches through this one."""
    return session.scalar(select(exists().where(Organisation.parent_id == organisation_id))) or False


def trials_of(session: Session, person_id: str) -> list[str]:
    """The trial organisations of a person."""
    statement = (
        select(Organisation.id)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id, Organisation.kind == "trial")
    )
    return list(session.scalars(statement))


def is_unbound() -> ColumnElement[bool]:
    """That a person runs no programme, is in no advisor team, and advises nobody."""
    return and_(
        ~exists().where(ProgrammeAdvisor.person_id == Person.id),
        ~exists().where(ProgrammeStaff.person_id == Person.id),
        ~exists().where(AdvisorAssignment.person_id == Person.id),
    )


def absent_people(session: Session, before: datetime, only: str | None = None) -> dict[str, set[str]]:
    """People who have not signed in since then, run nothing and advise nobody; with their organisations.

    ``only``: that one, if they are among them.
    """
    statement = (
        select(Person.id, Membership.organisation_id)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .where(Person.seen_utc < before, Person.is_trial.is_(False), is_unbound())
    )
    if only is not None:
        statement = statement.where(Person.id == only)
    found: dict[str, set[str]] = {}
    for person_id, organisation_id in session.execute(statement):
        organisations = found.setdefault(person_id, set())
        if organisation_id is not None:
            organisations.add(organisation_id)
    return found


def is_forgotten_task(before: datetime) -> ColumnElement[bool]:
    """That a section was given to an address long ago, whose invitation is gone and nobody joined by it."""
    invited = (
        exists()
        .where(Assessment.id == SectionTask.assessment_id)
        .where(Invitation.organisation_id == Assessment.organisation_id)
        .where(Invitation.email == SectionTask.email)
    )
    return and_(
        SectionTask.email.is_not(None),
        SectionTask.person_id.is_(None),
        SectionTask.given_utc < before,
        ~invited,
    )


def keys_of(session: Session, organisation_id: str) -> list[str]:
    """The keys of every file of an organisation: evidence and documents."""
    evidence = select(EvidenceFile.key).where(EvidenceFile.organisation_id == organisation_id)
    documents = (
        select(Document.key)
        .join(Submission, Submission.id == Document.submission_id)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(Assessment.organisation_id == organisation_id, Document.key.is_not(None))
        .distinct()
    )
    return [*session.scalars(evidence), *(key for key in session.scalars(documents) if key)]


def was_ended(session: Session, organisation_id: str, actions: Collection[str]) -> bool:
    """Whether the record says that an organisation was erased, and it is not there."""
    event = select(AuditEvent.id).where(
        AuditEvent.organisation_id == organisation_id, AuditEvent.action.in_(actions)
    )
    is_there = session.get(Organisation, organisation_id) is not None
    return not is_there and session.scalar(event.limit(1)) is not None


def was_erased(session: Session, since: datetime, actions: Collection[str]) -> bool:
    """Whether anybody has erased something since then."""
    statement = select(AuditEvent.id).where(AuditEvent.at_utc > since, AuditEvent.action.in_(actions))
    return session.scalar(statement.limit(1)) is not None
