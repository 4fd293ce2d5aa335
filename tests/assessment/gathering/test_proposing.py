"""Everybody present gets one seat, by the rules first and then by what people can do for each other."""

from __future__ import annotations

import pytest

from assessment.gathering.proposing import propose, repropose
from assessment.gathering.reasons import Help, SharedGap
from assessment.gathering.seats import MAX_PEOPLE, Leaning, NoSuchSeat, Plan, SeatingRefused, Settings
from tests.assessment.gathering.making import (
    MODES,
    apart,
    best_value,
    chance,
    cohort,
    person,
    rivals,
    rules_for,
    together,
    value,
)

PAIRS = Settings(2, 2, colleagues="free")
FOUR = [person("a", {"x": 3}), person("b", {"y": 3}), person("c", {"x": 2}), person("d", {"y": 1})]


def test_people_with_the_same_largest_gap_sit_together() -> None:
    found = propose(FOUR, PAIRS)

    # a and c share x: min(3, 2) = 2; b and d share y: 1; any other pairs share nothing
    assert found.plan.tables == (("a", "c"), ("b", "d"))
    assert [reason.shared for reason in found.reasons] == [
        (SharedGap("x", ("a", "c")),),
        (SharedGap("y", ("b", "d")),),
    ]
    assert found.is_settled


def test_only_the_three_largest_gaps_of_a_person_count() -> None:
    many = {"x": 1, "p": 4, "q": 3, "r": 2}
    people = [person("a", many), person("b", {"x": 9}), person("c", {"r": 1}), person("d", {"z": 1})]

    # a's largest are p, q, r: nothing in common with b; with c it is min(2, 1) = 1
    assert propose(people, PAIRS).plan.tables == (("a", "c"), ("b", "d"))


def test_people_who_can_help_each_other_sit_together() -> None:
    people = [
        person("a", gaps={"y": 4}, strengths={"x": 9}),
        person("b", gaps={"z": 2}, strengths={"w": 9}),
        person("c", gaps={"x": 1}, strengths={"y": 9}),
        person("d", gaps={"w": 3}, strengths={"z": 9}),
    ]

    found = propose(people, Settings(2, 2, "complementary"))

    # a and c: c gives a y, min(9, 4) = 4, and gets x, min(9, 1) = 1; b and d: 2 and 3
    assert found.plan.tables == (("a", "c"), ("b", "d"))
    assert [reason.helps for reason in found.reasons] == [
        (Help("c", "a", "y"), Help("a", "c", "x")),
        (Help("d", "b", "z"), Help("b", "d", "w")),
    ]


def test_two_good_pairs_go_before_one_very_good_pair_and_a_poor_one() -> None:
    people = [
        person("a", {"x": 3, "y": 4}),
        person("b", {"x": 3}),
        person("c", {"y": 4, "z": 3}),
        person("d", {"z": 3}),
    ]

    # a-c is worth 4 and leaves b-d with nothing; a-b and c-d are worth 3 each, 6 in all
    assert propose(people, PAIRS).plan.tables == (("a", "b"), ("c", "d"))


def test_competitors_never_share_a_table_and_their_colleagues_may() -> None:
    people = [
        person("a1", {"x": 1}, owner="a"),
        person("a2", {"x": 1}, owner="a"),
        person("b1", {"x": 1}, owner="b"),
        person("b2", {"x": 1}, owner="b"),
    ]

    found = propose(people, Settings(2, 2, rules=(rivals("a", "b", "absent"),)))

    assert found.plan.tables == (("a1", "a2"), ("b1", "b2"))


def test_people_kept_apart_or_together_by_name_are() -> None:
    rules = (apart("a", "c"), together("a", "d"))

    assert propose(FOUR, Settings(2, 2, rules=rules)).plan.tables == (("a", "d"), ("b", "c"))


def test_facilitators_are_spread_before_gaps_count() -> None:
    people = [person("a", {"x": 9}, leads=True), person("b", {"x": 9}, leads=True), *FOUR[2:]]

    found = propose(people, PAIRS)

    assert [len({"a", "b"} & set(table)) for table in found.plan.tables] == [1, 1]


def test_those_of_whom_nothing_is_known_are_not_left_for_one_table() -> None:
    known = [person(f"k{at}", {"x": 3}, {"x": 3}) for at in range(8)]
    silent = [person(f"s{at}") for at in range(4)]

    for mode in MODES:
        found = propose([*known, *silent], Settings(4, 4, mode))

        seated = [sum(id_.startswith("s") for id_ in table) for table in found.plan.tables]
        assert sorted(seated) == [1, 1, 2]


def test_there_is_a_table_for_each_facilitator_where_that_can_be() -> None:
    people = [person(id_, leads=id_ in "abc") for id_ in "abcdefghi"]

    assert [len(table) for table in propose(people, Settings(2, 8)).plan.tables] == [3, 3, 3]
    assert [len(table) for table in propose(people, Settings(4, 8)).plan.tables] == [5, 4]


