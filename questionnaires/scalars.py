"""What a YAML scalar stands for, and which characters no definition may hold.

YAML 1.2 core schema, narrowed: null, true, false and decimal numbers; anything else is text, also
``yes``, ``0x1F``, ``1_000`` and dates.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

Scalar: TypeAlias = bool | int | Decimal | str | None

MAX_DIGITS = 40
MAX_EXPONENT = 99

_WORDS: dict[str, Scalar] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE]([-+]?[0-9]+))?")
_NOT_FINITE = re.compile(r"[-+]?\.?(inf|infinity)|[-+]?\.?nan", re.IGNORECASE)
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, also NEL
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


class NotANumber(Exception):
    """A plain scalar is written as a number that cannot be used: not finite, or absurdly large."""


def plain_value(text: str) -> Scalar:
    """What a scalar without quotes stands for. Raises NotANumber."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if number := _NUMBER.fullmatch(text):
        exponent = number[1] or "0"
        if len(text) > MAX_DIGITS or len(exponent) > 4 or abs(int(exponent)) > MAX_EXPONENT:
            raise NotANumber
        return Decimal(text)
    if _NOT_FINITE.fullmatch(text):
        raise NotANumber
    return text


def forbidden_character(text: str) -> tuple[int, str] | None:
    """The first character that cannot be seen and changes what is seen: its place and its code.

    Control characters but tab and line breaks, marks that turn the direction of writing, invisible
    separators and tags, byte order marks, halves of surrogate pairs.
    """
    found = _FORBIDDEN.search(text)
    return None if found is None else (found.start(), f"U+{ord(found[0]):04X}")
