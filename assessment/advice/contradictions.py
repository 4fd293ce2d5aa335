"""Answers that do not fit together: questions for the meeting, never a deduction."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.routing import Plan, Routed


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One rule whose condition holds, with the questions it looks at."""

    rule: str
    questions: tuple[str, ...]


def contradictions(plan: Plan, routed: Routed) -> tuple[Contradiction, ...]:
    """Every rule that plainly holds, in definition order; an undefined condition does not hold.

    Source: docs/scoring.md section 1, conditions.
    """
    return tuple(
        Contradiction(rule, questions)
        for rule, condition, questions in plan.contradictions
        if condition(routed.names) is True
    )
