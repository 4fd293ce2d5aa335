"""Mail of cohorts: invitations, and reminders to those who have not finished.

Both are ordered by a job, in small transactions: whom a mail was ordered for is written in the same one, so
a job that is done twice orders nothing twice. Nobody is reminded by cohorts within seven days of their last
mail, whoever presses which button.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

from reports.formatting import Voice
from reports.translations.report import REPORT_WORDS
from webapp.db import queries_cohorts as queries
from webapp.db.queries_work import find_job
from webapp.db.tables.cohorts import Cohort, CohortInvitation, CohortReminder
from webapp.db.tables.organisations import Organisation, Programme
from webapp.db.tables.people import Person
from webapp.errors import TooOften
from webapp.links import cohort_invitation_link, mail_off_link, overview_link
from webapp.mail import Message
from webapp.services.audit import record
from webapp.services.cohortprogress import standings_in
from webapp.services.cohorts import cohort_state
from webapp.services.jobs import Body
from webapp.services.letters import Pen, harmless_name, message
from webapp.services.limits import count_letter
from webapp.services.mailchoice import mail_token
from webapp.services.queueing import enqueue
from webapp.services.site import Site
from webapp.services.telling import HOUR
from webapp.services.tokens import hash_of, new_token
from webapp.words import DEFAULT_LANGUAGE, language_of, words_of

_T = TypeVar("_T")

REST = timedelta(days=7)
"""How long whoever has got a mail of a cohort gets none more."""

MOST_TOLD = 3
"""How many mails an invitation is worth that nobody answers."""

NEAR = timedelta(days=6)
"""From how long before the deadline a worker reminds: less than ``REST``, so that nobody gets two."""

BATCH = 100
ID_DIGITS = 32
INVITATION_DAYS = 60
"""How long an invitation can be answered after its last mail."""


def order_inviting(session: Session, cohort_id: str, now: datetime) -> str:
    """Have everybody told who is invited and does not know; the id of the job."""
    key = f"cohort_invite:{cohort_id}:{now:%Y%m%dT%H%M%S%f}"
    return enqueue(session, now, "cohort_mails", key, what="invite", cohort=cohort_id).id


def order_reminding_of(session: Session, site: Site, cohort_id: str, now: datetime) -> str | None:
    """Have everybody reminded who can be today; the id of the job, None where it was ordered today."""
    key = f"cohort_remind:{cohort_id}:{now.astimezone(site.zone).date().isoformat()}"
    if find_job(session, key) is not None:
        return None
    return enqueue(session, now, "cohort_mails", key, what="remind", cohort=cohort_id).id


def order_daily(site: Site, now: datetime) -> tuple[str, ...]:
    """Order what is due today: reminders near a deadline, and invitations that were put off.

    To be called as often as one likes; nothing before ``HOUR``.
    """
    local = now.astimezone(site.zone)
    if local.hour < HOUR:
        return ()
    today, found = local.date(), []
    with site.database.read() as session:
        near = [
            row.id
            for row in queries.near_deadline(session, today, today + NEAR)
            if cohort_state(site, row, now) == "open"
        ]
        untold = [row.id for row in queries.with_untold(session) if cohort_state(site, row, now) == "open"]
        keys = {f"cohort_remind:{id_}:{today}": (id_, "remind") for id_ in near}
        keys |= {f"cohort_invite:{id_}:{today}": (id_, "invite") for id_ in untold}
        missing = [key for key in keys if find_job(session, key) is None]
    for key in missing:
        cohort_id, what = keys[key]
        with site.database.write() as session:
            found.append(enqueue(session, now, "cohort_mails", key, what=what, cohort=cohort_id).id)
    return tuple(found)


def order_mails(site: Site, body: Body, now: datetime) -> tuple[str, ...]:
    """Do what a job asks: order the mails of one cohort, a batch at a time. Raises NotSaved."""
    cohort_id = str(body["cohort"])
    if body["what"] == "invite":
        return tuple(_order_invitations(site, cohort_id, now))
    return tuple(_order_reminders(site, cohort_id, now))


def _order_invitations(site: Site, cohort_id: str, now: datetime) -> Iterator[str]:
    with site.database.read() as session:
        waiting = queries.untold(session, cohort_id)
    for some in _batches(waiting):
        with site.database.write() as session:
            cohort = queries.find_cohort(session, cohort_id)
            if cohort is None or cohort_state(site, cohort, now) != "open":
                return
            found = [_tell(session, site, id_, now) for id_ in some]
        yield from (one for one in found if one is not None)


def _batches(all_of_them: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(all_of_them), BATCH):
        yield all_of_them[start : start + BATCH]


def _tell(session: Session, site: Site, invitation_id: str, now: datetime) -> str | None:
    """Order the next mail of an invitation; None where it has to wait, or is answered by now."""
    row = session.get(CohortInvitation, invitation_id, with_for_update=True, populate_existing=True)
    if row is None or row.used_utc is not None or row.declined_utc is not None or row.told >= MOST_TOLD:
        return None
    if row.told and queries.was_told(session, row.email, now - REST):
        return None
    try:
        count_letter(session, site.settings, row.email, now)
    except TooOften:
        return None
    row.told_utc, row.told = now, row.told + 1
    row.ends_utc = now + timedelta(days=INVITATION_DAYS)
    key = f"cohort_invitation:{row.id}:{row.told}"
    return enqueue(session, now, "send_mail", key, mail="cohort_invitation", invitation=row.id).id


def _order_reminders(site: Site, cohort_id: str, now: datetime) -> Iterator[str]:
    with site.database.read() as session:
        invitations, people = whom_to_remind(session, site, cohort_id, now)
    done = 0
    for some in _batches([*((one.id, "") for one in invitations), *people]):
        with site.database.write() as session:
            cohort = queries.find_cohort(session, cohort_id)
            if cohort is None or cohort_state(site, cohort, now) != "open":
                return
            found = [_remind(session, site, cohort_id, one, now) for one in some]
        done += sum(one is not None for one in found)
        yield from (one for one in found if one is not None)
    if done:
        with site.database.write() as session:
            record(session, now, "cohort_reminded", cohort=cohort_id, count=done)


def _remind(session: Session, site: Site, cohort_id: str, whom: tuple[str, str], now: datetime) -> str | None:
    """Remind an invitation, or a person of their company; None where somebody did so in the meantime."""
    if not whom[1]:
        return _tell(session, site, whom[0], now)
    person_id, company_id = whom
    person = session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None or person.email is None or queries.was_told(session, person.email, now - REST):
        return None
    session.add(CohortReminder(cohort_id=cohort_id, person_id=person_id, at_utc=now))
    key = f"cohort_reminder:{cohort_id}:{person_id}:{now:%Y%m%dT%H%M%S%f}"
    body = {"cohort": cohort_id, "person": person_id, "company": company_id}
    return enqueue(session, now, "send_mail", key, mail="cohort_reminder", **body).id


def whom_to_remind(
    session: Session, site: Site, cohort_id: str, now: datetime
) -> tuple[list[CohortInvitation], list[tuple[str, str]]]:
    """The invitations to tell of again, and (person, company) of owners whose company has not finished.

    Each person once; nobody who was written to in the last seven days, or wants no such mail.
    """
    cohort = queries.find_cohort(session, cohort_id)
    if cohort is None or cohort_state(site, cohort, now) != "open":
        return [], []
    rested = queries.told_since(session, now - REST)
    companies = [
        one.organisation_id for one in standings_in(session, cohort, now) if one.standing.waits == "company"
    ]
    people: dict[str, str] = {}
    taken = set(rested)
    for company_id, person in _answering_for(session, companies):
        if person.email and person.wants_mail and person.email not in taken:
            people[person.id] = company_id
            taken.add(person.email)
    invitations = [
        one
        for one in queries.invitations_in(session, cohort_id)
        if one.used_utc is None
        and one.declined_utc is None
        and one.told_utc is not None
        and one.told < MOST_TOLD
        and one.email not in taken
    ]
    unwilling = queries.unwilling(session, [one.email for one in invitations])
    return [one for one in invitations if one.email not in unwilling], list(people.items())


def _answering_for(session: Session, companies: list[str]) -> Iterable[tuple[str, Person]]:
    """The owners of each company; of one that has none, those of the organisation above it."""
    owned = queries.owners_in(session, companies)
    yield from owned
    without = set(companies) - {company_id for company_id, _ in owned}
    parents = queries.parents_of(session, without)
    above: dict[str, list[Person]] = {}
    for parent_id, person in queries.owners_in(session, set(parents.values())):
        above.setdefault(parent_id, []).append(person)
    for company_id, parent_id in sorted(parents.items()):
        yield from ((company_id, person) for person in above.get(parent_id, ()))


def write_cohort_invitation(session: Session, site: Site, body: Body, now: datetime) -> Message | None:
    """The mail that invites; None where it does not apply any more. Its link is made here."""
    row = session.get(CohortInvitation, str(body["invitation"]))
    if row is None or row.used_utc is not None or row.declined_utc is not None or row.ends_utc <= now:
        return None
    cohort = session.get_one(Cohort, row.cohort_id)
    if cohort_state(site, cohort, now) != "open":
        return None
    language = language_of(row.language) or DEFAULT_LANGUAGE
    token = new_token()
    row.hash = hash_of(token)
    pen = Pen(site.settings, language, "cohort_invitation", **_parts(session, cohort, language, row.name))
    before = [pen.say("lead"), pen.say("what"), *([pen.say("deadline")] if cohort.deadline_on else [])]
    link = cohort_invitation_link(site.settings, language, token)
    letter = pen.write(link, tuple(before), (pen.say("decline"), pen.say("not_you")))
    return message(row.email, letter)


def write_cohort_reminder(session: Session, site: Site, body: Body, now: datetime) -> Message | None:
    """The mail that reminds somebody; None where their company has finished, or they want none."""
    cohort = session.get(Cohort, str(body["cohort"]))
    person, company_id = session.get(Person, str(body["person"])), str(body["company"])
    if cohort is None or person is None or person.email is None or not person.wants_mail:
        return None
    if cohort_state(site, cohort, now) != "open" or not _waits_for(session, cohort, person, company_id, now):
        return None
    language = language_of(person.language) or DEFAULT_LANGUAGE
    name = session.get_one(Organisation, company_id).name
    pen = Pen(site.settings, language, "cohort_reminder", **_parts(session, cohort, language, name))
    before = [pen.say("lead"), *([pen.say("deadline")] if cohort.deadline_on else []), pen.say("what")]
    leave = mail_off_link(site.settings, language, mail_token(site.settings, person.id))
    letter = pen.write(overview_link(site.settings, language), tuple(before), leave=leave)
    day = now.astimezone(site.zone).date()
    id_ = hash_of(f"cohort_reminder:{cohort.id}:{person.id}:{day}")[:ID_DIGITS]
    return replace(message(person.email, letter), id=id_)


def _waits_for(session: Session, cohort: Cohort, person: Person, company_id: str, now: datetime) -> bool:
    found = standings_in(session, cohort, now, only=company_id)
    if not any(one.standing.waits == "company" for one in found):
        return False
    return any(who.id == person.id for _, who in _answering_for(session, [company_id]))


def _parts(session: Session, cohort: Cohort, language: str, company: str) -> dict[str, str]:
    """What a mail of a cohort says of it."""
    known = language_of(language) or DEFAULT_LANGUAGE
    words, voice = words_of(known), Voice(known, REPORT_WORDS[known], {})
    programme = session.get_one(Programme, cohort.programme_id)
    return {
        "company": harmless_name(words, company, "some_company"),
        "cohort": harmless_name(words, cohort.name, "some_cohort"),
        "programme": harmless_name(words, programme.name, "some_programme"),
        "who": harmless_name(words, programme.controller, "somebody"),
        "deadline": voice.date(cohort.deadline_on) if cohort.deadline_on else "",
    }
