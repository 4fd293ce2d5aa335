"""How to read the report: what is counted, what is hidden and why, and what the five levels mean."""

from __future__ import annotations

from dataclasses import dataclass

from reports.cohort.desk import CohortDesk
from reports.sections.desk import Section
from reports.sections.reading import LevelLine, Term, level_lines

_TERMS = ("six", "owner", "together", "empty", "fives", "mean", "gap", "frozen")


@dataclass(frozen=True, slots=True)
class CohortReading:
    """The values of the part."""

    intro: str
    terms: tuple[Term, ...]
    levels: tuple[LevelLine, ...]


def reading(desk: CohortDesk) -> Section:
    """The key to the report."""
    words = desk.voice.words
    body = CohortReading(
        intro=words["reading_intro"],
        terms=tuple(Term(words[f"term_{id_}"], words[f"term_{id_}_text"]) for id_ in _TERMS),
        levels=level_lines(desk.voice),
    )
    return Section("reading", words["reading_title"], body)
