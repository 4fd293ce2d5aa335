"""The text of a table in a file: CSV, or the first sheet of a workbook, with a row for every row."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from typing import Final

from openpyxl import load_workbook

from webapp.errors import Refused
from webapp.evidence.office import SIGNATURE, office_kind
from webapp.evidence.problems import FileRefused
from webapp.evidence.tables import checked_text
from webapp.services.invitees import MAX_COLUMNS, MAX_ROWS

MAX_FILE_BYTES: Final = 1_000_000
MAX_UNPACKED_BYTES: Final = 5_000_000
"""Of a workbook: what 2,000 rows need many times over, and what is read in a moment."""


def text_of_file(data: bytes) -> str:
    """A table as text with columns, UTF-8 and Windows-1252 alike.

    Raises Refused: too large, damaged, or neither a text nor a workbook.
    """
    if len(data) > MAX_FILE_BYTES:
        raise Refused("cohorts.file_large", limit=MAX_FILE_BYTES // 1_000_000)
    try:
        return _text_of_workbook(data) if data.startswith(SIGNATURE) else checked_text(data)
    except FileRefused as refused:
        raise Refused("cohorts.file_wrong") from refused


def _text_of_workbook(data: bytes) -> str:
    """The first sheet with tabs between its cells. Raises FileRefused, Refused."""
    if _unpacked_bytes(data) > MAX_UNPACKED_BYTES:
        raise Refused("cohorts.file_large", limit=MAX_FILE_BYTES // 1_000_000)
    if office_kind(data) != "xlsx":
        raise FileRefused("unknown_type")
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter="\t", lineterminator="\n")
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_row=MAX_ROWS + 10, max_col=MAX_COLUMNS, values_only=True):
            writer.writerow([_cell(value) for value in row])
    except Exception as error:  # what reads workbooks raises whatever a damaged one leads it to
        raise FileRefused("broken") from error
    return written.getvalue()


def _unpacked_bytes(data: bytes) -> int:
    """How large a workbook says it is. Raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return sum(entry.file_size for entry in opened.infolist())
    except Exception as error:
        raise FileRefused("broken") from error


def _cell(value: object) -> str:
    """A cell as it is shown: whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)
