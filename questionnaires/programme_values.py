"""Small values that a programme and its directory of support are made of: texts, addresses, days."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, StringConstraints
from pydantic_core import PydanticKnownError

from questionnaires.values import Frozen, LongText, ShortText

MAX_URL = 1000
ADDRESS_FORM = "https:// or http:// with a host, without user name or spaces"
DAY_FORM = "YYYY-MM-DD: a day"

_HOST = re.compile(r"[^\W_]([\w.-]*[^\W_])?(:[0-9]{1,5})?")
_REFUSED_IN_ADDRESS = re.compile(r"""[\s\\<>"`]""")
_DAY = re.compile(r"2[01][0-9]{2}-[0-9]{2}-[0-9]{2}")


def _web_address(value: str) -> str:
    """Refused beside other schemes: what hides where a link leads."""
    try:
        parts = urlsplit(value)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        parts, has_port = urlsplit(""), False
    is_web = parts.scheme in ("http", "https") and has_port and _HOST.fullmatch(parts.netloc) is not None
    if not is_web or not value.isprintable() or _REFUSED_IN_ADDRESS.search(value):
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": ADDRESS_FORM})
    return value


def _day(value: object) -> date:
    """Text in a file, or a day of the program's own; the year is from 2000 to 2199."""
    if isinstance(value, date):
        value = value.isoformat()
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # a day that does not exist
    raise PydanticKnownError("string_pattern_mismatch", {"pattern": DAY_FORM})


WebAddress = Annotated[str, StringConstraints(max_length=MAX_URL), AfterValidator(_web_address)]

Day = Annotated[
    date, BeforeValidator(_day), PlainSerializer(date.isoformat, return_type=str, when_used="json")
]
"""A day without a time."""


class Words(Frozen):
    """A short text in every language."""

    nb: ShortText
    nn: ShortText
    en: ShortText


class Paragraph(Frozen):
    """A longer text in every language."""

    nb: LongText
    nn: LongText
    en: LongText
