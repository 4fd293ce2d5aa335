"""Asking for what people say about questions, and for who answered them last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import AnswerChange, Comment, StoredAnswer
from webapp.db.tables.people import Person


def comments_of(
    session: Session, assessment_id: str, question_id: str
) -> list[tuple[Comment, Person | None]]:
    """The thread of a question with who wrote what, the oldest first."""
    statement = (
        select(Comment, Person)
        .outerjoin(Person, Person.id == Comment.person_id)
        .where(Comment.assessment_id == assessment_id, Comment.question_id == question_id)
        .order_by(Comment.at_utc, Comment.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def count_comments(session: Session, assessment_id: str) -> dict[str, int]:
    """How many comments there are by question; removed ones are not counted."""
    statement = (
        select(Comment.question_id, func.count())
        .where(Comment.assessment_id == assessment_id, Comment.removed_utc.is_(None))
        .group_by(Comment.question_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def comment_times(session: Session, person_id: str, since: datetime) -> list[datetime]:
    """When a person wrote comments since then, the oldest first; removed ones count too."""
    statement = select(Comment.at_utc).where(Comment.person_id == person_id, Comment.at_utc > since)
    return list(session.scalars(statement.order_by(Comment.at_utc)))


def last_answers(session: Session, assessment_id: str) -> list[tuple[str, int, datetime, Person | None]]:
    """Of every answer of an assessment: its question, its version, when it was given last, and by whom."""
    statement = (
        select(StoredAnswer.question_id, StoredAnswer.version, StoredAnswer.at_utc, Person)
        .outerjoin(Person, Person.id == StoredAnswer.by_person_id)
        .where(StoredAnswer.assessment_id == assessment_id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(statement)]


def versions_of(
    session: Session, assessment_id: str, question_id: str
) -> list[tuple[AnswerChange, Person | None]]:
    """Every version of one answer with who saved it, the oldest first."""
    statement = (
        select(AnswerChange, Person)
        .outerjoin(Person, Person.id == AnswerChange.by_person_id)
        .where(AnswerChange.assessment_id == assessment_id, AnswerChange.question_id == question_id)
        .order_by(AnswerChange.version)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]
