"""The agenda with the clock, as far as it follows from when the gathering begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from reports.gathering.desk import PackDesk, printed
from reports.sections.learning import clock


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One point. ``time``: when it begins, ``lasts``: how long it takes; empty where that is not known."""

    time: str
    title: str
    lasts: str


def agenda_lines(desk: PackDesk) -> Iterator[AgendaLine]:
    """Every point in order; from the first one on whose length is not set, the time is not known."""
    at = desk.material.gathering.starts
    for point in desk.material.gathering.agenda:
        lasts = "" if point.minutes is None else desk.voice.say("minutes", count=point.minutes)
        yield AgendaLine(clock(at) if at else "", printed(point.title), lasts)
        at = at + timedelta(minutes=point.minutes) if at and point.minutes is not None else None
