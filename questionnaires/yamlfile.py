"""One strict YAML file as plain values that remember their lines.

Walks the event stream once, without recursion: mappings become dicts, sequences tuples, scalars
what :mod:`questionnaires.scalars` says. Refused, all at once: duplicate keys, anchors and aliases,
tags, directives, several documents, NaN and infinity, invisible characters. Reading stops at what
cannot be read on from: broken syntax, too deep or too much content, too many mistakes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from questionnaires.errors import Loc, Place, Problem, dotted
from questionnaires.scalars import NotANumber, Scalar, forbidden_character, plain_value

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
MAX_VALUES = 20_000
MAX_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The content of one file and the line of every path.

    ``content``: ``None`` when the file could not be read to its end; where a part was refused it
    stands for what could be made of it, and ``refused`` names the part.
    """

    name: str
    content: Any
    lines: dict[Loc, int]
    problems: tuple[Problem, ...]
    refused: frozenset[Loc] = frozenset()

    def place(self, loc: Loc) -> Place:
        """Where a path stands; a path that does not exist stands where its nearest parent does."""
        known = loc
        while known and known not in self.lines:
            known = known[:-1]
        return Place(self.name, self.lines.get(known, 1), dotted(loc))

    def is_refused(self, loc: Loc) -> bool:
        """Whether a part, or what it stands in, already has a problem of its own."""
        return any(loc[:length] in self.refused for length in range(1, len(loc) + 1))


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read one file strictly; ``name`` is what problems call it. Never raises for bad content.

    Links and what is not an ordinary file (devices, pipes) are refused.
    """
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            return _unreadable(name, "not_a_file")
        if found.st_size > MAX_BYTES:
            return _unreadable(name, "file_too_large", size=found.st_size, limit=MAX_BYTES)
        content = _first_bytes(path, MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            return _unreadable(name, "file_too_large", size=f"more than {MAX_BYTES}", limit=MAX_BYTES)
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return _unreadable(name, "not_utf8", line, byte=error.start)
    except OSError as error:
        return _unreadable(name, "cannot_read", reason=error.strerror or str(error))
    return parse_yaml(text, name)


def _first_bytes(path: Path, count: int) -> bytes:
    """At most ``count`` bytes; a link put there since the file was looked at is not followed."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        return file.read(count)


def parse_yaml(text: str, name: str) -> YamlFile:
    """Read YAML text strictly, as :func:`read_yaml` does a file."""
    text = text.removeprefix("\ufeff")
    reader = _Reader(name)
    try:
        _refuse_invisible(text, reader)
        for event in _events(text):
            reader.take(event)
    except _Stop:
        return reader.finish(whole=False)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        problem = Problem(Place(name, mark.line + 1 if mark else None), "not_yaml", {"reason": reason})
        reader.problems.append(problem)
        return reader.finish(whole=False)
    return reader.finish(whole=True)


def _refuse_invisible(text: str, reader: _Reader) -> None:
    """What YAML's own reader would stumble over or take for the end of a line."""
    if (found := forbidden_character(text)) is not None:
        at, character = found
        reader.complain("character", text.count("\n", 0, at) + 1, character=character)
        raise _Stop


def _unreadable(name: str, code: str, line: int | None = None, **particulars: object) -> YamlFile:
    return YamlFile(name, None, {}, (Problem(Place(name, line), code, particulars),))


def _events(text: str) -> Iterator[Event]:
    return YAML(typ="safe").parse(text)  # type: ignore[no-any-return]  # ruamel is untyped here


class _Stop(Exception):
    """Reading on would be no use, or too much."""


@dataclass(slots=True)
class _Open:
    """A mapping or sequence under construction; ``is_key``: it stands where a key should."""

    loc: Loc
    into: dict[str, Any] | list[Any]
    is_key: bool
    key: str | None = None


