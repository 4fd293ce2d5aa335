"""The whole way from answers to a result: route, score, and say what stands out and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.advice.climb import NextStep
from assessment.advice.contradictions import contradictions
from assessment.advice.proof import next_step_of
from assessment.advice.recommendations import recommendations
from assessment.advice.standing import gaps, strengths, too_high_for_evidence
from assessment.answers import AnswerSet, Review
from assessment.errors import UnknownEngine
from assessment.result import AssessmentResult
from assessment.routing import Outcome, Plan, PlannedDimension, Routed, route
from assessment.scoring.dimensions import Cap, Counted
from assessment.scoring.engine import CURRENT_ENGINE, ENGINES, DimensionInput, Scores

NO_REVIEW = Review()


def assess(
    plan: Plan, answers: AnswerSet, review: Review = NO_REVIEW, *, engine: str = CURRENT_ENGINE
) -> AssessmentResult:
    """The full result of an answer set that was read against the plan's questionnaire.

    Raises UnknownEngine when this program has no such engine.
    """
    routed = route(plan, answers, review)
    scores = score_routed(plan, routed, review, engine)
    step = next_step_of(plan, routed, scores, review)
    return conclude(plan, answers, routed, scores, review=review, engine=engine, step=step)


def conclude(
    plan: Plan,
    answers: AnswerSet,
    routed: Routed,
    scores: Scores,
    *,
    review: Review = NO_REVIEW,
    engine: str = CURRENT_ENGINE,
    step: NextStep | None = None,
) -> AssessmentResult:
    """The result with everything that follows from the scores; the next step comes from its own search."""
    below = gaps(plan, routed.outcomes, scores)
    return AssessmentResult(
        plan=plan,
        answers=answers,
        review=review,
        engine=engine,
        routed=routed,
        scores=scores,
        strengths=strengths(plan, routed.outcomes, scores),
        gaps=below,
        too_high=too_high_for_evidence(plan, routed.outcomes),
        contradictions=contradictions(plan, routed),
        next_step=step,
        recommendations=recommendations(plan, routed, scores, below, step),
    )


def score_routed(plan: Plan, routed: Routed, review: Review, engine: str = CURRENT_ENGINE) -> Scores:
    """Dimension and overall scores of routed answers. Raises UnknownEngine."""
    if engine not in ENGINES:
        raise UnknownEngine(f"there is no scoring engine {engine}; known: {', '.join(ENGINES)}")
    by_dimension: dict[str, list[Counted]] = {d.dimension.id: [] for d in plan.dimensions}
    for outcome in routed.outcomes:
        if outcome.state != "not_asked" and outcome.weight:
            by_dimension[outcome.planned.dimension].append(_counted(outcome))
    return ENGINES[engine](
        DimensionInput(
            id=planned.dimension.id,
            weight=planned.dimension.weight,
            core=planned.dimension.core,
            questions=by_dimension[planned.dimension.id],
            gates=tuple(_gates(planned, routed)),
            accepted=planned.dimension.id in review.accepted,
        )
        for planned in plan.dimensions
    )


def _counted(outcome: Outcome) -> Counted:
    return Counted(
        outcome.id,
        outcome.weight,
        outcome.state,  # type: ignore[arg-type]  # not_asked was left out above
        outcome.score,
        outcome.documented,
        outcome.confirmed,
    )


def _gates(planned: PlannedDimension, routed: Routed) -> Iterator[Cap]:
    """The gates that hold; an undefined condition does not (docs/scoring.md section 1)."""
    for gate in planned.gates:
        if gate.fires(routed.names) is True:
            yield Cap("gate", gate.max_level, gate.because(routed.names))
