"""Asking for everything that was handed in, a part at a time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import Assessment, Submission


@dataclass(frozen=True, slots=True)
class HandIn:
    """What was handed in, with the version it belongs to. ``answers``, ``result``: JSON."""

    id: str
    assessment_id: str
    number: int
    questionnaire: str
    version: str
    answers: str
    result: str
    definition_sha256: str
    engine: str
    level: int | None


def count_hand_ins(session: Session) -> int:
    """How many hand-ins there are."""
    return session.scalar(select(func.count()).select_from(Submission)) or 0


def hand_ins_after(session: Session, after: str, limit: int) -> list[HandIn]:
    """Some hand-ins in the order of their ids, those after one of them."""
    statement = (
        select(
            Submission.id,
            Submission.assessment_id,
            Submission.number,
            Assessment.questionnaire,
            Assessment.version,
            Submission.answers,
            Submission.result,
            Submission.definition_sha256,
            Submission.engine,
            Submission.level,
        )
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(Submission.id > after)
        .order_by(Submission.id)
        .limit(limit)
    )
    return [HandIn(**row._asdict()) for row in session.execute(statement)]
