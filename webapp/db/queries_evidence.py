"""Asking for evidence files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import Assessment, EvidenceFile
from webapp.db.tables.people import Person

BATCH = 500
"""How many keys one question to the database names."""

_FILE_ROWS = (
    select(EvidenceFile.question_id, EvidenceFile.name, EvidenceFile.at_utc)
    .where(EvidenceFile.assessment_id == bindparam("id"))
    .order_by(EvidenceFile.at_utc, EvidenceFile.id)
)


def files_of(session: Session, assessment_id: str) -> list[EvidenceFile]:
    """Every file of an assessment, in the order they came."""
    statement = select(EvidenceFile).where(EvidenceFile.assessment_id == assessment_id)
    return list(session.scalars(statement.order_by(EvidenceFile.at_utc, EvidenceFile.id)))


def file_rows(session: Session, assessment_id: str) -> Sequence[Row[str, str, datetime]]:
    """Every file of an assessment as a plain row: question, name, when it came; in that order."""
    return session.execute(_FILE_ROWS, {"id": assessment_id}).all()


def authored_files(session: Session, assessment_id: str) -> list[tuple[EvidenceFile, Person | None]]:
    """Every file of an assessment with who uploaded it, in the order they came."""
    statement = (
        select(EvidenceFile, Person)
        .outerjoin(Person, Person.id == EvidenceFile.by_person_id)
        .where(EvidenceFile.assessment_id == assessment_id)
        .order_by(EvidenceFile.at_utc, EvidenceFile.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def files_beside(session: Session, assessment_id: str, question_id: str) -> list[EvidenceFile]:
    """The files of one question."""
    statement = select(EvidenceFile).where(
        EvidenceFile.assessment_id == assessment_id, EvidenceFile.question_id == question_id
    )
    return list(session.scalars(statement))


def count_files(session: Session, assessment_id: str) -> dict[str, int]:
    """How many files there are by question."""
    statement = (
        select(EvidenceFile.question_id, func.count())
        .where(EvidenceFile.assessment_id == assessment_id)
        .group_by(EvidenceFile.question_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def find_file(session: Session, id_: str) -> tuple[EvidenceFile, Assessment] | None:
    """A file with its assessment."""
    statement = select(EvidenceFile, Assessment).join(Assessment, Assessment.id == EvidenceFile.assessment_id)
    row = session.execute(statement.where(EvidenceFile.id == id_)).first()
    return None if row is None else (row[0], row[1])


def stored_bytes(session: Session, organisation_id: str) -> int:
    """How much room an organisation's files take."""
    statement = select(func.sum(EvidenceFile.size_bytes)).where(
        EvidenceFile.organisation_id == organisation_id
    )
    return int(session.scalar(statement) or 0)


def every_key(session: Session) -> Iterator[str]:
    """The key of every file there should be."""
    yield from session.scalars(select(EvidenceFile.key))


def known_keys(session: Session, keys: Collection[str]) -> set[str]:
    """Which of these keys files have."""
    found: set[str] = set()
    wanted = sorted(keys)
    for at in range(0, len(wanted), BATCH):
        some = wanted[at : at + BATCH]
        found.update(session.scalars(select(EvidenceFile.key).where(EvidenceFile.key.in_(some))))
    return found
