"""Everything that can be wrong with a file or a definition, as values.

A problem carries a code and its particulars; the sentences come from a table a language, English
from :mod:`questionnaires.messages`. Outside programs read the English ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from questionnaires.messages import MESSAGES
from questionnaires.messages_nb import MESSAGES_NB
from questionnaires.messages_nn import MESSAGES_NN
from questionnaires.values import Language
from questionnaires.wording import in_language

Loc: TypeAlias = tuple[str | int, ...]
"""A path in a file: keys, and indices from 0."""


MAX_SHOWN = 2000

SENTENCES: dict[Language, dict[str, tuple[str, str]]] = {
    "en": MESSAGES,
    "nb": MESSAGES_NB,
    "nn": MESSAGES_NN,
}
"""What each problem says, by language and code."""

_ALLOWED: dict[Language, str] = {"en": "Allowed", "nb": "Slik blir det riktig", "nn": "Slik blir det rett"}
_NOT_KNOWN: dict[Language, tuple[str, str]] = {
    "en": ("{wanted} is not known. Known: {known}.", "none"),
    "nb": ("{wanted} finnes ikke. Dette finnes: {known}.", "ingenting"),
    "nn": ("{wanted} finst ikkje. Dette finst: {known}.", "ingenting"),
}


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
        return self.message_in("en")

    @property
    def allowed(self) -> str:
        """What would be right, in English; empty when the message says all."""
        return self.allowed_in("en")

    def message_in(self, language: Language) -> str:
        """What is wrong, as a sentence without a full stop."""
        return SENTENCES[language][self.code][0].format_map(self._shown(language))

    def allowed_in(self, language: Language) -> str:
        """What would be right; empty when the message says all."""
        return SENTENCES[language][self.code][1].format_map(self._shown(language))

    def text_in(self, language: Language) -> str:
        """The line for people: where it is, what is wrong, what would be right."""
        place = self.place
        where = ":".join(str(shown(part)) for part in (place.file, place.line) if part)
        path = f" {shown(place.path)}:" if place.path else ""
        right = self.allowed_in(language)
        allowed = f" {_ALLOWED[language]}: {right}." if right else ""
        return f"{where}:{path} {self.message_in(language)}.{allowed}".strip()

    def _shown(self, language: Language) -> dict[str, object]:
        return {name: self._part(name, value, language) for name, value in self.particulars.items()}

    def _part(self, name: str, value: object, language: Language) -> object:
        """A particular that is a problem itself is a sentence within the sentence."""
        if isinstance(value, Problem):
            return value.text_in(language).removesuffix(".")
        return shown(in_language(self.code, name, value, language))

    def __str__(self) -> str:
        return self.text_in("en")


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
        super().__init__(self.text_in("en"))

    def text_in(self, language: Language) -> str:
        """The sentence for people."""
        sentence, nothing = _NOT_KNOWN[language]
        return sentence.format(wanted=self.wanted, known=", ".join(self.known) or nothing)


class ConditionError(QuestionnaireError):
    """A condition cannot be read; ``column`` (from 1) says where, ``reason`` why."""

    def __init__(self, reason: str, column: int | None = None) -> None:
        self.reason = reason
        self.column = column
        super().__init__(reason if column is None else f"{reason} (column {column})")
