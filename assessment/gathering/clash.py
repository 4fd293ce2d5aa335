"""How many tables there can be, and exactly which rules stand in the way when there is no way.

What is named is needed: without any one of the rules and locked seats, all the others could be kept. Only
where that is not decided within the steps, one may be named too many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from assessment.gathering.placing import OutOfSteps, place
from assessment.gathering.search import Room
from assessment.gathering.seats import Participant, Refusal, Rule, SeatingRefused, Settings
from assessment.gathering.units import pairs_apart, present, units_of

No: TypeAlias = Literal["none", "not_found"]
"""There is no seating, or none was found within the steps."""

_Condition: TypeAlias = Rule | str
"""A rule, or a person whose seat is locked."""

MAX_STEPS = 200_000
"""Looks at a unit for one question, over all numbers of tables; for all that is asked to name the rules."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. ``people``: by id; ``locked``: person -> table; ``tables_before``: 0 at first."""

    people: Sequence[Participant]
    settings: Settings
    locked: Mapping[str, int]
    tables_before: int = 0


def room_for(asked: Asked, steps: int = MAX_STEPS) -> Room | No:
    """A number of tables that works, with tables for units that have rules; else whether there is none."""
    settings, counts = asked.settings, table_counts(asked)
    units = units_of(asked.people, effective(settings.rules, asked.people), asked.locked)
    if units is None:
        return "none"
    answer: No = "none"
    low, high = settings.min_seats, settings.max_seats
    for tables in counts:
        try:
            careful = place(units, tables, low, high, steps // len(counts))
        except OutOfSteps:
            answer = "not_found"
            continue
        if careful is not None:
            return Room(units, tables, low, high, careful)
    return answer


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


def refusal(asked: Asked, answer: No) -> SeatingRefused:
    """Why there is no room, with no more rules and locked seats than it takes."""
    if room_for(_with(asked, ())) == "none":
        return SeatingRefused("sizes")
    named: list[_Condition] = [*sorted(asked.locked), *effective(asked.settings.rules, asked.people)]
    if answer == "none":
        named = _least(asked, named)
    least = _with(asked, named)
    rules, locked = least.settings.rules, least.locked
    contradict = not locked and units_of(asked.people, rules, {}) is None
    reason: Refusal = "contradiction" if contradict else "no_room" if answer == "none" else "undecided"
    concerned = {person.id for rule in rules for person in present(rule, asked.people)} | locked.keys()
    return SeatingRefused(reason, rules, sorted(locked), sorted(concerned))


def _least(asked: Asked, conditions: list[_Condition]) -> list[_Condition]:
    """Take out what is not needed for there to be no room: many at once first, in the end one by one."""
    steps = MAX_STEPS // len(conditions)
    size = len(conditions) // 2 or 1
    while size:
        at = 0
        while at < len(conditions):
            without = conditions[:at] + conditions[at + size :]
            if room_for(_with(asked, without), steps) == "none":
                conditions = without
            else:
                at += size
        size //= 2
    return conditions


def _with(asked: Asked, conditions: Sequence[_Condition]) -> Asked:
    """The same with these rules and locked seats alone."""
    rules = tuple(condition for condition in conditions if isinstance(condition, Rule))
    locked = {id_: asked.locked[id_] for id_ in conditions if isinstance(id_, str)}
    return replace(asked, settings=replace(asked.settings, rules=rules), locked=locked)
