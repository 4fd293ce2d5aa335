"""Numbers as Norwegians and British people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.values import Language
from webapp.forms.numbers import read_number, write_number
from webapp.forms.wrong import Wrong

READ: list[tuple[Language, str, str]] = [
    ("nb", "1 234,5", "1234.5"),
    ("nb", "1\u00a0234,5", "1234.5"),
    ("nn", "1\u202f234,5", "1234.5"),
    ("nb", "1\u2009234\u00a0567", "1234567"),
    ("nb", "1234,5", "1234.5"),
    ("nb", "1.234,5", "1234.5"),
    ("nb", "12,5", "12.5"),
    ("nb", "12.5", "12.5"),
    ("nb", "1,234", "1.234"),
    ("nb", "0.123", "0.123"),
    ("nb", "1234.567", "1234.567"),
    ("nb", "1.234.567", "1234567"),
    ("nb", "1,234.5", "1234.5"),
    ("nb", "1 234", "1234"),
    ("nb", ",5", "0.5"),
    ("nb", "-3", "-3"),
    ("nb", "\u22123,25", "-3.25"),
    ("nb", "007", "7"),
    ("nb", "  12  ", "12"),
    ("nb", "1,50", "1.5"),
    ("nb", "0,0000000000", "0"),
    ("nb", "999999999999999", "999999999999999"),
    ("en", "1,234.5", "1234.5"),
    ("en", "1,234,567", "1234567"),
    ("en", "1 234.5", "1234.5"),
    ("en", "1.234", "1.234"),
    ("en", "12,5", "12.5"),
    ("en", "1.234,5", "1234.5"),
]


@pytest.mark.parametrize(("language", "text", "number"), READ)
def test_a_number_that_can_be_read_in_one_way_is_read(language: Language, text: str, number: str) -> None:
    found = read_number(text, language)

    assert isinstance(found, Decimal)
    assert str(found) == number


@pytest.mark.parametrize(
    ("language", "text", "one", "other"),
    [
        ("nb", "1.234", "1234", "1.234"),
        ("nn", "-1.234", "-1234", "-1.234"),
        ("nb", "100.000", "100000", "100"),
        ("en", "1,234", "1234", "1.234"),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_is_asked_about(
    language: Language, text: str, one: str, other: str
) -> None:
    found = read_number(text, language)

    assert found == Wrong("number_two_ways", {"text": text, "one": Decimal(one), "other": Decimal(other)})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12 kg", "number_unit"),
        ("kr 500", "number_unit"),
        ("500,-", "number_marks"),
        ("12 %", "number_percent"),
        ("1e5", "number_exponent"),
        ("1e999999", "number_exponent"),
        ("1,5E-3", "number_exponent"),
        ("NaN", "number_finite"),
        ("-Infinity", "number_finite"),
        ("inf", "number_finite"),
        ("∞", "number_finite"),
        ("\u0661\u0662", "number_digits"),
        ("\uff11\uff12", "number_digits"),
        ("18446744073709551616", "number_too_long"),
        ("9" * 10_000, "number_too_long"),
        ("1234567890,1234567", "number_decimals"),
        ("1234567890,123456", "number_too_long"),
        ("mange", "number_form"),
        ("-", "number_form"),
        ("12 34", "number_marks"),
        ("1 234 5", "number_marks"),
        ("1.23.456", "number_marks"),
        ("1,2,3", "number_marks"),
        ("--3", "number_marks"),
        ("1\x002", "number_unit"),
        ("\ud800", "number_form"),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason(text: str, code: str) -> None:
    found = read_number(text, "nb")

    assert isinstance(found, Wrong)
    assert found.code == code


@pytest.mark.parametrize("text", ["", " ", "\u00a0"])
def test_nothing_written_is_no_number_and_no_mistake(text: str) -> None:
    assert read_number(text, "nb") is None


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("nb", "1234567.5", "1\u00a0234\u00a0567,5"),
        ("nn", "1234", "1\u00a0234"),
        ("nb", "12.50", "12,5"),
        ("nb", "-0", "0"),
        ("nb", "1E+3", "1\u00a0000"),
        ("en", "1234.5", "1,234.5"),
        ("en", "1234", "1234"),
        ("en", "-1234567", "-1,234,567"),
    ],
)
def test_a_number_is_written_as_the_language_writes_it(language: Language, number: str, text: str) -> None:
    assert write_number(Decimal(number), language) == text


def _fits(number: Decimal) -> bool:
    return len(number.as_tuple().digits) <= 15


@given(
    st.decimals(min_value=-(10**15) + 1, max_value=10**15 - 1, places=6).filter(_fits)
    | st.integers(-(10**15) + 1, 10**15 - 1).map(Decimal),
    st.sampled_from(["nb", "nn", "en"]),
)
def test_what_is_written_is_read_as_the_same_number(number: Decimal, language: Language) -> None:
    assert read_number(write_number(number, language), language) == number


@given(st.text() | st.text("0123456789.,- \u00a0eE%+"), st.sampled_from(["nb", "nn", "en"]))
def test_any_text_is_a_number_of_at_most_15_digits_or_a_mistake(text: str, language: Language) -> None:
    found = read_number(text, language)

    assert found is None or isinstance(found, Wrong) or abs(found) < 10**15
