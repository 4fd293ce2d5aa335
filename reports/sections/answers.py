"""One answer as the reader sees it: what was asked, what was said, what it is worth, what would be next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessment.answers import Answer, Evidence
from assessment.routing import Outcome
from assessment.scoring.levels import TOP_LEVEL
from reports.formatting import clean, paragraphs
from reports.sections.desk import Desk
from reports.sections.remarks import NO_REMARKS, Remarks, remarks, shown_rating
from reports.spoken import VALUES, spoken

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
    ``next_anchor``: the score above. ``comment``: the company's own words by paragraph; ``remarks``: the
    advisors'.
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
    remarks: Remarks = NO_REMARKS


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
        rated=shown_rating(desk, outcome),
        weight=words["weightless"] if weight == 0 else desk.voice.say("weight_of", weight=weight),
        remarks=remarks(desk, outcome),
    )


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
    question = outcome.planned.question
    assert outcome.state != "not_asked", "only asked questions are shown"
    if outcome.state != "answered":
        return spoken(desk.voice, question, Answer(outcome.state, reason=answer.reason)), ""
    said = VALUES[question.kind](desk.voice, question, outcome.value)
    if answer.estimate:
        said = f"{said} ({words['estimate']})"
    if outcome.derived:
        said = f"{said} ({words['derived']})"
    if question.kind == "single_choice" or outcome.score is None:
        return said, ""
    return said, desk.voice.texts.get(f"questions/{question.id}/anchors/{outcome.score}", "")


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
