"""Why a score is what it is: from the overall level down to each answer, in exact parts.

The contributions of all dimensions sum to the overall score, those of a dimension's questions to
the dimension's score. Source: docs/scoring.md sections 2 and 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assessment.result import AssessmentResult
from assessment.routing import Outcome, State
from assessment.scoring.dimensions import Cap, DimensionScore
from assessment.scoring.fractions import ratio


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """One answer's part. ``contribution``: w·s / (A + U); None where it does not count."""

    question: str
    state: State
    weight: int
    score: int | None
    contribution: Fraction | None


@dataclass(frozen=True, slots=True)
class DimensionPart:
    """One dimension's part. ``contribution``: W·D / Σ W over the scored dimensions, else None."""

    id: str
    weight: int
    score: Fraction | None
    raw_level: int | None
    level: int | None
    caps: tuple[Cap, ...]
    contribution: Fraction | None
    questions: tuple[QuestionPart, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The overall level with its caps, and the parts that make the score."""

    score: Fraction | None
    raw_level: int | None
    level: int | None
    caps: tuple[Cap, ...]
    dimensions: tuple[DimensionPart, ...]


def explanation(result: AssessmentResult) -> Explanation:
    """The parts of a result, from the overall level to the answers."""
    overall = result.overall
    scored_weight = sum(
        planned.dimension.weight
        for planned in result.plan.dimensions
        if result.scores.dimensions[planned.dimension.id].score is not None
    )
    dimensions = tuple(
        _dimension_part(result, planned.dimension.id, planned.dimension.weight, scored_weight)
        for planned in result.plan.dimensions
    )
    return Explanation(overall.score, overall.raw_level, overall.level, overall.caps, dimensions)


def _dimension_part(result: AssessmentResult, id_: str, weight: int, scored_weight: int) -> DimensionPart:
    score = result.scores.dimensions[id_]
    outcomes = [outcome for outcome in result.routed.outcomes if outcome.planned.dimension == id_]
    return DimensionPart(
        id=id_,
        weight=weight,
        score=score.score,
        raw_level=score.raw_level,
        level=score.level,
        caps=score.caps,
        contribution=None if score.score is None else score.score * weight / scored_weight,
        questions=tuple(_question_part(outcome, score) for outcome in outcomes),
    )


def _question_part(outcome: Outcome, score: DimensionScore) -> QuestionPart:
    counts = outcome.score is not None and outcome.weight > 0 and score.tally.scored > 0
    points = outcome.weight * (outcome.score or 0)
    contribution = ratio(points, score.tally.scored) if counts else None
    return QuestionPart(outcome.id, outcome.state, outcome.weight, outcome.score, contribution)
