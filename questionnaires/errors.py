"""Everything that can be wrong with a file or a definition, as values.

A problem carries a code and its particulars; the English sentence comes from
:mod:`questionnaires.messages`, so that other languages can be added beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from questionnaires.messages import MESSAGES

Loc: TypeAlias = tuple[str | int, ...]
"""A path in a file: keys, and indices from 0."""


MAX_SHOWN = 2000


def dotted(loc: Loc) -> str:
    """A path as people read it: ``questions[2].options[0].id``."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text


def shown(value: object) -> object:
    """A value as it may stand in a message: text on one line, at most 2000 visible characters."""
    if not isinstance(value, str):
        return value
    text = value if len(value) <= MAX_SHOWN else value[:MAX_SHOWN] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file name, line (1 is the first; None when unknown), dotted path."""

    file: str = ""
    line: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is, which kind (a key of ``MESSAGES``), and its particulars."""

    place: Place
    code: str
    particulars: dict[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return MESSAGES[self.code][0].format_map(self._shown())

    @property
    def allowed(self) -> str:
        """What would be right, in English; empty when the message says all."""
        return MESSAGES[self.code][1].format_map(self._shown())

    def _shown(self) -> dict[str, object]:
        return {name: shown(value) for name, value in self.particulars.items()}

    def __str__(self) -> str:
        place = self.place
        where = ":".join(str(shown(part)) for part in (place.file, place.line) if part)
        path = f" {shown(place.path)}:" if place.path else ""
        allowed = f" Allowed: {self.allowed}." if self.allowed else ""
        return f"{where}:{path} {self.message}.{allowed}".strip()


class QuestionnaireError(Exception):
    """The family of errors raised by this package."""


class DefinitionError(QuestionnaireError):
    """A definition cannot be used; ``problems`` holds every mistake found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownDefinition(QuestionnaireError):
    """No questionnaire has this id, or it lacks this version; ``known`` lists what there is."""

    def __init__(self, wanted: str, known: Iterable[str]) -> None:
        self.wanted = wanted
        self.known = tuple(known)
        super().__init__(f"{wanted} is not known. Known: {', '.join(self.known) or 'none'}.")


class ConditionError(QuestionnaireError):
    """A condition cannot be read; ``column`` (from 1) says where, ``reason`` why."""

    def __init__(self, reason: str, column: int | None = None) -> None:
        self.reason = reason
        self.column = column
        super().__init__(reason if column is None else f"{reason} (column {column})")
