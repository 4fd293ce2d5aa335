"""How to read the report: the five levels, the marks of the charts, and what the figures stand for."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.scoring.levels import rounded
from reports.charts import LEVELS, THRESHOLDS
from reports.formatting import Voice
from reports.sections.desk import Desk, Section

_TERMS = ("score", "range", "coverage", "provisional", "cap", "unknown", "not_applicable", "documented")


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level: its number, name, where it begins on the scale, and what it means."""

    level: str
    name: str
    begins: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the report and what is meant by it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of the part."""

    intro: str
    levels: tuple[LevelLine, ...]
    terms: tuple[Term, ...]


def reading(desk: Desk) -> Section:
    """The key to the report."""
    words = desk.voice.words
    terms = tuple(Term(words[f"term_{name}"], words[f"term_{name}_text"]) for name in _TERMS)
    body = Reading(words["reading_intro"], level_lines(desk.voice), terms)
    return Section("reading", words["reading_title"], body)


def level_lines(voice: Voice) -> tuple[LevelLine, ...]:
    """The five levels in the questionnaire's words."""
    return tuple(
        LevelLine(
            level=str(level),
            name=voice.level(level),
            begins=voice.decimal(rounded(THRESHOLDS[level - 1], 2))
            if level
            else voice.number(0 * THRESHOLDS[0]),
            text=voice.texts[f"levels/{level}/description"],
        )
        for level in LEVELS
    )