def test_tables_are_as_few_and_as_even_as_can_be() -> None:
    people = [person(f"p{number:02}") for number in range(11)]

    assert sorted(len(table) for table in propose(people, Settings(3, 5)).plan.tables) == [3, 4, 4]
    assert len(propose(people, Settings(2, 5, tables=5)).plan.tables) == 5


@pytest.mark.parametrize(
    ("leaning", "expected"),
    [
        ("free", (("a", "c"), ("b", "d"))),
        ("apart", (("a", "d"), ("b", "c"))),
        ("together", (("a", "c"), ("b", "d"))),
    ],
)
def test_colleagues_sit_as_the_setting_says(leaning: Leaning, expected: object) -> None:
    people = [
        person("a", {"x": 3}, owner="one"),
        person("b", {"y": 3}),
        person("c", {"x": 2}, owner="one"),
        person("d", {"y": 2, "x": 1}),
    ]

    # apart: a-d (x: 1) and b-c (0), or a-b (0) and c-d (x: 1): as good; a's table is seated first
    found = propose(people, Settings(2, 2, colleagues=leaning)).plan.tables

    assert found == expected or (leaning == "apart" and found == (("a", "b"), ("c", "d")))


def test_tags_decide_between_seatings_that_are_alike() -> None:
    tags = {"a": "north", "b": "south", "c": "north", "d": "south"}
    people = [
        type(p)(p.id, p.owner, gaps={"x": 1}, tags=frozenset({tags[p.id]})) for p in (person(i) for i in tags)
    ]

    together_ = propose(people, Settings(2, 2, tags="together")).plan.tables
    apart_ = propose(people, Settings(2, 2, tags="apart")).plan.tables

    assert together_ == (("a", "c"), ("b", "d"))
    assert ("a", "c") not in apart_


def test_nobody_present_means_no_table() -> None:
    assert propose([], PAIRS).plan == Plan(())


def test_somebody_who_is_there_twice_is_named() -> None:
    with pytest.raises(NoSuchSeat, match="b"):
        propose([person("b"), person("a"), person("b")], PAIRS)


def test_more_people_than_it_is_made_for_are_refused() -> None:
    with pytest.raises(SeatingRefused) as caught:
        propose([person(str(number)) for number in range(MAX_PEOPLE + 1)], Settings(5, 8))

    assert caught.value.reason == "too_many"


def test_the_order_of_people_and_rules_does_not_matter() -> None:
    random = chance(5)
    people = cohort(24, random)
    rules = (rivals(people[0].owner, people[1].owner), apart("p003", "p004"), together("p005", "p006"))
    first = propose(people, Settings(4, 6, rules=rules))

    for _ in range(3):
        random.shuffle(people)
        assert propose(people, Settings(4, 6, rules=rules[::-1] + rules)) == first


@pytest.mark.parametrize("seed", range(12))
def test_few_people_get_the_best_seating_there_is(seed: int) -> None:
    """All seatings are looked at: seven people, two tables of three or four, rules that can be kept."""
    random = chance(seed)
    people = cohort(7, random)
    settings = Settings(3, 4, MODES[seed % 2], rules_for(people, random)[:2], tables=2)

    best = best_value(people, settings)

    if best is None:
        with pytest.raises(SeatingRefused):
            propose(people, settings)
    else:
        assert value(propose(people, settings).plan, people, settings) == best


def test_a_new_proposal_leaves_locked_seats_as_they_are() -> None:
    plan = Plan((("a", "b"), ("c", "d")), frozenset({"b", "c"}))

    found = repropose(plan, FOUR, PAIRS)

    # b stays at the first table and takes d (y); c stays at the second and takes a (x)
    assert found.plan == Plan((("b", "d"), ("a", "c")), frozenset({"b", "c"}))


def test_a_new_proposal_seats_those_who_came_and_frees_the_seats_of_those_who_left() -> None:
    plan = Plan((("a", "gone"), ("b", "c")), frozenset({"a", "gone"}))

    found = repropose(plan, FOUR, PAIRS)

    assert found.plan == Plan((("a", "c"), ("b", "d")), frozenset({"a"}))


def test_a_seat_locked_against_a_rule_stays_and_the_others_keep_the_rules() -> None:
    plan = Plan((("a", "b"), ("c", "d")), frozenset({"a", "b"}))
    settings = Settings(2, 3, rules=(apart("a", "b"), apart("c", "d"), together("b", "e")), colleagues="free")

    with pytest.raises(SeatingRefused) as caught:
        repropose(plan, [*FOUR, person("e")], settings)  # at the full table of a, b and e, c has no seat
    found = repropose(plan, [*FOUR, person("e"), person("f")], Settings(2, 4, rules=settings.rules))

    assert caught.value.rules == (apart("c", "d"), together("b", "e"))
    assert caught.value.locked == ("a", "b")
    assert {"a", "b", "e"} < set(found.plan.tables[0])
    assert len({"c", "d"} & set(found.plan.tables[0])) == 1


def test_a_table_filled_by_hand_beyond_its_size_takes_nobody_more() -> None:
    plan = Plan((("a", "b", "c"), ()), frozenset("abc"))

    found = repropose(plan, [*FOUR, person("e")], PAIRS)

    assert found.plan.tables == (("a", "b", "c"), ("d", "e"))
