"""A questionnaire version as frozen values: what is asked, of whom, and in which words.

Texts are kept apart from structure: ``Questionnaire.texts[language][key]``, where a key is a
path such as ``questions/strategy.ambition/anchors/3``. Conditions are stored as text and read
by :mod:`questionnaires.conditions`. How answers are scored is :mod:`questionnaires.scheme`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from questionnaires.scheme import ScoringScheme
from questionnaires.values import (
    ConditionText,
    Depth,
    Direction,
    FactKind,
    Frozen,
    Id,
    IndicatorId,
    Language,
    OptionId,
    OptionPattern,
    Quantity,
    QuestionId,
    QuestionKind,
    Score,
    ShortText,
    VersionNumber,
    Weight,
)

MAX_PARTS = 60
"""How many options, columns, references and so on one question has at most."""


class Reference(Frozen):
    """A place in a standard a question maps to, always with the edition where there are several.

    ``inspired``: true where the standard was read second-hand, so we never say "according to".
    """

    standard: ShortText
    edition: ShortText | None = None
    item: ShortText | None = None
    inspired: bool = False


class Fact(Frozen):
    """One line of the company's profile; routes questions, never scored.

    ``asked_if``: condition; a boolean fact that is not asked is false, others are absent.
    ``derived``: expression the value follows from; such a fact is never asked.
    ``prefill``: expression the wizard proposes; ``register_field``: its name in the business register.
    """

    id: Id
    kind: FactKind
    required: bool = False
    asked_if: ConditionText | None = None
    derived: ConditionText | None = None
    prefill: ConditionText | None = None
    register_field: Literal["nace", "employees", "municipality", "legal_form"] | None = None
    source: ShortText


class Option(Frozen):
    """One choice. ``score``: only where it is not the anchor of the same name. ``exclusive``: alone."""

    id: OptionId
    score: Score | None = None
    exclusive: bool = False
    not_with: tuple[OptionId, ...] = Field(default=(), max_length=MAX_PARTS)
    requires_any: tuple[OptionPattern, ...] = Field(default=(), max_length=MAX_PARTS)


class Bundle(Frozen):
    """A multiple choice scores ``score`` when at least ``at_least`` options matching ``of`` are chosen."""

    score: Score
    at_least: Annotated[int, Field(ge=1, le=50)]
    of: tuple[OptionPattern, ...] = Field(min_length=1, max_length=MAX_PARTS)


class Column(Frozen):
    """One column of a table; ``above`` is an exclusive lower limit."""

    id: Id
    kind: Literal["text", "number"]
    unit: ShortText | None = None
    minimum: Quantity | None = None
    maximum: Quantity | None = None
    above: Quantity | None = None


class RowLimit(Frozen):
    """In every row these columns sum to at most ``at_most``."""

    columns: tuple[Id, ...] = Field(min_length=2, max_length=MAX_PARTS)
    at_most: Quantity


class Question(Frozen):
    """One thing asked, without its words.

    ``weight`` 0..3 (0: no effect on any score). ``breakpoints``: four numbers, ascending, or
    descending when lower is better. ``indicator``: the figure a computed question shows, or one
    that replaces a typed number when its table is filled. ``scores``: of a yes and of a no.
    """

    id: QuestionId
    depth: Depth
    kind: QuestionKind
    weight: Weight
    shown_if: ConditionText | None = None
    options: tuple[Option, ...] = Field(default=(), max_length=MAX_PARTS)
    bundles: tuple[Bundle, ...] = Field(default=(), max_length=MAX_PARTS)
    yes_score: Score | None = None
    no_score: Score | None = None
    breakpoints: tuple[Quantity, ...] = Field(default=(), max_length=MAX_PARTS)
    direction: Direction | None = None
    unit: ShortText | None = None
    minimum: Quantity | None = None
    maximum: Quantity | None = None
    columns: tuple[Column, ...] = Field(default=(), max_length=MAX_PARTS)
    row_limits: tuple[RowLimit, ...] = Field(default=(), max_length=MAX_PARTS)
    indicator: IndicatorId | None = None
    allows_not_applicable: bool
    maps_to: tuple[Reference, ...] = Field(default=(), max_length=MAX_PARTS)
    source: ShortText


class Section(Frozen):
    """One page of the wizard; its questions all count towards one dimension."""

    id: Id
    dimension: Id
    questions: tuple[Question, ...]


class Questionnaire(Frozen):
    """One version of a questionnaire, checked and complete."""

    id: Id
    version: VersionNumber
    source_language: Language
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    scheme: ScoringScheme
    texts: dict[str, dict[str, str]]

    def words(self, language: str) -> dict[str, str]:
        """Every text by key, in the source language where this version was never in the one asked for."""
        return self.texts.get(language, self.texts[self.source_language])

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Every question with its section, in definition order."""
        for section in self.sections:
            for question in section.questions:
                yield section, question


def asked_at(question: Question, depth: Depth) -> bool:
    """Whether an assessment of this depth holds the question (routing comes on top)."""
    return depth == "advanced" or question.depth == "basic"


def option_ids(question: Question) -> tuple[str, ...]:
    """The option ids an answer may name; a single choice without its own options has "0" to "4"."""
    if question.kind == "single_choice" and not question.options:
        return ("0", "1", "2", "3", "4")
    return tuple(option.id for option in question.options)


def canonical_json(questionnaire: Questionnaire) -> str:
    """The content as one unambiguous text: sorted keys, no spaces, decimals as strings.

    What has its default is left out, so that a field the models gain later changes no checksum of
    what was published before it. A default itself must therefore never change.
    """
    content = questionnaire.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum(questionnaire: Questionnaire) -> str:
    """SHA-256 (hex) of the canonical content: comments, spacing and key order do not matter."""
    return hashlib.sha256(canonical_json(questionnaire).encode()).hexdigest()
