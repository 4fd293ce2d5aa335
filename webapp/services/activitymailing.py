"""Mail about activities: that one is near, was moved or cancelled, that somebody has a place.

Each is one job for each activity and person. Whether it applies is asked again when it is written; that
somebody was reminded is noted after the mail was sent, so a worker that is killed in between sends the same
mail with the same id once more, and nobody is reminded twice of one activity.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from sqlalchemy.orm import Session

from questionnaires.programme import ProgrammeActivity
from questionnaires.values import Language
from reports.formatting import Voice
from reports.translations.report import REPORT_WORDS
from webapp.db import queries_activities as queries
from webapp.db.queries_people import roles_of
from webapp.db.queries_work import find_job
from webapp.db.tables.activities import ActivityReminder, Registration
from webapp.db.tables.activities import ProgrammeActivity as ActivityRow
from webapp.db.tables.people import Person
from webapp.links import activity_link, mail_off_link
from webapp.mail import Message
from webapp.services.jobs import Body
from webapp.services.letters import Pen, harmless_name, message
from webapp.services.mailchoice import mail_token
from webapp.services.offering import activity_in
from webapp.services.queueing import enqueue
from webapp.services.site import Site
from webapp.services.telling import HOUR
from webapp.services.tokens import hash_of
from webapp.words import DEFAULT_LANGUAGE, language_of, words_of

ActivityMail: TypeAlias = Literal["activity_soon", "activity_place", "activity_moved", "activity_cancelled"]

SOON = timedelta(days=2)
"""How long before an activity people are reminded of it."""

ID_DIGITS = 32

_AGAIN = ("activity_place", "activity_moved")
"""What can happen to the same person and activity more than once."""


def order_reminding(site: Site, now: datetime) -> str | None:
    """Have a worker remind everybody today; the job's id, None before ``HOUR`` and when there is one."""
    local = now.astimezone(site.zone)
    key = f"remind_of_activities:{local.date().isoformat()}"
    if local.hour < HOUR:
        return None
    with site.database.read() as session:
        if find_job(session, key) is not None or not queries.starting_between(session, now, now + SOON):
            return None
    with site.database.write() as session:
        return enqueue(session, now, "remind_of_activities", key).id


def remind(site: Site, now: datetime) -> tuple[str, ...]:
    """Order the reminders of all who have a place in what is near; the ids of the jobs. Raises NotSaved."""
    with site.database.read() as session:
        near = queries.starting_between(session, now, now + SOON)
    found: list[str] = []
    for activity_id in near:
        with site.database.write() as session:
            row = session.get(ActivityRow, activity_id)
            people = [] if row is None else queries.registrations_of(session, row.id)[: row.capacity]
            found += [
                order_activity_mail(session, "activity_soon", activity_id, one.person_id, now)
                for one in people
                if session.get(ActivityReminder, (activity_id, one.person_id)) is None
            ]
    return tuple(found)


def order_activity_mail(
    session: Session, mail: ActivityMail, activity_id: str, person_id: str, now: datetime
) -> str:
    """Have somebody told of an activity: once by each kind of mail, of a move and a place each time."""
    stamp = f":{now:%Y%m%dT%H%M%S%f}" if mail in _AGAIN else ""
    key = f"{mail}:{activity_id}:{person_id}{stamp}"
    body = {"mail": mail, "activity": activity_id, "person": person_id}
    return enqueue(session, now, "send_mail", key, **body).id


def write_activity_mail(session: Session, site: Site, body: Body, now: datetime) -> Message | None:
    """The mail as it applies now; None where it does not any more, or its reader wants none."""
    mail, person = str(body["mail"]), session.get(Person, str(body["person"]))
    row = session.get(ActivityRow, str(body["activity"]))
    if row is None or person is None or person.email is None or not person.wants_mail:
        return None
    if not _applies(session, mail, row, person, now):
        return None
    language = language_of(person.language) or DEFAULT_LANGUAGE
    pen = Pen(site.settings, language, mail, **said_of(site, activity_in(row), language))
    leave = mail_off_link(site.settings, language, mail_token(site.settings, person.id))
    link = activity_link(site.settings, language, row.id)
    letter = pen.write(link, (pen.say("lead"), pen.say("when"), pen.say("what")), leave=leave)
    written = message(person.email, letter)
    if mail in _AGAIN:
        return written
    return replace(written, id=hash_of(f"{mail}:{row.id}:{person.id}")[:ID_DIGITS])


def note_reminded(site: Site, body: Body, now: datetime) -> None:
    """Remember that somebody was reminded. Raises NotSaved."""
    key = (str(body["activity"]), str(body["person"]))
    with site.database.write() as session:
        is_there = session.get(ActivityRow, key[0]) is not None and session.get(Person, key[1]) is not None
        if is_there and session.get(ActivityReminder, key) is None:
            session.add(ActivityReminder(activity_id=key[0], person_id=key[1], at_utc=now))


def said_of(site: Site, activity: ProgrammeActivity, language: Language) -> dict[str, str]:
    """What a mail says of an activity: its title, its day and time where people are, and where it is."""
    words, voice = words_of(language), Voice(language, REPORT_WORDS[language], {})
    title = harmless_name(words, getattr(activity.title, language), "some_activity")
    when = words.say("mail.no_time")
    if activity.starts is not None:
        local = activity.starts.astimezone(site.zone)
        when = words.say("mail.at_time", day=voice.date(local.date()), time=f"{local:%H:%M}")
    place = harmless_name(words, activity.place, "on_page") if activity.place else words.say("mail.on_page")
    return {"title": title, "when": when, "place": place}


def _applies(session: Session, mail: str, row: ActivityRow, person: Person, now: datetime) -> bool:
    registrations = queries.registrations_of(session, row.id)
    at = next((at for at, one in enumerate(registrations) if one.person_id == person.id), None)
    if at is None or not _is_theirs(session, registrations[at], now):
        return False
    is_coming = row.starts_utc is not None and row.starts_utc > now
    if mail == "activity_cancelled":
        return row.cancelled_utc is not None and is_coming
    has_place = row.capacity is None or at < row.capacity
    if mail == "activity_soon" and session.get(ActivityReminder, (row.id, person.id)) is not None:
        return False
    return is_coming and (has_place or mail == "activity_moved") and row.cancelled_utc is None


def _is_theirs(session: Session, registration: Registration, now: datetime) -> bool:
    """Whether somebody still belongs to the company they registered for."""
    held = {
        role
        for id_, role in roles_of(session, registration.person_id, now)
        if id_ == registration.organisation_id
    }
    return not held.isdisjoint(("owner", "member"))
