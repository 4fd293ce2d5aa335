"""One question with its answer as a template shows it: everything looked up and worked out beforehand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.answers import Answer
from assessment.values import MAX_ROWS
from questionnaires.model import Question
from webapp.forms.answers import typed_of
from webapp.forms.problems import FormProblem
from webapp.forms.sheets import AskedQuestion, Head
from webapp.forms.texts import showable
from webapp.forms.typed import NEW_EVIDENCE, Typed, TypedEvidence, TypedRow

EMPTY_ROWS = 2
"""How many rows an empty table shows; one that is not empty has one more than is filled in."""

MAX_EVIDENCE_SHOWN = 50

_NATIVE_DATE = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """A line of the error summary: the input it leads to, what is wrong with it, and the question."""

    html_id: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell of a table."""

    head: Head
    name: str
    html_id: str
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a table. ``is_filled``: whether there is something to remove."""

    at: int
    title: str
    remove: str
    is_filled: bool
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """One line of evidence. ``errors``: by ``title``, ``kind`` and ``date``."""

    at: int
    title: str
    remove: str
    name: str
    html_id: str
    is_new: bool
    is_incomplete: bool
    is_native_date: bool
    typed: TypedEvidence
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as it is shown.

    ``chosen``: what is ticked, statuses too; ``value``: the text of an input. ``figure``: what a table
    gives, in words; then nothing is typed. ``described_by``: the ids of what explains the inputs.
    ``errors``: by part of the question (empty: the value); ``links``: the same for the error summary.
    """

    asked: AskedQuestion
    version: int
    chosen: frozenset[str]
    value: str
    reason: str
    comment: str
    shows_estimate: bool
    is_estimate: bool
    rows: tuple[ShownRow, ...]
    evidence: tuple[ShownEvidence, ...]
    is_said: bool
    has_beside: bool
    figure: str
    described_by: str
    errors: Mapping[str, str]
    links: tuple[ErrorLink, ...]

    @property
    def error(self) -> str:
        """What is wrong with the value; empty when nothing is."""
        return self.errors.get("", "")

    @property
    def is_native_date(self) -> bool:
        """Whether a browser's date input can show the value."""
        return _is_native_date(self.value)

    @property
    def is_beside_open(self) -> bool:
        """Whether something is wrong with the comment or the evidence."""
        return any(part.startswith(("comment", "evidence")) for part in self.errors)


def question_view(
    asked: AskedQuestion,
    question: Question,
    answer: Answer | None,
    *,
    version: int = 0,
    typed: Typed | None = None,
    problems: Sequence[FormProblem] = (),
    figure: str = "",
) -> QuestionView:
    """A question with its answer, or with what was ``typed`` where that could not be saved.

    ``version``: of the answer, 0 when there is none. ``figure``: what a computed question shows, or what
    a table gives in place of a typed number.
    """
    language = asked.words.language
    shown = typed if typed is not None else typed_of(question, answer, language)
    errors = _errors(asked, shown, problems)
    rows = _rows(asked, shown.rows, errors) if asked.heads else ()
    has_beside = bool(shown.comment or any(not line.is_blank for line in shown.evidence))
    return QuestionView(
        asked=asked,
        version=version,
        chosen=frozenset((*shown.values, *shown.statuses)),
        value=showable(shown.value),
        reason=showable(shown.reason),
        comment=showable(shown.comment),
        shows_estimate=asked.has_estimate or shown.is_estimate,
        is_estimate=shown.is_estimate,
        rows=rows,
        evidence=_evidence(asked, shown.evidence, errors),
        is_said=bool(shown.values or shown.statuses or shown.rows),
        has_beside=has_beside,
        figure=figure,
        described_by=_described_by(asked, errors),
        errors=errors,
        links=_links(asked, rows, errors),
    )


def _links(
    asked: AskedQuestion, rows: tuple[ShownRow, ...], errors: Mapping[str, str]
) -> tuple[ErrorLink, ...]:
    """The same mistakes for the error summary."""
    return tuple(
        ErrorLink(_html_id(asked, rows, part), text, _about(asked, rows, part))
        for part, text in errors.items()
    )


def _is_native_date(text: str) -> bool:
    return not text or _NATIVE_DATE.fullmatch(text) is not None


def _errors(asked: AskedQuestion, shown: Typed, problems: Sequence[FormProblem]) -> dict[str, str]:
    """The first mistake of each input; one without an input of its own is told at the value."""
    found: dict[str, str] = {}
    parts = _parts(asked, shown) if problems else ()
    for problem in problems:
        part = problem.part if problem.part in parts else ""
        if part not in found:
            found[part] = problem.text(asked.words, asked.texts)
    return found


