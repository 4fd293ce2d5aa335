"""Where "don't know" alone keeps a level provisional: answered, those questions would settle it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assessment.scoring.dimensions import DimensionScore
from assessment.scoring.fractions import weighted_mean
from assessment.scoring.levels import PROVISIONAL_BELOW, WITHHELD_BELOW
from reports.sections.desk import Desk


@dataclass(frozen=True, slots=True)
class Unsure:
    """How many of the questions that count were answered with "don't know"."""

    unknown: int
    asked: int


def count_unsure(desk: Desk, dimension: str | None = None) -> Unsure:
    """The questions that count, of one dimension or of all."""
    counting = [
        outcome.state
        for outcome in desk.result.routed.outcomes
        if outcome.weight
        and outcome.state in ("answered", "unknown", "missing")
        and dimension in (None, outcome.planned.dimension)
    ]
    return Unsure(counting.count("unknown"), len(counting))


def find_unsure(desk: Desk, dimension: str) -> Unsure | None:
    """What makes one dimension's level provisional, where it is "don't know" and nothing else."""
    score = desk.score(dimension)
    if score.status != "provisional" or not score.tally.unknown or _if_known(score) < PROVISIONAL_BELOW:
        return None
    return count_unsure(desk, dimension)


def find_unsure_overall(desk: Desk) -> Unsure | None:
    """The same of the whole: more answers would do, and no dimension waits for anything else."""
    scores = [(dimension, desk.score(dimension.id)) for dimension in desk.dimensions]
    counting = [(dimension.weight, score) for dimension, score in scores if score.coverage is not None]
    if desk.result.overall.status != "provisional" or not any(score.tally.unknown for _, score in counting):
        return None
    if any(score.flags and dimension.id not in desk.result.review.accepted for dimension, score in scores):
        return None
    if any(_if_known(score) < WITHHELD_BELOW for _, score in counting):
        return None
    known = weighted_mean((weight, _if_known(score)) for weight, score in counting)
    return count_unsure(desk) if known is not None and known >= PROVISIONAL_BELOW else None


def _if_known(score: DimensionScore) -> Fraction:
    """The coverage, were every "don't know" an answer."""
    return Fraction(score.tally.scored, score.tally.applicable)
