"""The whole: overall score, coverage, range, caps, level, plain facts and sensitivity.

Source: docs/scoring.md section 3. W is a dimension's weight, D its score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.scoring.dimensions import NA_REVIEW, Cap, DimensionScore
from assessment.scoring.fractions import ratio, weighted_mean
from assessment.scoring.levels import (
    EVIDENCE_MAX_LEVEL,
    EVIDENCE_SHARE,
    NEGLECTED_MAX_LEVEL,
    TOP_LEVEL,
    WEAKEST_LINK_STEPS,
    ResultStatus,
    coverage_status,
    raw_level,
)

_NOTHING = Fraction()


@dataclass(frozen=True, slots=True)
class WeightedDimension:
    """A dimension's result with what the whole needs to know about it."""

    id: str
    weight: int
    core: bool
    result: DimensionScore
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class OverallScore:
    """The result of the whole. Scores are 0..4, shares 0..1; None where nothing can be said.

    ``equal_weights``: the score when every dimension weighs the same.
    """

    score: Fraction | None
    coverage: Fraction | None
    low: Fraction | None
    high: Fraction | None
    raw_level: int | None
    level: int | None
    status: ResultStatus
    caps: tuple[Cap, ...]
    documented: Fraction | None
    reviewed: Fraction | None
    equal_weights: Fraction | None


def score_overall(dimensions: Sequence[WeightedDimension]) -> OverallScore:
    """The overall score and level over the dimensions that apply."""
    applicable = [d for d in dimensions if d.result.status != "not_applicable"]
    scored = [d for d in applicable if d.result.score is not None]
    coverage = _weighted(applicable, lambda d: d.coverage)
    score = _weighted(scored, lambda d: d.score)
    raw = None if score is None else raw_level(score)
    status = _status(dimensions, coverage)
    caps = tuple(_caps(scored, raw)) if raw is not None else ()
    capped = None if raw is None else min([raw, *(cap.max_level for cap in caps)])
    return OverallScore(
        score=score,
        coverage=coverage,
        low=_weighted(applicable, lambda d: d.low),
        high=_weighted(applicable, lambda d: d.high),
        raw_level=raw,
        level=capped if status in ("published", "provisional") else None,
        status=status,
        caps=caps,
        documented=_weighted(scored, lambda d: _share(d.tally.documented, d.tally.answered)),
        reviewed=_weighted(scored, lambda d: _share(d.tally.confirmed, d.tally.answered)),
        equal_weights=weighted_mean((1, d.result.score) for d in scored if d.result.score is not None),
    )


def _weighted(
    dimensions: Iterable[WeightedDimension], value: Callable[[DimensionScore], Fraction | None]
) -> Fraction | None:
    """Σ W·value / Σ W; None over no dimension at all."""
    return weighted_mean((d.weight, value(d.result) or _NOTHING) for d in dimensions)


def _share(part: int, whole: int) -> Fraction:
    return ratio(part, whole) if whole else _NOTHING


def _status(dimensions: Iterable[WeightedDimension], coverage: Fraction | None) -> ResultStatus:
    """From coverage; at best provisional while a dimension is withheld or its N is not accepted."""
    if coverage is None:
        return "not_applicable"
    status = coverage_status(coverage)
    open_ = any(
        d.result.status == "withheld" or (NA_REVIEW in d.result.flags and not d.accepted) for d in dimensions
    )
    return "provisional" if open_ and status == "published" else status


def _caps(scored: Sequence[WeightedDimension], raw: int) -> Iterable[Cap]:
    """The caps below the raw level, each with its reason."""
    caps = (_weakest_link(scored), _neglected(scored), _evidence(scored, raw))
    return (cap for cap in caps if cap is not None and cap.max_level < raw)


def _weakest_link(scored: Sequence[WeightedDimension]) -> Cap | None:
    levels = {d.id: d.result.capped_level for d in scored if d.core and d.result.capped_level is not None}
    if not levels:
        return None
    lowest = min(levels.values())
    because = tuple(id_ for id_, level in levels.items() if level == lowest)
    return Cap("weakest_link", lowest + WEAKEST_LINK_STEPS, because)


def _neglected(scored: Sequence[WeightedDimension]) -> Cap | None:
    because = tuple(d.id for d in scored if not d.core and d.result.capped_level == 0)
    return Cap("neglected_dimension", NEGLECTED_MAX_LEVEL, because) if because else None


def _evidence(scored: Sequence[WeightedDimension], raw: int) -> Cap | None:
    share = _weighted(scored, lambda d: ratio(d.tally.strong_documented, d.tally.scored))
    if raw < TOP_LEVEL or share is None or share >= EVIDENCE_SHARE:
        return None
    because = tuple(question for d in scored for question in d.result.tally.undocumented)
    return Cap("evidence", EVIDENCE_MAX_LEVEL, because)
