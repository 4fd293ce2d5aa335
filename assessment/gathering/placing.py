"""Whether everybody can be placed at so many tables as it must be: an exact search with a limit.

Only units of several people and units that must be kept apart are searched over; single people without
a rule fill what is left, for which their number alone decides. The unit with the fewest tables to go to
comes first, and of empty tables only one is tried, since they are alike. After Brélaz, "New methods to
color the vertices of a graph", Communications of the ACM 22 (1979).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from assessment.gathering.units import Units


class OutOfSteps(Exception):
    """The search was given up; whether there is a way is not known."""


@dataclass(slots=True)
class _Search:
    """Tables being filled. ``left``: people who have no seat yet; ``steps``: looks still allowed."""

    units: Units
    min_seats: int
    max_seats: int
    inside: list[set[int]]
    sizes: list[int]
    left: int
    steps: int
    seats: dict[int, int] = field(default_factory=dict)

    def spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise OutOfSteps

    def put(self, unit: int, table: int) -> None:
        count = len(self.units.units[unit].members)
        self.inside[table].add(unit)
        self.sizes[table] += count
        self.left -= count
        self.seats[unit] = table

    def take(self, unit: int) -> None:
        count = len(self.units.units[unit].members)
        table = self.seats.pop(unit)
        self.inside[table].discard(unit)
        self.sizes[table] -= count
        self.left += count

    def fits(self) -> bool:
        """Whether those who are left are enough for the smallest tables and few enough for the room."""
        needed = sum(max(0, self.min_seats - size) for size in self.sizes)
        room = sum(max(0, self.max_seats - size) for size in self.sizes)
        return needed <= self.left <= room

    def tables_for(self, unit: int) -> list[int]:
        """The tables a unit may go to, those with most room first; one of the empty ones."""
        count, apart = len(self.units.units[unit].members), self.units.apart[unit]
        open_ = [
            table
            for table, size in enumerate(self.sizes)
            if size + count <= self.max_seats and not self.inside[table] & apart
        ]
        empty = [table for table in open_ if not self.sizes[table]]
        return sorted(set(open_) - set(empty[1:]), key=lambda table: (self.sizes[table], table))


@dataclass(slots=True)
class _Choice:
    """A unit, the tables not tried yet, and what was to be placed when it was its turn."""

    unit: int
    tables: Iterator[int]
    left: list[int]


def place(units: Units, tables: int, min_seats: int, max_seats: int, steps: int) -> dict[int, int] | None:
    """A table for every unit that needs care (unit -> table); None where nothing can work.

    The other units, single people without a rule, fit in whichever way the sizes are kept. ``steps``: looks
    at a unit beyond those it takes when none is ever taken back. Raises OutOfSteps.
    """
    inside: list[set[int]] = [set() for _ in range(tables)]
    search = _Search(units, min_seats, max_seats, inside, [0] * tables, units.people, steps)
    for at, unit in enumerate(units.units):
        if unit.table is not None:
            search.put(at, unit.table)
    careful = [at for at, unit in enumerate(units.units) if unit.table is None and _needs_care(units, at)]
    search.steps += len(careful) * (len(careful) + 1) // 2
    return dict(search.seats) if search.fits() and _extend(search, careful) else None


def _needs_care(units: Units, at: int) -> bool:
    return len(units.units[at].members) > 1 or bool(units.apart[at])


def _extend(search: _Search, left: list[int]) -> bool:
    """Place the units that are left, going back where there is no table for one of them."""
    trail: list[_Choice] = []
    while left:
        search.spend(len(left))
        unit, tables = min(_choices(search, left), key=lambda choice: _urgency(search, *choice))
        trail.append(_Choice(unit, iter(tables), left))
        while not _advance(search, trail[-1]):
            trail.pop()
            if not trail:
                return False
        left = [other for other in trail[-1].left if other != trail[-1].unit]
    return True


def _advance(search: _Search, choice: _Choice) -> bool:
    """Put the unit at the next table it has not been tried at."""
    if choice.unit in search.seats:
        search.take(choice.unit)
    for table in choice.tables:
        search.put(choice.unit, table)
        if search.fits():
            return True
        search.take(choice.unit)
    return False


def _choices(search: _Search, left: list[int]) -> Iterator[tuple[int, list[int]]]:
    return ((unit, search.tables_for(unit)) for unit in left)


def _urgency(search: _Search, unit: int, tables: list[int]) -> tuple[int, int, int, int]:
    members, apart = search.units.units[unit].members, search.units.apart[unit]
    return len(tables), -len(apart), -len(members), unit
