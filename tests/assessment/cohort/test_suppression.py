"""What may be told of exact figures, in one release."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.cohort.figures import CohortFigures, cohort_figures
from assessment.cohort.layout import Layout
from assessment.cohort.publishing import Release
from tests.assessment.cohort.cohorts import figures, member, members, published, told

BY_REGION = Layout("eksempel", (), regions=("nord", "sør", "vest"))
BY_BOTH = Layout("eksempel", (), regions=("nord", "sør"), sectors=("bygg", "fiske"))
ATTENDED = Layout("eksempel", (), activities=("first",))


def released(layout: Layout, *groups: tuple[dict[int, int], dict[str, Any]]) -> Release:
    """A release of companies: how many on each level, and what else is the same for them."""
    cohort = [
        member(f"eksempel-{number}-{level}-{one}", level, **more)
        for number, (levels, more) in enumerate(groups)
        for level, many in levels.items()
        for one in range(many)
    ]
    return published(cohort_figures(cohort, layout))


def level(*counts: int) -> dict[tuple[str, ...], dict[str, int]]:
    """The told table of that many companies on levels 0, 1, 2 …"""
    return told(published(figures(at for at, many in enumerate(counts) for _ in range(many))))


def test_levels_are_told_one_by_one_where_each_has_six() -> None:
    assert level(6, 7, 8, 9, 6) == {(): {"none_or_0": 6, "1": 7, "2": 8, "3": 9, "4": 6}}


def test_a_cell_of_five_is_four_others_for_those_in_it_and_is_told_with_the_next() -> None:
    assert level(5, 7, 8, 9, 6) == {(): {"none_or_0+1": 12, "2": 8, "3": 9, "4": 6}}


def test_empty_levels_look_like_small_ones() -> None:
    # six and six each time: with nobody, one or five on the levels that are told together with another
    found = [level(6, 6), level(5, 1, 6), level(1, 5, 0, 6), level(0, 6, 5, 0, 1)]

    assert found[0] == {(): {"none_or_0": 6, "1+2+3+4": 6}}
    assert found[1] == {(): {"none_or_0+1": 6, "2+3+4": 6}}
    assert found[2] == found[1]
    assert found[3] == found[1]


@pytest.mark.parametrize("counts", [(0, 30), (0, 25, 5), (11, 0), (5, 5, 5)])
def test_where_nearly_all_stand_alike_or_are_too_few_nothing_is_told(counts: tuple[int, ...]) -> None:
    # five, five, five: any two groups have one of five
    assert level(*counts) == {}


def test_companies_of_one_owner_fill_no_cell() -> None:
    alike = [member(f"eksempel-a{one}", 4, owner="eksempel-a") for one in range(10)]
    found = published(cohort_figures([*members([1] * 6 + [2] * 6), *alike], Layout("eksempel", ())))

    assert found.owners == 13
    assert told(found) == {(): {"none_or_0+1": 6, "2+3+4": 7}}


def test_regions_are_told_with_the_groups_of_all_and_the_small_ones_together() -> None:
    found = released(
        BY_REGION,
        ({1: 8, 3: 9}, {"region": "nord"}),
        ({1: 7, 3: 6}, {"region": "sør"}),
        ({1: 4, 3: 4}, {"region": "vest"}),
        ({1: 2, 3: 3}, {"region": None}),
    )

    assert told(found) == {(): {"none_or_0+1": 21, "2+3+4": 22}}
    # vest has a cell of four: with those from nowhere it has 6 and 7
    assert told(found, "level/region") == {
        ("nord",): {"none_or_0+1": 8, "2+3+4": 9},
        ("sør",): {"none_or_0+1": 7, "2+3+4": 6},
        ("vest", ""): {"none_or_0+1": 6, "2+3+4": 7},
    }


def test_what_is_left_over_takes_a_region_with_it_where_it_would_follow_by_subtraction() -> None:
    # alone vest and nowhere have 4 and 4: 21 - 8 - 7 would say so; with sør they have 11 and 10
    found = released(
        BY_REGION,
        ({1: 8, 3: 9}, {"region": "nord"}),
        ({1: 7, 3: 6}, {"region": "sør"}),
        ({1: 4, 3: 4}, {"region": "vest"}),
    )

    assert told(found, "level/region") == {
        ("nord",): {"none_or_0+1": 8, "2+3+4": 9},
        ("sør", "vest", ""): {"none_or_0+1": 11, "2+3+4": 10},
    }


def test_sectors_beside_regions_are_told_where_both_together_single_out_nobody() -> None:
    # every region in every sector has 6 and more on either side
    found = released(
        BY_BOTH,
        ({1: 6, 3: 7}, {"region": "nord", "sector": "bygg"}),
        ({1: 7, 3: 6}, {"region": "nord", "sector": "fiske"}),
        ({1: 8, 3: 6}, {"region": "sør", "sector": "bygg"}),
        ({1: 6, 3: 9}, {"region": "sør", "sector": "fiske"}),
    )

    assert told(found, "level/sector") == {
        ("bygg",): {"none_or_0+1": 14, "2+3+4": 13},
        ("fiske",): {"none_or_0+1": 13, "2+3+4": 15},
    }


def test_sectors_that_are_regions_but_for_a_few_are_not_told_beside_them() -> None:
    # nord and bygg differ by two companies: nord less bygg would be where these two stand
    found = released(
        BY_BOTH,
        ({1: 9, 3: 9}, {"region": "nord", "sector": "bygg"}),
        ({1: 2}, {"region": "nord", "sector": "fiske"}),
        ({1: 8, 3: 9}, {"region": "sør", "sector": "fiske"}),
    )

    assert ("nord",) in told(found, "level/region")
    assert told(found, "level/sector") == {}


def test_fewer_regions_are_told_alone_where_only_so_sectors_can_be_told_too() -> None:
    # øst and vest, each alone, have three and four in every sector: together six and eight
    layout = Layout("eksempel", (), regions=("nord", "sør", "vest", "øst"), sectors=("bygg", "fiske"))
    places = [(region, sector) for region in layout.regions for sector in layout.sectors]
    found = released(
        layout,
        *(
            (
                {1: 8, 3: 9} if region in {"nord", "sør"} else {1: 3, 3: 4},
                {"region": region, "sector": sector},
            )
            for region, sector in places
        ),
    )

    assert list(told(found, "level/region")) == [("nord",), ("sør",), ("vest", "øst", "")]
    assert told(found, "level/sector") == {
        ("bygg",): {"none_or_0+1": 22, "2+3+4": 26},
        ("fiske",): {"none_or_0+1": 22, "2+3+4": 26},
    }


def moved(up: int, same: int, *, attended: bool) -> tuple[tuple[dict[int, int], dict[str, Any]], ...]:
    activities = frozenset({"first"} if attended else ())
    return tuple(
        ({2: many}, {"previous": before, "attended": activities, "result": f"{attended}{before}"})
        for many, before in ((up, 1), (same, 2))
    )


def test_an_activity_is_told_from_twenty_in_each_group() -> None:
    both = released(ATTENDED, *moved(12, 8, attended=True), *moved(7, 13, attended=False))
    fewer = released(ATTENDED, *moved(12, 7, attended=True), *moved(7, 14, attended=False))

    assert told(both, "development/activity.first") == {
        ("attended",): {"up": 12, "same+down": 8},
        ("not_attended",): {"up": 7, "same+down": 13},
    }
    assert told(fewer, "development/activity.first") == {}


def test_the_order_of_the_members_changes_nothing() -> None:
    cohort = members([0, 1, 1, 2, 3, 4, None] * 7)
    forwards, backwards = (cohort_figures(some, BY_REGION) for some in (cohort, cohort[::-1]))

    assert published(forwards) == published(backwards)


def test_means_come_from_ten_and_boxes_from_twenty() -> None:
    def middle(found: CohortFigures) -> tuple[str | None, bool]:
        table = published(found).table("level")
        return table.mean, table.box is not None

    # 5 on level 1, 5 on level 2: 15/10; nine with a level of ten are too few
    assert middle(figures([1] * 5 + [2] * 5)) == ("1.5", False)
    assert middle(figures([1] * 5 + [2] * 4 + [None])) == (None, False)
    assert middle(figures([1] * 6 + [2] * 6 + [3] * 7)) == ("2.1", False)  # 39/19
    assert middle(figures([1] * 7 + [2] * 6 + [3] * 7)) == ("2.0", True)
