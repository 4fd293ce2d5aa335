"""The level a company gave itself and the one that was signed off, side by side, and why they part."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from reports.formatting import paragraphs
from webapp.db import queries_reviews as queries
from webapp.db.tables.assessments import Assessment
from webapp.services.approving import SignedOff, signed_off


@dataclass(frozen=True, slots=True)
class Standing:
    """Where something stands. ``level``, ``score``: None where none is given; ``score``: 0..4."""

    level: int | None
    score: Fraction | None
    status: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing as the company has it and as it was signed off. ``dimension``: None for the whole."""

    dimension: str | None
    own: Standing
    approved: Standing

    @property
    def is_other(self) -> bool:
        """Whether the two part."""
        return self.own != self.approved


@dataclass(frozen=True, slots=True)
class Override:
    """A question that was signed off with another score. ``own``: None where it was not answered."""

    question_id: str
    own: int | None
    approved: int
    reason: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """An approval that holds with all that it says. ``dimensions``, ``overrides``: in definition order."""

    approval: SignedOff
    overall: Pair
    dimensions: tuple[Pair, ...]
    overrides: tuple[Override, ...]

    @property
    def is_other(self) -> bool:
        """Whether anything was signed off otherwise than the company has it."""
        return self.overall.is_other or any(one.is_other for one in self.dimensions) or bool(self.overrides)


def levels_of(session: Session, row: Assessment) -> Levels | None:
    """Both levels of an assessment; None while it is not approved. Access is decided elsewhere."""
    approval = signed_off(session, row)
    held = queries.standing_approval(session, row.id)
    submission = queries.submission_of(session, row.id, row.submissions)
    if approval is None or held is None or submission is None:
        return None
    own, approved = json.loads(submission.result), json.loads(held.result)
    theirs = {one["id"]: one for one in approved["dimensions"]}
    reviews = queries.reviews_of(session, row.id, submission.number)
    reasons = {id_: review.reason for id_, review in reviews.items()}
    return Levels(
        approval=approval,
        overall=_pair(None, own["overall"], approved["overall"]),
        dimensions=tuple(_pair(one["id"], one, theirs[one["id"]]) for one in own["dimensions"]),
        overrides=tuple(_overrides(own, approved, reasons)),
    )


def _pair(dimension: str | None, own: Mapping[str, Any], approved: Mapping[str, Any]) -> Pair:
    return Pair(dimension, _standing(own), _standing(approved))


def _standing(part: Mapping[str, Any]) -> Standing:
    score = part["score"]
    return Standing(
        level=part["level"],
        score=None if score is None else Fraction(score),
        status=part["status"],
    )


def _overrides(
    own: Mapping[str, Any], approved: Mapping[str, Any], reasons: Mapping[str, str | None]
) -> Iterator[Override]:
    theirs = _scores(approved)
    for id_, score in _scores(own).items():
        rated = theirs.get(id_)
        if rated is not None and rated != score:
            yield Override(id_, score, rated, paragraphs(reasons.get(id_)))


def _scores(result: Mapping[str, Any]) -> dict[str, int | None]:
    return {
        question["id"]: question["score"]
        for dimension in result["dimensions"]
        for question in dimension["questions"]
    }
