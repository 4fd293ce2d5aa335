"""Making a seating better step by step: a greedy start, then moves and swaps until none helps.

Several starts, which differ in the order in which people are seated, are improved in turn, and the best
is kept; of seatings alike, the first. From there every exchange of two is tried even where it does not
help by itself, and kept when what follows from it does. Steps are counted and limited, never timed, so
that the same people get the same seats on every machine. The improvement is that of Kernighan and Lin,
"An efficient heuristic procedure for partitioning graphs", Bell System Technical Journal 49 (1970), one
exchange at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from assessment.gathering.units import Units
from assessment.gathering.worth import Matrix, Worth

MAX_STARTS = 12
MAX_STEPS = 3_000_000
"""Exchanges looked at, over all starts."""

MAX_DETOUR_STEPS = 100_000
"""Exchanges looked at after those that do not help by themselves."""

_Change: TypeAlias = tuple[int, int, int | None]
"""A unit, the table it goes to, and the unit that takes its place."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a seating must keep to. ``careful``: tables found for the units that have rules or locks."""

    units: Units
    tables: int
    min_seats: int
    max_seats: int
    careful: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Seating:
    """A table for every unit. ``is_settled``: no move and no exchange of two makes it better."""

    tables: tuple[int, ...]
    is_settled: bool


class _Seated:
    """A seating under way. ``pull[unit][table]``: what the unit is worth to those at a table.

    ``value``: the sum over pairs of units at the same table; what a unit is worth in itself never changes.
    """

    def __init__(self, room: Room, between: Matrix) -> None:
        count = len(room.units.units)
        self.room, self.between, self.value = room, between, 0
        self.counts = [len(unit.members) for unit in room.units.units]
        self.movable = [at for at, unit in enumerate(room.units.units) if unit.table is None]
        self.at = [-1] * count
        self.sizes = [0] * room.tables
        self.pull = [[0] * room.tables for _ in range(count)]

    def put(self, unit: int, table: int) -> None:
        """Seat a unit that has no seat, or another one."""
        before = self.at[unit]
        self.value += self.pull[unit][table]
        if before >= 0:
            self.value -= self.pull[unit][before]
            self.sizes[before] -= self.counts[unit]
        for pull, weight in zip(self.pull, self.between[unit], strict=True):
            pull[table] += weight
            if before >= 0:
                pull[before] -= weight
        self.sizes[table] += self.counts[unit]
        self.at[unit] = table

    def apply(self, change: _Change) -> None:
        """Make a change, both ways where it is an exchange."""
        unit, table, other = change
        before = self.at[unit]
        self.put(unit, table)
        if other is not None:
            self.put(other, before)

    def keeps_sizes(self, here: int, there: int, by: int) -> bool:
        """Whether the sizes stay within the limits when ``by`` people more go one way than the other."""
        room = self.room
        if by < 0:
            here, there, by = there, here, -by
        return by == 0 or (
            self.sizes[here] - by >= room.min_seats and self.sizes[there] + by <= room.max_seats
        )

    def best_change(self, unit: int) -> _Change | None:
        """What would help most with this unit; None where nothing does. Of changes alike, the first."""
        here, pull, count = self.at[unit], self.pull[unit], self.counts[unit]
        best: _Change | None = None
        gain = 0
        for table in range(self.room.tables):
            found = pull[table] - pull[here]
            if found > gain and self.keeps_sizes(here, table, count):
                best, gain = (unit, table, None), found
        between, pulls, stays = self.between[unit], self.pull, pull[here]
        for other in self.movable:
            there = self.at[other]
            theirs = pulls[other]
            found = pull[there] - stays + theirs[here] - theirs[there] - 2 * between[other]
            if found > gain and there != here and self.keeps_sizes(here, there, count - self.counts[other]):
                best, gain = (unit, there, other), found
        return best


