"""What one company brings to a gathering: its own sheet, and whether its pre-work is done.

Ids and figures only; the words are made elsewhere. A sheet is the company's own: others see it, or a
table that follows from it, only with its consent. Source: decision 0037.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from assessment.advice.standing import Standing
from assessment.errors import AssessmentError
from assessment.result import AssessmentResult
from assessment.scoring.levels import ResultStatus

STRENGTHS = 2
GAPS = 3

BringKind: TypeAlias = Literal["unknown", "gap"]
"""Why a question is brought: nobody in the company knew the answer, or the gap is the largest."""


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """Where the company stands in a dimension. ``score``: 0..4; without one nothing was answered.

    ``level``: None when withheld. Dimensions that do not apply have no line.
    """

    questionnaire: str
    dimension: str
    score: Fraction | None
    level: int | None
    status: ResultStatus


@dataclass(frozen=True, slots=True)
class Pick:
    """A question that stands out. ``value``: its weighted pull on the overall score, above 0."""

    questionnaire: str
    question: str
    dimension: str
    value: Fraction

    @property
    def topic(self) -> str:
        """The one id of the question among those of all questionnaires."""
        return topic_of(self.questionnaire, self.question)


@dataclass(frozen=True, slots=True)
class Bring:
    """The one question to bring along."""

    kind: BringKind
    questionnaire: str
    question: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One participant's page. ``dimensions``: by questionnaire, in definition order.

    ``strengths``: two at most, ``gaps``: three, the largest first, from different dimensions where there
    are that many. ``bring``: None when everything is known and good.
    """

    dimensions: tuple[DimensionLine, ...]
    strengths: tuple[Pick, ...]
    gaps: tuple[Pick, ...]
    bring: Bring | None


@dataclass(frozen=True, slots=True)
class Readiness:
    """Which questionnaires of the pre-work are handed in, in the order in which they are asked for."""

    handed_in: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing; so too where nothing is asked for."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Weights:
    """What seating looks at: topic -> value, of every gap and of every strength."""

    gaps: Mapping[str, Fraction]
    strengths: Mapping[str, Fraction]


def topic_of(questionnaire: str, question: str) -> str:
    """A question's id with its questionnaire's: ``circular_business_models/design.repair``."""
    return f"{questionnaire}/{question}"


def readiness(prework: Iterable[str], handed_in: Collection[str]) -> Readiness:
    """Whether the pre-work of a gathering (questionnaire ids) is done."""
    asked = tuple(dict.fromkeys(prework))
    return Readiness(
        handed_in=tuple(id_ for id_ in asked if id_ in handed_in),
        missing=tuple(id_ for id_ in asked if id_ not in handed_in),
    )


def participant_sheet(results: Iterable[AssessmentResult]) -> Sheet:
    """The sheet of a company from its results, one of each questionnaire, in whatever order.

    The question to bring is that of the largest gap on the sheet which was answered "don't know"; else of
    the largest gap; else, without gaps, the first other one answered "don't know". Raises AssessmentError
    for two results of one questionnaire.
    """
    ordered = _by_questionnaire(results)
    gaps = _first(_picks(ordered, "gaps"), GAPS)
    return Sheet(
        dimensions=tuple(line for result in ordered for line in _lines(result)),
        strengths=_first(_picks(ordered, "strengths"), STRENGTHS),
        gaps=gaps,
        bring=_bring(gaps, ordered),
    )


def weights(results: Iterable[AssessmentResult]) -> Weights:
    """A company's gaps and strengths as seating takes them. Raises as :func:`participant_sheet`."""
    ordered = _by_questionnaire(results)
    return Weights(
        gaps={pick.topic: pick.value for pick in _picks(ordered, "gaps")},
        strengths={pick.topic: pick.value for pick in _picks(ordered, "strengths")},
    )


def _by_questionnaire(results: Iterable[AssessmentResult]) -> list[AssessmentResult]:
    ordered = sorted(results, key=lambda result: result.answers.questionnaire)
    if len({result.answers.questionnaire for result in ordered}) < len(ordered):
        raise AssessmentError("a sheet takes one result of each questionnaire")
    return ordered


def _lines(result: AssessmentResult) -> Iterator[DimensionLine]:
    for planned in result.plan.dimensions:
        id_ = planned.dimension.id
        score = result.scores.dimensions[id_]
        if score.status != "not_applicable":
            yield DimensionLine(result.answers.questionnaire, id_, score.score, score.level, score.status)


def _picks(results: Iterable[AssessmentResult], which: Literal["gaps", "strengths"]) -> list[Pick]:
    """Of all questionnaires, the largest first; alike ones by questionnaire, then in definition order."""
    found = []
    for result in results:
        standings: tuple[Standing, ...] = getattr(result, which)
        order = {outcome.id: at for at, outcome in enumerate(result.routed.outcomes)}
        questionnaire = result.answers.questionnaire
        for standing in sorted(standings, key=lambda standing: order[standing.question]):
            found.append(Pick(questionnaire, standing.question, standing.dimension, standing.value))
    return sorted(found, key=lambda pick: -pick.value)


def _first(picks: list[Pick], count: int) -> tuple[Pick, ...]:
    """So many, each from another dimension as long as there is one."""
    seen: set[tuple[str, str]] = set()
    leading: list[Pick] = []
    for pick in picks:
        if (place := (pick.questionnaire, pick.dimension)) not in seen:
            seen.add(place)
            leading.append(pick)
    return tuple([*leading, *(pick for pick in picks if pick not in leading)][:count])


def _bring(gaps: tuple[Pick, ...], results: Iterable[AssessmentResult]) -> Bring | None:
    unknown = [
        (result.answers.questionnaire, outcome.id)
        for result in results
        for outcome in result.routed.outcomes
        if outcome.state == "unknown"
    ]
    for pick in gaps:
        if (pick.questionnaire, pick.question) in unknown:
            return Bring("unknown", pick.questionnaire, pick.question)
    if gaps:
        return Bring("gap", gaps[0].questionnaire, gaps[0].question)
    return Bring("unknown", *unknown[0]) if unknown else None
