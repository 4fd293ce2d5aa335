"""Advice for every gap, the largest first, each with the reasons it is given.

Source: docs/scoring.md section 4; which step is advised follows the definition's advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessment.advice.climb import NextStep
from assessment.advice.standing import Standing
from assessment.routing import Outcome, Plan, Routed
from assessment.scoring.engine import Scores
from questionnaires.scheme import Advice

REASONS = ("unknown", "gate", "weakest_link", "neglected_dimension", "next_step", "largest_gap", "gap")
"""Why a piece of advice is given, the most pressing first.

``unknown``: answered "don't know" · ``gate``: the answer holds a gate shut · ``weakest_link``,
``neglected_dimension``: its dimension caps the overall level · ``next_step``: part of the cheapest
way up · ``largest_gap``: among the first three gaps · ``gap``: below 3.
"""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One piece of advice. ``to``: the score it leads to; ``reasons``: see ``REASONS``."""

    question: str
    dimension: str
    from_score: int
    to: int
    effort: str
    reasons: tuple[str, ...]

    @property
    def text_key(self) -> str:
        """The key of the texts of this advice: with ``/text`` what to do, with ``/why`` why it helps."""
        return f"advice/{self.question}/to_{self.to}"


def recommendations(
    plan: Plan, routed: Routed, scores: Scores, gaps: tuple[Standing, ...], step: NextStep | None
) -> tuple[Recommendation, ...]:
    """Advice for the gaps in their order; a gap whose question has no advice gets none."""
    outcomes = {outcome.id: outcome for outcome in routed.outcomes}
    reasons = _Reasons(scores, gaps, step)
    found = []
    for gap in gaps:
        outcome = outcomes[gap.question]
        score = outcome.score or 0
        advice = _fitting(plan, gap.question, score)
        if advice is not None:
            why = tuple(reasons.of(outcome, gap))
            found.append(Recommendation(gap.question, gap.dimension, score, advice.to, advice.effort, why))
    return tuple(found)


def _fitting(plan: Plan, question: str, score: int) -> Advice | None:
    """The step to 2 from 0 or 1 where there is one, else the step to 3."""
    to_2 = plan.advice.get((question, 2)) if score < 2 else None
    return to_2 or plan.advice.get((question, 3))


class _Reasons:
    """Looks up why a gap matters."""

    def __init__(self, scores: Scores, gaps: Iterable[Standing], step: NextStep | None) -> None:
        caps = scores.overall.caps
        self.gates = {
            question
            for dimension in scores.dimensions.values()
            for cap in dimension.caps
            if cap.rule == "gate"
            for question in cap.because
        }
        self.caps = {cap.rule: cap.because for cap in caps}
        self.steps = {part.question for part in step.steps} if step else set()
        self.first = {gap.question for gap in list(gaps)[:3]}

    def of(self, outcome: Outcome, gap: Standing) -> Iterator[str]:
        holds = {
            "unknown": outcome.state == "unknown",
            "gate": gap.question in self.gates,
            "weakest_link": gap.dimension in self.caps.get("weakest_link", ()),
            "neglected_dimension": gap.dimension in self.caps.get("neglected_dimension", ()),
            "next_step": gap.question in self.steps,
            "largest_gap": gap.question in self.first,
            "gap": True,
        }
        return (reason for reason in REASONS if holds[reason])
