"""From when until when: days as people name them, as the times that an assignment begins and ends.

A first day begins at midnight where the people are, or now where it is today; a last day is the whole day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from webapp.errors import Refused

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


def begin(zone: ZoneInfo, first: date | None, now: datetime) -> datetime:
    """When an assignment begins; without a day at once. Raises Refused for a day that is over."""
    today = now.astimezone(zone).date()
    if first is None or first == today:
        return now
    if first < today:
        raise Refused("team.day_past")
    return _midnight(zone, first)


def end(zone: ZoneInfo, last: date | None, begins: datetime, now: datetime) -> datetime | None:
    """When an assignment ends; None where it has no last day.

    Raises Refused for a day that is over, or before the first.
    """
    if last is None:
        return None
    if last < now.astimezone(zone).date():
        raise Refused("team.day_past")
    ends = _midnight(zone, last + _DAY)
    if ends <= begins:
        raise Refused("team.day_before")
    return ends


def last_day(zone: ZoneInfo, until_utc: datetime | None) -> date | None:
    """The last day somebody has access on, of an end that may be in the middle of it."""
    return None if until_utc is None else (until_utc - _INSTANT).astimezone(zone).date()


def _midnight(zone: ZoneInfo, day: date) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
