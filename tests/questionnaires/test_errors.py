"""Problems as people read them, whatever is in them."""

from __future__ import annotations

import pytest

from questionnaires.errors import DefinitionError, Place, Problem, UnknownDefinition, dotted, shown
from questionnaires.wording import hint, kind_of


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("a.yaml", 3, "x.y"), "a.yaml:3: x.y: the key 'k' is missing."),
        (Place("a.yaml", None, ""), "a.yaml: the key 'k' is missing."),
        (Place("", None, "x"), ": x: the key 'k' is missing."),
    ],
)
def test_problem_says_file_line_and_path(place: Place, text: str) -> None:
    problem = Problem(place, "missing_key", {"key": "k"})

    assert str(problem).startswith(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain æøå", "plain æøå"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\u202eb", "a\\u202eb"),
        ("\udcff", "\\udcff"),
        ("{key}", "{key}"),
        (7, 7),
    ],
)
def test_value_is_shown_on_one_line_with_visible_characters(value: object, text: object) -> None:
    assert shown(value) == text


def test_long_value_is_cut() -> None:
    assert shown("a" * 5000) == "a" * 2000 + "…"


def test_braces_in_a_value_are_no_template() -> None:
    problem = Problem(Place(), "missing_key", {"key": "{0.__class__}"})

    assert problem.message == "the key '{0.__class__}' is missing"


def test_definition_error_holds_every_problem_a_line_each() -> None:
    problems = [Problem(Place("a"), "weights_sum", {"sum": n}) for n in (1, 2)]

    error = DefinitionError(problems)

    assert error.problems == tuple(problems)
    assert len(str(error).splitlines()) == 2


def test_unknown_definition_without_any_says_none() -> None:
    assert str(UnknownDefinition("x", [])) == "x is not known. Known: none."


@pytest.mark.parametrize(
    ("loc", "text"), [((), ""), (("a", 0, "b"), "a[0].b"), ((1, "a"), "[1].a"), (("a.b", "c"), "a.b.c")]
)
def test_path_is_dotted(loc: tuple[str | int, ...], text: str) -> None:
    assert dotted(loc) == text


def test_hint_names_what_is_close() -> None:
    assert hint("wieght", ["weight", "height"]) == "; did you mean 'weight'?"


@pytest.mark.parametrize("word", ["zzz", "", "w" * 100_000], ids=["far", "empty", "long"])
def test_hint_is_empty_when_nothing_is_close(word: str) -> None:
    assert hint(word, ["weight"]) == ""


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "empty"),
        (True, "true or false"),
        ({}, "a mapping"),
        ((), "a list"),
        ("", "text"),
        (1, "a number"),
        (1.5, "a number with decimals"),
    ],
)
def test_kind_of_a_value_is_named(value: object, kind: str) -> None:
    assert kind_of(value) == kind
