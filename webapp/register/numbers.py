"""Organisation numbers as people write them, and as they are kept: nine digits.

Source: the Central Coordinating Register for Legal Entities; modulus 11 with weights 3 2 7 6 5 4 3 2.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal, TypeAlias

from stdnum.no import orgnr

from webapp.errors import WebappError

DIGITS: Final = 9
_MAX_TEXT: Final = 100

NumberCode: TypeAlias = Literal["number_missing", "number_digits", "number_wrong"]
"""Why a text is no number: nothing there, not nine digits, or a check digit that does not fit."""

_AROUND = re.compile(
    r"(?:org(?:anisasjons|anisation)?(?:nr|nummer|number|no)?:?)?(?:NO)?(?P<digits>.*?)(?:MVA)?",
    re.IGNORECASE,
)
_BETWEEN = frozenset(".,/")
_UNSEEN = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Pd"))


class NumberRefused(WebappError):
    """A text that is no organisation number. ``code``: why, a key of the words under ``organisation``."""

    def __init__(self, code: NumberCode) -> None:
        self.code: NumberCode = code
        super().__init__(code)


def read_orgnr(text: str) -> str:
    """The digits of a number as people write it, such as ``NO 310 028 142 MVA``. Raises NumberRefused."""
    found = plain_number(text)
    if not found:
        raise NumberRefused("number_missing")
    if not _has_digits(found):
        raise NumberRefused("number_digits")
    if not is_orgnr(found):
        raise NumberRefused("number_wrong")
    return found


def is_orgnr(text: str) -> bool:
    """Whether a text is nine digits that can be a number: not all noughts, the last as modulus 11 has it."""
    return _has_digits(text) and text.strip("0") != "" and bool(orgnr.is_valid(text))


def plain_number(text: str) -> str:
    """What is left of a number without what people write around and between its digits.

    A text too long to be one comes back as its beginning.
    """
    if len(text) > _MAX_TEXT:
        return text[:_MAX_TEXT]
    close = "".join(
        sign for sign in text if sign not in _BETWEEN and unicodedata.category(sign) not in _UNSEEN
    )
    found = _AROUND.fullmatch(close)
    return close if found is None else found["digits"]


def spaced(number: str) -> str:
    """A number as people read it, in three groups that stay on one line."""
    return "\N{NO-BREAK SPACE}".join((number[:3], number[3:6], number[6:]))


def _has_digits(text: str) -> bool:
    return len(text) == DIGITS and text.isascii() and text.isdigit()
