"""How each kind of question is typed in: from inputs to the value of an answer file, and back.

What a value may be is :data:`assessment.values.VALUES`' to say; here it is only spelled out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from assessment.answers import AnswerValue, plain_number
from assessment.values import MAX_TEXT
from questionnaires.model import Column, Question
from questionnaires.values import Language, QuestionKind
from webapp.forms.days import read_day
from webapp.forms.numbers import read_number, write_number
from webapp.forms.texts import read_text
from webapp.forms.typed import NOT_APPLICABLE, UNKNOWN, Typed, TypedRow
from webapp.forms.wrong import Wrong

MAX_CELL = 500

Control: TypeAlias = Literal["radios", "checkboxes", "number", "text", "date", "table", "figure"]

Complain = Callable[[str, Wrong], None]
"""Adds one problem with the part of the question named as in ``typed`` (empty: the value)."""

RawValue: TypeAlias = str | bool | list[str] | list[dict[str, str]] | None
"""A value as an answer file holds it; None for none."""

_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of question as a form. ``has_estimate``: whether a figure may be marked as an estimate."""

    control: Control
    read: Callable[[Question, Typed, Language, Complain], RawValue]
    show: Callable[[Any, Language], Typed]
    has_estimate: bool = False

    @property
    def has_statuses_among_values(self) -> bool:
        """Whether "don't know" and "not applicable" are choices beside the others."""
        return self.control == "radios"


def _one(typed: Typed, complain: Complain) -> str:
    """The value of a field that comes once."""
    if len(typed.values) > 1:
        complain("", Wrong("repeated"))
        return ""
    return typed.value


def _read_choice(_question: Question, typed: Typed, _language: Language, complain: Complain) -> RawValue:
    chosen = _one(typed, complain)
    return None if chosen in ("", UNKNOWN, NOT_APPLICABLE) else chosen


def _read_yes_no(question: Question, typed: Typed, language: Language, complain: Complain) -> RawValue:
    chosen = _read_choice(question, typed, language, complain)
    if isinstance(chosen, str) and chosen not in _YES_NO:
        complain("", Wrong("unknown_option"))
    return _YES_NO.get(chosen) if isinstance(chosen, str) else None


def _read_choices(_question: Question, typed: Typed, _language: Language, _complain: Complain) -> RawValue:
    return [value for value in dict.fromkeys(typed.values) if value] or None


def _read_number(_question: Question, typed: Typed, language: Language, complain: Complain) -> RawValue:
    return _number(_one(typed, complain), "", language, complain)


def _read_text(_question: Question, typed: Typed, _language: Language, complain: Complain) -> RawValue:
    return text_or_nothing(_one(typed, complain), "", MAX_TEXT, complain)


def _read_date(_question: Question, typed: Typed, _language: Language, complain: Complain) -> RawValue:
    return day_or_nothing(_one(typed, complain), "", complain)


def _read_table(question: Question, typed: Typed, language: Language, complain: Complain) -> RawValue:
    rows = []
    for row in written_rows(question, typed):
        cells = {c.id: _cell(c, row, language, complain) for c in question.columns}
        rows.append({id_: cell for id_, cell in cells.items() if cell is not None})
    return rows or None


def written_rows(question: Question, typed: Typed) -> tuple[TypedRow, ...]:
    """The rows with something in them, cells of the question's own columns only."""
    own = (TypedRow(r.at, {c.id: r.cells.get(c.id, "") for c in question.columns}) for r in typed.rows)
    return tuple(row for row in own if not row.is_blank)


def _cell(column: Column, row: TypedRow, language: Language, complain: Complain) -> str | None:
    text, part = row.cells.get(column.id, ""), f"row-{row.at}.{column.id}"
    if column.kind == "text":
        return text_or_nothing(text, part, MAX_CELL, complain)
    return _number(text, part, language, complain)


def _number(text: str, part: str, language: Language, complain: Complain) -> str | None:
    found = read_number(text, language)
    if isinstance(found, Wrong):
        complain(part, found)
        return None
    return None if found is None else plain_number(found)


def text_or_nothing(text: str, part: str, limit: int, complain: Complain) -> str | None:
    """A text that can be kept; None when there is none or it was complained of."""
    found = read_text(text, limit)
    if isinstance(found, Wrong):
        complain(part, found)
        return None
    return found


def day_or_nothing(text: str, part: str, complain: Complain) -> str | None:
    """A day in ISO form; None when there is none or it was complained of."""
    found = read_day(text)
    if isinstance(found, Wrong):
        complain(part, found)
        return None
    return None if found is None else found.isoformat()


def _show_text(value: str, _language: Language) -> Typed:
    return Typed(values=(value,))


def _show_number(value: Decimal, language: Language) -> Typed:
    return Typed(values=(write_number(value, language),))


def _show_date(value: date, _language: Language) -> Typed:
    return Typed(values=(value.isoformat(),))


def _show_table(value: tuple[Mapping[str, str | Decimal], ...], language: Language) -> Typed:
    rows = ({id_: _shown_cell(cell, language) for id_, cell in row.items()} for row in value)
    return Typed(rows=tuple(TypedRow(at, cells) for at, cells in enumerate(rows)))


def _shown_cell(cell: str | Decimal, language: Language) -> str:
    return cell if isinstance(cell, str) else write_number(cell, language)


FIELDS: dict[QuestionKind, Field] = {
    "single_choice": Field("radios", _read_choice, _show_text),
    "multiple_choice": Field("checkboxes", _read_choices, lambda value, _language: Typed(values=value)),
    "yes_no": Field("radios", _read_yes_no, lambda v, _language: Typed(values=("yes" if v else "no",))),
    "number": Field("number", _read_number, _show_number, has_estimate=True),
    "text": Field("text", _read_text, _show_text),
    "date": Field("date", _read_date, _show_date),
    "table": Field("table", _read_table, _show_table, has_estimate=True),
    "computed": Field("figure", lambda *_: None, lambda _value, _language: Typed()),
}
"""By kind of question. A computed one is shown and never typed."""


def show_value(question: Question, value: AnswerValue, language: Language) -> Typed:
    """The inputs that show a value."""
    return FIELDS[question.kind].show(value, language)
