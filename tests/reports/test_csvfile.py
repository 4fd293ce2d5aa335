"""A sheet as CSV: opened by a spreadsheet of the reader's language, and no text becomes a formula."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from questionnaires.values import Language
from reports.csvfile import csv_bytes
from reports.workbook import Column, Figure, Sheet

SHEET = Sheet(
    "Ark",
    (Column("Spørsmål", 9), Column("=Par", 9), Column("Når", 9)),
    (
        ('Blå; "rød", grønn', Figure(Decimal("-0.25"), "two"), Figure(date(2026, 3, 2), "date")),
        ("=1+1", Figure(30, "whole"), None),
        ("to\nlinjer", None, ""),
    ),
)


@pytest.mark.parametrize(
    ("language", "between", "number"), [("nb", ";", "-0,25"), ("nn", ";", "-0,25"), ("en", ",", "-0.25")]
)
def test_every_cell_comes_back_as_it_was_but_formulas(language: Language, between: str, number: str) -> None:
    text = csv_bytes(SHEET, language).decode("utf-8-sig")

    assert list(csv.reader(StringIO(text, newline=""), delimiter=between)) == [
        ["Spørsmål", "'=Par", "Når"],
        ['Blå; "rød", grønn', number, "2026-03-02"],
        ["'=1+1", "30", ""],
        ["to\nlinjer", "", ""],
    ]


def test_the_file_says_that_it_is_utf8_and_ends_its_lines_as_the_standard_has_it() -> None:
    """RFC 4180: CRLF."""
    content = csv_bytes(Sheet("Ark", (Column("Å", 9),), (("Ø",),)), "nb")

    assert content == b"\xef\xbb\xbf\xc3\x85\r\n\xc3\x98\r\n"
