"""The sheet of a table and, on its back, the page for ideas. It lies where all can read it.

People without consent are told of by their role alone; what is in common only as :mod:`.common` allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.gathering.common import MOST, in_common
from reports.gathering.desk import PackDesk, Shown, by_name, is_facilitator
from reports.gathering.topics import topic_lines
from reports.qr import QrCode, qr_code

MOST_SEATED = 26
"""How many people have a line; at a larger table the others are counted."""

CROWDED = 10
"""From more people on each has one line, and letters are smaller."""

IDEA_ROWS = 7

_OPENERS = ("open_first", "open_second", "open_third")


@dataclass(frozen=True, slots=True)
class Talk:
    """Something to talk about. ``why``: whose it is, in general; empty for what is always good to ask."""

    question: str
    why: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """One table. ``left``, ``right``: who sits there, in two columns; ``more``: about those without a line.

    ``common_none``: a sentence where nothing in common is told, for whatever reason. ``qr``: where ideas are
    written down, with ``address`` to type; without one None and empty.
    """

    gathering: str
    name: str
    facts: str
    is_crowded: bool
    left: tuple[Shown, ...]
    right: tuple[Shown, ...]
    more: str
    common: tuple[Talk, ...]
    common_none: str
    topics: tuple[Talk, ...]
    ideas: str
    idea_rows: range
    qr: QrCode | None
    address: str


def table_pages(desk: PackDesk) -> Iterator[TablePage]:
    """A page for every table, in order; tables are numbered from 1."""
    for at in range(len(desk.material.plan.tables)):
        seated = seated_at(desk, at)
        shown, more = seated[:MOST_SEATED], len(seated) - MOST_SEATED
        half = -(-len(shown) // 2)
        common = in_common(desk, at)
        address = desk.material.ideas[at] if desk.material.ideas else ""
        words = desk.voice.words
        yield TablePage(
            gathering=desk.title,
            name=desk.voice.say("table", number=at + 1),
            facts=desk.when_and_where,
            is_crowded=len(seated) > CROWDED,
            left=shown[:half],
            right=shown[half:],
            more=desk.voice.say("more", count=more) if more > 0 else "",
            common=tuple(Talk(one.question, words[f"common_{one.kind}"]) for one in common),
            common_none="" if common else words["common_none"],
            topics=_topics(desk, {one.topic for one in common}),
            ideas=desk.voice.say("ideas", number=at + 1),
            idea_rows=range(IDEA_ROWS),
            qr=qr_code(address, words["ideas_page"]) if address else None,
            address=address,
        )


def seated_at(desk: PackDesk, table: int) -> tuple[Shown, ...]:
    """Who sits at a table, as others may see them: those who lead it, those with a name, then the others."""
    ids = set(desk.material.plan.tables[table])
    people = [person for person in desk.material.people if person.id in ids]
    shown = [(person, desk.shown(person)) for person in sorted(people, key=by_name)]
    shown.sort(key=lambda one: (not is_facilitator(one[0]), not one[1].is_named))
    return tuple(one for _, one in shown)


def _topics(desk: PackDesk, taken: set[str]) -> tuple[Talk, ...]:
    """Topics of the whole gathering that are not the table's own already; else what is always good to ask."""
    lines = [line for line in topic_lines(desk) if line.topic not in taken]
    if lines or taken:
        return tuple(
            Talk(line.question, desk.voice.say("topic_has", who=line.who))
            for line in lines[: MOST - len(taken)]
        )
    return tuple(Talk(desk.voice.words[key], "") for key in _OPENERS)
