"""What follows from the facts given, and which profiles the conditions tell apart."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaires.conditions import Value, compile_condition
from questionnaires.model import Fact
from questionnaires.profile import TooManyProfiles, all_profiles, constants_of, resolve_facts


def fact(id_: str, kind: Any = "boolean", **fields: Any) -> Fact:
    return Fact(id=id_, kind=kind, source="invented", **fields)


SHOP = (
    fact("code", "text"),
    fact("division", "integer", derived="int(profile.code.substring(0, 2))"),
    fact("goods"),
    fact("makes", asked_if="profile.goods"),
    fact("floors", "integer", asked_if="profile.makes"),
    fact("motto", "text", asked_if="profile.makes"),
    fact("services", derived="!profile.goods"),
    fact("factory", derived="profile.makes && profile.division < 34"),
)


@pytest.mark.parametrize(
    ("given", "resolved"),
    [
        ({}, {}),
        ({"goods": True}, {"goods": True, "services": False}),
        ({"goods": False}, {"goods": False, "services": True, "makes": False, "factory": False}),
        (
            {"goods": False, "makes": True},
            {"goods": False, "services": True, "makes": False, "factory": False},
        ),
        ({"goods": True, "makes": True}, {"goods": True, "services": False, "makes": True}),
        (
            {"code": "31.010", "goods": True, "makes": True, "floors": 2, "motto": "Hei"},
            {
                "code": "31.010",
                "division": 31,
                "goods": True,
                "services": False,
                "makes": True,
                "floors": 2,
                "motto": "Hei",
                "factory": True,
            },
        ),
        ({"division": 31}, {}),
        ({"services": True}, {}),
        ({"makes": True}, {"makes": True}),
        ({"code": "x1"}, {"code": "x1"}),
        ({"unheard_of": True}, {}),
    ],
)
def test_facts_follow_from_those_given(given: dict[str, Value], resolved: dict[str, Value]) -> None:
    names = resolve_facts(SHOP, given)

    facts = {name.removeprefix("profile."): value for name, value in names.items()}
    hidden = {"floors", "motto"}
    assert {name: value for name, value in facts.items() if name not in hidden - resolved.keys()} == resolved


def test_boolean_fact_that_is_not_asked_is_false_others_absent() -> None:
    names = resolve_facts(SHOP, {"goods": True, "makes": False, "floors": 3, "motto": "Hei"})

    assert names["profile.makes"] is False
    assert "profile.floors" not in names
    assert "profile.motto" not in names


@pytest.mark.parametrize(
    ("texts", "constants"),
    [
        (["profile.n < 3"], [3]),
        (["3 > profile.n || profile.n == 5"], [3, 5]),
        (["profile.n in [1, 2]"], [1, 2]),
        (["profile.m < 3"], []),
        (["profile.n < profile.m", "profile.m > 7"], [7]),
        (["profile.n < profile.m && profile.m == profile.k", "profile.k > 7"], [7]),
    ],
)
def test_constants_a_name_is_compared_with(texts: list[str], constants: list[int]) -> None:
    assert constants_of("profile.n", texts) == constants


def values(facts: tuple[Fact, ...], condition: str, name: str) -> set[Value | None]:
    return {names.get(f"profile.{name}") for names in all_profiles(facts, [condition], 10_000)}


@pytest.mark.parametrize(
    ("kind", "condition", "wanted"),
    [
        ("boolean", "profile.n", {True, False}),
        ("integer", "profile.n > 50", {49, 50, 51}),
        ("integer", "profile.n > 0", {0, 1}),
        ("integer", "profile.n > 2.5", {1, 2, 3}),
        ("integer", "profile.n in [5, 9]", {4, 5, 6, 8, 9, 10}),
        ("integer", "profile.n > 50 || profile.n == 10", {9, 10, 11, 49, 50, 51}),
        ("integer", "true", {1}),
        ("text", "profile.n == 'AS'", {"AS", "-"}),
        ("text", "profile.n in ['AS', 'ENK']", {"AS", "ENK", "-"}),
        ("text", "int(profile.n.substring(0, 2)) == 31", {"30", "31", "32", "-"}),
        ("text", "9 < int(profile.n.substring(2, 3))", {"008", "009", "-"}),
        ("text", "true", {"-"}),
    ],
)
def test_profiles_take_the_values_a_condition_tells_apart(
    kind: str, condition: str, wanted: set[Value]
) -> None:
    assert values((fact("n", kind),), condition, "n") == wanted


@pytest.mark.parametrize("sign", ["==", "!=", "<", ">"])
@pytest.mark.parametrize("kind", ["integer", "text"])
def test_two_facts_compared_with_each_other_come_out_both_ways(sign: str, kind: str) -> None:
    facts = (fact("n", kind), fact("m", kind))
    condition = f"profile.n {sign} profile.m"

    outcomes = {compile_condition(condition)(names) for names in all_profiles(facts, [condition], 100)}

    assert outcomes == {True, False}


def test_derived_number_reaches_both_sides_of_its_limits() -> None:
    found = values(SHOP, "profile.division >= 41", "division")

    assert {33, 34, 40, 41} <= found


def test_fact_derived_as_another_takes_its_limits_to_it() -> None:
    facts = (fact("n", "integer"), fact("same", "integer", derived="profile.n"))

    assert values(facts, "profile.same > 50", "n") == {0, 1, 49, 50, 51}


def test_profiles_that_come_out_the_same_are_listed_once() -> None:
    facts = (fact("goods"), fact("makes", asked_if="profile.goods"))

    found = all_profiles(facts, [], 100)

    assert [dict(names) for names in found] == [
        {"profile.goods": False, "profile.makes": False},
        {"profile.goods": True, "profile.makes": False},
        {"profile.goods": True, "profile.makes": True},
    ]


def test_no_facts_make_one_profile() -> None:
    assert all_profiles((), [], 1) == [{}]


def test_too_many_profiles_are_not_walked_through() -> None:
    facts = tuple(fact(f"f{number}") for number in range(60))

    with pytest.raises(TooManyProfiles) as caught:
        all_profiles(facts, [], 20_000)

    assert caught.value.count == 2**60
