"""What plain scalars stand for, and the characters that are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from questionnaires.scalars import NotANumber, Scalar, forbidden_character, plain_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("+12", 12),
        ("007", 7),
        ("999999999999999999", 999_999_999_999_999_999),
        ("1.50", Decimal("1.50")),
        (".5", Decimal("0.5")),
        ("5.", Decimal(5)),
        ("1e3", Decimal(1000)),
        ("1E-3", Decimal("0.001")),
        ("1e99", Decimal("1e99")),
        ("12345678901234567890", Decimal(12345678901234567890)),
    ],
)
def test_plain_scalar_stands_for(text: str, value: Scalar) -> None:
    found = plain_value(text)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "No",
        "on",
        "True",
        "FALSE",
        "Null",
        "0x1F",
        "0o17",
        "1_000",
        "1,5",
        "12:30",
        "2026-01-10",
        "1.0.0",
        "١٢",
        "½",
        "e5",
        "1e",
        "--1",
        "-",
        ".",
        "<<",
        "=",
        "information",
        "nano",
    ],
)
def test_what_only_looks_like_something_is_text(text: str) -> None:
    assert plain_value(text) == text


@pytest.mark.parametrize(
    "text",
    [
        ".nan",
        ".NaN",
        "nan",
        "NaN",
        "-nan",
        ".inf",
        "-.INF",
        "+.Inf",
        "inf",
        "Infinity",
        "-Infinity",
        "1e100",
        "1e-100",
        "1e999999",
        "1e" + "9" * 5000,
        "9" * 41,
        "0." + "1" * 41,
    ],
    ids=lambda text: text[:12],
)
def test_number_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        plain_value(text)


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x85",
        "\x9f",
        "\u200b",
        "\u200e",
        "\u2028",
        "\u2029",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\ufffd",
        "\uffff",
        chr(0xD800),
        "\U000e0041",
    ],
    ids=ascii,
)
def test_invisible_character_is_found_where_it_stands(character: str) -> None:
    assert forbidden_character(f"ab{character}c") == (2, f"U+{ord(character):04X}")


@pytest.mark.parametrize(
    "text", ["æøå", "a\tb\r\nc", "«Vet ikke» – 10\u00a0%", "\u00ad", "日本", "🫖", "नी\u200d", "e\u0301"]
)
def test_visible_text_is_left_alone(text: str) -> None:
    assert forbidden_character(text) is None
