"""Browsers that are signed in: opened, kept alive, ended."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, delete
from sqlalchemy.orm import Session

from webapp.db.engine import Database
from webapp.db.queries_people import ADVISES, OFFERED, RUNS, find_session, standing_of
from webapp.db.tables.people import BrowserSession, Person
from webapp.errors import NotSaved
from webapp.services.actor import Actor, Role
from webapp.services.tokens import hash_of, new_token
from webapp.settings import Settings

log = logging.getLogger(__name__)

TOUCH_AFTER = timedelta(minutes=2)
"""How old ``seen_utc`` may be before a request writes it anew."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An open session. ``ends_utc``: when it ends unless something is done before."""

    actor: Actor
    ends_utc: datetime


def open_session(session: Session, person: Person, now: datetime, settings: Settings) -> str:
    """The token of a new session for a person."""
    token = new_token()
    days = settings.trial_days if person.is_trial else settings.session_days
    session.add(
        BrowserSession(
            hash=hash_of(token),
            person_id=person.id,
            created_utc=now,
            seen_utc=now,
            ends_utc=now + timedelta(days=days),
        )
    )
    person.seen_utc = now
    return token


def resume(database: Database, token: str, now: datetime, settings: Settings) -> SignedIn | None:
    """Who is signed in with that token, with the roles they have now; None when nobody is (any more)."""
    with database.read() as session:
        found = find_session(session, hash_of(token))
        if found is None:
            return None
        opened, person = found
        ends = _end_of(opened, person, settings)
        if ends <= now:
            return None
        actor = actor_of(session, person, now)
    if now - opened.seen_utc >= TOUCH_AFTER and _touch(database, opened.hash, now):
        opened.seen_utc = now
    return SignedIn(actor, _end_of(opened, person, settings))


def _end_of(opened: BrowserSession, person: Person, settings: Settings) -> datetime:
    """A trial lasts until its end: there is no address to come back by."""
    if person.is_trial:
        return opened.ends_utc
    return min(opened.ends_utc, opened.seen_utc + timedelta(minutes=settings.session_minutes))


def _touch(database: Database, hash_: str, now: datetime) -> bool:
    """Note that somebody is there; whether it could be. Nobody is shown less because it could not."""
    try:
        with database.write(is_alone=False) as session:
            opened = session.get(BrowserSession, hash_)
            if opened is not None:
                opened.seen_utc = now
    except NotSaved:
        log.warning("a session could not be prolonged")
        return False
    return True


def actor_of(session: Session, person: Person, now: datetime) -> Actor:
    """A person with everything they are to somebody now."""
    roles: dict[str, set[Role]] = defaultdict(set)
    programmes, teams, offered = set(), set(), set()
    for id_, role in standing_of(session, person.id, now):
        if role == RUNS:
            programmes.add(id_)
        elif role == ADVISES:
            teams.add(id_)
        elif role == OFFERED:
            offered.add(id_)
        else:
            roles[id_].add(role)  # type: ignore[arg-type]  # the tables hold roles only
    return Actor(
        person_id=person.id,
        name=person.name,
        email=person.email,
        language=person.language,
        is_trial=person.is_trial,
        roles={id_: frozenset(found) for id_, found in roles.items()},
        programmes=frozenset(programmes),
        teams=frozenset(teams),
        offered=frozenset(offered),
    )


def end_session(database: Database, token: str) -> None:
    """Sign this browser out."""
    with database.write() as session:
        session.execute(delete(BrowserSession).where(BrowserSession.hash == hash_of(token)))


def end_sessions_of(session: Session, person_id: str, *, but: str | None = None) -> int:
    """Sign a person out everywhere, ``but`` for one session's token; in how many browsers they were."""
    kept = "" if but is None else hash_of(but)
    statement = delete(BrowserSession).where(
        BrowserSession.person_id == person_id, BrowserSession.hash != kept
    )
    return cast("CursorResult[object]", session.execute(statement)).rowcount
