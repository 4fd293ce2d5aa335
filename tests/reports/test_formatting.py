"""Numbers, dates and other people's text in three languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from reports.formatting import Voice, clean, paragraphs
from reports.translations.report import REPORT_WORDS

VOICES = {language: Voice(language, words, {}) for language, words in REPORT_WORDS.items()}


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("nb", Fraction(1511, 600), "2,52"),
        ("nn", Fraction(5, 2), "2,50"),
        ("en", Fraction(1511, 600), "2.52"),
        ("nb", Fraction(720000), "720\u00a0000,00"),
        ("en", Fraction(720000), "720,000.00"),
        ("nb", Fraction(-1, 3), "\u22120,33"),
        ("nb", Fraction(1, 200), "0,01"),
    ],
)
def test_a_number_has_two_decimals_rounded_half_up(language: str, value: Fraction, shown: str) -> None:
    assert VOICES[language].number(value) == shown


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Fraction(1496, 1000), 2, "1,496"),
        (Fraction(149996, 100000), 2, "1,49996"),
        (Fraction(3, 2), 2, "1,50"),
        (Fraction(149, 100), 2, "1,49"),
        (Fraction(2449, 1000), 2, "2,45"),
        (Fraction(349, 100), 1, "3,49"),
        (Fraction(344, 100), 1, "3,4"),
        (Fraction(7, 2), 1, "3,5"),
    ],
)
def test_a_score_never_shows_the_first_score_of_a_level_it_does_not_reach(
    value: Fraction, decimals: int, shown: str
) -> None:
    assert VOICES["nb"].score(value, decimals) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 3), "+0,33"),
        (Fraction(-1, 3), "\u22120,33"),
        (Fraction(0), "0,00"),
        (Fraction(1, 1000), "0,00"),
        (Fraction(-1, 1000), "0,00"),
        (Fraction(1234), "+1\u00a0234,00"),
    ],
)
def test_a_difference_has_a_sign_unless_it_rounds_to_nothing(value: Fraction, shown: str) -> None:
    assert VOICES["nb"].signed(value) == shown


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("nb", Decimal("12.50"), "12,5"),
        ("nb", Decimal("54000000"), "54\u00a0000\u00a0000"),
        ("en", Decimal("1234.000001"), "1,234.000001"),
        ("nn", Decimal("-3"), "\u22123"),
    ],
)
def test_a_typed_number_keeps_its_decimals(language: str, value: Decimal, shown: str) -> None:
    assert VOICES[language].quantity(value) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("nb", "1. mars 2026"), ("nn", "1. mars 2026"), ("en", "1 March 2026")]
)
def test_a_day_is_written_out_and_stays_on_one_line(language: str, shown: str) -> None:
    assert VOICES[language].date(date(2026, 3, 1)) == shown.replace(" ", "\u00a0")


def test_a_share_is_whole_per_cent_rounded_half_up() -> None:
    assert VOICES["nb"].percent(Fraction(191, 200)) == "96\u00a0%"
    assert VOICES["nb"].percent(None) == "0\u00a0%"


@pytest.mark.parametrize(
    ("items", "shown"), [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")]
)
def test_items_are_listed_as_in_a_sentence(items: list[str], shown: str) -> None:
    assert VOICES["nb"].listed(items) == shown


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("  to   ord ", "to ord"),
        ("a\x00b\x1bc", "a b c"),
        ("\ud800alene", "\ufffdalene"),
        ("snu\u202eom", "snuom"),
        ("usynlig\u200bskille", "usynligskille"),
        ("e\u0301", "\u00e9"),
        ("Sámi: áčđŋšŧž", "Sámi: áčđŋšŧž"),
        (None, ""),
        ("\u200b\u202e", ""),
        ("tab\tog\nlinje", "tab og linje"),
    ],
)
def test_a_line_of_somebodys_text_is_clean(text: str | None, seen: str) -> None:
    assert clean(text) == seen


def test_each_line_of_a_comment_is_a_paragraph() -> None:
    assert paragraphs("første\n\n  \nandre\r\ntredje\u2028fjerde") == ("første", "andre", "tredje", "fjerde")


def test_a_comment_of_nothing_has_no_paragraph() -> None:
    assert paragraphs(" \n\t\n") == ()
    assert paragraphs(None) == ()
