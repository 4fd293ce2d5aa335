"""Raw JSON values to typed answers, one function for each kind of question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any, Protocol

from assessment.answers import AnswerValue, Row, plain_number
from assessment.jsontext import NumberText
from questionnaires.errors import Loc
from questionnaires.model import Column, Question, option_ids
from questionnaires.values import QuestionKind
from questionnaires.wording import hint, kind_of

MAX_TEXT = 20_000
MAX_ROWS = 500
MAX_DIGITS = 15
MAX_DECIMALS = 6
MAX_EXPONENT = 15
NUMBER_FORM = f"a number of at most {MAX_DIGITS} digits and {MAX_DECIMALS} decimals, such as 12.5"

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(?:[eE]([-+]?[0-9]+))?")


class Complain(Protocol):
    """Adds one problem at a path."""

    def __call__(self, loc: Loc, code: str, /, **particulars: object) -> None: ...


def found_kind(value: Any) -> str:
    """What a raw value is, in the words of a message."""
    return "a number" if isinstance(value, NumberText) else kind_of(value)


def short(value: object) -> str:
    """A value as a message quotes it."""
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "..."


def read_number(raw: Any, loc: Loc, complain: Complain) -> Decimal | None:
    """A JSON number or a decimal string as an exact number."""
    if not isinstance(raw, str):
        words = {"wanted": "a number", "found": found_kind(raw), "allowed_values": NUMBER_FORM}
        complain(loc, "wrong_value", **words)
        return None
    reason = _why_not_a_number(raw)
    if reason:
        complain(loc, "number_form", value=short(raw), reason=reason, wanted=NUMBER_FORM)
        return None
    return Decimal(raw)


def _why_not_a_number(text: str) -> str | None:
    form = _NUMBER.fullmatch(text)
    if form is None:
        named = text.strip("+-").lower() in ("nan", "infinity", "inf")
        return "it is not finite" if named else "it is not written as a number"
    exponent = (form[2] or "").lstrip("+-").lstrip("0")
    if len(exponent) > 2 or int(exponent or 0) > MAX_EXPONENT:
        return f"its exponent is beyond {MAX_EXPONENT}"
    if len(text) > 60:
        return "it is too long"
    return _why_too_many_digits(Decimal(text))


def _why_too_many_digits(number: Decimal) -> str | None:
    """Zeros at the end do not count; ``normalize`` would round what is long."""
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    significant = "".join(map(str, digits)).rstrip("0")
    exponent += len(digits) - len(significant)
    if significant and -exponent > MAX_DECIMALS:
        return f"it has more than {MAX_DECIMALS} decimals"
    if significant and len(significant) + max(exponent, 0) > MAX_DIGITS:
        return f"it has more than {MAX_DIGITS} digits"
    return None


def read_text(raw: Any, loc: Loc, complain: Complain, limit: int = MAX_TEXT) -> str | None:
    """A text that says something and is not too long."""
    if not isinstance(raw, str) or isinstance(raw, NumberText):
        complain(loc, "wrong_value", wanted="text", found=found_kind(raw), allowed_values="text in quotes")
        return None
    if not raw.strip():
        complain(loc, "text_empty")
        return None
    if len(raw) > limit:
        complain(loc, "text_too_long", length=len(raw), limit=limit)
        return None
    return raw


def read_date(raw: Any, loc: Loc, complain: Complain) -> date | None:
    """An ISO date."""
    text = read_text(raw, loc, complain, 100)
    if text is None:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    complain(loc, "not_a_date", value=short(text))
    return None


def read_boolean(raw: Any, loc: Loc, complain: Complain) -> bool | None:
    """Yes or no."""
    if isinstance(raw, bool):
        return raw
    words = {"wanted": "true or false", "found": found_kind(raw), "allowed_values": "true, false"}
    complain(loc, "wrong_value", **words)
    return None


def _single_choice(question: Question, raw: Any, loc: Loc, complain: Complain) -> str | None:
    ids = option_ids(question)
    if not isinstance(raw, str) or isinstance(raw, NumberText):
        allowed = ", ".join(f'"{id_}"' for id_ in ids)
        words = {"wanted": "the id of an option in quotes", "found": found_kind(raw)}
        complain(loc, "wrong_value", **words, allowed_values=allowed)
        return None
    if raw not in ids:
        complain(loc, "unknown_option", id=short(raw), hint=hint(raw, ids), ids=", ".join(ids))
        return None
    return raw


def _multiple_choice(question: Question, raw: Any, loc: Loc, complain: Complain) -> tuple[str, ...] | None:
    if not isinstance(raw, list):
        words = {"wanted": "a list of option ids", "found": found_kind(raw)}
        complain(loc, "wrong_value", **words, allowed_values=", ".join(option_ids(question)))
        return None
    if not raw:
        complain(loc, "nothing_chosen")
        return None
    if len(raw) > 100:
        complain(loc, "too_many", count=len(raw), limit=len(question.options))
        return None
    chosen = [_single_choice(question, item, (*loc, at), complain) for at, item in enumerate(raw)]
    known = tuple(id_ for id_ in chosen if id_ is not None)
    _check_choice(question, known, loc, complain)
    order = option_ids(question)
    return tuple(sorted(set(known), key=order.index))


def _check_choice(question: Question, chosen: tuple[str, ...], loc: Loc, complain: Complain) -> None:
    for id_ in sorted({id_ for id_ in chosen if chosen.count(id_) > 1}):
        complain(loc, "option_twice", id=id_)
    for option in question.options:
        if option.id not in chosen:
            continue
        if option.exclusive and len(set(chosen)) > 1:
            complain(loc, "option_alone", id=option.id)
        for other in option.not_with:
            if other in chosen and (option.id < other or not _refuses(question, other, option.id)):
                complain(loc, "options_clash", id=option.id, other=other)
        patterns = option.requires_any
        if patterns and not any(fnmatchcase(id_, pattern) for id_ in chosen for pattern in patterns):
            complain(loc, "option_requires", id=option.id, ids=", ".join(patterns))


def _refuses(question: Question, id_: str, other: str) -> bool:
    """Whether an option says of itself that it does not go with another: one of the two is enough."""
    return any(option.id == id_ and other in option.not_with for option in question.options)


def _number(question: Question, raw: Any, loc: Loc, complain: Complain) -> Decimal | None:
    value = read_number(raw, loc, complain)
    if value is None or not (wanted := _outside(value, question.minimum, question.maximum)):
        return value
    complain(loc, "number_range", value=plain_number(value), wanted=wanted)
    return None


def _outside(
    value: Decimal, minimum: Decimal | None, maximum: Decimal | None, above: Decimal | None = None
) -> str:
    """What the value should have been; empty when it is within its limits."""
    wanted = [
        f"above {plain_number(above)}" if above is not None and value <= above else "",
        f"{plain_number(minimum)} or more" if minimum is not None and value < minimum else "",
        f"{plain_number(maximum)} or less" if maximum is not None and value > maximum else "",
    ]
    return " ".join(filter(None, wanted))


def _table(question: Question, raw: Any, loc: Loc, complain: Complain) -> tuple[Row, ...] | None:
    if not isinstance(raw, list):
        words = {"wanted": "a list of rows", "found": found_kind(raw), "allowed_values": "a list of objects"}
        complain(loc, "wrong_value", **words)
        return None
    if len(raw) > MAX_ROWS:
        complain(loc, "too_many", count=len(raw), limit=MAX_ROWS)
        return None
    rows = [_row(question, row, (*loc, at), complain) for at, row in enumerate(raw)]
    return tuple(rows) or None


def _row(question: Question, raw: Any, loc: Loc, complain: Complain) -> Row:
    if not isinstance(raw, dict):
        allowed = ", ".join(column.id for column in question.columns)
        words = {"wanted": "a row", "found": found_kind(raw), "allowed_values": f"an object with {allowed}"}
        complain(loc, "wrong_value", **words)
        return {}
    for key in getattr(raw, "twice", ()):
        complain((*loc, key), "duplicate_key", key=short(key), first="above")
    columns = {column.id: column for column in question.columns}
    row: dict[str, str | Decimal] = {}
    for key, cell in raw.items():
        if key not in columns:
            words = {"key": short(key), "hint": hint(key, columns), "allowed_keys": ", ".join(columns)}
            complain((*loc, key), "answers_unknown_key", **words)
        elif cell is not None and (value := _cell(columns[key], cell, (*loc, key), complain)) is not None:
            row[key] = value
    if all(cell is None for cell in raw.values()):
        complain(loc, "empty_row")
    _check_row(question, row, loc, complain)
    return row


def _cell(column: Column, raw: Any, loc: Loc, complain: Complain) -> str | Decimal | None:
    if column.kind == "text":
        return read_text(raw, loc, complain, 500)
    value = read_number(raw, loc, complain)
    if value is None or not (wanted := _outside(value, column.minimum, column.maximum, column.above)):
        return value
    complain(loc, "number_range", value=plain_number(value), wanted=wanted)
    return None


def _check_row(question: Question, row: Mapping[str, str | Decimal], loc: Loc, complain: Complain) -> None:
    for limit in question.row_limits:
        total = sum((cell for id_ in limit.columns if isinstance(cell := row.get(id_), Decimal)), Decimal())
        if total > limit.at_most:
            words = {"columns": ", ".join(limit.columns), "sum": plain_number(total)}
            complain(loc, "row_sum", **words, limit=plain_number(limit.at_most))


ValueReader = Callable[[Question, Any, Loc, Complain], AnswerValue | None]

VALUES: dict[QuestionKind, ValueReader] = {
    "single_choice": _single_choice,
    "multiple_choice": _multiple_choice,
    "yes_no": lambda _question, raw, loc, complain: read_boolean(raw, loc, complain),
    "number": _number,
    "text": lambda _question, raw, loc, complain: read_text(raw, loc, complain),
    "date": lambda _question, raw, loc, complain: read_date(raw, loc, complain),
    "table": _table,
}
"""How the value of each kind is read; ``computed`` is never answered."""
