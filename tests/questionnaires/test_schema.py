"""What Pydantic finds, in the sentences of our messages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, field_validator

from questionnaires.documents import GateEntry, QuestionEntry, SectionHead
from questionnaires.errors import Problem
from questionnaires.schema import parse_entry
from questionnaires.values import Frozen, Quantity
from questionnaires.yamlfile import parse_yaml

HEAD = "id: a\ndimension: b\ntitle: c\nintro: d\n"


class Limits(Frozen):
    """A model with a quantity and a rule of its own."""

    most: Quantity

    @field_validator("most")
    @classmethod
    def is_not_thirteen(cls, value: Decimal) -> Decimal:
        if value == 13:
            raise ValueError("thirteen brings bad luck")
        return value


def problems(model: type[BaseModel], text: str) -> list[Problem]:
    file = parse_yaml(text, "a.yaml")
    found: list[Problem] = []
    parse_entry(model, file.content, file, (), found)
    return found


def test_entry_without_mistakes_is_given() -> None:
    file = parse_yaml(HEAD, "a.yaml")

    entry = parse_entry(SectionHead, file.content, file, (), [])

    assert entry == SectionHead(id="a", dimension="b", title="c", intro="d")


def test_entry_with_mistakes_is_none() -> None:
    file = parse_yaml(HEAD.replace("title: c", "title: 3"), "a.yaml")

    assert parse_entry(SectionHead, file.content, file, (), []) is None


def test_entry_with_a_refused_part_is_none_without_a_further_problem() -> None:
    file = parse_yaml(HEAD.replace("title: c", "title: &x c"), "a.yaml")
    found: list[Problem] = []

    assert parse_entry(SectionHead, file.content, file, (), found) is None
    assert found == []


def test_mistakes_of_an_entry_are_all_given_with_their_lines() -> None:
    found = problems(SectionHead, "id: A\ntitle: 3\nintro: ''\nmore: 1\n")

    assert [(p.code, p.place.line, p.place.path) for p in found] == [
        ("bad_pattern", 1, "id"),
        ("missing_key", 1, "dimension"),
        ("wrong_type", 2, "title"),
        ("bad_length", 3, "intro"),
        ("unknown_key", 4, "more"),
    ]


def test_path_goes_down_from_the_place_of_the_entry() -> None:
    file = parse_yaml("list:\n  - {id: 1}\n", "a.yaml")
    found: list[Problem] = []

    parse_entry(SectionHead, file.content["list"][0], file, ("list", 0), found)

    assert [p.place.path for p in found if p.code == "wrong_type"] == ["list[0].id"]


def test_keys_of_the_inner_model_are_allowed_within_it() -> None:
    found = problems(QuestionEntry, "options:\n  - {id: a, text: b, skore: 1}\n")

    (problem,) = (p for p in found if p.code == "unknown_key")
    assert problem.allowed == "id, score, exclusive, not_with, requires_any, text"


def test_alias_of_a_field_is_the_key_authors_write() -> None:
    found = problems(GateEntry, "condition_: x\n")

    assert "if" in next(p for p in found if p.code == "unknown_key").allowed.split(", ")


def test_finding_without_a_sentence_of_its_own_is_still_told() -> None:
    (problem,) = problems(Limits, "most: 13")

    assert problem.code == "invalid"
    assert problem.message == "this cannot be used: Value error, thirteen brings bad luck"


@pytest.mark.parametrize(
    ("written", "quantity"),
    [("5", Decimal(5)), ("-0.5", Decimal("-0.5")), ("1e3", Decimal(1000)), ("0.000001", Decimal("0.000001"))],
)
def test_quantity_is_an_exact_number(written: str, quantity: Decimal) -> None:
    file = parse_yaml(f"most: {written}", "a.yaml")

    entry = parse_entry(Limits, file.content, file, (), [])

    assert entry == Limits(most=quantity)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('"5"', "wrong_type"),
        ("true", "wrong_type"),
        ("five", "wrong_type"),
        ("٥", "wrong_type"),
        ("[5]", "wrong_type"),
        ("", "wrong_type"),
        ("1234567890123456", "out_of_range"),
        ("0.0000001", "out_of_range"),
        ("1e16", "out_of_range"),
    ],
)
def test_what_is_no_quantity_is_refused(written: str, code: str) -> None:
    assert [problem.code for problem in problems(Limits, f"most: {written}")] == [code]


@pytest.mark.parametrize(
    "value",
    [None, True, 3, "text", ["a"], {"a": 1}],
    ids=["empty", "truth", "number", "text", "list", "mapping"],
)
def test_any_value_in_the_place_of_an_entry_is_told(value: Any) -> None:
    file = parse_yaml("a: 1", "a.yaml")
    found: list[Problem] = []

    parse_entry(SectionHead, value, file, ("a",), found)

    assert all(problem.message for problem in found)
    assert found
