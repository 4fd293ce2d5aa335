"""Asking for jobs and documents."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from webapp.db.tables.activities import Partner
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.organisations import AdvisorAssignment, Organisation, Participation, Programme
from webapp.db.tables.work import Document, Job


def find_job(session: Session, key: str) -> Job | None:
    """The job with that key."""
    return session.scalar(select(Job).where(Job.key == key))


def due_jobs(session: Session, kinds: Collection[str], now: datetime, limit: int) -> list[str]:
    """The ids of waiting jobs of some kinds whose time has come, the oldest first."""
    statement = (
        select(Job.id)
        .where(Job.state == "waiting", Job.due_utc <= now, Job.kind.in_(kinds))
        .order_by(Job.due_utc, Job.created_utc, Job.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def stale_jobs(session: Session, before: datetime, *, is_locked: bool = False) -> list[Job]:
    """Running jobs whose worker has not been heard of since then; locked for a change."""
    statement = select(Job).where(Job.state == "running", Job.beat_utc < before)
    return list(session.scalars(statement.with_for_update() if is_locked else statement))


def count_unfinished_jobs(session: Session, kind: str) -> int:
    """How many jobs of a kind are waiting or running."""
    statement = select(func.count()).select_from(Job)
    return int(session.scalar(statement.where(Job.kind == kind, Job.state.in_(("waiting", "running")))) or 0)


def find_submission(session: Session, assessment_id: str, number: int | None) -> Submission | None:
    """What was handed in that time; the last time without a number."""
    statement = select(Submission).where(Submission.assessment_id == assessment_id)
    if number is not None:
        statement = statement.where(Submission.number == number)
    return session.scalar(statement.order_by(Submission.number.desc()).limit(1))


def submission_before(session: Session, assessment_id: str, moment: datetime) -> Submission | None:
    """What was handed in last before a moment."""
    statement = select(Submission).where(
        Submission.assessment_id == assessment_id, Submission.at_utc <= moment
    )
    return session.scalar(statement.order_by(Submission.number.desc()).limit(1))


def find_document(session: Session, submission_id: str, edition: str, language: str) -> Document | None:
    """The document of a submission in one edition and language."""
    return session.scalar(
        select(Document).where(
            Document.submission_id == submission_id,
            Document.edition == edition,
            Document.language == language,
        )
    )


def documents_of(session: Session, submission_id: str) -> list[Document]:
    """Every document of a submission."""
    statement = select(Document).where(Document.submission_id == submission_id)
    return list(session.scalars(statement.order_by(Document.edition, Document.language)))


def whole_document(
    session: Session, document_id: str
) -> tuple[Document, Submission, Assessment, Organisation] | None:
    """A document with what it is made from."""
    statement = (
        select(Document, Submission, Assessment, Organisation)
        .join(Submission, Submission.id == Document.submission_id)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .where(Document.id == document_id)
    )
    row = session.execute(statement).first()
    return None if row is None else (row[0], row[1], row[2], row[3])


def document_like(session: Session, organisation_id: str, content_sha256: str) -> Document | None:
    """A ready document of an organisation with the same content."""
    statement = (
        select(Document)
        .join(Submission, Submission.id == Document.submission_id)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(
            Document.content_sha256 == content_sha256,
            Document.state == "ready",
            Assessment.organisation_id == organisation_id,
        )
    )
    return session.scalar(statement.order_by(Document.ready_utc).limit(1))


def is_advised(session: Session, organisation_id: str, now: datetime) -> bool:
    """Whether an organisation has an advisor whose assignment holds."""
    until = AdvisorAssignment.until_utc
    statement = select(AdvisorAssignment.id).where(
        AdvisorAssignment.organisation_id == organisation_id,
        AdvisorAssignment.from_utc <= now,
        or_(until.is_(None), until > now),
    )
    return session.scalar(statement.limit(1)) is not None


def uses_of(session: Session, key: str) -> int:
    """How many documents have a file."""
    return int(session.scalar(select(func.count()).select_from(Document).where(Document.key == key)) or 0)


def branded_programme(session: Session, organisation_id: str) -> Programme | None:
    """The programme an organisation has been in longest, of those with a look or partners' logos."""
    has_logos = exists().where(Partner.programme_id == Programme.id, Partner.logo.is_not(None))
    statement = (
        select(Programme)
        .join(Participation, Participation.programme_id == Programme.id)
        .where(
            Participation.organisation_id == organisation_id, or_(Programme.branding.is_not(None), has_logos)
        )
    )
    return session.scalar(statement.order_by(Participation.since_utc, Programme.id).limit(1))
