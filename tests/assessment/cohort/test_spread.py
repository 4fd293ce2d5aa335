"""How many companies stand on which levels: told in groups of five and more, or not at all."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.cohort.spread import MIN_GROUP, Band, Standing, spread

LEVELS = st.lists(st.sampled_from([None, 0, 1, 2, 3, 4]), max_size=60)


def standings(levels: Iterable[int | None], approved: int = 0) -> list[Standing]:
    return [Standing(level, at < approved) for at, level in enumerate(levels)]


def told(*levels: int | None) -> list[tuple[int | None, int | None, bool, int]]:
    return [(b.low, b.high, b.has_none, b.count) for b in spread(standings(levels)).bands]


def test_it_counts_how_many_are_approved_and_how_many_are_the_companies_own() -> None:
    found = spread(standings([2] * 12, approved=7))

    assert (found.companies, found.approved, found.own) == (12, 7, 5)


@pytest.mark.parametrize("levels", [[], [1, 2, 3, 4], [1] * 4 + [2] * 5, [2] * 30])
def test_too_few_or_all_alike_are_not_told_apart(levels: list[int]) -> None:
    assert spread(standings(levels)).bands == ()


def test_levels_are_told_one_by_one_where_each_has_five() -> None:
    # 5 on level 0, 5 on 1, 6 on 2, 5 on 3, 7 on 4
    levels = [0] * 5 + [1] * 5 + [2] * 6 + [3] * 5 + [4] * 7

    assert told(*levels) == [
        (0, 0, False, 5),
        (1, 1, False, 5),
        (2, 2, False, 6),
        (3, 3, False, 5),
        (4, 4, False, 7),
    ]


def test_levels_with_few_are_told_with_the_next() -> None:
    # level 0 has 1, level 1 has 4: together 5; level 2 has 5; levels 3 and 4 have 2 and 1, which join it: 8
    assert told(0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4) == [(0, 1, False, 5), (2, 4, False, 8)]


def test_an_empty_level_looks_like_one_that_is_told_with_another() -> None:
    # nobody on 0, 3 and 4: 6 on level 1, 6 on level 2
    assert told(*[1] * 6, *[2] * 6) == [(0, 1, False, 6), (2, 4, False, 6)]


def test_companies_without_a_level_are_told_with_the_lowest() -> None:
    # 2 without a level and 4 on level 1: together 6; 5 on level 3
    assert told(None, None, 1, 1, 1, 1, 3, 3, 3, 3, 3) == [(0, 1, True, 6), (2, 4, False, 5)]


def test_many_without_a_level_stand_alone() -> None:
    assert told(*[None] * 5, *[2] * 5) == [(None, None, True, 5), (0, 4, False, 5)]


@given(LEVELS)
def test_no_group_is_small_and_all_together_are_everybody(levels: list[int | None]) -> None:
    bands = spread(standings(levels)).bands

    assert all(band.count >= MIN_GROUP for band in bands)
    assert len(bands) != 1
    assert sum(band.count for band in bands) in (0, len(levels))
    assert _covered(bands) in ([], [0, 1, 2, 3, 4])


def _covered(bands: tuple[Band, ...]) -> list[int]:
    """The levels of all groups, one after the other: each stands in exactly one."""
    return [
        level
        for band in bands
        if band.low is not None and band.high is not None
        for level in range(band.low, band.high + 1)
    ]
