"""One strict YAML file as plain values that remember their lines.

Walks the event stream of YAML 1.2 once, without recursion: mappings become dicts, sequences
tuples, plain scalars null, true/false, int or Decimal, everything else text. Refused, all at
once: duplicate keys, anchors and aliases, tags, several documents, NaN and infinity, too large
or too deep a file, and what is not UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from questionnaires.errors import Loc, Place, Problem, dotted

MAX_BYTES = 1_000_000
MAX_DEPTH = 12

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The content of one file (``None`` when it could not be read) and the line of every path."""

    name: str
    content: Any
    lines: dict[Loc, int]
    problems: tuple[Problem, ...]

    def place(self, loc: Loc) -> Place:
        """Where a path stands; a path that does not exist stands where its nearest parent does."""
        known = loc
        while known and known not in self.lines:
            known = known[:-1]
        return Place(self.name, self.lines.get(known, 1), dotted(loc))


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read one file strictly; ``name`` is what problems call it. Never raises for bad content."""
    try:
        if (size := path.stat().st_size) > MAX_BYTES:
            return _unreadable(name, "file_too_large", size=size, limit=MAX_BYTES)
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return _unreadable(name, "not_utf8", line, byte=error.start)
    except OSError as error:
        return _unreadable(name, "cannot_read", reason=error.strerror or str(error))
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> YamlFile:
    """Read YAML text strictly, as :func:`read_yaml` does a file."""
    builder = _Builder(name)
    try:
        for event in _events(text):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        reason = error.problem or "the text breaks off"
        builder.complain("not_yaml", (mark.line + 1) if mark else None, reason=reason)
    except YAMLError as error:
        reason = str(error).splitlines()[0]
        builder.complain("not_yaml", None, reason=reason)
    return builder.finish()


def _unreadable(name: str, code: str, line: int | None = None, **particulars: object) -> YamlFile:
    return YamlFile(name, None, {}, (Problem(Place(name, line), code, particulars),))


def _events(text: str) -> Iterator[Event]:
    return YAML(typ="safe").parse(text)  # type: ignore[no-any-return]  # ruamel is untyped here


@dataclass(slots=True)
class _Open:
    """A mapping or sequence under construction."""

    loc: Loc
    into: dict[str, Any] | list[Any]
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Turns events into values; remembers lines and gathers problems as it goes."""

    name: str
    root: Any = None
    documents: int = 0
    stack: list[_Open] = field(default_factory=list)
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    too_deep: bool = False

    def take(self, event: Event) -> None:
        match event:
            case DocumentStartEvent():
                self.documents += 1
                if self.documents == 2:
                    self.complain("several_documents", event.start_mark.line + 1)
            case _ if self.documents > 1:
                pass
            case AliasEvent():
                self.complain("alias", event.start_mark.line + 1, name=event.anchor)
                self._put(None, event)
            case ScalarEvent():
                self._scalar(event)
            case MappingStartEvent() | SequenceStartEvent():
                self._open(event)
            case MappingEndEvent() | SequenceEndEvent():
                self._close()

    def complain(self, code: str, line: int | None, loc: Loc | None = None, **words: object) -> None:
        where = self._loc() if loc is None else loc
        self.problems.append(Problem(Place(self.name, line, dotted(where)), code, words))

    def finish(self) -> YamlFile:
        content = None if self.problems else self.root
        return YamlFile(self.name, content, self.lines, tuple(self.problems))

    def _loc(self) -> Loc:
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.into, list):
            return (*top.loc, len(top.into))
        return top.loc if top.key is None else (*top.loc, top.key)

    def _scalar(self, event: ScalarEvent) -> None:
        self._refuse_decoration(event)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.into, dict) and top.key is None:
            self._key(top, event)
        else:
            self._put(self._resolve(event), event)

    def _key(self, top: _Open, event: ScalarEvent) -> None:
        line = event.start_mark.line + 1
        top.key = str(event.value)
        if top.key in top.into:
            first = self.lines.get((*top.loc, top.key))
            self.complain("duplicate_key", line, key=top.key, first=first)
        else:
            self.lines[(*top.loc, top.key)] = line

    def _resolve(self, event: ScalarEvent) -> Any:
        text = str(event.value)
        if event.style not in (None, ""):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _NUMBER.fullmatch(text):
            return Decimal(text)
        if _NOT_FINITE.fullmatch(text):
            self.complain("not_a_number", event.start_mark.line + 1, value=text)
        return text

    def _open(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        self._refuse_decoration(event)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.into, dict) and top.key is None:
            self.complain("key_not_text", event.start_mark.line + 1)
            top.key = "?"
        if len(self.stack) >= MAX_DEPTH and not self.too_deep:
            self.too_deep = True
            self.complain("too_deep", event.start_mark.line + 1, limit=MAX_DEPTH)
        loc = self._loc()
        self.lines.setdefault(loc, event.start_mark.line + 1)
        self.stack.append(_Open(loc, {} if isinstance(event, MappingStartEvent) else []))

    def _close(self) -> None:
        done = self.stack.pop()
        self._attach(tuple(done.into) if isinstance(done.into, list) else done.into)

    def _put(self, value: Any, event: Event) -> None:
        self.lines.setdefault(self._loc(), event.start_mark.line + 1)
        self._attach(value)

    def _attach(self, value: Any) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top.into, list):
            top.into.append(value)
        elif top.key is None:  # an alias in the place of a key
            top.key = "?"
        else:
            top.into.setdefault(top.key, value)
            top.key = None

    def _refuse_decoration(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        line = event.start_mark.line + 1
        if event.anchor is not None:
            self.complain("anchor", line, name=event.anchor)
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            self.complain("tag", line, tag=tag)
