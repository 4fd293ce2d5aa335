"""One dimension: score, coverage, range, caps, level, status.

Source: docs/scoring.md section 2. A, U, M and N are summed weights of the answered, unknown,
missing and not applicable questions; s is a question's score and w its weight.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from assessment.scoring.fractions import ratio
from assessment.scoring.levels import (
    EVIDENCE_MAX_LEVEL,
    EVIDENCE_SHARE,
    NA_REVIEW_ABOVE,
    STRONG_SCORE,
    TOP_LEVEL,
    ResultStatus,
    coverage_status,
    raw_level,
)

CapRule: TypeAlias = Literal["gate", "evidence", "weakest_link", "neglected_dimension"]
NA_REVIEW = "na_review"


@dataclass(frozen=True, slots=True)
class Cap:
    """A ceiling that was applied. ``because``: question ids (gate, evidence) or dimension ids."""

    rule: CapRule
    max_level: int
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """One asked question as scoring sees it; ``score`` 0..4 when answered, 0 when unknown."""

    question: str
    weight: int
    state: Literal["answered", "unknown", "missing", "not_applicable"]
    score: int | None = None
    documented: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Summed weights of one dimension. ``points``: sum of w·s over the answered.

    ``strong_documented``: weight of answers that score 3 or 4 and are documented;
    ``undocumented``: the questions scoring 3 or 4 that are not.
    """

    answered: int = 0
    unknown: int = 0
    missing: int = 0
    not_applicable: int = 0
    points: int = 0
    strong_documented: int = 0
    documented: int = 0
    confirmed: int = 0
    undocumented: tuple[str, ...] = ()

    @property
    def scored(self) -> int:
        """A + U."""
        return self.answered + self.unknown

    @property
    def applicable(self) -> int:
        """A + U + M."""
        return self.answered + self.unknown + self.missing


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """A dimension's result. Scores are 0..4, shares 0..1.

    ``capped_level`` is the lowest of raw level and caps; ``level`` is the same, or None when
    withheld. Without a score all of these are None.
    """

    tally: Tally
    score: Fraction | None
    coverage: Fraction | None
    low: Fraction | None
    high: Fraction | None
    raw_level: int | None
    capped_level: int | None
    level: int | None
    status: ResultStatus
    caps: tuple[Cap, ...]
    na_share: Fraction
    flags: tuple[str, ...]


def tally(counted: Iterable[Counted]) -> Tally:
    """The summed weights of a dimension's asked questions; weight 0 counts for nothing."""
    sums = {"answered": 0, "unknown": 0, "missing": 0, "not_applicable": 0}
    points = strong = documented = confirmed = 0
    undocumented = []
    for question in counted:
        weight = question.weight
        if not weight:
            continue
        sums[question.state] += weight
        if question.state != "answered" or question.score is None:
            continue
        points += weight * question.score
        confirmed += weight if question.confirmed else 0
        if question.documented:
            documented += weight
            strong += weight if question.score >= STRONG_SCORE else 0
        elif question.score >= STRONG_SCORE:
            undocumented.append(question.question)
    return Tally(
        **sums,
        points=points,
        strong_documented=strong,
        documented=documented,
        confirmed=confirmed,
        undocumented=tuple(undocumented),
    )


def score_dimension(sums: Tally, gates: Iterable[Cap] = ()) -> DimensionScore:
    """Weighted mean of a dimension's answers, unknown counting 0, with its level and caps.

    ``gates``: the gates whose condition holds. Source: docs/scoring.md section 2.
    """
    everything = sums.applicable + sums.not_applicable
    na_share = ratio(sums.not_applicable, everything) if everything else Fraction()
    flags = (NA_REVIEW,) if na_share > NA_REVIEW_ABOVE else ()
    if not sums.applicable:
        return _without_score(sums, None, "not_applicable", na_share, flags)
    if not sums.scored:
        return _without_score(sums, Fraction(), "withheld", na_share, flags)
    score = ratio(sums.points, sums.scored)
    coverage = ratio(sums.answered, sums.applicable)
    raw = raw_level(score)
    caps = tuple(cap for cap in (*gates, *_evidence_cap(sums, raw)) if cap.max_level < raw)
    capped = min([raw, *(cap.max_level for cap in caps)])
    status = coverage_status(coverage)
    return DimensionScore(
        tally=sums,
        score=score,
        coverage=coverage,
        low=ratio(sums.points, sums.applicable),
        high=ratio(sums.points + TOP_LEVEL * sums.missing, sums.applicable),
        raw_level=raw,
        capped_level=capped,
        level=None if status == "withheld" else capped,
        status=status,
        caps=caps,
        na_share=na_share,
        flags=flags,
    )


def _without_score(
    sums: Tally, coverage: Fraction | None, status: ResultStatus, na_share: Fraction, flags: tuple[str, ...]
) -> DimensionScore:
    """Nothing applicable, or nothing answered or unknown: the range is all there is to say."""
    applicable = coverage is not None
    return DimensionScore(
        tally=sums,
        score=None,
        coverage=coverage,
        low=Fraction(0) if applicable else None,
        high=Fraction(TOP_LEVEL) if applicable else None,
        raw_level=None,
        capped_level=None,
        level=None,
        status=status,
        caps=(),
        na_share=na_share,
        flags=flags,
    )


def _evidence_cap(sums: Tally, raw: int) -> tuple[Cap, ...]:
    """Level 4 needs half of the answered and unknown weight to be strong and documented."""
    if raw < TOP_LEVEL or sums.strong_documented >= EVIDENCE_SHARE * sums.scored:
        return ()
    return (Cap("evidence", EVIDENCE_MAX_LEVEL, sums.undocumented),)
