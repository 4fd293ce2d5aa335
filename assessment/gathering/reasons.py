"""Why people sit together: the gaps they share, and who can help whom with what.

Ids only, no weights: a table list must not tell how large anybody's gap is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment.gathering.seats import Participant, Plan
from assessment.gathering.worth import Scaled, scaled

MAX_SHARED = 3


@dataclass(frozen=True, slots=True)
class SharedGap:
    """A question or dimension that is among the largest gaps of two people or more at a table."""

    topic: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """Somebody whose strength is somebody else's gap."""

    helper: str
    helped: str
    topic: str


@dataclass(frozen=True, slots=True)
class TableReason:
    """Why this table. ``shared``: those of most people first, at most three.

    ``helps``: for each person the best help there is at the table, by the id of who is helped; help by
    somebody of another owner first.
    """

    shared: tuple[SharedGap, ...]
    helps: tuple[Help, ...]


def reasons(plan: Plan, participants: Iterable[Participant]) -> tuple[TableReason, ...]:
    """The reason of each table; people with a seat who are not among the participants do not matter."""
    people = sorted(participants, key=lambda person: person.id)
    weights = dict(zip((person.id for person in people), scaled(people), strict=True))
    owners = {person.id: person.owner for person in people}
    return tuple(
        _reason([id_ for id_ in sorted(table) if id_ in weights], weights, owners) for table in plan.tables
    )


def _reason(table: Sequence[str], weights: dict[str, Scaled], owners: dict[str, str]) -> TableReason:
    found = (_help_for(id_, table, weights, owners) for id_ in table)
    return TableReason(_shared(table, weights), tuple(help_ for help_ in found if help_ is not None))


def _shared(table: Sequence[str], weights: dict[str, Scaled]) -> tuple[SharedGap, ...]:
    """Most people first; of as many, the largest sum of weights, then the id."""
    holders: dict[str, list[str]] = {}
    for id_ in table:
        for topic in weights[id_].largest:
            holders.setdefault(topic, []).append(id_)
    topics = [topic for topic, people in holders.items() if len(people) > 1]
    topics.sort(key=lambda t: (-len(holders[t]), -sum(weights[id_].largest[t] for id_ in holders[t]), t))
    return tuple(SharedGap(topic, tuple(holders[topic])) for topic in topics[:MAX_SHARED])


def _help_for(
    id_: str, table: Sequence[str], weights: dict[str, Scaled], owners: dict[str, str]
) -> Help | None:
    gaps = weights[id_].gaps
    best = min(
        (
            (owners[other] == owners[id_], -min(strength, gaps[topic]), topic, other)
            for other in table
            if other != id_
            for topic, strength in weights[other].strengths.items()
            if topic in gaps
        ),
        default=None,
    )
    return None if best is None else Help(best[3], id_, best[2])
