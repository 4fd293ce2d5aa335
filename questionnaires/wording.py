"""Small helps for messages: what a value is, and what somebody may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "empty"),
    (bool, "true or false"),
    (dict, "a mapping"),
    ((list, tuple), "a list"),
    (str, "text"),
    (int, "a number"),
)
"""The first that fits; a truth is an int to Python."""


def kind_of(value: Any) -> str:
    """What a value is, in the words of a message."""
    return next((words for kind, words in _KINDS if isinstance(value, kind)), "a number with decimals")


MAX_COMPARED = 100


@lru_cache(4096)
def _closest(word: str, known: tuple[str, ...]) -> str | None:
    """Among very many only those that begin with the same letter are compared."""
    near = known if len(known) <= MAX_COMPARED else [name for name in known if name[:1] == word[:1]]
    return next(iter(difflib.get_close_matches(word, near, n=1)), None)


def hint(word: object, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` when something known is close to the word, else nothing."""
    close = _closest(str(word)[:80], tuple(known))
    return f"; did you mean '{close}'?" if close is not None else ""
