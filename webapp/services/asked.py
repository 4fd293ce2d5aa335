"""What a company was asked to look at again, question by question, and whether it has done so.

A request is the advisors' own until the hand-in is sent back, and over once anything is decided after that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from assessment.answers import to_json
from reports.formatting import paragraphs
from webapp.db import queries_asked as queries
from webapp.db.queries_reviews import submission_of
from webapp.db.tables.assessments import Assessment, Submission
from webapp.services.authors import Author, author_of
from webapp.services.opening import Opened
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to look at again. ``is_changed``: its answer is another than the one it is about."""

    question_id: str
    reason: tuple[str, ...]
    by: Author
    at_utc: datetime
    is_changed: bool


def asked_now(site: Site, opened: Opened) -> Mapping[str, Asked]:
    """What the company's own people have to look at, by question in definition order, as answers stand now.

    Nothing while it cannot be changed.
    """
    if not opened.is_editable or not opened.row.submissions:
        return {}
    with site.database.read() as session:
        found = _asked(session, opened.row, json.loads(json.dumps(to_json(opened.answers)))["answers"])
    return {one.question_id: one for one in found}


def asked_by_hand_in(session: Session, row: Assessment) -> tuple[Asked, ...]:
    """What came of it in the hand-in after, in definition order; nothing before there is one."""
    if row.state not in ("submitted", "in_review"):
        return ()
    after = submission_of(session, row.id, row.submissions)
    return () if after is None else _asked(session, row, json.loads(after.answers)["answers"])


def _asked(session: Session, row: Assessment, answers: Mapping[str, Any]) -> tuple[Asked, ...]:
    number = queries.last_sent_back(session, row.id)
    before = None if number is None else submission_of(session, row.id, number)
    if number is None or before is None:
        return ()
    old = json.loads(before.answers)["answers"]
    places = {id_: at for at, id_ in enumerate(_questions(before))}
    found = [
        Asked(
            question_id=request.question_id,
            reason=paragraphs(request.reason),
            by=author_of(person),
            at_utc=request.at_utc,
            is_changed=old.get(request.question_id) != answers.get(request.question_id),
        )
        for request, person in queries.requests_with_people(session, row.id, number)
    ]
    return tuple(sorted(found, key=lambda one: (places.get(one.question_id, len(places)), one.question_id)))


def _questions(submission: Submission) -> list[str]:
    """The questions of a hand-in in definition order."""
    return [
        question["id"]
        for dimension in json.loads(submission.result)["dimensions"]
        for question in dimension["questions"]
    ]
