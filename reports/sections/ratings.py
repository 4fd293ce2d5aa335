"""The company's answers and the advisors' ratings side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.routing import Outcome
from reports.formatting import paragraphs
from reports.sections.answers import answer_view
from reports.sections.desk import Desk
from reports.sections.remarks import differs, shown_rating


@dataclass(frozen=True, slots=True)
class RatingLine:
    """The company's answer and the advisors' rating of one question, side by side, and why they part."""

    question: str
    company: str
    advisor: str
    differs: str
    reason: str


def rating_lines(desk: Desk, *, are_different: bool = False) -> tuple[RatingLine, ...]:
    """Every question that was rated, in definition order. ``are_different``: only where the scores part."""
    return tuple(_lines(desk, are_different=are_different))


def _lines(desk: Desk, *, are_different: bool) -> Iterator[RatingLine]:
    words = desk.voice.words
    reasons = desk.review.reasons if desk.review else {}
    for outcome in desk.result.routed.outcomes:
        rated = desk.result.review.ratings.get(outcome.id)
        if rated is None or (are_different and not differs(desk, outcome)):
            continue
        same = outcome.state == "answered" and rated == (
            outcome.value if isinstance(outcome.value, str) else str(outcome.score)
        )
        yield RatingLine(
            question=desk.voice.question(outcome.id),
            company=_company(desk, outcome),
            advisor=shown_rating(desk, outcome),
            differs="" if same else words["differs"],
            reason=" ".join(paragraphs(reasons.get(outcome.id))),
        )


def _company(desk: Desk, outcome: Outcome) -> str:
    if outcome.state == "not_asked":
        return desk.voice.words["not_asked"]
    view = answer_view(desk, outcome)
    return f"{view.mark}: {view.said}"
