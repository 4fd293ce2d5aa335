"""What stands out: strengths, gaps, and answers that look too high for their evidence.

Source: docs/scoring.md section 4. W is the dimension's weight, w the question's, s its score,
A + U + M the dimension's applicable weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from assessment.routing import Outcome, Plan
from assessment.scoring.engine import Scores
from assessment.scoring.fractions import ratio
from assessment.scoring.levels import STRONG_SCORE

GAP_TARGET = 3
FIRST_FROM_DIFFERENT_DIMENSIONS = 3

_Worth: TypeAlias = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Standing:
    """One question that stands out. ``value``: its weighted pull on the overall score."""

    question: str
    dimension: str
    value: Fraction


def gaps(plan: Plan, outcomes: Iterable[Outcome], scores: Scores) -> tuple[Standing, ...]:
    """Every question below 3, by W·w·(3 - s) / (A + U + M); unknown counts 0, missing gives none."""
    found = _weighed(plan, outcomes, scores, lambda score: max(0, GAP_TARGET - score))
    return _spread(found)


def strengths(plan: Plan, outcomes: Iterable[Outcome], scores: Scores) -> tuple[Standing, ...]:
    """Every question at 3 or 4, by W·w·s / (A + U + M)."""
    found = _weighed(plan, outcomes, scores, lambda score: score if score >= STRONG_SCORE else 0)
    return _spread(found)


def too_high_for_evidence(plan: Plan, outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    """Questions scoring 3 or 4 without documentation, heaviest W·w first."""
    weights = {d.dimension.id: d.dimension.weight for d in plan.dimensions}
    found = [o for o in outcomes if (o.score or 0) >= STRONG_SCORE and not o.documented]
    found.sort(key=lambda o: -weights[o.planned.dimension] * o.weight)
    return tuple(outcome.id for outcome in found)


def _weighed(plan: Plan, outcomes: Iterable[Outcome], scores: Scores, worth: _Worth) -> list[Standing]:
    weights = {d.dimension.id: d.dimension.weight for d in plan.dimensions}
    found = []
    for outcome in outcomes:
        if outcome.score is None or not (points := worth(outcome.score)):
            continue
        dimension = outcome.planned.dimension
        applicable = scores.dimensions[dimension].tally.applicable
        pull = ratio(weights[dimension] * outcome.weight * points, applicable)
        found.append(Standing(outcome.id, dimension, pull))
    return found


def _spread(found: list[Standing]) -> tuple[Standing, ...]:
    """Largest first, ties in definition order; the first three from different dimensions if they can be."""
    scale = lcm(*(standing.value.denominator for standing in found))
    ordered = sorted(found, key=lambda s: -s.value.numerator * (scale // s.value.denominator))
    first: list[Standing] = []
    for standing in ordered:
        if len(first) < FIRST_FROM_DIFFERENT_DIMENSIONS and standing.dimension not in {
            f.dimension for f in first
        }:
            first.append(standing)
    return (*first, *(standing for standing in ordered if standing not in first))
