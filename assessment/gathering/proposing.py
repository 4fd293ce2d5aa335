"""Tables for those who are present: everybody at exactly one, the rules kept, the wishes met as far as found.

The same people, settings and locked seats give the same tables, in whatever order they come. Nobody is
left out: what cannot be met together is refused by name. Source: decision 0037.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assessment.gathering.clash import Asked, refusal, room_for
from assessment.gathering.reasons import TableReason, reasons
from assessment.gathering.search import Room, best_seating
from assessment.gathering.seats import MAX_PEOPLE, NoSuchSeat, Participant, Plan, SeatingRefused, Settings
from assessment.gathering.worth import worth


@dataclass(frozen=True, slots=True)
class Proposal:
    """Tables and why. ``reasons``: one for each table, in order.

    ``is_settled``: no move and no exchange of two makes it better; False when the steps ran out first.
    """

    plan: Plan
    reasons: tuple[TableReason, ...]
    is_settled: bool


def propose(participants: Iterable[Participant], settings: Settings) -> Proposal:
    """Tables for these people, by the first id at each; in a table by id.

    Raises SeatingRefused where the rules and sizes cannot be kept, NoSuchSeat when somebody is there twice.
    """
    return _proposed(ordered(participants), settings, Plan(()))


def repropose(plan: Plan, participants: Iterable[Participant], settings: Settings) -> Proposal:
    """Tables anew around the locked seats, which keep their table's number, as many tables where that can be.

    Locked seats of people who are no longer present are free. A locked seat stays even where it breaks
    a rule, or fills a table beyond its size. Raises as :func:`propose` does.
    """
    people = ordered(participants)
    there = {person.id for person in people}
    return _proposed(people, settings, Plan(plan.tables, plan.locked & there))


def ordered(participants: Iterable[Participant]) -> list[Participant]:
    """People by id. Raises NoSuchSeat when an id is there twice, SeatingRefused for too many people."""
    people = sorted(participants, key=lambda person: person.id)
    twice = sorted({one.id for one, other in pairwise(people) if one.id == other.id})
    if twice:
        raise NoSuchSeat(", ".join(twice))
    if len(people) > MAX_PEOPLE:
        raise SeatingRefused("too_many")
    return people


def _proposed(people: Sequence[Participant], settings: Settings, before: Plan) -> Proposal:
    if not people:
        return Proposal(Plan(()), (), is_settled=True)
    locked = {id_: table for id_ in before.locked if (table := before.table_of(id_)) is not None}
    asked = Asked(people, settings, locked, len(before.tables))
    room = room_for(asked)
    if not isinstance(room, Room):
        raise refusal(asked, room)
    seating = best_seating(room, worth(people, settings))
    tables: list[list[str]] = [[] for _ in range(room.tables)]
    for unit, table in zip(room.units.units, seating.tables, strict=True):
        tables[table].extend(people[at].id for at in unit.members)
    seats = [tuple(sorted(table)) for table in tables]
    plan = Plan(tuple(seats if locked else sorted(seats)), frozenset(locked))
    return Proposal(plan, reasons(plan, people), seating.is_settled)
