"""The level by region and by sector, as far as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.cohort.layout import UNKNOWN
from assessment.cohort.told import Row, ToldTable
from reports.cohort import bars
from reports.cohort.desk import CohortDesk, name_of
from reports.cohort.grid import Grid, bar, columns, line
from reports.sections.desk import Section

_NAMED_IN_FULL = 3
"""How many names that are told together stand in a row's name; more stand below the table."""


@dataclass(frozen=True, slots=True)
class Place:
    """One axis. ``id``: region or sector; ``together``: which names the last row holds, if they are many."""

    id: str
    title: str
    chart: bars.Bars
    grid: Grid
    together: str


@dataclass(frozen=True, slots=True)
class Places:
    """The values of the part: the axes that are told."""

    intro: str
    places: tuple[Place, ...]


def places(desk: CohortDesk) -> Section | None:
    """The part; None where neither is told."""
    named = {"region": desk.material.regions, "sector": desk.material.sectors}
    found = tuple(
        _place(desk, axis, table, names)
        for axis, names in named.items()
        if (table := desk.tables.get(f"level/{axis}")) is not None
    )
    words = desk.voice.words
    body = Places(words["places_intro"], found)
    return Section("places", words["places_title"], body) if found else None


def _place(desk: CohortDesk, axis: str, table: ToldTable, names: Mapping[str, str]) -> Place:
    words = desk.voice.words
    rows = [(_row_name(desk, row, names), row) for row in table.rows]
    title = words[f"{axis}_title"]
    plotted = [bar(desk, name, table, row) for name, row in rows]
    lines = tuple(line(desk, name, table, row) for name, row in rows)
    return Place(
        id=axis,
        title=title,
        chart=bars.draw(f"{axis}-chart", title, words["chart_about"], plotted),
        grid=Grid(words["place_caption"], words[f"column_{axis}"], columns(desk, "level"), lines),
        together=_together(desk, table, names),
    )


def _row_name(desk: CohortDesk, row: Row, names: Mapping[str, str]) -> str:
    told = _names(desk, row, names)
    if len(told) > _NAMED_IN_FULL:
        return desk.voice.say("others", count=desk.count(len(told)))
    return desk.voice.listed(told)


def _together(desk: CohortDesk, table: ToldTable, names: Mapping[str, str]) -> str:
    found = [_names(desk, row, names) for row in table.rows if len(row.names) > _NAMED_IN_FULL]
    return desk.voice.say("others_are", names=desk.voice.listed(found[0])) if found else ""


def _names(desk: CohortDesk, row: Row, names: Mapping[str, str]) -> list[str]:
    return [desk.voice.words["unknown"] if id_ == UNKNOWN else name_of(names, id_) for id_ in row.names]
