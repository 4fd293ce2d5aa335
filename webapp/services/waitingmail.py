"""The daily mail: what waits for its reader, in counts, names of companies they know, and days.

No level, no answer, no note, no idea, and not what was agreed: a mail is read by whoever sees the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from questionnaires.values import Language
from reports.formatting import Voice
from reports.translations.report import REPORT_WORDS
from webapp.db.tables.people import Person
from webapp.links import front_link, ideas_link, mail_off_link, overview_link, portfolio_link
from webapp.mail import Message
from webapp.services.jobs import Body
from webapp.services.letters import Pen, harmless_name, message
from webapp.services.mailchoice import mail_token
from webapp.services.offering import activity_in
from webapp.services.site import Site
from webapp.services.telling import Thing, Waiting, news_for
from webapp.services.tokens import hash_of
from webapp.settings import Settings
from webapp.words import DEFAULT_LANGUAGE, Words, language_of, words_of

MAX_LINES = 10
"""How many of one kind are named; the rest is counted."""

ID_DIGITS = 32
"""Of a mail's id, hexadecimal: as many as the ids of other mails have."""


def write_waiting(session: Session, site: Site, body: Body, now: datetime) -> Message | None:
    """The daily mail of one person; None where nothing new waits any more, and once today's was sent."""
    person = session.get(Person, str(body["person"]))
    found = None if person is None else news_for(session, site, person, now)
    if person is None or person.email is None or found is None:
        return None
    language = language_of(person.language) or DEFAULT_LANGUAGE
    pen = Pen(site.settings, language, "waiting")
    leave = mail_off_link(site.settings, language, mail_token(site.settings, person.id))
    link = _link(site.settings, language, found)
    letter = pen.write(link, (pen.say("lead"), *_parts(found, language)), (pen.say("once"),), leave=leave)
    id_ = hash_of(f"waiting:{person.id}:{body['day']}")[:ID_DIGITS]
    return replace(message(person.email, letter), id=id_)


def _link(settings: Settings, language: Language, found: Waiting) -> str:
    gatherings = {one.gathering.id for one in found.ideas if one.gathering is not None}
    if len(gatherings) == 1 and found.things == found.ideas:
        return ideas_link(settings, language, gatherings.pop())
    if found.ideas or (found.hand_ins and found.is_for_company):
        return front_link(settings, language)
    return (portfolio_link if found.hand_ins else overview_link)(settings, language)


def _parts(found: Waiting, language: Language) -> Iterator[str]:
    words, voice = words_of(language), Voice(language, REPORT_WORDS[language], {})
    for kind, things in (
        ("hand_ins", found.hand_ins),
        ("sent_back", found.sent_back),
        ("reopened", found.reopened),
        ("promises", found.promises),
        ("ideas", found.ideas),
    ):
        if not things:
            continue
        yield words.plural(f"mail.waiting.{kind}", len(things))
        yield from (f"– {_line(thing, words, voice)}" for thing in things[:MAX_LINES])
        if len(things) > MAX_LINES:
            yield f"– {words.say('mail.waiting.more', count=len(things) - MAX_LINES)}"


def _line(thing: Thing, words: Words, voice: Voice) -> str:
    """Whose, what, and until when."""
    if thing.gathering is not None:
        title = getattr(activity_in(thing.gathering).title, words.language)
        company = harmless_name(words, title, "some_activity")
    else:
        company = harmless_name(words, thing.company, "a_company")
    what = "" if thing.shelved is None else f"{thing.shelved.title(words.language)} {thing.period}"
    said = f"{company}: {what}" if what else company
    if thing.due_on is None:
        return said
    key = "mail.waiting.overdue" if thing.is_overdue else "mail.waiting.due"
    return f"{said}, {words.say(key, day=voice.date(thing.due_on))}"