def _parts(asked: AskedQuestion, shown: Typed) -> frozenset[str]:
    """The parts of a question that have an input and a place for a message."""
    rows = (f"row-{row.at}.{head.id}" for row in shown.rows if not row.is_blank for head in asked.heads)
    lines = (f"evidence-{line.at}-" for line in shown.evidence if not line.is_blank)
    evidence = (f"{line}{name}" for line in lines for name in ("title", "kind", "date"))
    status = () if asked.control == "radios" else ("status",)
    reason = ("reason",) if asked.allows_not_applicable else ()
    return frozenset(("comment", *status, *reason, *rows, *evidence))


def _html_id(asked: AskedQuestion, rows: Sequence[ShownRow], part: str) -> str:
    """The input that a line of the error summary leads to."""
    if part == "status":
        return asked.statuses[0].html_id
    if part:
        return f"{asked.html_id}-{part.replace('.', '-')}"
    if rows:
        return rows[0].cells[0].html_id
    return asked.choices[0].html_id if asked.choices else f"{asked.html_id}-value"


def _about(asked: AskedQuestion, rows: Sequence[ShownRow], part: str) -> str:
    """What a line of the error summary is about: the question, and the cell where there are many."""
    id_ = _html_id(asked, rows, part)
    cells = ((row.title, cell) for row in rows for cell in row.cells if part)
    places = [f"{title}, {cell.head.text}" for title, cell in cells if cell.html_id == id_]
    return " – ".join((*places, asked.text))


def _described_by(asked: AskedQuestion, errors: Mapping[str, str]) -> str:
    parts = (("error", "" in errors), ("help", asked.help), ("limits", asked.limits), ("unit", asked.unit))
    return " ".join(f"{asked.html_id}-{name}" for name, is_there in parts if is_there)


def _rows(
    asked: AskedQuestion, typed: tuple[TypedRow, ...], errors: Mapping[str, str]
) -> tuple[ShownRow, ...]:
    """What is filled in, and room for more."""
    filled = tuple(row for row in typed if not row.is_blank)
    last = max((row.at for row in typed), default=-1)
    count = min(1 if filled else EMPTY_ROWS, MAX_ROWS - len(filled))
    empty = tuple(TypedRow(last + 1 + at, {}) for at in range(count))
    return tuple(_row(asked, at, row, errors) for at, row in enumerate((*filled, *empty), 1))


def _row(asked: AskedQuestion, number: int, row: TypedRow, errors: Mapping[str, str]) -> ShownRow:
    return ShownRow(
        at=row.at,
        title=asked.labels["row"].format(number=number),
        remove=asked.labels["remove_row"].format(number=number),
        is_filled=bool(row.cells),
        cells=tuple(
            ShownCell(
                head,
                f"{asked.name}.row-{row.at}.{head.id}",
                f"{asked.html_id}-row-{row.at}-{head.id}",
                showable(row.cells.get(head.id, "")),
                errors.get(f"row-{row.at}.{head.id}", ""),
            )
            for head in asked.heads
        ),
    )


def _evidence(
    asked: AskedQuestion, typed: tuple[TypedEvidence, ...], errors: Mapping[str, str]
) -> tuple[ShownEvidence, ...]:
    """What is filled in, and one empty line."""
    filled = tuple(line for line in typed if not line.is_blank)
    last = max((line.at for line in typed), default=-1)
    room = (TypedEvidence(last + 1, kind=NEW_EVIDENCE),) if len(filled) < MAX_EVIDENCE_SHOWN else ()
    lines = enumerate((*filled, *room), 1)
    return tuple(_line(asked, number, line, errors, number > len(filled)) for number, line in lines)


def _line(
    asked: AskedQuestion, number: int, line: TypedEvidence, errors: Mapping[str, str], is_new: bool
) -> ShownEvidence:
    part = f"evidence-{line.at}"
    return ShownEvidence(
        at=line.at,
        title=asked.labels["evidence_line"].format(number=number),
        remove=asked.labels["remove_evidence"].format(number=number),
        name=f"{asked.name}.{part}",
        html_id=f"{asked.html_id}-{part}",
        is_new=is_new,
        is_incomplete=not is_new and not (line.title.strip() and line.kind),
        is_native_date=_is_native_date(line.date),
        typed=TypedEvidence(line.at, showable(line.title), line.kind, showable(line.date)),
        errors={
            name: errors[f"{part}-{name}"] for name in ("title", "kind", "date") if f"{part}-{name}" in errors
        }
        if errors
        else {},
    )
