"""One part for each dimension: its score and level, what the next level takes, and every answer."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.routing import Outcome
from questionnaires.scheme import Dimension
from reports.charts import STRIP, Chart, draw
from reports.sections.answers import AnswerView, answer_view
from reports.sections.desk import Desk, Entry, Section
from reports.sections.nextstep import Way, way
from reports.sections.profile import plot


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the bar, by name: the bar's data table."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class DimensionView:
    """One dimension. ``notes``: what a reader must know about the score; ``way``: to the next level."""

    target: str
    title: str
    description: str
    level: str
    chart: Chart
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]
    way: Way | None
    way_none: str
    answers: tuple[AnswerView, ...]
    answers_none: str


@dataclass(frozen=True, slots=True)
class Dimensions:
    """All dimensions in definition order."""

    dimensions: tuple[DimensionView, ...]


def dimensions(desk: Desk) -> Section:
    """The parts by dimension."""
    views = tuple(_view(desk, dimension) for dimension in desk.dimensions)
    entries = tuple(Entry(view.title, view.target) for view in views)
    return Section("dimensions", desk.voice.words["dimensions_title"], Dimensions(views), entries)


def _view(desk: Desk, dimension: Dimension) -> DimensionView:
    voice, words = desk.voice, desk.voice.words
    title = voice.dimension(dimension.id)
    score = desk.score(dimension.id)
    asked = desk.asked(dimension.id)
    bar = draw(
        f"bar-{dimension.id}",
        voice.say("bar_title", dimension=title),
        words["bar_about"],
        [plot(desk, dimension)],
        STRIP,
    )
    step = desk.material.steps.get(dimension.id)
    return DimensionView(
        target=f"dimension-{dimension.id}",
        title=title,
        description=voice.texts[f"dimensions/{dimension.id}/description"],
        level=desk.level_name(score.level, score.status),
        chart=bar,
        figures=tuple(_figures(desk, dimension)),
        notes=tuple(_notes(desk, dimension, asked)),
        way=way(desk, step),
        way_none="" if step else _no_way(desk, dimension),
        answers=tuple(answer_view(desk, outcome) for outcome in asked),
        answers_none=words["answers_none"],
    )


def _figures(desk: Desk, dimension: Dimension) -> list[Figure]:
    voice, words = desk.voice, desk.voice.words
    score = desk.score(dimension.id)
    none = words["none"]
    weight = voice.say("weight_core" if dimension.core else "weight_plain", weight=dimension.weight)
    return [
        Figure(words["level"], none if score.level is None else str(score.level)),
        Figure(words["score"], none if score.score is None else voice.score(score.score)),
        Figure(words["possible"], desk.range(score.low, score.high)),
        Figure(words["index"], none if score.score is None else voice.index(score.score)),
        Figure(words["answered"], none if score.coverage is None else voice.percent(score.coverage)),
        Figure(words["weight"], weight),
    ]


def _notes(desk: Desk, dimension: Dimension, asked: list[Outcome]) -> list[str]:
    voice, words = desk.voice, desk.voice.words
    score = desk.score(dimension.id)
    notes = []
    if score.status == "not_applicable":
        exempt = any(outcome.state == "not_applicable" and outcome.weight for outcome in asked)
        return [words["dimension_exempt" if exempt else "dimension_not_applicable"]]
    if score.status == "withheld":
        notes.append(voice.say("dimension_withheld", answered=voice.percent(score.coverage)))
    if score.status == "provisional":
        notes.append(voice.say("dimension_provisional", answered=voice.percent(score.coverage)))
    notes += _gates(desk, dimension)
    notes += [s for cap, s in zip(score.caps, desk.caps(score.caps), strict=True) if cap.rule != "gate"]
    if score.flags:
        notes.append(voice.say("dimension_na_review", share=voice.percent(score.na_share)))
    return notes


def _gates(desk: Desk, dimension: Dimension) -> list[str]:
    """What the definition says about each gate that holds the level down."""
    score = desk.score(dimension.id)
    listed = {(cap.max_level, cap.because) for cap in score.caps if cap.rule == "gate"}
    planned = next(p for p in desk.result.plan.dimensions if p.dimension.id == dimension.id)
    names = desk.result.routed.names
    return [
        desk.voice.texts[f"dimensions/{dimension.id}/gates/{at}"]
        for at, gate in enumerate(planned.gates)
        if gate.fires(names) is True and (gate.max_level, gate.because(names)) in listed
    ]


def _no_way(desk: Desk, dimension: Dimension) -> str:
    score = desk.score(dimension.id)
    if score.status == "not_applicable":
        return ""
    return desk.voice.words["dimension_top" if score.level == 4 else "dimension_no_way"]
