"""Whether the figures of a share edition hold together, and fit the definition they name.

Single answers are not attached to it, so the dimensions' own scores cannot be recomputed; nearly
everything else follows from them. Source: docs/scoring.md sections 2 and 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assessment.result import exact
from assessment.routing import Plan, PlannedDimension
from assessment.scoring.dimensions import NA_REVIEW, Cap, DimensionScore, Tally
from assessment.scoring.levels import (
    EVIDENCE_MAX_LEVEL,
    NA_REVIEW_ABOVE,
    TOP_LEVEL,
    ResultStatus,
    coverage_status,
    index_of,
    raw_level,
    rounded,
    share_of,
)
from assessment.scoring.overall import OverallScore, WeightedDimension, score_overall
from reports.verifying.verification import Difference, compare

Exact: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,80}(/[1-9][0-9]{0,80})?$")]
Signed: TypeAlias = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,80}(/[1-9][0-9]{0,80})?$")]
Share: TypeAlias = Annotated[str, StringConstraints(pattern=r"^(0\.[0-9]{3}|1\.000)$")]
Level: TypeAlias = Annotated[int, Field(ge=0, le=TOP_LEVEL)]
Sum: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Text: TypeAlias = Annotated[str, StringConstraints(max_length=300)]


class _Shared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SharedCap(_Shared):
    """A ceiling as the file holds it."""

    rule: Literal["gate", "evidence", "weakest_link", "neglected_dimension"]
    max_level: Level
    because: list[Text]


class SharedDimension(_Shared):
    """A dimension without its questions."""

    id: Text
    weight: int
    core: bool
    score: Exact | None
    index: Text | None
    raw_level: Level | None
    level: Level | None
    status: ResultStatus
    coverage: Exact | None
    low: Exact | None
    high: Exact | None
    na_share: Exact
    flags: list[Text]
    caps: list[SharedCap]


class SharedEqual(_Shared):
    """The score with equal weights."""

    score: Exact | None
    raw_level: Level | None


class SharedSensitivity(_Shared):
    """What other weights would have given."""

    equal_dimension_weights: SharedEqual


class SharedOverall(_Shared):
    """The whole."""

    score: Exact | None
    index: Text | None
    raw_level: Level | None
    level: Level | None
    status: ResultStatus
    coverage: Exact | None
    low: Exact | None
    high: Exact | None
    caps: list[SharedCap]
    answered: Share | None
    documented: Share | None
    reviewed: Share | None
    sensitivity: SharedSensitivity


class SharedIndicator(_Shared):
    """A measured figure."""

    id: Text
    value: Signed | None
    display: Text | None
    unit: Text
    missing: list[Text]


class SharedResult(_Shared):
    """The result of a share edition: shape and ranges, nothing about what fits together."""

    questionnaire: Text
    version: Text
    depth: Literal["basic", "advanced"]
    period: Text
    definition_sha256: Sum
    answers_sha256: Sum
    engine: Text
    overall: SharedOverall
    dimensions: list[SharedDimension]
    indicators: list[SharedIndicator]


def check_share(shared: SharedResult, plan: Plan) -> tuple[tuple[Difference, ...], OverallScore | None]:
    """What does not fit, and the whole as it follows from the dimensions; None where these are others."""
    planned = plan.dimensions
    ids = [dimension.id for dimension in shared.dimensions]
    wanted = [one.dimension.id for one in planned]
    if ids != wanted:
        return (Difference("dimensions", ", ".join(ids)[:1000], ", ".join(wanted)),), None
    expected = [_expected(one, found) for one, found in zip(planned, shared.dimensions, strict=True)]
    overall = _overall(shared.overall, expected)
    content = shared.model_dump()
    recomputed = {
        **content,
        "definition_sha256": plan.sha256,
        "overall": _overall_json(overall, shared.overall),
        "dimensions": [_dimension_json(weighted) for weighted in expected],
        "indicators": _indicators(shared.indicators, plan),
    }
    return (*compare(content, recomputed), *_ranges(shared.dimensions)), overall


def _expected(planned: PlannedDimension, found: SharedDimension) -> WeightedDimension:
    """A dimension as its score, coverage and caps make it."""
    coverage = _fraction(found.coverage)
    score = None if coverage is None else _fraction(found.score)
    if score is None and coverage is not None:
        coverage = Fraction(0)  # nothing was answered
    raw = None if score is None else raw_level(score)
    caps = [cap for cap in found.caps if raw is not None and _may_hold(cap, planned, raw)]
    capped = None if raw is None else min([raw, *(cap.max_level for cap in caps)])
    status = _status(score, coverage)
    low, high = _low_high(found, score, coverage)
    na_share = Fraction(found.na_share)
    result = DimensionScore(
        tally=Tally(),
        score=score,
        coverage=coverage,
        low=low,
        high=high,
        raw_level=raw,
        capped_level=capped,
        level=None if status in ("withheld", "not_applicable") else capped,
        status=status,
        caps=tuple(Cap(cap.rule, cap.max_level, tuple(cap.because)) for cap in caps),
        na_share=na_share,
        flags=(NA_REVIEW,) if na_share > NA_REVIEW_ABOVE else (),
    )
    return WeightedDimension(planned.dimension.id, planned.dimension.weight, planned.dimension.core, result)


def _dimension_json(weighted: WeightedDimension) -> dict[str, Any]:
    result = weighted.result
    return {
        "id": weighted.id,
        "weight": weighted.weight,
        "core": weighted.core,
        "score": exact(result.score),
        "index": None if result.score is None else index_of(result.score),
        "raw_level": result.raw_level,
        "level": result.level,
        "status": result.status,
        "coverage": exact(result.coverage),
        "low": exact(result.low),
        "high": exact(result.high),
        "na_share": str(result.na_share),
        "flags": list(result.flags),
        "caps": [_cap(cap) for cap in result.caps],
    }


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _status(score: Fraction | None, coverage: Fraction | None) -> ResultStatus:
    if coverage is None:
        return "not_applicable"
    return "withheld" if score is None else coverage_status(coverage)


def _may_hold(cap: SharedCap, planned: PlannedDimension, raw: int) -> bool:
    """Whether the definition has such a ceiling; whether the answers make it hold cannot be seen."""
    if cap.max_level >= raw:
        return False
    if cap.rule == "evidence":
        return raw == TOP_LEVEL and cap.max_level == EVIDENCE_MAX_LEVEL
    return cap.rule == "gate" and any(
        gate.max_level == cap.max_level and cap.because and set(cap.because) <= set(gate.questions)
        for gate in planned.gates
    )


def _scored_share(found: SharedDimension, score: Fraction) -> Fraction:
    """(A + U) / (A + U + M), from the low end of the range, or for a score of 0 from the high end."""
    if score and found.low is not None:
        return Fraction(found.low) / score
    return 1 - Fraction(found.high or "0") / TOP_LEVEL


def _low_high(
    found: SharedDimension, score: Fraction | None, coverage: Fraction | None
) -> tuple[Fraction | None, Fraction | None]:
    """The range as it must be: what is missing counts 0 at the low end and 4 at the high end."""
    if coverage is None:
        return None, None
    if score is None:
        return Fraction(0), Fraction(TOP_LEVEL)
    share = _scored_share(found, score)
    low = score * share
    return low, low + TOP_LEVEL * (1 - share)


def _ranges(dimensions: Iterable[SharedDimension]) -> Iterator[Difference]:
    """Values that nothing else follows from, and that yet cannot be."""
    for at, found in enumerate(dimensions):
        score, coverage = _fraction(found.score), _fraction(found.coverage)
        for name, value, most in (
            ("score", score, TOP_LEVEL),
            ("coverage", coverage, 1),
            ("na_share", Fraction(found.na_share), 1),
        ):
            if value is not None and value > most:
                yield Difference(f"dimensions[{at}].{name}", str(value), f"0–{most}")
        if score is not None and coverage is not None:
            share = _scored_share(found, score)
            if not coverage <= share <= 1:
                lowest, highest = score * coverage, score
                yield Difference(f"dimensions[{at}].low", found.low, f"{lowest}–{highest}")


def _overall(found: SharedOverall, weighted: list[WeightedDimension]) -> OverallScore:
    """The whole from its dimensions.

    Two things depend on answers and review, and are taken from the file: whether the evidence rule
    holds, and whether a large share of "not applicable" was accepted.
    """
    evidence = next((cap for cap in found.caps if cap.rule == "evidence"), None)
    proof = Tally(answered=1, strong_documented=0 if evidence else 1)
    named = replace(proof, undocumented=tuple(evidence.because)) if evidence else proof
    first = next((one.id for one in weighted if one.result.score is not None), None)
    accepted = found.status == "published"
    return score_overall(
        [
            replace(
                one,
                accepted=accepted,
                result=replace(one.result, tally=named if one.id == first else proof),
            )
            for one in weighted
        ]
    )


def _overall_json(overall: OverallScore, found: SharedOverall) -> dict[str, Any]:
    """What follows from the dimensions; what was documented and reviewed does not."""
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
        "caps": [_cap(cap) for cap in overall.caps],
        "answered": share_of(overall.coverage) if overall.coverage is not None else None,
        "documented": (found.documented or "0.000") if applies else None,
        "reviewed": (found.reviewed or "0.000") if applies else None,
        "sensitivity": {
            "equal_dimension_weights": {
                "score": exact(equal),
                "raw_level": None if equal is None else raw_level(equal),
            }
        },
    }


def _cap(cap: Cap) -> dict[str, Any]:
    return {"rule": cap.rule, "max_level": cap.max_level, "because": list(cap.because)}


def _indicators(found: list[SharedIndicator], plan: Plan) -> list[dict[str, Any]]:
    """The measured figures with their rounding and units; the values themselves follow from answers."""
    by_id = {indicator.id: indicator for indicator in found}
    recomputed = []
    for planned in plan.questionnaire.scheme.indicators:
        one = by_id.get(planned.id)
        value = None if one is None or one.value is None else Fraction(one.value)
        recomputed.append(
            {
                "id": planned.id,
                "value": exact(value),
                "display": None if value is None else rounded(value, 1),
                "unit": planned.unit,
                "missing": [] if one is None else list(one.missing),
            }
        )
    return recomputed
