"""Asking for people, their sessions and what they are to whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from webapp.db.tables.activities import ProgrammeActivity
from webapp.db.tables.all import METADATA
from webapp.db.tables.base import UtcTime
from webapp.db.tables.organisations import (
    AdvisorAssignment,
    Organisation,
    Participation,
    ProgrammeAdvisor,
    ProgrammeStaff,
)
from webapp.db.tables.people import BrowserSession, Invitation, Membership, Person, SigninLink
from webapp.db.tables.support import SupportActor

RUNS, ADVISES = "runs", "advises"
"""What somebody is to a programme."""

OFFERED = "offered"
"""What a programme they may see has for them: ``activities``, ``support``."""

_SESSION = (
    select(BrowserSession, Person)
    .join(Person, Person.id == BrowserSession.person_id)
    .where(BrowserSession.hash == bindparam("hash"))
)


def people_by_id(session: Session, ids: Iterable[str | None]) -> dict[str, Person]:
    """Those of some people who are still there, by id."""
    statement = select(Person).where(Person.id.in_({id_ for id_ in ids if id_}))
    return {person.id: person for person in session.scalars(statement)}


def find_person_by_email(session: Session, email: str) -> Person | None:
    """The person with that address, which is in small letters."""
    return session.scalar(select(Person).where(Person.email == email))


def hand_over(session: Session, old_id: str, new_id: str) -> None:
    """Have everything that says a person did it, whatever it is, say another one did."""
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if _mentions_person(column):
                session.execute(update(table).where(column == old_id).values({column: new_id}))


def _mentions_person(column: Column[Any]) -> bool:
    keys = column.foreign_keys
    return any(key.target_fullname == "person.id" and key.ondelete == "SET NULL" for key in keys)


def find_session(session: Session, hash_: str) -> tuple[BrowserSession, Person] | None:
    """An open session with its person."""
    row = session.execute(_SESSION, {"hash": hash_}).first()
    return None if row is None else (row[0], row[1])


def find_link(session: Session, hash_: str, *, is_locked: bool = False) -> SigninLink | None:
    """The sign-in link with that token. ``is_locked``: nobody else uses it until the transaction ends."""
    statement = select(SigninLink).where(SigninLink.hash == hash_)
    return session.scalar(statement.with_for_update() if is_locked else statement)


def count_links(session: Session, since: datetime, *, email: str = "", asker_hash: str = "") -> int:
    """How many links were asked for since then, for an address, by an asker, or both.

    Those that operators made were asked for by nobody.
    """
    statement: Select[Any] = (
        select(func.count())
        .select_from(SigninLink)
        .where(SigninLink.created_utc > since, SigninLink.asker_hash.is_not(None))
    )
    if email:
        statement = statement.where(SigninLink.email == email)
    if asker_hash:
        statement = statement.where(SigninLink.asker_hash == asker_hash)
    return int(session.scalar(statement) or 0)


def roles_of(session: Session, person_id: str, now: datetime) -> Iterable[tuple[str, str]]:
    """Every (organisation id, role) a person has now: own, a parent's, an advisor's, a programme's."""
    others = (RUNS, ADVISES, OFFERED)
    return [(id_, role) for id_, role in standing_of(session, person_id, now) if role not in others]


def standing_of(session: Session, person_id: str, now: datetime) -> list[tuple[str, str]]:
    """As ``roles_of``, and (programme id, ``RUNS`` or ``ADVISES``) for every programme they run, or whose
    advisor team they are in, and (``activities`` or ``support``, ``OFFERED``) where one they may see has
    such: one question for all, since every request asks it.
    """
    rows = session.execute(_STANDING, {"person": person_id, "now": now})
    return [(row[0], row[1]) for row in rows]


def _standing() -> CompoundSelect[Any]:
    person, now = bindparam("person", type_=String), bindparam("now", type_=UtcTime)
    until = AdvisorAssignment.until_utc
    is_advised = and_(
        AdvisorAssignment.person_id == person,
        AdvisorAssignment.from_utc <= now,
        or_(until.is_(None), until > now),
    )
    seen = _programmes_seen(person, is_advised)
    return union_all(
        select(Membership.organisation_id, Membership.role).where(Membership.person_id == person),
        select(Organisation.id, Membership.role)
        .join(Membership, Membership.organisation_id == Organisation.parent_id)
        .where(Membership.person_id == person),
        select(AdvisorAssignment.organisation_id, literal_column("'advisor'", String)).where(is_advised),
        select(Participation.organisation_id, literal_column("'staff'", String))
        .join(ProgrammeStaff, ProgrammeStaff.programme_id == Participation.programme_id)
        .where(ProgrammeStaff.person_id == person),
        select(ProgrammeStaff.programme_id, literal_column(f"'{RUNS}'", String)).where(
            ProgrammeStaff.person_id == person
        ),
        select(ProgrammeAdvisor.programme_id, literal_column(f"'{ADVISES}'", String)).where(
            ProgrammeAdvisor.person_id == person
        ),
        *(
            select(literal(name, String), literal_column(f"'{OFFERED}'", String)).where(
                exists(select(table.id).where(table.programme_id.in_(seen)))
            )
            for name, table in (("activities", ProgrammeActivity), ("support", SupportActor))
        ),
    )


def _programmes_seen(person: BindParameter[str], is_advised: ColumnElement[bool]) -> CompoundSelect[Any]:
    """Those of their companies, of those they advise, and those they run or are in the team of."""
    taking_part = select(Participation.programme_id)
    own = Membership.person_id == person
    advised = AdvisorAssignment.organisation_id == Participation.organisation_id
    return union_all(
        taking_part.join(Membership, Membership.organisation_id == Participation.organisation_id).where(own),
        taking_part.join(Organisation, Organisation.id == Participation.organisation_id)
        .join(Membership, Membership.organisation_id == Organisation.parent_id)
        .where(own),
        taking_part.join(AdvisorAssignment, advised).where(is_advised),
        select(ProgrammeStaff.programme_id).where(ProgrammeStaff.person_id == person),
        select(ProgrammeAdvisor.programme_id).where(ProgrammeAdvisor.person_id == person),
    )


_STANDING = _standing()


def programmes_of(session: Session, person_id: str) -> list[str]:
    """The programmes a person runs."""
    statement = select(ProgrammeStaff.programme_id).where(ProgrammeStaff.person_id == person_id)
    return list(session.scalars(statement))


def owners_of(session: Session, organisation_id: str) -> list[Membership]:
    """The memberships of an organisation's owners."""
    statement = select(Membership).where(
        Membership.organisation_id == organisation_id, Membership.role == "owner"
    )
    return list(session.scalars(statement))


def find_invitation(session: Session, hash_: str) -> Invitation | None:
    """The invitation with that token."""
    return session.scalar(select(Invitation).where(Invitation.hash == hash_))
