"""What cannot be met together is refused by name: no rule too few, none too many."""

from __future__ import annotations

import pytest

from assessment.gathering import clash
from assessment.gathering.placing import OutOfSteps, place
from assessment.gathering.proposing import propose, repropose
from assessment.gathering.seats import Participant, Plan, SeatingRefused, Settings
from assessment.gathering.units import units_of
from tests.assessment.gathering.making import apart, person, rivals, together

SIX = [person(id_) for id_ in "abcdef"]


def refused(people: list[Participant], settings: Settings, plan: Plan | None = None) -> SeatingRefused:
    with pytest.raises(SeatingRefused) as caught:
        repropose(plan, people, settings) if plan else propose(people, settings)
    return caught.value


@pytest.mark.parametrize(
    "settings", [Settings(4, 5), Settings(7, 9), Settings(2, 2, tables=2), Settings(4, 6, tables=2)]
)
def test_a_number_of_people_that_fits_no_tables_is_refused_without_a_rule(settings: Settings) -> None:
    found = refused(SIX, settings)  # six: not 4 or 5 at a table, nor 7; neither 2 x 2 nor 2 x 4

    assert (found.reason, found.rules, found.people) == ("sizes", (), ())


def test_rules_that_contradict_each_other_are_named_and_no_other() -> None:
    chain = (together("a", "b"), together("b", "c"), apart("a", "c"))

    found = refused(SIX, Settings(2, 6, rules=(*chain, apart("d", "e"), together("e", "f"))))

    assert found.reason == "contradiction"
    assert set(found.rules) == set(chain)
    assert found.people == ("a", "b", "c")


def test_competitors_of_whom_there_are_more_than_tables_are_named() -> None:
    rule = rivals("owner_a", "owner_b", "owner_c", "owner_absent")

    found = refused(SIX, Settings(2, 3, rules=(rule, apart("d", "e")), tables=2))

    assert (found.reason, found.rules, found.people) == ("no_room", (rule,), ("a", "b", "c"))


def test_a_group_that_is_larger_than_a_table_is_named() -> None:
    rule = together("a", "b", "c", "d")

    found = refused(SIX, Settings(2, 3, rules=(rule, apart("e", "f"))))

    assert (found.reason, found.rules, found.people) == ("no_room", (rule,), ("a", "b", "c", "d"))


def test_rules_that_only_together_leave_no_room_are_all_named() -> None:
    # a and b at one table of three, c and d at the other: e, apart from a and from c, has none
    rules = (together("a", "b"), together("c", "d"), apart("a", "e"), apart("c", "e"))

    found = refused(SIX, Settings(3, 3, rules=(*rules, apart("b", "d"))))

    assert (found.reason, set(found.rules)) == ("no_room", set(rules))
    assert found.people == ("a", "b", "c", "d", "e")


def test_a_locked_seat_that_leaves_no_room_is_named() -> None:
    plan = Plan((("a", "b"), ("c", "d"), ("e", "f")), frozenset("abc"))

    found = refused(SIX, Settings(2, 2, rules=(together("c", "d"), together("a", "e"))), plan)

    # a and b fill their table, so that e cannot join a; c and d are no hindrance
    assert (found.reason, found.rules, found.locked) == ("no_room", (together("a", "e"),), ("a", "b"))
    assert found.people == ("a", "b", "e")


def test_what_is_not_decided_within_the_steps_is_said_to_be_undecided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def give_up(*_: object) -> None:
        raise OutOfSteps

    rule = apart("a", "b")
    monkeypatch.setattr(clash, "place", give_up)

    found = refused(SIX, Settings(2, 3, rules=(rule,)))

    assert (found.reason, found.rules, found.people) == ("undecided", (rule,), ("a", "b"))


def test_a_search_that_takes_too_many_steps_is_given_up() -> None:
    # six at two tables, all of them apart from each other but a and b: the third has no table, and it
    # has to be tried again for both places of the second
    people = [person(id_) for id_ in "abcdef"]
    units = units_of(people, [apart("a", "c", "d"), apart("b", "e", "f")], {})
    assert units is not None

    with pytest.raises(OutOfSteps):
        place(units, 2, 1, 5, steps=-8)
    assert place(units, 2, 1, 5, steps=100) is None


def test_a_rule_about_people_who_are_not_there_is_none() -> None:
    rules = (together("a", "x", "y"), apart("x", "y"), apart("a", "x"))

    assert len(propose(SIX, Settings(3, 3, rules=rules)).plan.tables) == 2


@pytest.mark.parametrize("sizes", [(0, 3), (4, 3)])
def test_sizes_that_are_none_are_a_mistake_of_the_caller(sizes: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="min_seats"):
        Settings(*sizes)


def test_more_rules_than_it_is_made_for_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at most 200 rules"):
        Settings(2, 3, rules=tuple(apart("a", f"p{number}") for number in range(201)))
