"""An answer with all that belongs to it, in words: what was said, a table's rows, comment, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from assessment.answers import Answer, Evidence, Row
from questionnaires.model import Question
from reports.formatting import Voice, clean
from reports.spoken import spoken
from webapp.forms.sheets import AskedQuestion

SHORT = 240
"""How many signs of a long text are seen at once."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer in words. ``rows``: of a table, one line each."""

    text: str
    rows: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """As much as is seen at once."""
        return self.text if len(self.text) <= SHORT else f"{self.text[:SHORT].rstrip()} …"

    @property
    def is_long(self) -> bool:
        """Whether there is more to read."""
        return len(self.text) > SHORT or bool(self.rows)


@dataclass(frozen=True, slots=True)
class Side:
    """One of several answers to the same question, as it is held against the others.

    ``rows``: those that are not in every one of them. ``comment``, ``evidence``: None where all agree,
    and empty where only the others have some.
    """

    text: Told
    rows: tuple[str, ...]
    comment: Told | None
    evidence: Told | None


def told(voice: Voice, asked: AskedQuestion, question: Question, answer: Answer) -> Told:
    """An answer in words."""
    rows = answer.value if asked.kind == "table" and answer.value else ()
    lines = (_row(voice, asked, row) for row in cast("Sequence[Row]", rows))
    return Told(spoken(voice, question, answer), tuple(lines))


def titles(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """What evidence is called."""
    return tuple(title for item in evidence if (title := clean(item.title)))


def listed(answer: Answer) -> str:
    """What the evidence of an answer is called, on one line."""
    return "; ".join(titles(answer.evidence))


def sides(
    voice: Voice, asked: AskedQuestion, question: Question, answers: Sequence[Answer]
) -> tuple[Side, ...]:
    """Answers to one question beside each other: what each says, and beyond that only what differs."""
    all_told = [told(voice, asked, question, answer) for answer in answers]
    in_all = set(all_told[0].rows).intersection(*(one.rows for one in all_told))
    comments = _where_they_differ([clean(answer.comment or "") for answer in answers])
    evidence = _where_they_differ([listed(answer) for answer in answers])
    return tuple(
        Side(Told(one.text), _rows(one, all_told, in_all), comment, titles_)
        for one, comment, titles_ in zip(all_told, comments, evidence, strict=True)
    )


def _where_they_differ(texts: Sequence[str]) -> list[Told | None]:
    is_same = len(set(texts)) == 1
    return [None if is_same else Told(text) for text in texts]


def _rows(one: Told, all_told: Sequence[Told], in_all: set[str]) -> tuple[str, ...]:
    """The rows that are not everywhere; all of them where only their order or number differs."""
    if len({other.rows for other in all_told}) == 1:
        return ()
    if all(set(other.rows) == in_all for other in all_told):
        return one.rows
    return tuple(row for row in one.rows if row not in in_all)


def _row(voice: Voice, asked: AskedQuestion, row: Row) -> str:
    cells = ((head.text, row[head.id]) for head in asked.heads if head.id in row)
    return "; ".join(f"{name}: {_cell(voice, value)}" for name, value in cells)


def _cell(voice: Voice, value: str | Decimal) -> str:
    return clean(value) if isinstance(value, str) else voice.quantity(value)
