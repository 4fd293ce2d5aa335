"""Organisation numbers are read as people write them."""

from __future__ import annotations

import tomllib
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.values import LANGUAGES
from webapp.register.numbers import NumberCode, NumberRefused, is_orgnr, plain_number, read_orgnr, spaced
from webapp.words import FOLDER

# 3*3 + 1*2 + 0*7 + 0*6 + 2*5 + 8*4 + 1*3 + 4*2 = 64, and 64 + 2 = 66 = 6 * 11: the check digit is 2.
NUMBER = "310028142"

WRITTEN = [
    "310028142",
    "310 028 142",
    "310.028.142",
    "310\u00a0028\u202f142",
    " 310-028-142\n",
    "310–028–142",
    "NO 310 028 142 MVA",
    "NO310028142MVA",
    "no310028142mva",
    "310028142 MVA",
    "Org.nr. 310 028 142",
    "Orgnr: 310028142",
    "organisasjonsnummer: NO 310 028 142 MVA",
    "\u202a310028142\u202c",
    "\ufeff310\u200b028142",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_number_is_read_however_it_is_written(text: str) -> None:
    assert read_orgnr(text) == NUMBER


WRONG = [
    ("", "number_missing"),
    ("  ", "number_missing"),
    ("\u200b", "number_missing"),
    ("NO MVA", "number_missing"),
    ("31002814", "number_digits"),
    ("3100281420", "number_digits"),
    ("31002814a", "number_digits"),
    ("Eksempel AS", "number_digits"),
    ("３１００２８１４２", "number_digits"),
    ("٣١٠٠٢٨١٤٢", "number_digits"),
    ("31002814\u00b2", "number_digits"),
    ("\ud800", "number_digits"),
    ("310028142" * 1_000_000, "number_digits"),
    ("310028143", "number_wrong"),
    ("130028142", "number_wrong"),
    ("000000000", "number_wrong"),
]


@pytest.mark.parametrize(("text", "code"), WRONG, ids=lambda value: repr(value[:20]))
def test_what_is_no_number_says_why(text: str, code: str) -> None:
    with pytest.raises(NumberRefused) as refused:
        read_orgnr(text)

    assert refused.value.code == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    words = tomllib.loads((FOLDER / "organisation" / f"{language}.toml").read_text(encoding="utf-8"))

    assert set(get_args(NumberCode)) <= set(words)


def test_one_wrong_digit_is_always_seen() -> None:
    others = [NUMBER[:at] + digit + NUMBER[at + 1 :] for at in range(9) for digit in "0123456789"]

    assert {text for text in others if is_orgnr(text)} == {NUMBER}


def test_a_number_is_shown_in_three_groups() -> None:
    assert spaced(NUMBER) == "310\u00a0028\u00a0142"
    assert read_orgnr(spaced(NUMBER)) == NUMBER


@given(st.text())
def test_any_text_is_a_number_or_says_why(text: str) -> None:
    found = ""
    try:
        found = read_orgnr(text)
    except NumberRefused:
        found = NUMBER

    assert is_orgnr(found)


@given(st.text(max_size=30))
def test_what_is_left_of_a_number_stays_so(text: str) -> None:
    assert plain_number(text) == plain_number(plain_number(text)) or not is_orgnr(plain_number(text))
