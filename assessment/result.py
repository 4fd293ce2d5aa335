"""The result of an assessment, and the one form outside programs read it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessment.advice.climb import NextStep
from assessment.advice.contradictions import Contradiction
from assessment.advice.recommendations import Recommendation
from assessment.advice.standing import Standing
from assessment.answers import AnswerSet, Review, answers_checksum
from assessment.routing import Outcome, Plan, Routed
from assessment.scoring.dimensions import Cap, DimensionScore
from assessment.scoring.engine import Scores
from assessment.scoring.indicators import IndicatorValue
from assessment.scoring.levels import index_of, raw_level, rounded, share_of
from assessment.scoring.overall import OverallScore


@dataclass(frozen=True, slots=True)
class AssessmentResult:
    """Everything that follows from one answer set under one definition and one engine."""

    plan: Plan
    answers: AnswerSet
    review: Review
    engine: str
    routed: Routed
    scores: Scores
    strengths: tuple[Standing, ...]
    gaps: tuple[Standing, ...]
    too_high: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    next_step: NextStep | None
    recommendations: tuple[Recommendation, ...]

    @property
    def overall(self) -> OverallScore:
        """The result of the whole."""
        return self.scores.overall


def result_json(result: AssessmentResult) -> dict[str, Any]:
    """The result as design contract: keys always there, fractions exact, shares and index rounded half-up.

    ``advice[].text`` is in the source language; other languages stand in the definition.
    """
    answers = result.answers
    return {
        "questionnaire": answers.questionnaire,
        "version": answers.version,
        "depth": answers.depth,
        "period": answers.period,
        "definition_sha256": result.plan.sha256,
        "answers_sha256": answers_checksum(answers),
        "engine": result.engine,
        "overall": _overall(result.overall),
        "dimensions": [_dimension(result, planned.dimension.id) for planned in result.plan.dimensions],
        "strengths": [_standing(standing) for standing in result.strengths],
        "gaps": [_standing(standing) for standing in result.gaps],
        "next_step": _next_step(result.next_step),
        "advice": [_advice(result, advice) for advice in result.recommendations],
        "contradictions": [{"rule": c.rule, "questions": list(c.questions)} for c in result.contradictions],
        "indicators": [_indicator(indicator) for indicator in result.routed.indicators],
    }


def exact(value: Fraction | None) -> str | None:
    """A fraction as an exact string, ``27/10`` or ``3``."""
    return None if value is None else str(value)


def _caps(caps: Iterable[Cap]) -> list[dict[str, Any]]:
    return [{"rule": cap.rule, "max_level": cap.max_level, "because": list(cap.because)} for cap in caps]


def _overall(overall: OverallScore) -> dict[str, Any]:
    applies = overall.coverage is not None
    equal = overall.equal_weights
    return {
        "score": exact(overall.score),
        "index": None if overall.score is None else index_of(overall.score),
        "raw_level": overall.raw_level,
        "level": overall.level,
        "status": overall.status,
        "coverage": exact(overall.coverage),
        "low": exact(overall.low),
        "high": exact(overall.high),
        "caps": _caps(overall.caps),
        "answered": share_of(overall.coverage) if overall.coverage is not None else None,
        "documented": share_of(overall.documented or Fraction()) if applies else None,
        "reviewed": share_of(overall.reviewed or Fraction()) if applies else None,
        "sensitivity": {
            "equal_dimension_weights": {
                "score": exact(equal),
                "raw_level": None if equal is None else raw_level(equal),
            }
        },
    }


def _dimension(result: AssessmentResult, id_: str) -> dict[str, Any]:
    score: DimensionScore = result.scores.dimensions[id_]
    dimension = next(p.dimension for p in result.plan.dimensions if p.dimension.id == id_)
    return {
        "id": id_,
        "weight": dimension.weight,
        "core": dimension.core,
        "score": exact(score.score),
        "index": None if score.score is None else index_of(score.score),
        "raw_level": score.raw_level,
        "level": score.level,
        "status": score.status,
        "coverage": exact(score.coverage),
        "low": exact(score.low),
        "high": exact(score.high),
        "na_share": exact(score.na_share),
        "flags": list(score.flags),
        "caps": _caps(score.caps),
        "questions": [_question(o) for o in result.routed.outcomes if o.planned.dimension == id_],
    }


def _question(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.id,
        "state": outcome.state,
        "weight": outcome.weight,
        "score": 0 if outcome.state == "unknown" else outcome.score,
        "documented": outcome.documented,
    }


def _standing(standing: Standing) -> dict[str, str]:
    return {"question": standing.question, "value": str(standing.value)}


def _next_step(step: NextStep | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {
        "reaches": step.reaches,
        "cost": step.cost,
        "steps": [
            {
                "question": part.question,
                "kind": part.kind,
                "from": part.from_score,
                "to": part.to_score,
                "effort": part.effort,
            }
            for part in step.steps
        ],
        "optimal": step.optimal,
    }


def _advice(result: AssessmentResult, advice: Recommendation) -> dict[str, Any]:
    questionnaire = result.plan.questionnaire
    return {
        "question": advice.question,
        "dimension": advice.dimension,
        "from": advice.from_score,
        "to": advice.to,
        "effort": advice.effort,
        "text": questionnaire.texts[questionnaire.source_language][f"{advice.text_key}/text"],
        "reasons": list(advice.reasons),
    }


def _indicator(indicator: IndicatorValue) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "value": exact(indicator.value),
        "display": None if indicator.value is None else rounded(indicator.value, 1),
        "unit": indicator.unit,
        "missing": list(indicator.missing),
    }
