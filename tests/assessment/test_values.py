"""Raw JSON values become typed answers, kind by kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.jsontext import NumberText, parse_json
from assessment.values import VALUES, found_kind, read_number, short
from questionnaires.errors import Loc
from questionnaires.model import Option, Question, Questionnaire
from questionnaires.values import QuestionKind


class Complaints(list[tuple[Loc, str, dict[str, object]]]):
    """What was complained of."""

    def __call__(self, loc: Loc, code: str, /, **particulars: object) -> None:
        self.append((loc, code, particulars))

    @property
    def codes(self) -> list[str]:
        """The codes alone."""
        return [code for _, code, _ in self]


def _number(text: str) -> tuple[Decimal | None, list[str]]:
    complaints = Complaints()
    return read_number(NumberText(text), ("x",), complaints), complaints.codes


def _question(questionnaire: Questionnaire, id_: str) -> Question:
    return next(question for _, question in questionnaire.questions() if question.id == id_)


def test_every_kind_but_computed_has_a_reader() -> None:
    assert set(VALUES) == set(get_args(QuestionKind)) - {"computed"}


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", "0"),
        ("12.5", "12.5"),
        ("-12.5", "-12.5"),
        ("1e3", "1000"),
        ("1E+03", "1000"),
        ("1e+0000000000003", "1000"),
        ("5e-1", "0.5"),
        ("1e-6", "0.000001"),
        ("1e14", "100000000000000"),
        ("0e15", "0"),
        ("999999999999999", "999999999999999"),
        ("123456789.123456", "123456789.123456"),
        ("0.000001", "0.000001"),
        ("0.1000000000", "0.1"),
        ("10000000000e-15", "0.00001"),
        ("00000000000000000000000000000001", "1"),
    ],
)
def test_a_number_is_exact(raw: str, value: str) -> None:
    assert _number(raw) == (Decimal(value), [])


@pytest.mark.parametrize(
    "raw",
    [
        "1000000000000000",
        "9999999999.123456",
        "0.0000001",
        "12.50000000000000000000000000000000001",
        "0.1000000000000000000000000000001",
        "1e15",
        "1e16",
        "1e-16",
        "1e-7",
        "1e2147483648",
        "1e-99999999999999999999",
        "NaN",
        "sNaN",
        "Infinity",
        "0x10",
        "1.",
        ".5",
        "1,5",
        "1e",
        "e5",
        "--1",
        "1 ",
        "\n1",
        "1\n",
        "１２",
        "",
    ],
    ids=repr,
)
def test_what_is_too_long_or_no_number_is_refused(raw: str) -> None:
    assert _number(raw) == (None, ["number_form"])


@given(st.integers(-(10**14), 10**14), st.integers(0, 6), st.integers(-3, 3))
def test_a_number_within_the_limits_is_the_same_in_every_form(whole: int, decimals: int, shift: int) -> None:
    exact = Decimal(whole).scaleb(-decimals)
    assert _number(format(exact, "f")) == (exact, [])

    shifted = f"{format(exact.scaleb(-shift), 'f')}e{shift}"

    assert _number(shifted) == (exact, [])


@given(st.text(st.sampled_from("0123456789.eE+-"), max_size=25))
def test_what_is_accepted_keeps_to_the_limits(text: str) -> None:
    value, codes = _number(text)

    assert (value is None) == (codes == ["number_form"])
    if value is not None:
        whole, _, part = format(abs(value), "f").partition(".")
        assert len(part.rstrip("0")) <= 6
        assert len(whole.lstrip("0") + part.rstrip("0")) <= 15


def test_options_come_in_the_order_of_the_definition(questionnaire: Questionnaire) -> None:
    repairs, complaints = _question(questionnaire, "workshop.repairs"), Complaints()

    value = VALUES["multiple_choice"](repairs, ["brakes_basic", "wheels"], (), complaints)

    assert value == ("wheels", "brakes_basic")
    assert complaints == []


@pytest.mark.parametrize("sides", [("a",), ("b",), ("a", "b")], ids=str)
def test_options_clash_once_whichever_of_them_says_so(
    questionnaire: Questionnaire, sides: tuple[str]
) -> None:
    others = {"a": ("b",), "b": ("a",)}
    options = tuple(Option(id=id_, not_with=others[id_] if id_ in sides else ()) for id_ in "ab")
    question = _question(questionnaire, "workshop.repairs").model_copy(update={"options": options})
    complaints = Complaints()

    VALUES["multiple_choice"](question, ["b", "a"], (), complaints)

    assert complaints.codes == ["options_clash"]


def test_every_mistake_of_a_choice_is_named(questionnaire: Questionnaire) -> None:
    repairs, complaints = _question(questionnaire, "workshop.repairs"), Complaints()
    raw = ["nothing", "electric", "electric", "bell", NumberText("4")]

    VALUES["multiple_choice"](repairs, raw, ("v",), complaints)

    assert sorted(complaints.codes) == [
        "option_alone",
        "option_requires",
        "option_twice",
        "unknown_option",
        "wrong_value",
    ]


def test_a_pattern_is_filled_by_any_option_that_matches(questionnaire: Questionnaire) -> None:
    repairs, complaints = _question(questionnaire, "workshop.repairs"), Complaints()

    VALUES["multiple_choice"](repairs, ["electric", "brakes_basic"], (), complaints)

    assert complaints == []


@pytest.mark.parametrize(
    ("kind", "id_", "raw", "value"),
    [
        ("single_choice", "workshop.tools", "4", "4"),
        ("yes_no", "workshop.counted", False, False),
        ("text", "workshop.motto", " a ", " a "),
        ("date", "workshop.opened_on", "2024-02-29", date(2024, 2, 29)),
        ("number", "workshop.training_hours", NumberText("2000"), Decimal(2000)),
        ("number", "workshop.training_hours", "0", Decimal(0)),
    ],
)
def test_a_good_value_is_typed(
    questionnaire: Questionnaire, kind: QuestionKind, id_: str, raw: Any, value: Any
) -> None:
    complaints = Complaints()

    typed = VALUES[kind](_question(questionnaire, id_), raw, (), complaints)

    assert (typed, type(typed), complaints) == (value, type(value), [])


@pytest.mark.parametrize("id_", ["workshop.tools", "workshop.repairs", "workshop.counted", "workshop.motto"])
@pytest.mark.parametrize("text", ["1", "1.5", "true", "{}", "[]", '"x"', "[[1]]", '{"a": [1]}', "NaN", '""'])
def test_no_value_of_a_wrong_kind_makes_a_reader_fail(
    questionnaire: Questionnaire, id_: str, text: str
) -> None:
    question, complaints = _question(questionnaire, id_), Complaints()

    value = VALUES[question.kind](question, parse_json(text, "").content, (), complaints)

    assert (value is None or value == () or question.kind in ("text", "yes_no")) or complaints == []


def test_empty_cells_are_left_out_of_a_row(questionnaire: Questionnaire) -> None:
    parts, complaints = _question(questionnaire, "tables.parts_in"), Complaints()
    raw = parse_json('[{"part": null, "mass_tonnes": "1.50"}]', "").content

    value = VALUES["table"](parts, raw, (), complaints)

    assert value == ({"mass_tonnes": Decimal("1.5")},)
    assert complaints == []


def test_a_row_may_sum_to_exactly_100(questionnaire: Questionnaire) -> None:
    parts, complaints = _question(questionnaire, "tables.parts_in"), Complaints()
    raw = parse_json('[{"reused_pct": 99.999999, "recycled_pct": 0.000001}]', "").content

    VALUES["table"](parts, raw, (), complaints)

    assert complaints == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1", "a number"),
        ('"1"', "text"),
        ("null", "empty"),
        ("false", "true or false"),
        ("[]", "a list"),
        ("{}", "a mapping"),
    ],
)
def test_a_message_says_what_it_found(text: str, words: str) -> None:
    assert found_kind(parse_json(text, "").content) == words


def test_a_long_value_is_quoted_in_part() -> None:
    assert short("x" * 80) == "x" * 80
    assert short("x" * 81) == "x" * 77 + "..."
