"""Changing the address somebody signs in with.

Another address is theirs once they have opened the link that was sent to it while they are signed in: nobody
can have somebody else's address put on an account of their own. The old address is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from questionnaires.values import Language
from webapp.db.queries_people import find_person_by_email, roles_of
from webapp.db.tables.people import AddressChange, BrowserSession, Person, SigninLink
from webapp.errors import NotThere, Refused, TooOften
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.queueing import enqueue
from webapp.services.sessions import end_sessions_of
from webapp.services.site import Site
from webapp.services.tokens import hash_of, new_token

CHANGES_AN_HOUR = 5
"""How many links to new addresses one person may ask for, and how many one address may be sent."""

ChangeState: TypeAlias = Literal["ready", "used", "expired", "unknown"]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a link to another address is good for. ``email``: that address."""

    state: ChangeState
    email: str


def find_waiting(session: Session, person_id: str, now: datetime) -> AddressChange | None:
    """The change somebody asked for last and has not confirmed yet."""
    statement = select(AddressChange).where(
        AddressChange.person_id == person_id, AddressChange.used_utc.is_(None), AddressChange.ends_utc > now
    )
    return session.scalar(statement.order_by(AddressChange.created_utc.desc()).limit(1))


def ask_for_address(site: Site, actor: Actor, email: str, language: Language, now: datetime) -> str:
    """Have a link sent to the address somebody wants to have; the id of the mail's job.

    It looks the same whoever has that address. Raises TooOften, NotSaved, and Refused for the one they have.
    """
    address = email.strip().lower()
    with site.database.write() as session:
        person = session.get_one(Person, actor.person_id, with_for_update=True)
        if person.email == address:
            raise Refused("account.same_address")
        _limit(session, person.id, address, now)
        change = AddressChange(
            person_id=person.id,
            email=address,
            old_email=person.email,
            language=language,
            created_utc=now,
            ends_utc=now + timedelta(minutes=site.settings.link_minutes),
        )
        session.add(change)
        session.flush()
        record(session, now, "address_asked_for", person_id=person.id)
        key = f"address_change:{change.id}"
        return enqueue(session, now, "send_mail", key, mail="address_change", change=change.id).id


def _limit(session: Session, person_id: str, address: str, now: datetime) -> None:
    recent = select(func.count()).select_from(AddressChange)
    recent = recent.where(AddressChange.created_utc > now - timedelta(hours=1))
    for asked in (AddressChange.person_id == person_id, AddressChange.email == address):
        if (session.scalar(recent.where(asked)) or 0) >= CHANGES_AN_HOUR:
            raise TooOften(60)


def give_token(session: Session, change_id: str) -> tuple[AddressChange, str] | None:
    """A new token for a link that is to be sent now; None where it does not apply any more."""
    change = session.get(AddressChange, change_id)
    if change is None or change.used_utc is not None:
        return None
    token = new_token()
    change.hash = hash_of(token)
    return change, token


def look_at_change(site: Site, actor: Actor, token: str, now: datetime) -> Looked:
    """What a link is good for in an actor's hands; somebody else's is unknown. Looking uses nothing up."""
    with site.database.read() as session:
        change = _find_change(session, actor, token)
        return Looked("unknown", "") if change is None else Looked(_state_of(change, now), change.email)


def _find_change(session: Session, actor: Actor, token: str) -> AddressChange | None:
    return session.scalar(
        select(AddressChange).where(
            AddressChange.hash == hash_of(token), AddressChange.person_id == actor.person_id
        )
    )


def _state_of(change: AddressChange, now: datetime) -> ChangeState:
    if change.used_utc is not None:
        return "used"
    return "expired" if change.ends_utc <= now else "ready"


def use_change(site: Site, actor: Actor, token: str, session_token: str | None, now: datetime) -> str:
    """Give an actor the address a link was sent to; the id of the job that tells the old one, else empty.

    They are signed out in every other browser, and links to the old address stop working. Raises NotThere,
    and Refused: the link is used or too old, or the address belongs to an account that cannot become one
    with this.
    """
    with site.database.write() as session:
        person = session.get_one(Person, actor.person_id, with_for_update=True)
        change = _find_change(session, actor, token)
        if change is None:
            raise NotThere
        state = _state_of(change, now)
        if state != "ready":
            raise Refused(f"account.link_{state}")
        holder = find_person_by_email(session, change.email)
        if holder is not None:
            _unite(session, person, holder, session_token, now)
            return ""
        return _take_over(session, person, change, session_token, now)


def _take_over(
    session: Session, person: Person, change: AddressChange, session_token: str | None, now: datetime
) -> str:
    old = person.email
    person.email, change.used_utc, change.old_email = change.email, now, old
    record(session, now, "address_changed", person_id=person.id)
    end_sessions_of(session, person.id, but=session_token)
    if old is None:
        return ""
    session.execute(delete(SigninLink).where(SigninLink.email == old, SigninLink.used_utc.is_(None)))
    key = f"address_changed:{change.id}"
    return enqueue(session, now, "send_mail", key, mail="address_changed", change=change.id).id


def _unite(
    session: Session, newcomer: Person, holder: Person, session_token: str | None, now: datetime
) -> None:
    """Let somebody who came by the identity provider into the account that their address has already.

    Only where the newcomer holds nothing yet, and the account knows no provider: nothing has to be merged.
    The browser they ask in is let in, and no other one they came by.
    """
    subject = newcomer.subject
    is_empty = newcomer.email is None and not list(roles_of(session, newcomer.id, now))
    if subject is None or holder.subject is not None or not is_empty:
        raise Refused("account.address_taken")
    end_sessions_of(session, newcomer.id, but=session_token)
    session.execute(
        update(BrowserSession).where(BrowserSession.person_id == newcomer.id).values(person_id=holder.id)
    )
    session.expire(newcomer)
    session.delete(newcomer)
    session.flush()
    holder.subject = subject
    record(session, now, "provider_linked", person_id=holder.id)
