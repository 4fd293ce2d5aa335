"""Telling those who run a programme that something it points to cannot be reached: how much, and where."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.db import queries_activities as queries
from webapp.db import queries_support
from webapp.db.tables.organisations import Programme, ProgrammeStaff
from webapp.db.tables.people import Person
from webapp.links import desk_link, mail_off_link
from webapp.mail import Message
from webapp.services.jobs import Body
from webapp.services.letters import Pen, harmless_name, message
from webapp.services.mailchoice import mail_token
from webapp.services.queueing import enqueue
from webapp.services.site import Site
from webapp.words import DEFAULT_LANGUAGE, language_of, words_of


def order_dead_links(session: Session, site: Site, programme_id: str, now: datetime) -> tuple[str, ...]:
    """Have everybody who runs a programme told, once a day at most; the ids of the jobs."""
    day = now.astimezone(site.zone).date().isoformat()
    return tuple(
        enqueue(
            session,
            now,
            "send_mail",
            f"dead_links:{programme_id}:{person_id}:{day}",
            mail="dead_links",
            programme=programme_id,
            person=person_id,
        ).id
        for person_id in queries.staff_of(session, programme_id)
    )


def write_dead_links(session: Session, site: Site, body: Body, _now: datetime) -> Message | None:
    """The mail as it applies now; None where all can be reached again, or its reader wants none."""
    programme_id, person_id = str(body["programme"]), str(body["person"])
    programme, person = session.get(Programme, programme_id), session.get(Person, person_id)
    if programme is None or person is None or person.email is None or not person.wants_mail:
        return None
    if session.get(ProgrammeStaff, (programme_id, person_id)) is None:
        return None
    ids = [row.id for row in queries.activities_of(session, [programme_id])]
    helpers = [row.id for row in queries_support.actors_of(session, [programme_id])]
    count = sum(one.dead_since_utc is not None for one in queries.links_of(session, ids))
    count += sum(one.dead_since_utc is not None for one in queries_support.links_of(session, helpers))
    if not count:
        return None
    language = language_of(person.language) or DEFAULT_LANGUAGE
    named = harmless_name(words_of(language), programme.name, "some_programme")
    pen = Pen(site.settings, language, "dead_links", programme=named)
    said = (pen.say("lead"), pen.words.plural("mail.dead_links.count", count), pen.say("what"))
    link = desk_link(site.settings, language, programme_id)
    leave = mail_off_link(site.settings, language, mail_token(site.settings, person.id))
    return message(person.email, pen.write(link, said, leave=leave))
