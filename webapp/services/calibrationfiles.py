"""The figures of calibration as files for whoever works on the questions: nobody's name is in them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from assessment.review.calibration import Compared
from assessment.scoring.levels import rounded
from questionnaires.values import Language
from reports.csvfile import csv_bytes
from reports.workbook import Cell, Column, Figure, Form, Sheet, workbook_bytes
from webapp.services.calibrating import Calibration, Line
from webapp.services.exports import XLSX, Export
from webapp.words import Words, words_of

CSV = "text/csv"
_NARROW, _MEDIUM, _WIDE = 12, 26, 70
COLUMNS = {
    "id": _MEDIUM,
    "question": _WIDE,
    "versions": _NARROW,
    "pairs": _NARROW,
    "companies": _NARROW,
    "kappa": _NARROW,
    "same": _NARROW,
    "close": _NARROW,
    "bias": _NARROW,
    "reading": _MEDIUM,
}
"""What stands in a line and how wide, in order."""


def csv_of(found: Calibration, language: Language) -> Export:
    """One line a question."""
    sheet = _sheet(found, language)
    return Export(f"{_stem(found)}-{language}.csv", csv_bytes(sheet, language), CSV)


def xlsx_of(found: Calibration, language: Language) -> Export:
    """The same as a spreadsheet."""
    sheet = _sheet(found, language)
    title = found.chosen.shelved.title(language)
    return Export(f"{_stem(found)}-{language}.xlsx", workbook_bytes(title, (sheet,), language), XLSX)


def _stem(found: Calibration) -> str:
    shelved = found.chosen.shelved
    return f"calibration-{shelved.id}-{shelved.number}-{found.rounds}"


def _sheet(found: Calibration, language: Language) -> Sheet:
    words = words_of(language)
    texts = found.chosen.shelved.plan.questionnaire.words(language)
    columns = tuple(Column(words.say(f"calibration.column_{name}"), width) for name, width in COLUMNS.items())
    rows = tuple(_row(words, texts[f"questions/{line.question.id}/text"], line) for line in found.lines)
    return Sheet(words.say("calibration.sheet"), columns, rows)


def _row(words: Words, text: str, line: Line) -> tuple[Cell, ...]:
    compared, agreement = line.compared, line.compared.agreement
    return (
        line.question.id,
        text,
        ", ".join(compared.versions),
        Figure(agreement.n, "whole"),
        Figure(compared.companies, "whole"),
        _figure(agreement.kappa, 2, "two"),
        _figure(agreement.same, 3, "share"),
        _figure(agreement.close, 3, "share"),
        _figure(agreement.bias, 1, "one"),
        _reading(words, compared),
    )


def _figure(value: Fraction | None, decimals: int, form: Form) -> Cell:
    return None if value is None else Figure(Decimal(rounded(value, decimals)), form)


def _reading(words: Words, compared: Compared) -> str:
    reading = compared.reading
    return "" if reading is None else words.say(f"calibration.reading_{reading}")
