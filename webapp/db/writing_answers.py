"""Writing answers as plain statements: this is what people wait for most often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import AnswerChange, Assessment, StoredAnswer
from webapp.db.tables.organisations import Organisation

ACTIVE_AFTER = timedelta(hours=1)
"""How old an organisation's last sign of life may be before it is written anew."""


@dataclass(frozen=True, slots=True)
class Written:
    """One answer to keep. ``body``: JSON; ``version``: 1 for the first there is."""

    question_id: str
    body: str
    version: int


def keep_answers(
    session: Session, row: Assessment, written: Sequence[Written], person_id: str, now: datetime
) -> None:
    """Have these answers stand, each as one more version; the assessment's row is locked by the caller."""
    who = {"assessment_id": row.id, "by_person_id": person_id, "at_utc": now}
    lines = [
        {**who, "question_id": one.question_id, "body": one.body, "version": one.version} for one in written
    ]
    connection = session.connection()
    connection.execute(_ADD_CHANGE, lines)
    if new := [{**line, "is_carried": False} for line in lines if line["version"] == 1]:
        connection.execute(_ADD_ANSWER, new)
    if old := [_changed(line) for line in lines if line["version"] != 1]:
        connection.execute(_CHANGE_ANSWER, old)
    connection.execute(_TOUCH_ASSESSMENT, {"id_": row.id, "now": now})


def note_activity(organisation: Organisation, now: datetime) -> None:
    """Remember that somebody of an organisation is at work; to the hour, which is enough for retention."""
    if now - organisation.active_utc > ACTIVE_AFTER:
        organisation.active_utc = now


def _changed(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "assessment": line["assessment_id"],
        "question": line["question_id"],
        "new_body": line["body"],
        "new_version": line["version"],
        "who": line["by_person_id"],
        "now": line["at_utc"],
    }


def _table(of: Any) -> Table:
    table: Table = of.__table__
    return table


_ANSWERS = _table(StoredAnswer)
_ASSESSMENTS = _table(Assessment)
_ADD_CHANGE = insert(_table(AnswerChange))
_ADD_ANSWER = insert(_ANSWERS)
_CHANGE_ANSWER = (
    update(_ANSWERS)
    .where(
        _ANSWERS.c.assessment_id == bindparam("assessment"), _ANSWERS.c.question_id == bindparam("question")
    )
    .values(
        body=bindparam("new_body"),
        version=bindparam("new_version"),
        by_person_id=bindparam("who"),
        at_utc=bindparam("now"),
        is_carried=False,
    )
)
_TOUCH_ASSESSMENT = (
    update(_ASSESSMENTS).where(_ASSESSMENTS.c.id == bindparam("id_")).values(changed_utc=bindparam("now"))
)
