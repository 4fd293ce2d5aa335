"""Thresholds and rounding."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.scoring.levels import (
    coverage_status,
    index_of,
    percent_in_fives,
    raw_level,
    rounded,
    share_of,
)


@pytest.mark.parametrize(
    ("score", "level"),
    [("0", 0), ("49/100", 0), ("1/2", 1), ("3/2", 2), ("17/7", 2), ("5/2", 3), ("7/2", 4), ("4", 4)],
)
def test_a_level_is_the_nearest_one_with_halves_upwards(score: str, level: int) -> None:
    assert raw_level(Fraction(score)) == level


@pytest.mark.parametrize(
    ("coverage", "status"),
    [
        ("0", "withheld"),
        ("59/100", "withheld"),
        ("3/5", "provisional"),
        ("79/100", "provisional"),
        ("4/5", "published"),
        ("1", "published"),
    ],
)
def test_status_follows_coverage_at_its_exact_limits(coverage: str, status: str) -> None:
    assert coverage_status(Fraction(coverage)) == status


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("1/20", 1, "0.1"),  # 0.05 is half way and goes up
        ("3/20", 1, "0.2"),  # 0.15 too; rounding half to even would give 0.2 here and 0.0 above
        ("1/4", 1, "0.3"),
        ("-1/4", 1, "-0.2"),
        ("2/3", 3, "0.667"),
        ("1999/2000", 3, "1.000"),
        ("500000/3", 1, "166666.7"),
        ("5/2", 0, "3"),
    ],
)
def test_rounding_is_half_up_with_fixed_decimals(value: str, decimals: int, text: str) -> None:
    assert rounded(Fraction(value), decimals) == text


def test_the_index_is_twenty_five_times_the_score_with_one_decimal() -> None:
    assert index_of(Fraction(27, 10)) == "67.5"


def test_a_share_has_three_decimals() -> None:
    assert share_of(Fraction(1, 4)) == "0.250"


@pytest.mark.parametrize(
    ("share", "percent"),
    [("0", 0), ("1/41", 0), ("1/40", 5), ("7/40", 20), ("1/3", 35), ("39/40", 100), ("1", 100)],
)
def test_a_share_in_fives_is_the_nearest_with_halves_upwards(share: str, percent: int) -> None:
    assert percent_in_fives(Fraction(share)) == percent
