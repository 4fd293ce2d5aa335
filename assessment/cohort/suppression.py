"""From exact figures to what may be told: for each table the first way to tell it that the audit lets pass.

Tables come in the order of the layout, each beside what was told before it, in this release and in all
earlier ones. Whether a way passes is asked of the counts, so that a table is told together says that some
part of it is small, not which or how small: steps without anybody are told together in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.cohort.atoms import Heaps, Steps, View, records_of
from assessment.cohort.audit import LARGE, exposed_counts, exposed_sums
from assessment.cohort.figures import CohortFigures
from assessment.cohort.layout import UNKNOWN, Attribute, Axis, Layout, Table
from assessment.cohort.middles import box_of, mean_of
from assessment.cohort.partitions import are_nested, coarser, groupings
from assessment.cohort.recheck import count_views, heaps_by, mean_views, told_apart, whole
from assessment.cohort.told import Row, ToldTable

LEAST_FOR_EFFECT = 20
"""How many owners stand in each row of a table by activity."""

_MOST_ALONE = (None, 10, 6, 4, 3, 2)
"""How many names of an axis are told alone at most, in the order in which it is tried."""

_UP_AGAINST_REST: tuple[Steps, ...] = ((0,), (1, 2))


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to tell a table: rows by their names (none: all owners), and groups of steps."""

    names: tuple[tuple[str, ...], ...]
    groups: tuple[Steps, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class _Teller:
    """All releases so far and the one to come, for one attribute.

    ``views``: what was told of it before. ``alone``: how many names of an axis are told alone at most.
    """

    layout: Layout
    release: int
    attribute: Attribute
    heaps: Heaps
    views: list[View]
    means: tuple[View, ...]
    alone: int | None = None

    @property
    def whole(self) -> tuple[Steps, ...]:
        """In which groups all owners of the release to come are told; empty where they are not."""
        here = (view.groups for view in self.views if view.release == self.release and view.axis is None)
        return next(here, ())

    def counts(self, axis: int | None, name: str | None = None) -> list[int]:
        """How many stand on each step in the release to come, of one name of an axis or of all."""
        found = [0] * len(self.attribute.steps)
        for known, heap in self.heaps.items():
            marks = known.marks[self.release]
            if marks is not None and (axis is None or marks[axis] == name):
                found = [a + b for a, b in zip(found, heap.steps, strict=True)]
        return found


def told_tables(
    histories: Sequence[CohortFigures], told: Sequence[Sequence[ToldTable]]
) -> tuple[ToldTable, ...]:
    """Every table of the layout as it may be told of the last of the ``histories``.

    ``histories``: what earlier releases were made of, and what the one to come is made of. ``told``: the
    tables of the earlier ones. All of one layout.
    """
    layout = histories[-1].layout
    known = told_apart(layout, records_of(histories))
    tables: list[ToldTable] = []
    for attribute in layout.attributes:
        teller = _Teller(
            layout=layout,
            release=len(told),
            attribute=attribute,
            heaps=heaps_by(layout, attribute, known),
            views=list(count_views(layout, attribute, told)),
            means=mean_views(attribute, told),
        )
        own = [table for table in layout.tables if table.attribute == attribute]
        tables.append(_told(teller, own[0]))
        tables += _by_axes(teller, own[1:])
    order = {table.id: at for at, table in enumerate(layout.tables)}
    return tuple(sorted(tables, key=lambda one: order[one.id]))


def _by_axes(teller: _Teller, tables: Sequence[Table]) -> list[ToldTable]:
    """Tables by an axis, with fewer names alone where every one of them can be told only so."""
    first: list[ToldTable] = []
    has_choice = len(tables) > 1 and teller.attribute.kind == "level"
    for alone in _MOST_ALONE if has_choice else (None,):
        trial = replace(teller, views=[*teller.views], alone=alone)
        found = [_told(trial, table) for table in tables]
        if all(one.is_told for one in found):
            return found
        first = first or found
    return first


def _told(teller: _Teller, table: Table) -> ToldTable:
    attribute, axis = table.attribute, table.axis
    ways = _whole_ways(teller) if axis is None else _axis_ways(teller, axis)
    way = next((one for one in ways if _passes(teller, axis, one)), None)
    groups = way.groups if way else ()
    return ToldTable(
        id=table.id,
        attribute=attribute.id,
        axis=axis.id if axis else None,
        groups=tuple(tuple(attribute.steps[step] for step in group) for group in groups),
        rows=tuple(Row(n, c) for n, c in zip(way.names, way.counts, strict=True)) if way else (),
        mean=_mean(teller, groups) if axis is None else None,
        box=box_of(groups, way.counts[0]) if way and axis is None and attribute.kind == "level" else None,
    )


def _passes(teller: _Teller, axis: Axis | None, way: _Way) -> bool:
    """Whether the audit lets it pass; if so it counts as told from then on.

    Groups that overlap those told before do not pass. They would hide small differences between releases
    behind steps on which, as everybody may know, hardly anybody stands.
    """
    if not all(are_nested(way.groups, view.groups) for view in teller.views):
        return False
    at = None if axis is None else teller.layout.axes.index(axis)
    views = [View(teller.release, at, frozenset(names), way.groups) for names in way.names]
    if any(exposed_counts(teller.heaps, [*teller.views, *views])):
        return False
    teller.views.extend(views)
    return True


def _mean(teller: _Teller, groups: tuple[Steps, ...]) -> str | None:
    if teller.attribute.kind != "level":
        return None
    mean = mean_of(teller.heaps, teller.release, groups)
    views = [*teller.means, whole(teller.release)]
    return None if mean is None or any(exposed_sums(teller.heaps, views)) else mean


def _grouped(steps: Sequence[int], groups: tuple[Steps, ...]) -> tuple[int, ...]:
    return tuple(sum(steps[step] for step in group) for group in groups)


def _whole_ways(teller: _Teller) -> Iterator[_Way]:
    steps = teller.counts(None)
    for groups in groupings(teller.attribute):
        counts = _grouped(steps, groups)
        if min(counts) >= LARGE:
            yield _Way(((),), groups, (counts,))


def _axis_ways(teller: _Teller, axis: Axis) -> Iterator[_Way]:
    """Ways to tell a table by an axis, those with most cells first; none where all owners are not told."""
    if not teller.whole:
        return
    at = teller.layout.axes.index(axis)
    if axis.id.startswith("activity."):
        yield from _effect_ways(teller, axis, at)
        return
    steps = {name: teller.counts(at, name) for name in (*axis.names, UNKNOWN)}
    ways = [way for groups in coarser(teller.whole) for way in _foldings(steps, groups, teller.alone)]
    yield from sorted(ways, key=lambda way: -len(way.names) * len(way.groups))


def _effect_ways(teller: _Teller, axis: Axis, at: int) -> Iterator[_Way]:
    """Up against the rest, for those who attended and those who did not: the one way such a table is told."""
    if (0,) not in teller.whole:
        return
    counts = [_grouped(teller.counts(at, name), _UP_AGAINST_REST) for name in axis.names]
    if all(sum(row) >= LEAST_FOR_EFFECT and min(row) >= LARGE for row in counts):
        yield _Way(tuple((name,) for name in axis.names), _UP_AGAINST_REST, tuple(counts))


def _foldings(
    steps: Mapping[str, Sequence[int]], groups: tuple[Steps, ...], most: int | None
) -> Iterator[_Way]:
    """Names that can be told alone, and all others as one row, which the smallest join, more and more."""
    counts = {name: _grouped(found, groups) for name, found in steps.items()}
    alone = [name for name, row in counts.items() if name != UNKNOWN and min(row) >= LARGE]
    alone.sort(key=lambda name: -sum(counts[name]))
    del alone[len(alone) if most is None else most :]
    while alone:
        rows = _rows(counts, frozenset(alone))
        is_fine = len(rows) > 1 and min(min(row) for row in rows.values()) >= LARGE
        if is_fine:
            yield _Way(tuple(rows), groups, tuple(rows.values()))
        del alone[len(alone) * 3 // 4 if is_fine else len(alone) - 1 :]


def _rows(
    counts: Mapping[str, tuple[int, ...]], alone: frozenset[str]
) -> dict[tuple[str, ...], tuple[int, ...]]:
    """The told rows by their names: those alone, and all others where somebody is there."""
    others = tuple(name for name in counts if name not in alone)
    rows: dict[tuple[str, ...], tuple[int, ...]]
    rows = {(name,): row for name, row in counts.items() if name in alone}
    rest = tuple(sum(counts[name][at] for name in others) for at in range(len(next(iter(counts.values())))))
    return rows | {others: rest} if sum(rest) else rows
