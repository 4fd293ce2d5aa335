"""The YAML files of a definition as their authors write them: structure and source-language text.

Each entry adds its words to a part of :mod:`questionnaires.model` or :mod:`questionnaires.scheme`.
``TEXTS`` names the fields that hold words, in the order a reader meets them.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from questionnaires.model import MAX_PARTS, Column, Fact, Option, Question
from questionnaires.scheme import MAX_GATES, ContradictionRule, Dimension, Gate, Indicator
from questionnaires.values import (
    Effort,
    Frozen,
    Id,
    Language,
    LongText,
    ShortText,
    VersionNumber,
)

AnchorTexts = dict[Literal["0", "1", "2", "3", "4"], ShortText]


class QuestionnaireHead(Frozen):
    """``questionnaire.yaml`` without its facts."""

    TEXTS: ClassVar = ("title", "intro", "method", "caveats")

    id: Id
    version: VersionNumber
    source_language: Language
    title: ShortText
    intro: LongText
    method: LongText
    caveats: LongText
    sections: tuple[Id, ...] = Field(min_length=1, max_length=MAX_PARTS)


class FactEntry(Fact):
    """A fact with its question."""

    TEXTS: ClassVar = ("text", "help")

    text: ShortText
    help: LongText | None = None


class SectionHead(Frozen):
    """``sections/<id>.yaml`` without its questions."""

    TEXTS: ClassVar = ("title", "intro")

    id: Id
    dimension: Id
    title: ShortText
    intro: LongText


class OptionEntry(Option):
    """An option with its label."""

    TEXTS: ClassVar = ("text",)

    text: ShortText


class ColumnEntry(Column):
    """A table column with its heading."""

    TEXTS: ClassVar = ("text",)

    text: ShortText


class QuestionEntry(Question):
    """A question with everything a reader sees of it."""

    TEXTS: ClassVar = ("text", "why", "evidence", "help", "unit_text", "anchors")

    text: ShortText
    why: LongText
    evidence: LongText | None = None
    help: LongText | None = None
    unit_text: ShortText | None = None
    anchors: AnchorTexts | None = None
    options: tuple[OptionEntry, ...] = Field(default=(), max_length=MAX_PARTS)
    columns: tuple[ColumnEntry, ...] = Field(default=(), max_length=MAX_PARTS)


class LevelEntry(Frozen):
    """The name and description of one maturity level."""

    TEXTS: ClassVar = ("name", "description")

    id: Literal["0", "1", "2", "3", "4"]
    name: ShortText
    description: LongText


class GateEntry(Gate):
    """A gate with the sentence that explains it."""

    TEXTS: ClassVar = ("text",)

    text: LongText


class DimensionEntry(Dimension):
    """A dimension with its title and description."""

    TEXTS: ClassVar = ("title", "description")

    title: ShortText
    description: LongText
    gates: tuple[GateEntry, ...] = Field(default=(), max_length=MAX_GATES)


class ContradictionEntry(ContradictionRule):
    """A contradiction rule with what it suggests and what to ask."""

    TEXTS: ClassVar = ("suggests", "ask")

    suggests: LongText
    ask: LongText


class IndicatorEntry(Indicator):
    """An indicator with its name, its formula in words and its unit as shown."""

    TEXTS: ClassVar = ("name", "formula_text", "unit_text")

    name: ShortText
    formula_text: LongText
    unit_text: ShortText


class AdviceStepEntry(Frozen):
    """What to do, why it helps, and the effort."""

    TEXTS: ClassVar = ("text", "why")

    text: LongText
    why: LongText
    effort: Effort


class AdviceEntry(Frozen):
    """The advice of one question: to score 2 and to 3 (an advanced question only to 3)."""

    TEXTS: ClassVar = ()

    to_2: AdviceStepEntry | None = None
    to_3: AdviceStepEntry | None = None
    source: ShortText


def texts_of(entry: Any) -> dict[str, Any]:
    """The words of an entry, nested; a part that has only a ``text`` is that text."""
    found: dict[str, Any] = {name: value for name in entry.TEXTS if (value := getattr(entry, name))}
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if isinstance(value, tuple) and value and hasattr(value[0], "TEXTS"):
            parts = {getattr(part, "id", str(at)): texts_of(part) for at, part in enumerate(value)}
            found[name] = {key: part["text"] if [*part] == ["text"] else part for key, part in parts.items()}
        elif hasattr(value, "TEXTS"):
            found[name] = texts_of(value)
    return found


def structure_of(entry: Any) -> dict[str, Any]:
    """The fields of an entry without its words, ready for its structural model."""
    return {
        name: _without_words(getattr(entry, name))
        for name in type(entry).model_fields
        if name not in entry.TEXTS
    }


def _without_words(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_without_words(part) for part in value)
    return structure_of(value) if hasattr(value, "TEXTS") else value
