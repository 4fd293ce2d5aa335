"""Signing in by a link that works once.

A link is asked for with an address and sent to it, whoever it belongs to; the page looks the same. It is
bound to the browser that asked: another one needs the short code which that browser shows. The token of
a link is made when the mail is sent and never stored; what is stored is its hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from sqlalchemy.orm import Session

from questionnaires.values import Language
from webapp.db.engine import Database
from webapp.db.queries_people import count_links, find_link, find_person_by_email
from webapp.db.tables.people import Person, SigninLink
from webapp.errors import TooOften
from webapp.services.audit import record
from webapp.services.limits import HOUR, network_hash
from webapp.services.queueing import enqueue
from webapp.services.sessions import open_session
from webapp.services.tokens import hash_of, hash_of_code, new_code, new_token
from webapp.services.trial import find_trial, keep_trial
from webapp.settings import Settings

LINKS_AN_HOUR = 5
"""For one address by one network: who asks for somebody else's keeps nobody elsewhere from asking."""

LINKS_TO_AN_ADDRESS = 20
"""An hour, whoever asks: nobody's mailbox is to be flooded."""

MAX_TRIES = 5

LinkState: TypeAlias = Literal["ready", "needs_code", "used", "expired", "unknown"]


@dataclass(frozen=True, slots=True)
class Asked:
    """``code``: what to show the browser that asked. ``job_id``: of the mail."""

    code: str
    job_id: str


@dataclass(frozen=True, slots=True)
class Entered:
    """A new session: its token, and where its person wanted to go.

    ``kept_at``: the address that a trial's answers were kept under; empty where none were.
    """

    token: str
    next_path: str
    language: str
    kept_at: str = ""


def ask_for_link(
    database: Database,
    email: str,
    *,
    language: Language,
    browser: str,
    asker: str,
    now: datetime,
    settings: Settings,
    next_path: str = "",
    person_id: str | None = None,
) -> Asked:
    """Have a link sent to an address. ``browser``: the asking browser's secret; ``asker``: its address.

    ``person_id``: a trial that wants to keep its answers under that address. Raises TooOften.
    """
    address, asker_hash = email.strip().lower(), network_hash(settings, asker)
    code = new_code()
    with database.write() as session:
        _limit(session, now, address, asker_hash, settings)
        link = SigninLink(
            email=address,
            person_id=person_id,
            language=language,
            next_path=next_path,
            browser_hash=hash_of(browser),
            code_hash=hash_of_code(code),
            asker_hash=asker_hash,
            created_utc=now,
            ends_utc=now + timedelta(minutes=settings.link_minutes),
        )
        session.add(link)
        session.flush()
        job = enqueue(session, now, "send_mail", f"signin:{link.id}", mail="signin", link=link.id)
        return Asked(code, job.id)


def _limit(session: Session, now: datetime, email: str, asker_hash: str, settings: Settings) -> None:
    since = now - HOUR
    counts = (
        (count_links(session, since, email=email, asker_hash=asker_hash), LINKS_AN_HOUR),
        (count_links(session, since, email=email), LINKS_TO_AN_ADDRESS),
        (count_links(session, since, asker_hash=asker_hash), settings.links_an_hour_a_network),
    )
    if any(count >= limit for count, limit in counts):
        raise TooOften(60)


def give_token(session: Session, link_id: str) -> tuple[SigninLink, str] | None:
    """A new token for a link that is to be sent now; an earlier one stops working. None: no such link."""
    link = session.get(SigninLink, link_id)
    if link is None or link.used_utc is not None:
        return None
    token = new_token()
    link.hash = hash_of(token)
    return link, token


def unbound_link(
    session: Session, person: Person, now: datetime, settings: Settings, *, minutes: int | None = None
) -> str:
    """The token of a link for a person that any browser may use; for operators and the demo."""
    assert person.email is not None
    token = new_token()
    ends = now + timedelta(minutes=minutes or settings.link_minutes)
    link = SigninLink(
        hash=hash_of(token), email=person.email, language=person.language, created_utc=now, ends_utc=ends
    )
    session.add(link)
    return token


def look_at_link(database: Database, token: str, browser: str | None, now: datetime) -> LinkState:
    """What a link is good for in this browser; looking uses nothing up."""
    with database.read() as session:
        return _state_of(find_link(session, hash_of(token)), browser, now)


def _state_of(link: SigninLink | None, browser: str | None, now: datetime) -> LinkState:
    if link is None:
        return "unknown"
    if link.used_utc is not None:
        return "used"
    if link.ends_utc <= now or link.tries >= MAX_TRIES:
        return "expired"
    is_bound_elsewhere = link.browser_hash is not None and (
        browser is None or link.browser_hash != hash_of(browser)
    )
    return "needs_code" if is_bound_elsewhere else "ready"


def enter(
    database: Database, token: str, *, browser: str | None, code: str, now: datetime, settings: Settings
) -> Entered | LinkState:
    """Use a link up and sign its person in; what stands in the way instead, where something does."""
    with database.write() as session:
        link = find_link(session, hash_of(token), is_locked=True)
        state = _state_of(link, browser, now)
        if link is None or state in ("unknown", "used", "expired"):
            return state
        if state == "needs_code" and link.code_hash != hash_of_code(code):
            link.tries += bool(code)
            return "expired" if link.tries >= MAX_TRIES else "needs_code"
        link.used_utc = now
        kept_at = link.email if keeps_trial(session, link) else ""
        person = person_at(session, link.email, link.language, now, trial_id=link.person_id)
        record(session, now, "signed_in", person_id=person.id)
        opened = open_session(session, person, now, settings)
        return Entered(opened, link.next_path, person.language, kept_at)


def keeps_trial(session: Session, link: SigninLink) -> bool:
    """Whether a link is somebody's who tries still, and wants to keep what they have answered."""
    asking = session.get(Person, link.person_id) if link.person_id else None
    return asking is not None and asking.is_trial


def find_address(database: Database, token: str, browser: str | None, now: datetime) -> str | None:
    """Whom a link signs in, for the browser that it is good for as it is; None for any other."""
    with database.read() as session:
        link = find_link(session, hash_of(token))
        return link.email if link is not None and _state_of(link, browser, now) == "ready" else None


def person_at(
    session: Session, email: str, language: str, now: datetime, *, trial_id: str | None = None
) -> Person:
    """Whom an address belongs to: made now where it is new; a trial's answers come along."""
    person = find_person_by_email(session, email)
    if person is None:
        return new_person_at(session, email, language, now, trial_id=trial_id)
    trial = find_trial(session, trial_id)
    return person if trial is None else keep_trial(session, trial, person, email, now)


def new_person_at(
    session: Session, email: str, language: str, now: datetime, *, trial_id: str | None = None
) -> Person:
    """Make the person of an address that nobody has; a trial's answers come along."""
    trial = find_trial(session, trial_id)
    if trial is not None:
        return keep_trial(session, trial, None, email, now)
    person = Person(email=email, language=language, created_utc=now, seen_utc=now)
    session.add(person)
    session.flush()
    record(session, now, "person_registered", person_id=person.id)
    return person
