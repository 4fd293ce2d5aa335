"""Those who attended beside those who did not."""

from __future__ import annotations

import pytest

from assessment.cohort.effect import Effect, Group, difference, effects_of
from assessment.cohort.told import Row, ToldTable


def table(attended: tuple[int, int], others: tuple[int, int]) -> ToldTable:
    rows = (Row(("attended",), attended), Row(("not_attended",), others))
    groups = (("up",), ("same", "down"))
    return ToldTable("development/activity.first", "development", "activity.first", groups, rows)


def test_an_interval_worked_by_hand() -> None:
    # 14 of 22 and 8 of 23: 15/24 = 0.625 and 9/25 = 0.36, difference 0.265
    # 0.625 * 0.375 / 24 + 0.36 * 0.64 / 25 = 0.009765625 + 0.009216 = 0.018981625, root 0.137774
    # 1.96 * 0.137774 = 0.270037: from -0.005037 to 0.535037
    assert difference(14, 22, 8, 23) == (-1, 54)


def test_the_interval_turns_with_the_sides() -> None:
    assert difference(8, 23, 14, 22) == (-54, 1)


@pytest.mark.parametrize(("first", "second"), [(0, 20), (20, 0), (10, 10)])
def test_the_interval_is_never_without_width(first: int, second: int) -> None:
    least, most = difference(first, 20, second, 20)

    assert least < 100 * (first - second) / 20 * 20 / 22 < most


def test_both_groups_are_told_with_their_shares_in_fives() -> None:
    # 14/22 = 63.6 %, 8/23 = 34.8 %
    assert effects_of([table((14, 8), (8, 15))]) == (
        Effect("first", Group(22, 65), Group(23, 35), least=-1, most=54),
    )


def test_a_difference_is_clear_where_the_interval_leaves_out_none_and_never_causal() -> None:
    # 40 of 50 and 20 of 50: 41/52 and 21/52, difference 0.3846, margin 1.96 * 0.0886 = 0.1736
    clear, unclear = effects_of([table((40, 10), (20, 30)), table((14, 8), (8, 15))])

    assert (clear.least, clear.most) == (21, 56)
    assert (clear.is_clear, unclear.is_clear) == (True, False)
    assert not clear.is_causal


def test_what_is_not_told_has_no_effect_told_either() -> None:
    hidden = ToldTable("development/activity.first", "development", "activity.first")

    assert effects_of([hidden]) == ()