def best_seating(room: Room, worth: Worth) -> Seating:
    """The best of the seatings that several starts and detours lead to."""
    between = _between_units(room.units, worth)
    steps = MAX_STEPS
    best: _Seated | None = None
    for order in _orders(room, between):
        seated = _start(room, between, order)
        steps = _settle(seated, steps)
        if best is None or seated.value > best.value:
            best = seated
        if steps <= 0:
            break
    assert best is not None  # there is at least one order
    if steps > 0:
        _take_detours(best)
    return Seating(tuple(best.at), steps > 0)


def _take_detours(seated: _Seated) -> None:
    """Try each exchange that does not help by itself, until none leads further or the steps are used up."""
    steps = MAX_DETOUR_STEPS
    pairs = list(combinations(seated.movable, 2))
    still, turn = 0, 0
    while still < len(pairs) and steps > 0:
        one, other = pairs[turn % len(pairs)]
        turn += 1
        steps, is_better = _detour(seated, one, other, steps)
        still = 0 if is_better else still + 1


def _detour(seated: _Seated, one: int, other: int, steps: int) -> tuple[int, bool]:
    """Exchange two units and improve from there; back to where it was when that is no better."""
    here, there = seated.at[one], seated.at[other]
    by = seated.counts[one] - seated.counts[other]
    if here == there or not seated.keeps_sizes(here, there, by):
        return steps - 1, False
    before, value = list(seated.at), seated.value
    seated.apply((one, there, other))
    steps = _settle(seated, steps)
    if steps > 0 and seated.value > value:
        return steps, True
    for unit, table in enumerate(before):
        if seated.at[unit] != table:
            seated.put(unit, table)
    return steps, False


def _between_units(units: Units, worth: Worth) -> Matrix:
    """What units are worth to each other; those kept apart have a price above all."""
    members = [unit.members for unit in units.units]
    between = [
        [0 if one is other else sum(worth.pairs[i][j] for i in one for j in other) for other in members]
        for one in members
    ]
    for unit, apart in enumerate(units.apart):
        for other in apart:
            between[unit][other] -= worth.forbidden
    return between


def _orders(room: Room, between: Matrix) -> Iterator[list[int]]:
    """Orders to seat the other units in: those with most in common first, then by id from several on."""
    free = [at for at in range(len(between)) if at not in room.careful]
    yield sorted(free, key=lambda unit: (-sum(between[unit]), unit))
    for turn in range(min(MAX_STARTS - 1, len(free))):
        first = turn * len(free) // (MAX_STARTS - 1)
        order = free[first:] + free[:first]
        yield order[::-1] if turn % 2 else order


def _start(room: Room, between: Matrix, order: list[int]) -> _Seated:
    """Units with rules or locks where they were placed, each of the others at the table that gains most."""
    seated = _Seated(room, between)
    for unit, table in room.careful.items():
        seated.put(unit, table)
    for left, unit in zip(range(len(order), 0, -1), order, strict=True):
        open_ = _open_tables(seated, left)
        seated.put(unit, max(open_, key=lambda table: (seated.pull[unit][table], -table)))
    return seated


def _open_tables(seated: _Seated, left: int) -> list[int]:
    """Where one of ``left`` single people may sit: where seats are short, when all of them are needed."""
    room = seated.room
    short = [max(0, room.min_seats - size) for size in seated.sizes]
    if sum(short) >= left:
        return [table for table, missing in enumerate(short) if missing]
    return [table for table, size in enumerate(seated.sizes) if size < room.max_seats]


def _settle(seated: _Seated, steps: int) -> int:
    """Improve until nothing helps or the steps are used up; gives the steps that are left."""
    still = 0
    while still < len(seated.movable):
        for unit in seated.movable:
            steps -= len(seated.movable)
            if steps <= 0:
                return 0
            change = seated.best_change(unit)
            if change is None:
                still += 1
            else:
                seated.apply(change)
                still = 0
            if still >= len(seated.movable):
                break
    return steps
