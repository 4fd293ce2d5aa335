"""What those who are present could talk about: the gaps that most companies share, told of nobody.

A topic is told when at least ``MIN_GROUP`` owners have it among their largest gaps. That most have it is
told without telling that one to five have not. Owners that belong to one group count once: the caller gives
the group's id. A list is made once for a gathering: two lists of almost the same people tell more than one.
Source: decision 0037.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assessment.cohort.audit import LARGE

MIN_GROUP = LARGE
"""So that each who has a gap sees five others that have it, and not fewer."""

MAX_TOPICS = 10


@dataclass(frozen=True, slots=True)
class OwnerGaps:
    """The largest gaps of one company that is present, as topics (:attr:`Sheet.gaps`)."""

    owner: str
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """A shared gap. ``owners``: how many have it; with ``or_more`` at least so many."""

    topic: str
    owners: int
    or_more: bool


@dataclass(frozen=True, slots=True)
class Topics:
    """The list. ``owners``: how many are present. ``topics``: those of most owners first, then by id.

    Empty where nothing can be told, for whatever reason.
    """

    owners: int
    topics: tuple[Topic, ...]


def shared_topics(present: Iterable[OwnerGaps]) -> Topics:
    """The topics that can be told of those present, at most ten; none for fewer than twice ``MIN_GROUP``."""
    held: dict[str, set[str]] = {}
    for one in present:
        held.setdefault(one.owner, set()).update(one.topics)
    most = len(held) - MIN_GROUP
    if most < MIN_GROUP:
        return Topics(len(held), ())
    counts = Counter(topic for topics in held.values() for topic in topics)
    found = [_topic(topic, count, most) for topic, count in counts.items() if count >= MIN_GROUP]
    # by what is told and not by how many there are, or the order would tell those beyond "or more" apart
    found.sort(key=lambda topic: (-topic.owners, topic.topic))
    return Topics(len(held), _without_a_small_rest(found[:MAX_TOPICS], counts))


def _topic(topic: str, count: int, most: int) -> Topic:
    return Topic(topic, min(count, most), or_more=count >= most)


def _without_a_small_rest(told: list[Topic], counts: Counter[str]) -> tuple[Topic, ...]:
    """As many as leave nothing untold, or enough of it: everybody has three, so the rest could be counted."""
    while told and 0 < counts.total() - sum(counts[topic.topic] for topic in told) < MIN_GROUP:
        told = told[:-1]
    return tuple(told)
