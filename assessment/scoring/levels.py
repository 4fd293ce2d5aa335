"""Thresholds and the only rounding there is: half-up, for display.

Source: docs/scoring.md sections 2 and 3.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

ResultStatus: TypeAlias = Literal["published", "provisional", "withheld", "not_applicable"]
"""How far a level can be trusted for its coverage; withheld shows no level at all."""

TOP_LEVEL = 4
PROVISIONAL_BELOW = Fraction(4, 5)
WITHHELD_BELOW = Fraction(3, 5)
NA_REVIEW_ABOVE = Fraction(3, 10)
EVIDENCE_SHARE = Fraction(1, 2)
EVIDENCE_MAX_LEVEL = 3
STRONG_SCORE = 3
WEAKEST_LINK_STEPS = 2
NEGLECTED_MAX_LEVEL = 3

_HALF = Fraction(1, 2)


def raw_level(score: Fraction) -> int:
    """The level 0..4 nearest to a score 0..4, exact halves upwards."""
    return (2 * score.numerator + score.denominator) // (2 * score.denominator)


def coverage_status(coverage: Fraction) -> ResultStatus:
    """Withheld below 3/5, provisional below 4/5, else published."""
    if coverage < WITHHELD_BELOW:
        return "withheld"
    return "provisional" if coverage < PROVISIONAL_BELOW else "published"


def rounded(value: Fraction, decimals: int) -> str:
    """A value with a fixed number of decimals, exact halves upwards."""
    scaled = (value * 10**decimals + _HALF).__floor__()
    sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled)).zfill(decimals + 1)
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def index_of(score: Fraction) -> str:
    """The index 0..100 of a score 0..4, one decimal."""
    return rounded(score * 25, 1)


def share_of(share: Fraction) -> str:
    """A share 0..1 with three decimals."""
    return rounded(share, 3)


def percent_in_fives(share: Fraction) -> int:
    """A share 0..1 in percent, to the nearest five, exact halves upwards."""
    return 5 * (share * 20 + _HALF).__floor__()
