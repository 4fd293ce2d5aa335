"""Asking for organisations, their people, and whom they have let in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.db.tables.organisations import Organisation, Participation, Programme
from webapp.db.tables.people import Invitation, Membership, Person
from webapp.db.tables.work import AuditEvent


def find_organisation(session: Session, id_: str, *, is_locked: bool = False) -> Organisation | None:
    """One organisation. ``is_locked``: until the transaction ends nobody else changes it or its people."""
    return session.get(Organisation, id_, with_for_update=is_locked, populate_existing=is_locked)


def organisations_named(session: Session, ids: Iterable[str]) -> list[Organisation]:
    """Organisations by their ids, in the order of their names."""
    statement = select(Organisation).where(Organisation.id.in_(list(ids)))
    return list(session.scalars(statement.order_by(Organisation.name, Organisation.id)))


def numbered(session: Session, ids: Iterable[str], orgnr: str) -> Organisation | None:
    """The organisation with a number among some; never anybody else's."""
    statement = select(Organisation).where(Organisation.id.in_(list(ids)), Organisation.orgnr == orgnr)
    return session.scalar(statement.order_by(Organisation.created_utc).limit(1))


def units_of(session: Session, organisation_id: str) -> list[Organisation]:
    """The units and companies that an organisation answers for, in the order of their names."""
    statement = select(Organisation).where(Organisation.parent_id == organisation_id)
    return list(session.scalars(statement.order_by(Organisation.name, Organisation.id)))


def legal_owners(session: Session, ids: Collection[str]) -> dict[str, str]:
    """Which organisation stands for the legal owner of each of these, by their ids: whoever counts as one.

    That is the one above it; of several that belong to one legal entity, by their numbers and the register,
    the one that came first. A company of which nobody knows an entity is its own.
    """
    above = aliased(Organisation)
    entity = func.coalesce(above.entity_orgnr, above.orgnr, Organisation.entity_orgnr, Organisation.orgnr)
    rows = session.execute(
        select(Organisation.id, Organisation.parent_id, entity)
        .outerjoin(above, above.id == Organisation.parent_id)
        .where(Organisation.id.in_(list(ids)))
    ).all()
    number = func.coalesce(Organisation.entity_orgnr, Organisation.orgnr)
    known = (
        select(number, Organisation.id)
        .where(Organisation.parent_id.is_(None), Organisation.kind != "trial")
        .where(number.in_({of for _, _, of in rows}))
        .order_by(Organisation.created_utc.desc(), Organisation.id.desc())
    )
    first = {row[0]: row[1] for row in session.execute(known)}  # the last one stays
    return {id_: first.get(of, parent or id_) for id_, parent, of in rows}


def of_its_entity(session: Session, organisation_id: str) -> set[str]:
    """An organisation, those under it, and all others that may belong to its legal entity."""
    own = session.get_one(Organisation, organisation_id)
    numbers = {own.orgnr, own.entity_orgnr} - {None}
    above = aliased(Organisation)
    statement = (
        select(Organisation.id)
        .outerjoin(above, above.id == Organisation.parent_id)
        .where(
            or_(
                Organisation.id == organisation_id,
                above.id == organisation_id,
                *(
                    number.in_(numbers)
                    for one in (Organisation, above)
                    for number in (one.orgnr, one.entity_orgnr)
                ),
            )
        )
    )
    return set(session.scalars(statement))


def people_of(session: Session, organisation_id: str) -> list[tuple[Membership, Person]]:
    """An organisation's own people, owners first, then in the order they came."""
    statement = (
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id)
        .order_by(Membership.role.desc(), Membership.since_utc, Membership.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def find_membership(session: Session, organisation_id: str, person_id: str) -> Membership | None:
    """What somebody is to an organisation by themselves, not through its parent."""
    return session.scalar(
        select(Membership).where(
            Membership.organisation_id == organisation_id, Membership.person_id == person_id
        )
    )


def programmes_of(session: Session, organisation_id: str) -> list[tuple[Participation, Programme]]:
    """The programmes an organisation takes part in."""
    statement = (
        select(Participation, Programme)
        .join(Programme, Programme.id == Participation.programme_id)
        .where(Participation.organisation_id == organisation_id)
        .order_by(Programme.name, Programme.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def invitations_of(session: Session, organisation_id: str) -> list[tuple[Invitation, Person | None]]:
    """The invitations of an organisation that nobody has used, with who invited, the newest first."""
    statement = (
        select(Invitation, Person)
        .outerjoin(Person, Person.id == Invitation.by_person_id)
        .where(Invitation.organisation_id == organisation_id, Invitation.used_utc.is_(None))
        .order_by(Invitation.created_utc.desc(), Invitation.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def invitations_to(session: Session, email: str, now: datetime) -> list[tuple[Invitation, Organisation]]:
    """The invitations an address can accept now, the newest first."""
    statement = (
        select(Invitation, Organisation)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.email == email, Invitation.used_utc.is_(None), Invitation.ends_utc > now)
        .order_by(Invitation.created_utc.desc(), Invitation.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def invitation_for(session: Session, organisation_id: str, email: str) -> Invitation | None:
    """The invitation of an address to an organisation, used or not."""
    return session.scalar(
        select(Invitation).where(Invitation.organisation_id == organisation_id, Invitation.email == email)
    )


def count_deeds(session: Session, person_id: str, action: str, since: datetime) -> int:
    """How often a person did something since then, as the record has it."""
    statement = (
        select(func.count())
        .select_from(AuditEvent)
        .where(AuditEvent.person_id == person_id, AuditEvent.action == action, AuditEvent.at_utc > since)
    )
    return int(session.scalar(statement) or 0)
