"""What a table has in common, as far as those it is about have said that it may be told.

A topic is told when at least two people with it consent; help, when who helps and who is helped both do.
Others do not matter at all, not even for the order. Nobody is named. Source: decisions 0037 and 0042.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal, TypeAlias

from reports.gathering.desk import PackDesk

AT_LEAST = 2
"""How many people at a table must have a gap, and consent, before it is called shared there."""

MOST = 4
"""How many topics a table is given as its own."""

Kind: TypeAlias = Literal["shared", "both", "help"]
"""A gap of several; the same with somebody good at it; a gap of somebody with somebody good at it."""


@dataclass(frozen=True, slots=True)
class Common:
    """A topic of one table. ``topic``: its id."""

    topic: str
    kind: Kind
    question: str


def in_common(desk: PackDesk, table: int) -> tuple[Common, ...]:
    """What may be told at a table, shared gaps first, each by how many who consent have it, then by id."""
    if not desk.material.reasons:
        return ()
    reason = desk.material.reasons[table]
    willing = {person.id for person in desk.material.people if person.shares_gaps}
    held = {one.topic: len(willing.intersection(one.people)) for one in reason.shared}
    shared = {topic: count for topic, count in held.items() if count >= AT_LEAST}
    helped = Counter(one.topic for one in reason.helps if {one.helper, one.helped} <= willing)
    told = [_common(desk, topic, "both" if topic in helped else "shared") for topic in _ordered(shared)]
    told += [_common(desk, topic, "help") for topic in _ordered(helped) if topic not in shared]
    return tuple(one for one in told if one.question)[:MOST]


def _ordered(counts: dict[str, int]) -> list[str]:
    return sorted(counts, key=lambda topic: (-counts[topic], topic))


def _common(desk: PackDesk, topic: str, kind: Kind) -> Common:
    return Common(topic, kind, desk.topic(topic))
