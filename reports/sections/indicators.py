"""What was measured: each figure with its unit and formula, apart from the maturity score."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.scoring.indicators import IndicatorValue
from reports.formatting import NO_BREAK, Voice
from reports.sections.desk import Desk, Section


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator. ``figure``: with unit, or why there is none."""

    id: str
    name: str
    figure: str
    formula: str
    source: str
    missing: str


@dataclass(frozen=True, slots=True)
class Indicators:
    """The values of the part."""

    intro: str
    lines: tuple[IndicatorLine, ...]


def indicators(desk: Desk) -> Section | None:
    """The indicators; None where the definition has none, or a basic assessment has no figure."""
    found = desk.result.routed.indicators
    if not found or (desk.result.answers.depth == "basic" and all(f.value is None for f in found)):
        return None
    words = desk.voice.words
    sources = {indicator.id: indicator.source for indicator in desk.questionnaire.scheme.indicators}
    lines = tuple(_line(desk, figure, sources[figure.id]) for figure in found)
    return Section("indicators", words["indicators_title"], Indicators(words["indicators_intro"], lines))


def named_missing(voice: Voice, missing: tuple[str, ...]) -> list[str]:
    """What a figure lacks, in words: each question once, with the columns of a table that have holes."""
    columns: dict[str, list[str]] = {}
    for part in missing:
        question, _, cell = part.partition("[")
        found = columns.setdefault(question, [])
        if cell:
            found.append(voice.texts[f"questions/{question}/columns/{cell.partition('.')[2]}"])
    return [
        " – ".join([voice.question(id_), *([", ".join(dict.fromkeys(found))] if found else [])])
        for id_, found in columns.items()
    ]


def _line(desk: Desk, figure: IndicatorValue, source: str) -> IndicatorLine:
    voice, words = desk.voice, desk.voice.words
    key = f"indicators/{figure.id}"
    missing = named_missing(voice, figure.missing)
    shown = words["indicator_none"]
    if figure.value is not None:
        shown = f"{voice.number(figure.value, 1)}{NO_BREAK}{voice.texts[f'{key}/unit_text']}"
    return IndicatorLine(
        id=figure.id,
        name=voice.texts[f"{key}/name"],
        figure=shown,
        formula=voice.texts[f"{key}/formula_text"],
        source=source,
        missing=voice.say("indicator_missing", questions=voice.listed(missing)) if missing else "",
    )
