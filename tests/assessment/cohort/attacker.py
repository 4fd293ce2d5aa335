"""Who wants to know: works out from releases all that follows of where few stand. Knows none of our rules.

The attacker knows who was in which release, in which row of every table and with which result, and possibly
where one of them stands; and it has read every release. What it does not know are whole numbers: how many
of those it cannot tell apart stand on each step. It narrows them down by whole-number elimination and by
passing bounds from equation to equation until nothing moves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import TypeAlias

from assessment.cohort.layout import Attribute, Layout
from assessment.cohort.publishing import Release

Known: TypeAlias = tuple[tuple[str, ...] | None, ...]
Cell: TypeAlias = tuple[object, int]
Equation: TypeAlias = tuple[dict[Cell, int], int]


@dataclass
class System:
    """What is known: equations over cells, and between which numbers each cell is."""

    equations: list[Equation] = field(default_factory=list)
    bounds: dict[Cell, tuple[int, int]] = field(default_factory=dict)


def truth(layout: Layout, attribute: Attribute, releases: Sequence[Release]) -> Mapping[Known, Counter[int]]:
    """Where those who cannot be told apart really stand."""
    at = layout.attributes.index(attribute)
    marks: dict[tuple[str, str], list[tuple[str, ...] | None]] = {}
    values: dict[tuple[str, str], int] = {}
    for number, release in enumerate(releases):
        for one in release.basis.counted:
            value = one.values[at]
            if value is not None:
                known = marks.setdefault((one.owner, one.result), [None] * len(releases))
                known[number] = one.marks
                values[one.owner, one.result] = value
    found: dict[Known, Counter[int]] = defaultdict(Counter)
    for record, known in marks.items():
        found[tuple(known)][values[record]] += 1
    return found


def exposed(
    layout: Layout, attribute: Attribute, releases: Sequence[Release], own: tuple[Known, int] | None = None
) -> list[str]:
    """What is found out: every set of one to four others, and every set that must be so or so small.

    ``own``: where the attacker itself stands, if it takes part.
    """
    real = truth(layout, attribute, releases)
    sizes = {known: counts.total() - (own is not None and own[0] == known) for known, counts in real.items()}
    system = _system(layout, attribute, releases, sizes, own)
    sets = _sets(attribute, releases, sizes)
    for name, cells in sets.items():
        system.equations.append(({**dict.fromkeys(cells, 1), (name, -1): -1}, 0))
        system.bounds[name, -1] = (0, sum(sizes[known] for known in {cell[0] for cell in cells}))  # type: ignore[index]
    before = dict(system.bounds)
    system.equations += eliminated(system.equations)
    narrow(system)
    return [
        f"{cell} of {before[cell][1]} is {low} to {high}"
        for cell, (low, high) in system.bounds.items()
        if before[cell][1] > 0 and ((low == high and high < 5) or (low >= 1 and high <= 4))
    ]


def _system(
    layout: Layout,
    attribute: Attribute,
    releases: Sequence[Release],
    sizes: Mapping[Known, int],
    own: tuple[Known, int] | None,
) -> System:
    steps = range(len(attribute.steps))
    axes = {axis.id: at for at, axis in enumerate(layout.axes)}
    system = System(bounds={(known, step): (0, size) for known, size in sizes.items() for step in steps})
    for known, size in sizes.items():
        system.equations.append(({(known, step): 1 for step in steps}, size))
    for number, release in enumerate(releases):
        for table in (one for one in release.tables if one.attribute == attribute.id):
            for row in table.rows:
                there = [
                    known
                    for known in sizes
                    if (marks := known[number]) is not None
                    and (table.axis is None or marks[axes[table.axis]] in row.names)
                ]
                for group, count in zip(table.groups, row.counts, strict=True):
                    inside = {attribute.steps.index(name) for name in group}
                    mine = own is not None and own[0] in there and own[1] in inside
                    cells = {(known, step): 1 for known in there for step in inside}
                    system.equations.append((cells, count - mine))
    return system


def _sets(
    attribute: Attribute, releases: Sequence[Release], sizes: Mapping[Known, int]
) -> dict[str, list[Cell]]:
    """Sets worth a look: who came, who left, who stayed between two releases, in each told group."""
    told = {
        group
        for release in releases
        for one in release.tables
        if one.attribute == attribute.id
        for group in one.groups
    }
    found = {}
    for a in range(len(releases)):
        for b in range(a + 1, len(releases)):
            for there in ((True, False), (False, True), (True, True)):
                some = [known for known in sizes if (known[a] is not None, known[b] is not None) == there]
                for group in sorted(told):
                    cells: list[Cell] = [
                        (known, attribute.steps.index(name)) for known in some for name in group
                    ]
                    found[f"{a}-{b} {there} {group}"] = cells
    return {name: cells for name, cells in found.items() if cells}


def eliminated(equations: Iterable[Equation]) -> list[Equation]:
    """The equations after whole-number elimination, each cell that leads one gone from all others."""
    rows: list[tuple[Cell, Equation]] = []
    for left, right in equations:
        now: Equation = (dict(left), right)
        for lead, row in rows:
            now = _without(now, lead, row)
        if now[0]:
            lead = next(iter(now[0]))
            rows = [(other, _without(row, lead, now)) for other, row in rows] + [(lead, now)]
    return [row for _, row in rows]


def _without(equation: Equation, lead: Cell, by: Equation) -> Equation:
    """An equation without a cell, which leads another."""
    (left, right), (other, total) = equation, by
    times = left.get(lead)
    if not times:
        return equation
    scale = other[lead]
    cells = {cell: scale * left.get(cell, 0) - times * other.get(cell, 0) for cell in {**left, **other}}
    rest = scale * right - times * total
    divisor = gcd(rest, *cells.values()) or 1
    return {cell: entry // divisor for cell, entry in cells.items() if entry}, rest // divisor


def narrow(system: System) -> None:
    """Pass bounds from equation to equation until nothing moves."""
    moved = True
    while moved:
        moved = sum(_narrow_by(system.bounds, left, right) for left, right in system.equations) > 0


def _narrow_by(bounds: dict[Cell, tuple[int, int]], left: Mapping[Cell, int], right: int) -> bool:
    ends = {cell: _ends(entry, bounds[cell]) for cell, entry in left.items()}
    least, most = (sum(end[side] for end in ends.values()) for side in (0, 1))
    moved = False
    for cell, entry in left.items():
        low, high = bounds[cell]
        rest = (right - (most - ends[cell][1]), right - (least - ends[cell][0]))
        if entry < 0:
            rest = (-rest[1], -rest[0])
        new = max(low, -(-rest[0] // abs(entry))), min(high, rest[1] // abs(entry))
        if new != (low, high):
            bounds[cell] = new
            return True
    return moved


def _ends(entry: int, bounds: tuple[int, int]) -> tuple[int, int]:
    both = (entry * bounds[0], entry * bounds[1])
    return min(both), max(both)
