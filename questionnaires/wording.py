"""Small helps for messages: what a value is, and what somebody may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any


def kind_of(value: Any) -> str:
    """What a value is, in the words of a message."""
    match value:
        case None:
            return "empty"
        case bool():
            return "true or false"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case str():
            return "text"
        case _:
            return "a number"


def hint(word: object, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` when something known is close to the word, else nothing."""
    close = difflib.get_close_matches(str(word)[:80], list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
