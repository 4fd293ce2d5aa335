"""Exact fractions, made fast: small whole numbers recur, and a sum needs one common denominator."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import lcm


@lru_cache(maxsize=16_384)
def ratio(numerator: int, denominator: int) -> Fraction:
    """``Fraction(numerator, denominator)``, kept for the next time."""
    return Fraction(numerator, denominator)


def weighted_mean(parts: Iterable[tuple[int, Fraction]]) -> Fraction | None:
    """Σ weight·value / Σ weight; None over nothing or over weight 0."""
    found = list(parts)
    weights = sum(weight for weight, _ in found)
    if not weights:
        return None
    scale = lcm(*(value.denominator for _, value in found))
    total = sum(weight * value.numerator * (scale // value.denominator) for weight, value in found)
    return Fraction(total, scale * weights)
