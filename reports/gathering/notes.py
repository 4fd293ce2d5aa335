"""What a facilitator needs: the day, the shared topics, what to ask at each table, and what stays there.

No company's figures and no name without consent: it says nothing that the sheets on the tables do not.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.gathering.agenda import AgendaLine, agenda_lines
from reports.gathering.common import in_common
from reports.gathering.desk import PackDesk, Shown, printed
from reports.gathering.table import Talk, seated_at
from reports.gathering.topics import TopicLine, topic_lines
from reports.sections.cover import Line

_RULES = ("rule_owned", "rule_ask", "rule_names", "rule_market", "rule_photo")
_CAPTURE = ("capture_write", "capture_whole", "capture_figures", "capture_collect")
_HOUR = ((10, "hour_open"), (25, "hour_talk"), (15, "hour_ideas"), (10, "hour_close"))
"""An hour at a table: minutes, and what for. Our own suggestion; the agenda may give it more or less."""


@dataclass(frozen=True, slots=True)
class TableNotes:
    """One table. ``seated``: who sits there, in one line. ``asks``: what to ask about what."""

    name: str
    seated: str
    asks: tuple[Talk, ...]


@dataclass(frozen=True, slots=True)
class NotesPage:
    """The notes. ``topics_none``, ``tables_none``: a sentence where there is nothing, else empty."""

    title: str
    facts: tuple[Line, ...]
    agenda: tuple[AgendaLine, ...]
    hour: tuple[AgendaLine, ...]
    topics: tuple[TopicLine, ...]
    topics_none: str
    tables: tuple[TableNotes, ...]
    tables_none: str
    rules: tuple[str, ...]
    capture: tuple[str, ...]


def notes_page(desk: PackDesk) -> NotesPage:
    """The notes, the same for all facilitators."""
    words = desk.voice.words
    topics, numbers = topic_lines(desk), range(len(desk.material.plan.tables))
    tables = tuple(_table(desk, at) for at in numbers)
    return NotesPage(
        title=desk.title,
        facts=tuple(_facts(desk)),
        agenda=tuple(agenda_lines(desk)),
        hour=tuple(_part(desk, count, key) for count, key in _HOUR),
        topics=topics,
        topics_none="" if topics else words["topics_none"],
        tables=tables,
        tables_none="" if tables else words["tables_none"],
        rules=tuple(words[key] for key in _RULES),
        capture=tuple(words[key] for key in _CAPTURE),
    )


def _part(desk: PackDesk, minutes: int, key: str) -> AgendaLine:
    return AgendaLine("", desk.voice.words[key], desk.voice.say("minutes", count=minutes))


def _facts(desk: PackDesk) -> list[Line]:
    voice, words = desk.voice, desk.voice.words
    participants = desk.participants
    asked = [one.readiness for one in participants if one.readiness is not None]
    found = [
        Line(words["when"], desk.when),
        Line(words["where"], printed(desk.material.gathering.place)),
        Line(words["participants"], str(len(participants))),
        Line(words["facilitators"], str(len(desk.material.people) - len(participants))),
        Line(words["tables"], str(len(desk.material.plan.tables))),
    ]
    if asked:
        ready = sum(one.is_ready for one in asked)
        found.append(Line(words["prework"], voice.say("prework_done", count=ready, all=len(asked))))
    return [line for line in found if line.text]


def _table(desk: PackDesk, table: int) -> TableNotes:
    words = desk.voice.words
    common = in_common(desk, table)
    asks = [Talk(one.question, words[f"ask_{one.kind}"]) for one in common]
    return TableNotes(
        name=desk.voice.say("table", number=table + 1),
        seated=_seated(desk, table),
        asks=tuple(asks) or (Talk(words["ask_bring"], words["ask_bring_how"]),),
    )


def _seated(desk: PackDesk, table: int) -> str:
    """The names that may be shown, and how many there are beside them."""
    people = seated_at(desk, table)
    named = [_named(one) for one in people if one.is_named]
    others = len(people) - len(named)
    return "; ".join([*named, *([desk.voice.say("not_named", count=others)] if others else [])])


def _named(person: Shown) -> str:
    said = f"{person.name}, {person.company}" if person.company else person.name
    return f"{said} ({person.role.lower()})" if person.role else said
