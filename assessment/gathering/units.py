"""People who must sit together as units, and which units must not share a table.

A seat locked by hand stays whatever the rules say: a rule between two locked people is not looked at
here, it is reported by :mod:`assessment.gathering.editing`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from assessment.gathering.seats import Participant, Rule

Seats: TypeAlias = Mapping[str, int]
"""Locked seats: person -> index of the table."""


@dataclass(frozen=True, slots=True)
class Unit:
    """People by index who share a table. ``table``: where, when that is locked."""

    members: tuple[int, ...]
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Units:
    """Everybody, each in one unit. ``apart``: for each unit the units it must not share a table with."""

    units: tuple[Unit, ...]
    apart: tuple[frozenset[int], ...]

    @property
    def people(self) -> int:
        """How many there are."""
        return sum(len(unit.members) for unit in self.units)


def present(rule: Rule, people: Iterable[Participant]) -> tuple[Participant, ...]:
    """Those present whom a rule is about."""
    return tuple(p for p in people if (p.id if rule.of == "people" else p.owner) in rule.members)


def pairs_apart(rule: Rule, people: Iterable[Participant]) -> Iterator[tuple[Participant, Participant]]:
    """The pairs that a rule keeps apart; colleagues are no pair where the rule is about owners."""
    for one, other in combinations(present(rule, people), 2):
        if rule.of == "people" or one.owner != other.owner:
            yield one, other


def units_of(people: Sequence[Participant], rules: Iterable[Rule], locked: Seats) -> Units | None:
    """The units of these people; None where the rules contradict each other. Order: that of ``people``."""
    rules = list(rules)
    classes = _classes(people, [rule for rule in rules if rule.kind == "together"])
    units = [unit for members in classes for unit in _split(members, people, locked)]
    units.sort(key=lambda unit: unit.members)
    unit_of = {member: at for at, unit in enumerate(units) for member in unit.members}
    index = {person.id: at for at, person in enumerate(people)}
    apart: list[set[int]] = [set() for _ in units]
    for rule in (rule for rule in rules if rule.kind == "apart"):
        for one, other in pairs_apart(rule, people):
            if one.id in locked and other.id in locked:
                continue
            here, there = unit_of[index[one.id]], unit_of[index[other.id]]
            if here == there:
                return None
            apart[here].add(there)
            apart[there].add(here)
    return Units(tuple(units), tuple(frozenset(units) for units in apart))


def _classes(people: Sequence[Participant], rules: Iterable[Rule]) -> list[list[int]]:
    """Indices by who must sit together, directly or through others."""
    leader = list(range(len(people)))
    index = {person.id: at for at, person in enumerate(people)}

    def find(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    for rule in rules:
        first, *others = [find(index[p.id]) for p in present(rule, people)] or [0]
        for other in others:
            leader[find(other)] = find(first)
    classes: dict[int, list[int]] = {}
    for at in range(len(people)):
        classes.setdefault(find(at), []).append(at)
    return list(classes.values())


def _split(members: list[int], people: Sequence[Participant], locked: Seats) -> Iterator[Unit]:
    """One unit; one for each table where the members are locked at several, the others with the most."""
    tables = {at: locked[people[at].id] for at in members if people[at].id in locked}
    counts = Counter(tables.values())
    if not counts:
        yield Unit(tuple(members))
        return
    main = min(counts, key=lambda table: (-counts[table], table))
    for table in sorted(counts):
        yield Unit(tuple(at for at in members if tables.get(at, main) == table), table)