@dataclass(slots=True)
class _Tree:
    """The values read so far, what is still open, and the line of every path."""

    root: Any = None
    stack: list[_Open] = field(default_factory=list)
    lines: dict[Loc, int] = field(default_factory=dict)

    def loc(self) -> Loc:
        """The path of the next value; while a key is awaited, of the mapping."""
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.into, list):
            return (*top.loc, len(top.into))
        return top.loc if top.key is None else (*top.loc, top.key)

    def awaits_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].into, dict) and self.stack[-1].key is None

    def set_key(self, key: str, line: int) -> int | None:
        """The line the key stands in already, if it does."""
        top = self.stack[-1]
        top.key = key
        first = self.lines.setdefault(self.loc(), line)
        return first if key in top.into else None

    def _note(self, line: int) -> None:
        self.lines.setdefault(self.loc(), line)

    def open(self, into: dict[str, Any] | list[Any], line: int, *, is_key: bool) -> None:
        self._note(line)
        self.stack.append(_Open(self.loc(), into, is_key))

    def close(self) -> None:
        done = self.stack.pop()
        if not done.is_key:
            self.attach(tuple(done.into) if isinstance(done.into, list) else done.into)

    def put(self, value: Any, line: int) -> None:
        self._note(line)
        self.attach(value)

    def attach(self, value: Any) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top.into, list):
            top.into.append(value)
        elif top.key is not None:
            top.into.setdefault(top.key, value)
            top.key = None


@dataclass(slots=True)
class _Reader:
    """Builds a tree from events and gathers problems as it goes."""

    name: str
    tree: _Tree = field(default_factory=_Tree)
    documents: int = 0
    values: int = 0
    problems: list[Problem] = field(default_factory=list)
    refused: set[Loc] = field(default_factory=set)

    def take(self, event: Event) -> None:
        line = event.start_mark.line + 1
        match event:
            case DocumentStartEvent():
                self._document(event, line)
            case AliasEvent() | ScalarEvent():
                self._scalar(event, line)
            case MappingStartEvent():
                self._open({}, event, line)
            case SequenceStartEvent():
                self._open([], event, line)
            case MappingEndEvent() | SequenceEndEvent():
                self.tree.close()

    def complain(self, code: str, line: int | None, **words: object) -> None:
        """Add a problem at the part that is being read; too many of them end the reading."""
        loc = self.tree.loc()
        self.refused.add(loc)
        self.problems.append(Problem(Place(self.name, line, dotted(loc)), code, words))
        if len(self.problems) == MAX_PROBLEMS:
            place = Place(self.name, line)
            self.problems.append(Problem(place, "too_many_problems", {"limit": MAX_PROBLEMS}))
            raise _Stop

    def finish(self, *, whole: bool) -> YamlFile:
        content = self.tree.root if whole else None
        problems, refused = tuple(self.problems), frozenset(self.refused)
        return YamlFile(self.name, content, self.tree.lines, problems, refused)

    def _document(self, event: DocumentStartEvent, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self.complain("several_documents", line)
            raise _Stop
        if event.version or event.tags:
            self.complain("directive", line)

    def _scalar(self, event: AliasEvent | ScalarEvent, line: int) -> None:
        self._count(line)
        if self.tree.awaits_key():
            first = self.tree.set_key(str(getattr(event, "value", "*")), line)
            self._refuse_decoration(event, line)
            if first is not None:
                self.complain("duplicate_key", line, key=self.tree.stack[-1].key, first=first)
            return
        self._refuse_decoration(event, line)
        self.tree.put(None if isinstance(event, AliasEvent) else self._value(event, line), line)

    def _value(self, event: ScalarEvent, line: int) -> Scalar:
        text = str(event.value)
        if (found := forbidden_character(text)) is not None:
            self.complain("character", line, character=found[1])
        if event.style not in (None, ""):
            return text
        try:
            return plain_value(text)
        except NotANumber:
            self.complain("not_a_number", line, value=text)
            return text

    def _open(self, into: dict[str, Any] | list[Any], event: NodeEvent, line: int) -> None:
        self._count(line)
        is_key = self.tree.awaits_key()
        if is_key:
            self.tree.set_key("?", line)
            self.complain("key_not_text", line)
        self._refuse_decoration(event, line)
        if len(self.tree.stack) >= MAX_DEPTH:
            self.complain("too_deep", line, limit=MAX_DEPTH)
            raise _Stop
        self.tree.open(into, line, is_key=is_key)

    def _count(self, line: int) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            self.complain("too_many_values", line, limit=MAX_VALUES)
            raise _Stop

    def _refuse_decoration(self, event: NodeEvent, line: int) -> None:
        if event.anchor is not None:
            code = "alias" if isinstance(event, AliasEvent) else "anchor"
            self.complain(code, line, name=event.anchor)
        if (tag := getattr(event, "tag", None)) is not None:
            self.complain("tag", line, tag=tag)
