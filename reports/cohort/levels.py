"""Where the companies stand: counts by level, overall and in each dimension, with means and boxes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assessment.cohort.told import ToldTable
from reports.charts import LEVELS
from reports.cohort import bars, ranges
from reports.cohort.desk import CohortDesk
from reports.cohort.grid import Grid, bar, columns, line, whole_rows
from reports.sections.desk import Section


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """Mean and middle half of one dimension; a dash where it is not told."""

    name: str
    mean: str
    half: str
    median: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Levels:
    """The values of the part. ``grid``, ``chart``: None where nothing is told.

    ``left_out``: about dimensions that are not told, empty where all are.
    """

    intro: str
    grid: Grid | None
    left_out: str
    chart: ranges.Ranges | None
    spread: tuple[SpreadLine, ...]


def levels(desk: CohortDesk) -> Section:
    """The part; with one calm sentence where nothing is told."""
    words = desk.voice.words
    rows = whole_rows(desk, _named(desk))
    lines = tuple(line(desk, name, table, row, is_whole=table.id == "level") for name, table, row in rows)
    first, caption = words["column_dimension"], words["levels_caption"]
    body = Levels(
        intro=words["levels_intro"] if rows else words["not_told"],
        grid=Grid(caption, first, columns(desk, "level"), lines) if lines else None,
        left_out=_left_out(desk) if rows else "",
        chart=_spread_chart(desk),
        spread=tuple(_spread_line(desk, name, table) for name, table in _with_spread(desk)),
    )
    return Section("levels", words["levels_title"], body)


def level_chart(desk: CohortDesk) -> bars.Bars | None:
    """How the companies are spread over the levels, overall and in each dimension; None without a table."""
    rows = whole_rows(desk, _named(desk))
    words = desk.voice.words
    plotted = [bar(desk, name, table, row, is_strong=table.id == "level") for name, table, row in rows]
    title = words["level_chart_title"]
    return bars.draw("level-chart", title, words["level_chart_about"], plotted) if rows else None


def _named(desk: CohortDesk) -> list[tuple[str, str]]:
    dimensions = [(f"level.{id_}", desk.voice.dimension(id_)) for id_ in desk.dimensions]
    return [("level", desk.voice.words["whole"]), *dimensions]


def _left_out(desk: CohortDesk) -> str:
    names = [name for id_, name in _named(desk) if id_ not in desk.tables]
    return desk.voice.say("levels_left_out", names=desk.voice.listed(names)) if names else ""


def _with_spread(desk: CohortDesk) -> list[tuple[str, ToldTable]]:
    """Those with a mean or a box; a mean can be told where the counts are not."""
    every = {one.id: one for one in desk.material.release.tables}
    return [(name, every[id_]) for id_, name in _named(desk) if every[id_].mean or every[id_].box]


def _spread_line(desk: CohortDesk, name: str, table: ToldTable) -> SpreadLine:
    none, box = desk.voice.words["none"], table.box
    return SpreadLine(
        name=name,
        mean=desk.voice.decimal(table.mean) if table.mean else none,
        half=f"{desk.voice.decimal(box.low)}–{desk.voice.decimal(box.high)}" if box else none,
        median=desk.voice.decimal(box.median) if box else none,
        is_whole=table.id == "level",
    )


def _spread_chart(desk: CohortDesk) -> ranges.Ranges | None:
    found, words = _with_spread(desk), desk.voice.words
    if not found:
        return None
    axis = ranges.Axis(LEVELS, [str(level) for level in LEVELS])
    ranged = [_ranged(name, table) for name, table in found]
    return ranges.draw("spread-chart", words["spread_title"], words["spread_about"], axis, ranged)


def _ranged(name: str, table: ToldTable) -> ranges.Ranged:
    box = table.box
    return ranges.Ranged(
        label=name,
        low=Fraction(box.low) if box else None,
        high=Fraction(box.high) if box else None,
        inner=Fraction(box.median) if box else None,
        dot=Fraction(table.mean) if table.mean else None,
        is_strong=table.id == "level",
    )
