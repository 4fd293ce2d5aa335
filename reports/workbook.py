"""Sheets of values as an XLSX file that is safe to open, the same bytes for the same values.

Every text is written as a text: nothing in it becomes a formula or a link. A text that a spreadsheet would
take for a formula, were it saved as CSV and opened again, gets an apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from questionnaires.values import Language
from reports.formatting import paragraphs

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Form: TypeAlias = Literal["whole", "one", "two", "share", "plain", "date"]
"""How a figure is shown: decimals, a share 0..1 in per cent, as it was typed, or a day."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is already rounded, or a day."""

    value: Decimal | int | date
    form: Form = "plain"


Cell: TypeAlias = str | Figure | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``width``: in signs of the usual size."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a workbook: its first row holds the columns' titles and stays in view."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


MOST_SIGNS = 32_767
"""What one cell holds, in UTF-16 units. Source: Excel specifications and limits."""

MOST_LINES = 254
"""How many lines stand in one cell; those after them follow each other in the last. Source: as above."""

_CUT = "…"
_FORMULA_STARTS = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What makes a field of a CSV file a formula, the full-width forms too. Source: OWASP, CSV Injection."""

_EARLIEST = date(1900, 3, 1)
"""Days before it are other days in other programs, or none."""

_FIXED = datetime(1980, 1, 1)  # the same whenever it is made
_FORMS: Mapping[Form, str] = {
    "whole": "0",
    "one": "0.0",
    "two": "0.00",
    "share": "0.0 %",
    "plain": "General",
    "date": "",
}
_DATES: Mapping[Language, str] = {
    "nb": "[$-414]d. mmmm yyyy",
    "nn": "[$-814]d. mmmm yyyy",
    "en": "[$-809]d mmmm yyyy",
}
_OPTIONS = {
    "in_memory": True,  # no answers in temporary files
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_PLAIN = {"valign": "top", "text_wrap": True, "font_name": "Calibri", "font_size": 11}
_HEADER = {**_PLAIN, "bold": True, "bg_color": "#DFE5E2", "font_color": "#1D211F", "bottom": 1}


def workbook_bytes(title: str, sheets: tuple[Sheet, ...], language: Language) -> bytes:
    """The file with its sheets in order."""
    import xlsxwriter  # noqa: PLC0415  # needed for an export alone

    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, _OPTIONS)
    workbook.set_properties({"title": cell_text(title), "created": _FIXED})
    formats = _formats(workbook, language)
    for sheet in sheets:
        _write(workbook.add_worksheet(sheet.title), sheet, formats)
    workbook.close()
    return file.getvalue()


def cell_text(text: str | None) -> str:
    """Somebody's text as a cell can hold it: clean lines, no formula, cut where a cell ends."""
    lines = paragraphs(text)
    whole = "\n".join((*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :]))).rstrip("\n")
    guarded = f"'{whole}" if whole.startswith(tuple(_FORMULA_STARTS)) else whole
    return "".join(_fitting(guarded)) if len(guarded) * 2 > MOST_SIGNS else guarded


def _fitting(text: str) -> Iterator[str]:
    """The signs that fit in a cell, and a mark where some did not."""
    sizes = [2 if sign > "\uffff" else 1 for sign in text]
    if sum(sizes) <= MOST_SIGNS:
        yield text
        return
    room = MOST_SIGNS - len(_CUT)
    for sign, size in zip(text, sizes, strict=True):
        room -= size
        if room < 0:
            break
        yield sign
    yield _CUT


def _formats(workbook: Workbook, language: Language) -> dict[str, Format]:
    formats = {"header": workbook.add_format(_HEADER), "text": workbook.add_format(_PLAIN)}
    for form, shown in _FORMS.items():
        formats[form] = workbook.add_format({**_PLAIN, "num_format": shown or _DATES[language]})
    return formats


def _write(page: Worksheet, sheet: Sheet, formats: Mapping[str, Format]) -> None:
    """Titles, then the rows; what is printed is as wide as the paper and repeats its titles."""
    last = len(sheet.columns) - 1
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, cell_text(column.title), formats["header"])
    for line, row in enumerate(sheet.rows, start=1):
        for at, cell in enumerate(row):
            _write_cell(page, line, at, cell, formats)
    page.freeze_panes(1, 0)
    if last > 1:  # a list of names and values has nothing to choose from
        page.autofilter(0, 0, max(len(sheet.rows), 1), last)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_cell(page: Worksheet, row: int, at: int, cell: Cell, formats: Mapping[str, Any]) -> None:
    match cell:
        case None:
            return
        case str():
            if text := cell_text(cell):
                page.write_string(row, at, text, formats["text"])
        case Figure(date() as day) if day < _EARLIEST:
            page.write_string(row, at, day.isoformat(), formats["text"])
        case Figure(date() as day, form):
            page.write_datetime(row, at, day, formats[form])
        case Figure(number, form):
            page.write_number(row, at, number, formats[form])
