"""Means and boxes that say where nobody stands."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.cohort.atoms import Heap, RecordClass
from assessment.cohort.middles import box_of, mean_of
from assessment.cohort.told import Box

THREE = ((0, 1), (2,), (3, 4))


def mean(
    steps: tuple[int, ...],
    total: Fraction,
    groups: tuple[tuple[int, ...], ...] = (),
    *,
    without_level: int = 0,
) -> str | None:
    heaps = {RecordClass(((),)): Heap(steps, sum(steps) - without_level, total)}
    return mean_of(heaps, 0, groups)


def test_a_mean_has_one_decimal_half_up() -> None:
    assert mean((0, 10, 10, 0, 0), Fraction(29)) == "1.5"  # 1.45


@pytest.mark.parametrize(("total", "told"), [(3, None), (4, "0.4"), (36, "3.6"), (37, None)])
def test_a_mean_at_the_end_of_the_scale_says_where_all_stand_and_is_not_told(
    total: int, told: str | None
) -> None:
    # ten scores from 0 to 40 together: one of them could be 4, or 0, only from 4 to 36
    assert mean((2, 2, 2, 2, 2), Fraction(total)) == told


def test_a_mean_at_the_lower_end_of_the_told_groups_is_not_told() -> None:
    # 6 from 0 to 1.5, 6 on 1.5 to 2.5, 6 on 2.5 to 4: at least 24 together, at most 48
    assert mean((6, 0, 6, 6, 0), Fraction(27), THREE) is None
    assert mean((6, 0, 6, 6, 0), Fraction(28), THREE) == "1.6"  # 28/18


def test_those_without_a_level_leave_no_room_at_the_upper_end_of_their_group() -> None:
    # 16 on 0 to 2, ten of them without a level; 6 on 3 and 4: twelve scores, 6 * 2.5 + 6 * 4 = 39 at most
    groups = ((0, 1, 2), (3, 4))
    assert mean((16, 0, 0, 6, 0), Fraction(36), groups, without_level=10) is None
    assert mean((16, 0, 0, 6, 0), Fraction(35), groups, without_level=10) == "2.9"  # 35/12


def test_a_box_worked_by_hand() -> None:
    # 8 from 0 to 1.5, 8 from 1.5 to 2.5, 8 from 2.5 to 4
    # the 6th: 1.5 * 6/8 = 1.125; the 12th: 1.5 + 4/8 = 2; the 18th: 2.5 + 1.5 * 2/8 = 2.875
    assert box_of(THREE, (8, 8, 8)) == Box("1.1", "2.0", "2.9")


def test_there_is_no_box_from_nineteen_or_two_groups() -> None:
    assert box_of(THREE, (6, 6, 7)) is None
    assert box_of(((0, 1), (2, 3, 4)), (20, 20)) is None
