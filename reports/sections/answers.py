"""One answer as the reader sees it: what was asked, what was said, what it is worth, what would be next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from assessment.answers import Answer, Evidence
from assessment.routing import Outcome
from assessment.scoring.levels import TOP_LEVEL
from questionnaires.model import Question
from questionnaires.values import QuestionKind
from reports.formatting import NO_BREAK, clean, paragraphs
from reports.sections.desk import Desk

_NOTHING = Answer("missing")


@dataclass(frozen=True, slots=True)
class TableView:
    """A table somebody filled in. ``numeric``: by column, whether it holds numbers."""

    headers: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One question with its answer. ``said``: the answer in words; ``mark``: what it scores, in short.

    ``anchor``: what the score stands for where the answer does not say so itself. ``next_mark`` and
    ``next_anchor``: the score above. ``comment``: the company's own words by paragraph.
    """

    id: str
    question: str
    mark: str
    said: str
    anchor: str
    next_mark: str
    next_anchor: str
    comment: tuple[str, ...]
    evidence: tuple[str, ...]
    table: TableView | None
    rated: str
    weight: str


def answer_view(desk: Desk, outcome: Outcome) -> AnswerView:
    """What the reader sees of one asked question."""
    words = desk.voice.words
    answer = desk.result.answers.answers.get(outcome.id, _NOTHING)
    said, anchor = _said(desk, outcome, answer)
    next_mark, next_anchor = _next(desk, outcome)
    is_table = outcome.planned.question.kind == "table" and outcome.state == "answered"
    weight = outcome.weight
    return AnswerView(
        id=outcome.id,
        question=desk.voice.question(outcome.id),
        mark=_mark(desk, outcome),
        said=said,
        anchor=anchor,
        next_mark=next_mark,
        next_anchor=next_anchor,
        comment=paragraphs(answer.comment),
        evidence=tuple(evidence_line(desk, item) for item in answer.evidence if has_words(item)),
        table=_table(desk, outcome) if is_table else None,
        rated=rating(desk, outcome.id),
        weight=words["weightless"] if weight == 0 else desk.voice.say("weight_of", weight=weight),
    )


def rating(desk: Desk, question: str) -> str:
    """The advisor's own rating; empty where there is none, and outside the advisor's edition."""
    option = desk.result.review.ratings.get(question)
    if option is None or not desk.is_advisor:
        return ""
    anchor = desk.voice.texts.get(f"questions/{question}/anchors/{option}")
    return f"{option} – {anchor}" if anchor else _option(desk, question, option)


def has_words(item: Evidence) -> bool:
    """Whether there is anything to print of a piece of evidence."""
    return bool(clean(item.title)) or item.kind is not None or item.date is not None


def evidence_line(desk: Desk, item: Evidence) -> str:
    """A piece of evidence: title, kind and date; says so when it is too incomplete to count."""
    words = desk.voice.words
    facts = [words[f"evidence_{item.kind}"]] if item.kind else []
    facts += [desk.voice.date(item.date)] if item.date else []
    line = clean(item.title) or words["evidence_untitled"]
    if facts:
        line = f"{line} ({', '.join(facts)})"
    return line if item.is_complete else f"{line} – {words['evidence_incomplete']}"


def _mark(desk: Desk, outcome: Outcome) -> str:
    words = desk.voice.words
    if outcome.state == "answered":
        return words["mark_answer"] if outcome.score is None else desk.voice.say("mark", score=outcome.score)
    return words["mark_answer"] if outcome.score is None else desk.voice.say("mark", score=0)


def _said(desk: Desk, outcome: Outcome, answer: Answer) -> tuple[str, str]:
    """The answer in words, and the anchor of its score where that says something more."""
    words = desk.voice.words
    if outcome.state == "missing":
        return words["missing"], ""
    if outcome.state == "unknown":
        return words["unknown"], ""
    if outcome.state == "not_applicable":
        reason = " ".join(paragraphs(answer.reason))
        return f"{words['not_applicable']}: {reason}" if reason else words["not_applicable"], ""
    question = outcome.planned.question
    said = VALUES[question.kind](desk, question, outcome.value)
    if answer.estimate:
        said = f"{said} ({words['estimate']})"
    if outcome.derived:
        said = f"{said} ({words['derived']})"
    if question.kind == "single_choice" or outcome.score is None:
        return said, ""
    return said, desk.voice.texts.get(f"questions/{question.id}/anchors/{outcome.score}", "")


def _number(desk: Desk, question: Question, value: Any) -> str:
    voice = desk.voice
    shown = voice.number(value, 1) if isinstance(value, Fraction) else voice.quantity(value)
    return _with_unit(desk, question, shown)


def _choices(desk: Desk, question: Question, value: Any) -> str:
    return "; ".join(_option(desk, question.id, option) for option in value)


VALUES: Mapping[QuestionKind, Callable[[Desk, Question, Any], str]] = {
    "single_choice": lambda desk, question, value: _option(desk, question.id, value),
    "multiple_choice": _choices,
    "yes_no": lambda desk, _, value: desk.voice.words["yes" if value else "no"],
    "number": _number,
    "computed": _number,
    "text": lambda _desk, _question, value: " ".join(paragraphs(value)),
    "date": lambda desk, _, value: desk.voice.date(value),
    "table": lambda desk, _, value: desk.voice.say("rows", count=len(value)),
}
"""How an answer of each kind is said."""


def _with_unit(desk: Desk, question: Question, figure: str) -> str:
    unit = desk.voice.texts.get(f"questions/{question.id}/unit_text", question.unit or "")
    return f"{figure}{NO_BREAK}{unit}" if unit else figure


def _option(desk: Desk, question: str, option: str) -> str:
    texts = desk.voice.texts
    own = texts.get(f"questions/{question}/options/{option}")
    return own or texts.get(f"questions/{question}/anchors/{option}") or option


def _next(desk: Desk, outcome: Outcome) -> tuple[str, str]:
    """The score above and what it takes; empty at the top, without a scale, or where it does not apply."""
    if outcome.planned.score is None or outcome.state == "not_applicable":
        return "", ""
    wanted = 1 if outcome.state == "missing" else (outcome.score or 0) + 1
    anchor = desk.voice.texts.get(f"questions/{outcome.id}/anchors/{wanted}")
    if wanted > TOP_LEVEL or not anchor:
        return "", ""
    return desk.voice.say("mark", score=wanted), anchor


def _table(desk: Desk, outcome: Outcome) -> TableView:
    columns = outcome.planned.question.columns
    rows: tuple[Mapping[str, str | Decimal], ...] = outcome.value  # type: ignore[assignment]  # a table's value
    key = f"questions/{outcome.id}/columns/"
    return TableView(
        headers=tuple(desk.voice.texts[f"{key}{column.id}"] for column in columns),
        numeric=tuple(column.kind == "number" for column in columns),
        rows=tuple(tuple(_cell(desk, row.get(column.id)) for column in columns) for row in rows),
    )


def _cell(desk: Desk, value: str | Decimal | None) -> str:
    if value is None:
        return desk.voice.words["none"]
    return desk.voice.quantity(value) if isinstance(value, Decimal) else clean(value)
