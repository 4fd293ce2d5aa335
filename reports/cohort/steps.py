"""One table of all companies with its bar: how much they have answered, and how they have moved."""

from __future__ import annotations

from dataclasses import dataclass

from reports.cohort import bars
from reports.cohort.desk import CohortDesk
from reports.cohort.grid import Grid, bar, columns, line, whole_rows
from reports.sections.desk import Section


@dataclass(frozen=True, slots=True)
class Steps:
    """The values of such a part."""

    intro: str
    chart: bars.Bars
    grid: Grid


def coverage(desk: CohortDesk) -> Section | None:
    """How much of the questionnaire the companies have answered; None where it is not told."""
    return _part(desk, "coverage", "counted")


def development(desk: CohortDesk) -> Section | None:
    """How many stand higher, alike and lower than in the round before; None where it is not told."""
    return _part(desk, "development", "with_two_rounds")


def _part(desk: CohortDesk, id_: str, name_key: str) -> Section | None:
    words = desk.voice.words
    rows = whole_rows(desk, [(id_, words[name_key])])
    if not rows:
        return None
    title = words[f"{id_}_title"]
    plotted = [bar(desk, name, table, row) for name, table, row in rows]
    lines = tuple(line(desk, name, table, row) for name, table, row in rows)
    body = Steps(
        intro=words[f"{id_}_intro"],
        chart=bars.draw(f"{id_}-chart", title, words["chart_about"], plotted),
        grid=Grid(words[f"{id_}_caption"], words["column_companies"], columns(desk, id_), lines),
    )
    return Section(id_, title, body)
