"""Changing a plan by hand: moving, exchanging, locking, and what the changed plan breaks.

A hand may break a rule: what it breaks is said, and not refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from assessment.gathering.clash import effective
from assessment.gathering.seats import NoSuchSeat, Participant, Plan, Rule, Settings
from assessment.gathering.units import pairs_apart, present

BreachKind: TypeAlias = Literal[
    "not_placed",
    "placed_twice",
    "not_present",
    "too_few",
    "too_many",
    "apart",
    "together",
    "facilitators",
    "colleagues",
]


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that does not hold in a plan.

    ``tables``: by index, ``people``: by id; ``rule``: for ``apart`` and ``together``. ``facilitators``: the
    tables differ by more than one; ``tables`` are those with fewest, ``people`` those at the fullest.
    ``colleagues``: more people of one owner at a table than it takes when they are wanted apart, or at
    several tables when they are wanted together and one would hold them. These two are wishes, which a
    proposal may have to leave unmet as well.
    """

    kind: BreachKind
    tables: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
    rule: Rule | None = None


def move(plan: Plan, person: str, table: int) -> Plan:
    """The plan with a person at another table, or at a new one when ``table`` is their number.

    Somebody who has no seat yet gets one. Raises NoSuchSeat for a table that is not there.
    """
    if not 0 <= table <= len(plan.tables):
        raise NoSuchSeat(str(table))
    tables = [tuple(one for one in people if one != person) for people in (*plan.tables, ())]
    tables[table] = tuple(sorted((*tables[table], person)))
    return replace(plan, tables=tuple(tables if tables[-1] else tables[:-1]))


def swap(plan: Plan, one: str, other: str) -> Plan:
    """The plan with two people in each other's places. Raises NoSuchSeat for somebody without a seat."""
    here, there = _seat(plan, one), _seat(plan, other)
    return move(move(plan, one, there), other, here)


def lock(plan: Plan, people: Iterable[str]) -> Plan:
    """The plan with these seats locked too. Raises NoSuchSeat for somebody without a seat."""
    chosen = frozenset(people)
    for person in sorted(chosen):
        _seat(plan, person)
    return replace(plan, locked=plan.locked | chosen)


def unlock(plan: Plan, people: Iterable[str]) -> Plan:
    """The plan with these seats free again."""
    return replace(plan, locked=plan.locked - frozenset(people))


def breaches(plan: Plan, participants: Iterable[Participant], settings: Settings) -> tuple[Breach, ...]:
    """Everything that does not hold in a plan, in the order of ``BreachKind``."""
    people = sorted(participants, key=lambda person: person.id)
    return (
        *_of_presence(plan, people),
        *_of_sizes(plan, settings),
        *_of_rules(plan, people, settings),
        *_of_facilitators(plan, people),
        *_of_colleagues(plan, people, settings),
    )


def _seat(plan: Plan, person: str) -> int:
    table = plan.table_of(person)
    if table is None:
        raise NoSuchSeat(person)
    return table


def _of_presence(plan: Plan, people: Sequence[Participant]) -> Iterator[Breach]:
    seats = Counter(id_ for table in plan.tables for id_ in table)
    there = {person.id for person in people}
    found_by_kind: tuple[tuple[BreachKind, set[str]], ...] = (
        ("not_placed", there - seats.keys()),
        ("placed_twice", {id_ for id_, count in seats.items() if count > 1}),
        ("not_present", seats.keys() - there),
    )
    for kind, found in found_by_kind:
        for id_ in sorted(found):
            tables = tuple(at for at, table in enumerate(plan.tables) if id_ in table)
            yield Breach(kind, tables, (id_,))


def _of_sizes(plan: Plan, settings: Settings) -> Iterator[Breach]:
    for at, table in enumerate(plan.tables):
        if len(table) < settings.min_seats:
            yield Breach("too_few", (at,), table)
    for at, table in enumerate(plan.tables):
        if len(table) > settings.max_seats:
            yield Breach("too_many", (at,), table)


def _of_rules(plan: Plan, people: Sequence[Participant], settings: Settings) -> Iterator[Breach]:
    tables = {id_: at for at, table in enumerate(plan.tables) for id_ in table}
    rules = effective(settings.rules, people)
    for rule in (rule for rule in rules if rule.kind == "apart"):
        for one, other in pairs_apart(rule, people):
            if one.id in tables and tables[one.id] == tables.get(other.id):
                yield Breach("apart", (tables[one.id],), (one.id, other.id), rule)
    for rule in (rule for rule in rules if rule.kind == "together"):
        placed = [person.id for person in present(rule, people) if person.id in tables]
        at = sorted({tables[id_] for id_ in placed})
        if len(at) > 1:
            yield Breach("together", tuple(at), tuple(placed), rule)


def _of_facilitators(plan: Plan, people: Sequence[Participant]) -> Iterator[Breach]:
    leading = {person.id for person in people if person.is_facilitator}
    held = [tuple(id_ for id_ in table if id_ in leading) for table in plan.tables]
    counts = [len(ids) for ids in held]
    if counts and max(counts) - min(counts) > 1:
        few = tuple(at for at, count in enumerate(counts) if count == min(counts))
        yield Breach(
            "facilitators", few, tuple(id_ for ids in held if len(ids) == max(counts) for id_ in ids)
        )


def _of_colleagues(plan: Plan, people: Sequence[Participant], settings: Settings) -> Iterator[Breach]:
    owners: dict[str, set[str]] = {}
    for person in people:
        owners.setdefault(person.owner, set()).add(person.id)
    for _, group in sorted(owners.items()):
        held = [tuple(id_ for id_ in table if id_ in group) for table in plan.tables]
        at = tuple(at for at, ids in enumerate(held) if ids)
        if settings.colleagues == "apart":
            even = -(-len(group) // max(1, len(plan.tables)))
            yield from (Breach("colleagues", (at,), ids) for at, ids in enumerate(held) if len(ids) > even)
        elif settings.colleagues == "together" and len(at) > 1 and len(group) <= settings.max_seats:
            yield Breach("colleagues", at, tuple(sorted(group)))
