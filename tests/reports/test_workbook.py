"""Sheets as a file that is safe to open: texts stay texts, figures are figures, the bytes are the same."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports.workbook import MOST_SIGNS, Cell, Column, Figure, Sheet, cell_text, workbook_bytes
from tests.reports.making import LANGUAGES

FORMULAS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "\t=1",
    "\r\n=1",
    "\u200b=1",
    "\ufeff=1",
]
"""What some spreadsheet takes for a formula, and the same behind signs that are not seen."""


def sheet_of(*cells: Cell) -> Sheet:
    """A sheet of one column."""
    return Sheet("Ark", (Column("Verdi", 20),), tuple((cell,) for cell in cells))


def made(*cells: Cell, language: Any = "nb") -> bytes:
    """The file with the cells below each other."""
    return workbook_bytes("Prøve", (sheet_of(*cells),), language)


def cells_of(file: bytes) -> list[Any]:
    """What stands in the column, below its title."""
    (page,) = load_workbook(BytesIO(file)).worksheets
    return [page.cell(row, 1) for row in range(2, page.max_row + 1)]


@pytest.mark.parametrize("text", FORMULAS, ids=repr)
def test_a_text_like_a_formula_is_a_text_with_an_apostrophe_in_front(text: str) -> None:
    (cell,) = cells_of(made(text))

    assert cell.data_type == "s"
    assert cell.value == f"'{cell_text(text)[1:]}"
    assert cell.value.startswith("'")


def test_an_address_does_not_become_a_link() -> None:
    (cell, mail) = cells_of(made("https://example.org/", "mailto:a@example.org"))

    assert (cell.value, cell.hyperlink) == ("https://example.org/", None)
    assert (mail.value, mail.hyperlink) == ("mailto:a@example.org", None)


def test_digits_typed_as_a_text_stay_a_text() -> None:
    (cell,) = cells_of(made("0123"))

    assert (cell.data_type, cell.value) == ("s", "0123")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\x00b\x07c", "a b c"),
        ("a\ud800b", "a\ufffdb"),
        ("a\uffffb", "a\ufffdb"),
        ("høyre\u202etil venstre", "høyretil venstre"),
        ("  én\r\n\r\n to \x0b tre ", "én\nto\ntre"),
        ("<b>&amp;</b>]]>", "<b>&amp;</b>]]>"),
        ("", ""),
        (None, ""),
    ],
    ids=repr,
)
def test_a_text_is_cleaned_line_by_line(text: str | None, wanted: str) -> None:
    assert cell_text(text) == wanted


def test_what_looks_like_an_escape_of_the_format_is_itself() -> None:
    with ZipFile(BytesIO(made("_x0041_"))) as file:
        strings = file.read("xl/sharedStrings.xml").decode()

    assert "_x005F_x0041_" in strings


@pytest.mark.parametrize(
    ("text", "length", "end"),
    [
        ("a" * 32_767, 32_767, "a"),
        ("a" * 32_768, 32_767, "…"),
        ("🌍" * 16_383, 16_383, "🌍"),  # two units each: 32 766
        ("🌍" * 16_384, 16_384, "…"),  # 16 383 of them, and the mark
        ("=" + "a" * 32_766, 32_767, "…"),  # the apostrophe takes a place too
    ],
    ids=["fits", "one too many", "wide fits", "wide too many", "guarded"],
)
def test_a_text_is_cut_where_a_cell_ends_and_says_so(text: str, length: int, end: str) -> None:
    found = cell_text(text)

    assert len(found) == length
    assert found.endswith(end)
    assert len(found.encode("utf-16-le")) // 2 <= MOST_SIGNS


def test_more_lines_than_a_cell_holds_follow_each_other_in_the_last() -> None:
    found = cell_text("\n".join(str(number) for number in range(1, 301)))

    assert found.count("\n") == 253
    assert found.endswith("\n254 255 " + " ".join(str(number) for number in range(256, 301)))


@given(text=st.text(st.characters(), max_size=60))
def test_any_text_can_be_written_and_read_back(text: str) -> None:
    wanted = cell_text(text)

    found = cells_of(made(text, Figure(1)))

    assert [cell.data_type for cell in found] == (["s", "n"] if wanted else ["n", "n"])
    assert (wanted == "") == (found[0].value is None)


@pytest.mark.parametrize(
    ("figure", "value", "shown"),
    [
        (Figure(3, "whole"), 3, "0"),
        (Figure(Decimal("63.0"), "one"), 63, "0.0"),
        (Figure(Decimal("2.52"), "two"), 2.52, "0.00"),
        (Figure(Decimal("0.955"), "share"), 0.955, "0.0 %"),
        (Figure(Decimal("123456789.123456")), 123456789.123456, "General"),
        (Figure(Decimal("-0.000001")), -0.000001, "General"),
        (Figure(Decimal("999999999999999")), 999999999999999, "General"),
    ],
    ids=repr,
)
def test_a_figure_is_a_number_with_its_form(figure: Figure, value: float, shown: str) -> None:
    (cell,) = cells_of(made(figure))

    assert (cell.data_type, cell.value, cell.number_format) == ("n", value, shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_a_day_in_every_language(language: str) -> None:
    (cell,) = cells_of(made(Figure(date(2026, 3, 1), "date"), language=language))

    assert cell.value == datetime(2026, 3, 1)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(1900, 2, 28)], ids=str)
def test_a_day_that_spreadsheets_do_not_agree_on_is_a_text(day: date) -> None:
    (cell,) = cells_of(made(Figure(day, "date")))

    assert cell.value == day.isoformat()


def test_nothing_leaves_a_cell_empty() -> None:
    first, second, third = cells_of(made(None, "", Figure(1)))

    assert (first.value, second.value, third.value) == (None, None, 1)


def test_titles_stay_in_view_stand_out_and_are_repeated_in_print() -> None:
    (page,) = load_workbook(BytesIO(made("a"))).worksheets

    assert page.freeze_panes == "A2"
    assert (page["A1"].value, page["A1"].font.bold) == ("Verdi", True)
    assert page["A2"].alignment.wrap_text
    assert page.column_dimensions["A"].width == pytest.approx(20, abs=1)
    assert page.print_title_rows == "$1:$1"


def test_the_same_values_give_the_same_bytes() -> None:
    assert made("a", Figure(1)) == made("a", Figure(1))


def test_no_time_but_a_fixed_one_is_in_the_file() -> None:
    file = made("a")

    with ZipFile(BytesIO(file)) as archive:
        times = {member.date_time[:3] for member in archive.infolist()}
    properties = load_workbook(BytesIO(file)).properties

    assert times == {(1980, 1, 1)}
    assert (properties.created, properties.title) == (datetime(1980, 1, 1), "Prøve")
