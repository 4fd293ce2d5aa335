"""An activity as a calendar file, which programs for calendars read (RFC 5545)."""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar, Event

from questionnaires.programme import ProgrammeActivity
from questionnaires.values import Language
from reports.formatting import clean
from webapp.errors import NotThere
from webapp.links import activity_link
from webapp.services.activities import open_activity
from webapp.services.actor import Actor
from webapp.services.offering import ends_of
from webapp.services.site import Site

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Kretslop//Kretslop//EN"


def calendar_file(
    site: Site, actor: Actor, activity_id: str, language: Language, now: datetime
) -> tuple[str, bytes]:
    """The name and the content of the file. Raises NotThere, also for what has no time."""
    opened = open_activity(site, actor, activity_id, now)
    activity = opened.activity
    if activity.starts is None:
        raise NotThere
    content = calendar_of(site, opened.offered.id, activity, language, now)
    return f"{activity.id.lower()}.ics", content


def calendar_of(
    site: Site, activity_id: str, activity: ProgrammeActivity, language: Language, now: datetime
) -> bytes:
    """One event in UTC. Its uid stays, so that a file that is fetched again moves the event."""
    link = activity_link(site.settings, language, activity_id)
    event = Event()
    event.add("uid", f"{activity_id}@{_host(site)}")
    event.add("dtstamp", now)
    event.add("summary", clean(getattr(activity.title, language)))
    event.add("dtstart", activity.starts)
    event.add("dtend", ends_of(activity))
    event.add("status", "CANCELLED" if activity.is_cancelled else "CONFIRMED")
    event.add("url", link)
    event.add("description", "\n\n".join([*_about(activity, language), link]))
    if activity.place:
        event.add("location", clean(activity.place))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _about(activity: ProgrammeActivity, language: Language) -> list[str]:
    return [] if activity.about is None else [clean(getattr(activity.about, language))]


def _host(site: Site) -> str:
    return site.settings.public_url.partition("://")[2].partition("/")[0].partition(":")[0]
