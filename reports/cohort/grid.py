"""Told tables as rows of cells and as bars: steps that are told together are one cell over their columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment.cohort.layout import STEPS
from assessment.cohort.told import Row, ToldTable
from reports.cohort.bars import SHADES, Part, Plotted
from reports.cohort.desk import CohortDesk


@dataclass(frozen=True, slots=True)
class Cell:
    """A count over ``span`` columns. ``steps``: what they are called."""

    span: int
    steps: str
    count: str
    share: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: how many there are in all, and on which steps. ``is_whole``: of all companies."""

    name: str
    total: str
    cells: tuple[Cell, ...]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of counts. ``caption``: what it shows; ``first``: what its first column holds."""

    caption: str
    first: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def line(desk: CohortDesk, name: str, table: ToldTable, row: Row, *, is_whole: bool = False) -> Line:
    """A row of a told table."""
    cells = tuple(
        Cell(len(group), desk.steps(group), desk.count(count), desk.share(percent))
        for group, count, percent in zip(table.groups, row.counts, row.percents, strict=True)
    )
    return Line(name, desk.count(row.owners), cells, is_whole)


def bar(desk: CohortDesk, name: str, table: ToldTable, row: Row, *, is_strong: bool = False) -> Plotted:
    """The same row as a bar."""
    parts = tuple(
        Part(count, _shade(table, group), (f"{desk.steps(group)}: {desk.count(count)}", desk.count(count)))
        for group, count in zip(table.groups, row.counts, strict=True)
    )
    return Plotted(name, parts, row.owners, is_strong=is_strong)


def columns(desk: CohortDesk, kind: str) -> tuple[str, ...]:
    """What the columns of an attribute's steps are called; levels with their names."""
    if kind != "level":
        return tuple(desk.voice.words[f"step_{step}"] for step in _steps(kind))
    names = [f"{level} {desk.voice.level(level)}" for level in range(5)]
    return (desk.voice.say("level_none_or_0", level=names[0]), *names[1:])


def _shade(table: ToldTable, group: Sequence[str]) -> int:
    """The further a group's middle lies up the steps, the darker; for a development, up is darkest."""
    kind = table.attribute.partition(".")[0]
    steps = _steps(kind)
    twice = steps.index(group[0]) + steps.index(group[-1])
    shade = twice * (SHADES - 1) // (2 * (len(steps) - 1))
    return SHADES - 1 - shade if kind == "development" else shade


def _steps(kind: str) -> tuple[str, ...]:
    return next(steps for name, steps in STEPS.items() if name == kind)


def whole_rows(desk: CohortDesk, named: Iterable[tuple[str, str]]) -> tuple[tuple[str, ToldTable, Row], ...]:
    """Name, table and only row of those tables of all companies that are told. ``named``: id and name."""
    return tuple(
        (name, desk.tables[id_], desk.tables[id_].rows[0]) for id_, name in named if id_ in desk.tables
    )
