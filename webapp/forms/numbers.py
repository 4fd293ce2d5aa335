"""Numbers as people write them, read exactly: ``1 234,5`` in Norwegian, ``1,234.5`` in English.

A text that can be read in one way only is read, whichever language it follows. One that can be
read in two (``1.234`` in Norwegian: a thousand, or one and a bit) is asked about.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assessment.values import MAX_DECIMALS, MAX_DIGITS
from questionnaires.values import Language
from webapp.forms.wrong import Wrong, quoted

MAX_LENGTH = 60
NO_BREAK = "\u00a0"

_DECIMAL_MARKS: dict[Language, str] = {"nb": ",", "nn": ",", "en": "."}
_OTHER_MARK = {",": ".", ".": ","}
_SPACES = re.compile("[ \u00a0\u2009\u202f]")
_MINUS = "\u2212"

_EXAMPLE = {"example": Decimal("1234.5")}

_EXPONENT = re.compile(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+")
_NOT_FINITE = re.compile(r"[-+]?(nan|inf|infinity|∞)", re.IGNORECASE)


def read_number(text: str, language: Language) -> Decimal | Wrong | None:
    """The number a text stands for, exactly; None when nothing is written.

    At most 15 digits and 6 decimals, zeros at the end not counted; no unit, no exponent.
    """
    text = text.strip()
    if not text:
        return None
    if len(text) > MAX_LENGTH:
        return Wrong("number_too_long", {"digits": MAX_DIGITS})
    text = _SPACES.sub(" ", text.replace(_MINUS, "-"))
    own = _read(text, _DECIMAL_MARKS[language])
    other = _read(text, _OTHER_MARK[_DECIMAL_MARKS[language]])
    found = own if own is not None else other
    if found is None:
        return _why_not(text)
    if other is not None and other != found and _DECIMAL_MARKS[language] not in text:
        return Wrong("number_two_ways", {"text": quoted(text), "one": own, "other": other})
    return _within_size(found)


def _read(text: str, mark: str) -> Decimal | None:
    """The number when ``mark`` stands before the decimals, and spaces or the other mark between thousands."""
    whole, comma, decimals = text.removeprefix("-").partition(mark)
    if comma and not _is_digits(decimals):
        return None
    digits = _ungrouped(whole, _OTHER_MARK[mark]) if whole else "0" if comma else None
    if digits is None:
        return None
    return Decimal(f"{'-' if text.startswith('-') else ''}{digits}{'.' if comma else ''}{decimals}")


def _ungrouped(whole: str, mark: str) -> str | None:
    """The digits before the decimals; groups are of three, all with the same mark between them."""
    if _is_digits(whole):
        return whole
    first, *others = whole.split(mark if mark in whole else " ")
    is_grouped = _is_digits(first) and len(first) <= 3 and not first.startswith("0")
    if is_grouped and all(_is_digits(group) and len(group) == 3 for group in others):
        return "".join((first, *others))
    return None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _within_size(number: Decimal) -> Decimal | Wrong:
    """The number without zeros at the end, so that equal numbers are written alike."""
    whole, _, decimals = format(number, "f").lstrip("-").partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) > MAX_DECIMALS:
        return Wrong("number_decimals", {"decimals": MAX_DECIMALS})
    if len((whole + decimals).lstrip("0")) > MAX_DIGITS:
        return Wrong("number_too_long", {"digits": MAX_DIGITS})
    sign = "-" if number < 0 else ""
    return Decimal(f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}")


def _why_not(text: str) -> Wrong:
    """The most helpful thing to say about a text that is no number."""
    if "%" in text:
        return Wrong("number_percent", {"example": Decimal("12.5")})
    if _EXPONENT.fullmatch(text):
        return Wrong("number_exponent", _EXAMPLE)
    if any(sign.isdecimal() and not sign.isascii() for sign in text):
        return Wrong("number_digits")
    has_digits = any(sign.isdecimal() for sign in text)
    if has_digits and any(not (sign.isdecimal() or sign in " .,-+") for sign in text):
        return Wrong("number_unit", _EXAMPLE)
    if _NOT_FINITE.fullmatch(text):
        return Wrong("number_finite", _EXAMPLE)
    return Wrong("number_marks" if has_digits else "number_form", {"text": quoted(text), **_EXAMPLE})


def write_number(number: Decimal, language: Language) -> str:
    """A number as it stands in an input: ``1 234,5`` (with a no-break space), ``1,234.5``.

    Without marks between thousands where the reader could take one for a decimal mark. Reading it
    in the same language gives the same number.
    """
    mark = _DECIMAL_MARKS[language]
    whole, _, decimals = format(number, "f").lstrip("-").partition(".")
    decimals = decimals.rstrip("0")
    sign = "-" if number < 0 else ""
    grouped = f"{int(whole):,}".replace(",", NO_BREAK if mark == "," else ",")
    if mark == "." and not decimals and grouped.count(",") == 1:
        grouped = str(int(whole))
    return f"{sign}{grouped}{mark if decimals else ''}{decimals}"
