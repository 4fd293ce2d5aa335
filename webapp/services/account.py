"""What somebody decides for themselves: name, language, mail, and where they are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from questionnaires.values import Language
from webapp.db import queries_organisations as queries
from webapp.db.tables.people import BrowserSession, Person
from webapp.services import addresses
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.audit import record
from webapp.services.sessions import end_sessions_of
from webapp.services.site import Site
from webapp.services.tokens import hash_of


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A browser somebody is signed in with. ``is_this``: the one that asks."""

    since_utc: datetime
    seen_utc: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class OwnOrganisation:
    """An organisation somebody answers for. ``parent``: the one they reach it through, else empty."""

    id: str
    name: str
    orgnr: str | None
    role: str
    parent: str


@dataclass(frozen=True, slots=True)
class Account:
    """``waiting_for``: the address that a link was sent to and that is not confirmed yet; else empty."""

    name: str
    email: str | None
    language: str
    wants_mail: bool
    has_provider: bool
    waiting_for: str
    sessions: tuple[OwnSession, ...]
    organisations: tuple[OwnOrganisation, ...]


def open_account(site: Site, actor: Actor, token: str | None, now: datetime) -> Account:
    """An actor's own account. ``token``: of the session they ask in."""
    with site.database.read() as session:
        person = session.get_one(Person, actor.person_id)
        change = addresses.find_waiting(session, person.id, now)
        return Account(
            name=person.name,
            email=person.email,
            language=person.language,
            wants_mail=person.wants_mail,
            has_provider=person.subject is not None,
            waiting_for="" if change is None else change.email,
            sessions=_sessions(session, site, person.id, token, now),
            organisations=_organisations(session, actor),
        )


def _sessions(
    session: Session, site: Site, person_id: str, token: str | None, now: datetime
) -> tuple[OwnSession, ...]:
    own = hash_of(token) if token else ""
    alive_since = now - timedelta(minutes=site.settings.session_minutes)
    statement = select(BrowserSession).where(
        BrowserSession.person_id == person_id,
        BrowserSession.ends_utc > now,
        BrowserSession.seen_utc > alive_since,
    )
    rows = session.scalars(statement.order_by(BrowserSession.seen_utc.desc(), BrowserSession.hash))
    return tuple(OwnSession(row.created_utc, row.seen_utc, row.hash == own) for row in rows)


def _organisations(session: Session, actor: Actor) -> tuple[OwnOrganisation, ...]:
    rows = queries.organisations_named(session, actor.organisations(*COMPANY_ROLES))
    names = {row.id: row.name for row in rows}
    return tuple(
        OwnOrganisation(
            id=row.id,
            name=row.name,
            orgnr=row.orgnr,
            role="owner" if actor.is_any_of(row.id, "owner") else "member",
            parent=names.get(row.parent_id or "", ""),
        )
        for row in rows
    )


def save_details(
    site: Site,
    actor: Actor,
    *,
    name: str,
    language: Language,
    wants_mail: bool,
    shown_mail: bool,
    now: datetime,
) -> None:
    """Keep what somebody wants to be called, and how they want to be written to. Raises NotSaved.

    ``shown_mail``: what the page said of mail: they may have turned it off by a link meanwhile.
    """
    with site.database.write() as session:
        person = session.get_one(Person, actor.person_id)
        person.name, person.language = name, language
        if wants_mail != shown_mail:
            person.wants_mail = wants_mail
        record(session, now, "account_saved", person_id=person.id)


def end_other_sessions(site: Site, actor: Actor, token: str | None, now: datetime) -> int:
    """Sign somebody out in every other browser; in how many they were. Raises NotSaved."""
    with site.database.write() as session:
        ended = end_sessions_of(session, actor.person_id, but=token)
        record(session, now, "other_sessions_ended", person_id=actor.person_id, count=ended)
        return ended
