"""A sheet of values as a CSV file that a spreadsheet of the reader's language opens as it is."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from questionnaires.values import Language
from reports.workbook import Cell, Figure, Sheet, cell_text

_SEPARATORS: dict[Language, tuple[str, str]] = {"nb": (";", ","), "nn": (";", ","), "en": (",", ".")}
"""What stands between two cells, and before decimals."""


def csv_bytes(sheet: Sheet, language: Language) -> bytes:
    """The file, UTF-8 with its mark at the start: titles, then the rows. No text becomes a formula."""
    between, mark = _SEPARATORS[language]
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=between, lineterminator="\r\n")
    writer.writerow([cell_text(column.title) for column in sheet.columns])
    writer.writerows([_written(cell, mark) for cell in row] for row in sheet.rows)
    return file.getvalue().encode("utf-8-sig")


def _written(cell: Cell, mark: str) -> str:
    match cell:
        case None:
            return ""
        case str():
            return cell_text(cell)
        case Figure(date() as day):
            return day.isoformat()
        case Figure(number):
            return str(number).replace(".", mark)
