"""Strict JSON with the line of every value.

The standard library parses; numbers keep their text, NaN and infinity are kept as such, and
duplicate keys are found. Lines are worked out only when somebody asks, which is when something
is wrong.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from questionnaires.errors import Loc, Place, Problem, dotted

MAX_BYTES = 2_000_000
MAX_DEPTH = 8
MAX_VALUES = 100_000
MAX_KEY_SHOWN = 200

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[{}\[\],:]|[^\s{}\[\],:"]++', re.DOTALL)
"""One token; a text that never ends is one too, so that broken files are read only once."""


class NumberText(str):
    """The text of a JSON number (or NaN, Infinity) not yet looked at."""

    __slots__ = ()


class Pairs(dict[str, Any]):
    """A JSON object that remembers which keys came twice; the last value of such a key counts."""

    __slots__ = ("twice",)

    def __init__(self, pairs: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__(pairs)
        self.twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JsonText:
    """A parsed file. ``content`` is ``None`` when it could not be read at all."""

    file: str
    text: str
    content: Any
    problems: tuple[Problem, ...] = ()


def read_json(content: bytes, file: str) -> JsonText:
    """Parse the bytes of a file; mistakes are in ``problems``, nothing is raised."""
    if len(content) > MAX_BYTES:
        return _broken(file, "file_too_large", None, size=len(content), limit=MAX_BYTES)
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return _broken(file, "not_utf8", line, byte=error.start)
    return parse_json(text, file)


def parse_json(text: str, file: str) -> JsonText:
    """As ``read_json`` for a text of any length."""
    problem = _too_much(text, file)
    if problem is not None:
        return JsonText(file, "", None, (problem,))
    try:
        content = json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_int=NumberText,
            parse_float=NumberText,
            parse_constant=NumberText,
        )
    except json.JSONDecodeError as error:
        return _broken(file, "not_json", error.lineno, reason=f"{error.msg} (column {error.colno})")
    return JsonText(file, text, content)


def _broken(file: str, code: str, line: int | None, **particulars: object) -> JsonText:
    return JsonText(file, "", None, (Problem(Place(file, line), code, particulars),))


def _too_much(text: str, file: str) -> Problem | None:
    """What nests too deep or holds too many values, before anything is made of it."""
    depth = values = 0
    for token in _TOKEN.finditer(text):
        match token.group():
            case "{" | "[":
                depth += 1
                values += 1
            case "}" | "]":
                depth -= 1
            case ",":
                values += 1
        if depth > MAX_DEPTH or values > MAX_VALUES:
            place = Place(file, text.count("\n", 0, token.start()) + 1)
            if depth > MAX_DEPTH:
                return Problem(place, "too_deep", {"limit": MAX_DEPTH})
            return Problem(place, "too_many_values", {"limit": MAX_VALUES})
    return None


def _pairs(pairs: list[tuple[str, Any]]) -> Pairs:
    if len(found := Pairs(pairs)) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        found.twice = tuple(key for key, count in counts.items() if count > 1)
    return found


class Lines:
    """The line of every path in a JSON text; for a key that comes twice, of the second one."""

    def __init__(self, source: JsonText) -> None:
        self.file = source.file
        self._text = source.text
        self._lines: dict[Loc, int] | None = None

    def place(self, loc: Loc) -> Place:
        """Where a path stands, or its nearest parent that exists."""
        if self._lines is None:
            self._lines = _lines(self._text)
        known = loc
        while known and known not in self._lines:
            known = known[:-1]
        cut = tuple(part[:MAX_KEY_SHOWN] if isinstance(part, str) else part for part in loc)
        return Place(self.file, self._lines.get(known, 1), dotted(cut))


def _lines(text: str) -> dict[Loc, int]:
    found: dict[Loc, int] = {(): 1}
    stack: list[tuple[bool, Any]] = []  # (is an object, current key or index)
    line, counted, expects_key = 1, 0, False
    for token in _TOKEN.finditer(text):
        line += text.count("\n", counted, token.start())
        counted = token.start()
        word = token.group()
        if expects_key and word.startswith('"'):
            stack[-1] = (True, json.loads(word))
            expects_key = False
            found[tuple(key for _, key in stack)] = line
        elif word in "{[":
            _set_item(found, stack, line)
            stack.append((word == "{", None if word == "{" else 0))
            expects_key = word == "{"
        elif word in "}]":
            stack.pop()
            expects_key = False
        elif word == ",":
            is_object, key = stack[-1]
            expects_key = is_object
            stack[-1] = (is_object, None if is_object else key + 1)
        elif word != ":":
            _set_item(found, stack, line)
    return found


def _set_item(found: dict[Loc, int], stack: list[tuple[bool, Any]], line: int) -> None:
    """Note where an item of a list begins; a member of an object begins at its key."""
    if stack and not stack[-1][0]:
        found[tuple(key for _, key in stack)] = line
