"""How many tables there can be, and exactly which rules stand in the way when there is no way.

What is named is needed: without any one of the rules and locked seats, all the others could be kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from assessment.gathering.placing import OutOfSteps, place
from assessment.gathering.search import Room
from assessment.gathering.seats import Participant, Rule, SeatingRefused, Settings
from assessment.gathering.units import pairs_apart, present, units_of

Answer: TypeAlias = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. ``people``: by id; ``locked``: person -> table; ``tables_before``: 0 at first."""

    people: Sequence[Participant]
    settings: Settings
    locked: Mapping[str, int]
    tables_before: int = 0


def found_room(asked: Asked) -> Room | None:
    """A number of tables that works, with tables for the units that have rules; None where none is found."""
    rules = effective(asked.settings.rules, asked.people)
    units = units_of(asked.people, rules, asked.locked)
    if units is None:
        return None
    low, high = asked.settings.min_seats, asked.settings.max_seats
    for tables in table_counts(asked):
        try:
            careful = place(units, tables, low, high)
        except OutOfSteps:
            continue
        if careful is not None:
            return Room(units, tables, low, high, careful)
    return None


def table_counts(asked: Asked) -> list[int]:
    """How many tables there may be, the preferred number first.

    As many as before; else one for each facilitator; else as few as can be. Then the nearest numbers.
    """
    count, settings = len(asked.people), asked.settings
    least = -(-count // settings.max_seats)
    most = count // settings.min_seats
    if asked.locked:  # by hand a table may be filled beyond its size, so that fewer are enough
        least = max(asked.locked.values()) + 1
    if settings.tables is not None:
        return [settings.tables] if least <= settings.tables <= most else []
    wanted = asked.tables_before or sum(person.is_facilitator for person in asked.people)
    return sorted(range(least, most + 1), key=lambda tables: (abs(tables - max(least, wanted)), tables))


def effective(rules: Sequence[Rule], people: Sequence[Participant]) -> list[Rule]:
    """The rules that say something about those present, each once, in an order of their own."""
    return sorted((rule for rule in set(rules) if _binds(rule, people)), key=_rule_order)


def _binds(rule: Rule, people: Sequence[Participant]) -> bool:
    if rule.kind == "together":
        return len(present(rule, people)) > 1
    return next(pairs_apart(rule, people), None) is not None


def _rule_order(rule: Rule) -> tuple[str, str, list[str]]:
    return rule.kind, rule.of, sorted(rule.members)


def refusal(asked: Asked) -> SeatingRefused:
    """Why nothing was found, with no more rules and locked seats than it takes."""
    bare = _with(asked, [], {})
    if _answer(bare) == "no":
        return SeatingRefused("sizes")
    rules, locked = effective(asked.settings.rules, asked.people), dict(asked.locked)
    if _answer(asked) == "unknown":
        return SeatingRefused("undecided", rules, sorted(locked), _concerned(asked, rules, locked))
    if _answer(_with(asked, rules, {})) == "no":
        locked = {}
    for rule in list(rules):
        without = [other for other in rules if other != rule]
        if _answer(_with(asked, without, locked)) == "no":
            rules = without
    for id_ in sorted(locked):
        without_lock = {other: table for other, table in locked.items() if other != id_}
        if _answer(_with(asked, rules, without_lock)) == "no":
            locked = without_lock
    contradict = not locked and units_of(asked.people, rules, {}) is None
    reason: Literal["contradiction", "no_room"] = "contradiction" if contradict else "no_room"
    return SeatingRefused(reason, rules, sorted(locked), _concerned(asked, rules, locked))


def _with(asked: Asked, rules: Sequence[Rule], locked: Mapping[str, int]) -> Asked:
    return replace(asked, settings=replace(asked.settings, rules=tuple(rules)), locked=locked)


def _answer(asked: Asked) -> Answer:
    """Whether there is a way to keep these rules."""
    settings = asked.settings
    units = units_of(asked.people, effective(settings.rules, asked.people), asked.locked)
    if units is None:
        return "no"
    answer: Answer = "no"
    for tables in table_counts(asked):
        try:
            if place(units, tables, settings.min_seats, settings.max_seats) is not None:
                return "yes"
        except OutOfSteps:
            answer = "unknown"
    return answer


def _concerned(asked: Asked, rules: Sequence[Rule], locked: Mapping[str, int]) -> list[str]:
    named = {person.id for rule in rules for person in present(rule, asked.people)}
    return sorted(named | locked.keys())
