"""A plan changed by hand says what it breaks, and is not refused."""

from __future__ import annotations

import pytest

from assessment.gathering.editing import Breach, breaches, lock, move, swap, unlock
from assessment.gathering.seats import NoSuchSeat, Plan, Settings
from tests.assessment.gathering.making import apart, person, rivals, together

PLAN = Plan((("a", "b"), ("c", "d")))
FOUR = [person(id_) for id_ in "abcd"]


def test_somebody_moved_leaves_one_table_for_another() -> None:
    assert move(PLAN, "a", 1).tables == (("b",), ("a", "c", "d"))


def test_somebody_moved_to_the_next_number_gets_a_new_table() -> None:
    assert move(PLAN, "a", 2).tables == (("b",), ("c", "d"), ("a",))


def test_somebody_moved_to_their_own_table_stays() -> None:
    assert move(PLAN, "a", 0) == PLAN


@pytest.mark.parametrize(
    ("table", "tables"),
    [(0, (("a", "b", "n"), ("c", "d"))), (2, (("a", "b"), ("c", "d"), ("n",)))],
    ids=["at a table", "at a new one"],
)
def test_somebody_new_takes_a_seat_and_leaves_no_empty_table(
    table: int, tables: tuple[tuple[str, ...], ...]
) -> None:
    assert move(PLAN, "n", table).tables == tables


def test_two_who_are_exchanged_take_each_others_places() -> None:
    assert swap(PLAN, "a", "d").tables == (("b", "d"), ("a", "c"))
    assert swap(PLAN, "a", "b") == PLAN


def test_seats_are_locked_and_freed() -> None:
    locked = lock(lock(PLAN, ["a"]), ["d"])

    assert locked.locked == {"a", "d"}
    assert unlock(locked, ["a"]).locked == {"d"}
    assert move(locked, "a", 1).locked == {"a", "d"}


@pytest.mark.parametrize("who", ["a", "n"])
@pytest.mark.parametrize("table", [-1, 3])
def test_a_table_that_is_not_there_is_refused(table: int, who: str) -> None:
    with pytest.raises(NoSuchSeat, match=str(table)):
        move(PLAN, who, table)


def test_somebody_without_a_seat_cannot_be_exchanged_or_locked() -> None:
    with pytest.raises(NoSuchSeat, match="x"):
        swap(PLAN, "a", "x")
    with pytest.raises(NoSuchSeat, match="x"):
        lock(PLAN, ["a", "x"])


def test_a_plan_that_keeps_everything_breaks_nothing() -> None:
    settings = Settings(2, 2, rules=(apart("a", "c"), together("a", "b"), rivals("owner_b", "owner_d")))

    assert breaches(PLAN, FOUR, settings) == ()


def test_every_rule_and_size_that_is_broken_is_named_with_people_and_tables() -> None:
    keep, join, rival = apart("a", "c"), together("a", "b"), rivals("owner_c", "owner_d", "owner_b")

    found = breaches(move(PLAN, "a", 1), FOUR, Settings(2, 2, rules=(keep, join, rival)))

    assert found == (
        Breach("too_few", (0,), ("b",)),
        Breach("too_many", (1,), ("a", "c", "d")),
        Breach("apart", (1,), ("c", "d"), rival),
        Breach("apart", (1,), ("a", "c"), keep),
        Breach("together", (0, 1), ("a", "b"), join),
    )


def test_people_who_lack_a_seat_have_two_or_are_not_there_are_named() -> None:
    plan = Plan((("a", "b"), ("b", "x")))

    assert breaches(plan, FOUR[:3], Settings(1, 4)) == (
        Breach("not_placed", (), ("c",)),
        Breach("placed_twice", (0, 1), ("b",)),
        Breach("not_present", (1,), ("x",)),
    )


def test_facilitators_who_crowd_one_table_are_named_with_the_tables_that_lack_them() -> None:
    people = [person(id_, leads=id_ in "ab") for id_ in "abcd"]

    assert breaches(PLAN, people, Settings(2, 2)) == (Breach("facilitators", (1,), ("a", "b")),)


def test_colleagues_who_sit_otherwise_than_wanted_are_named() -> None:
    people = [person(id_, owner="one" if id_ in "abc" else "two") for id_ in "abcde"]
    plan = Plan((("a", "b", "c"), ("d", "e")))

    apart_ = breaches(plan, people, Settings(2, 3, colleagues="apart"))
    together_ = breaches(swap(plan, "c", "e"), people, Settings(2, 3, colleagues="together"))

    # three at two tables: two at one is as even as can be, three is not; so with two at two tables
    assert apart_ == (
        Breach("colleagues", (0,), ("a", "b", "c")),
        Breach("colleagues", (1,), ("d", "e")),
    )
    assert together_ == (
        Breach("colleagues", (0, 1), ("a", "b", "c")),
        Breach("colleagues", (0, 1), ("d", "e")),
    )
    assert breaches(plan, people, Settings(2, 3, colleagues="together")) == ()
    assert breaches(swap(plan, "c", "e"), people, Settings(2, 3, colleagues="apart")) == ()
