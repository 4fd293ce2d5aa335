"""Small helps for messages: what a value is, what somebody meant, and these words in other languages."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from questionnaires.phrases import PHRASES
from questionnaires.values import Language

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


_NAMES = {
    *("wanted", "found", "left", "right", "reason", "hint", "grammar"),
    *("order", "first", "fields", "steps", "count", "size", "profile", "allowed_values"),
}
"""The particulars that hold words of ours; the others stand as they do in the file."""

_KINDS_OF_VALUES = frozenset({"wanted", "found", "order", "first"})
"""Where also one word alone is ours and not an id."""

_AS_WRITTEN = frozenset({"folder_mismatch", "published_changed", "translation_language"})
"""The codes whose ``found`` and ``wanted`` stand in a file or folder."""


def in_language(code: str, name: str, value: object, language: Language) -> object:
    """One particular of a problem in another language; what people wrote, and unknown words, as it stands."""
    if language == "en" or name not in _NAMES or code in _AS_WRITTEN:
        return value
    if name == "first" and isinstance(value, int):
        value = f"line {value}"
    if not isinstance(value, str) or (" " not in value and name not in _KINDS_OF_VALUES):
        return value
    return _phrase(value, language)


def _phrase(text: str, language: Language) -> str:
    at = 0 if language == "nb" else 1
    if text in PHRASES:
        return PHRASES[text][at]
    for pattern, words in _templates():
        if found := pattern.fullmatch(text):
            gaps = [_phrase(gap, language) if " " in gap else gap for gap in found.groups()]
            return words[at].format(*gaps)
    return text


@cache
def _templates() -> list[tuple[re.Pattern[str], tuple[str, str]]]:
    """The phrases with gaps, those with most words of their own first."""
    longest = sorted((english for english in PHRASES if "{}" in english), key=len, reverse=True)
    return [
        (re.compile("(.*)".join(map(re.escape, english.split("{}"))), re.DOTALL), PHRASES[english])
        for english in longest
    ]
