"""The people of an organisation: who they are, their roles, and how they go.

Whoever changes anybody's role holds the organisation's row meanwhile, and is an owner at that moment, not
only when their page was made: two owners who remove each other cannot both succeed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.db import queries_organisations as queries
from webapp.db.ids import is_id
from webapp.db.queries_activities import give_up_places
from webapp.db.queries_people import owners_of, roles_of
from webapp.db.tables.assessments import Assessment, SectionTask
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Invitation, Membership, Person
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.audit import record
from webapp.services.holders import end_invitations
from webapp.services.people import called
from webapp.services.sessions import end_sessions_of
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of an organisation's people. ``must_stay``: they are its last owner."""

    person_id: str
    name: str
    email: str | None
    role: str
    since_utc: datetime
    must_stay: bool


def list_colleagues(site: Site, actor: Actor, organisation_id: str) -> tuple[Colleague, ...]:
    """An organisation's own people, owners first. Raises NotThere and NotAllowed."""
    actor.needs(organisation_id, *COMPANY_ROLES)
    with site.database.read() as session:
        return colleagues_in(session, session.get_one(Organisation, organisation_id))


def colleagues_in(session: Session, organisation: Organisation) -> tuple[Colleague, ...]:
    """As ``list_colleagues``, within a transaction and without asking who wants to know."""
    rows = queries.people_of(session, organisation.id)
    is_alone = organisation.parent_id is None and sum(row.role == "owner" for row, _ in rows) == 1
    return tuple(
        Colleague(
            person_id=person.id,
            name=called(person.name, person.email),
            email=person.email,
            role=membership.role,
            since_utc=membership.since_utc,
            must_stay=is_alone and membership.role == "owner",
        )
        for membership, person in rows
    )


def get_colleague(site: Site, actor: Actor, organisation_id: str, person_id: str) -> Colleague:
    """One of an organisation's people, for its owners. Raises NotThere and NotAllowed."""
    actor.needs(organisation_id, "owner")
    for colleague in list_colleagues(site, actor, organisation_id):
        if colleague.person_id == person_id:
            return colleague
    raise NotThere


def change_role(
    site: Site, actor: Actor, organisation_id: str, person_id: str, *, role: str, now: datetime
) -> None:
    """Make a colleague an owner or a member; nobody uses an invitation any more that a former owner sent.

    Raises NotThere, NotAllowed, and Refused: no such role, or the last owner would be a member.
    """
    if role not in COMPANY_ROLES:
        raise Refused("organisation.no_such_role")
    with owner_at_work(site, actor, organisation_id, now) as (session, organisation):
        membership = _membership(session, organisation_id, person_id)
        if membership.role == role:
            return
        if role != "owner":
            _keep_an_owner(session, organisation, membership)
        membership.role = role
        session.flush()
        _end_invitations_of(session, organisation, person_id, now)
        record(
            session,
            now,
            "role_changed",
            person_id=actor.person_id,
            organisation_id=organisation_id,
            person=person_id,
            role=role,
        )


def remove(site: Site, actor: Actor, organisation_id: str, person_id: str, now: datetime) -> None:
    """Take a colleague's access away, and sign them out everywhere.

    What they answered stays; the sections they were given are nobody's again, and nobody can use an
    invitation they sent any more. Raises NotThere, NotAllowed, and Refused for the last owner.
    """
    with owner_at_work(site, actor, organisation_id, now) as (session, organisation):
        _take_out(session, organisation, _membership(session, organisation_id, person_id), now)
        if person_id != actor.person_id:
            end_sessions_of(session, person_id)
        record(
            session,
            now,
            "colleague_removed",
            person_id=actor.person_id,
            organisation_id=organisation_id,
            person=person_id,
        )


def leave(site: Site, actor: Actor, organisation_id: str, now: datetime) -> None:
    """Leave an organisation. Raises NotThere, NotAllowed, and Refused for the last owner."""
    actor.needs(organisation_id, *COMPANY_ROLES)
    with site.database.write() as session:
        organisation = queries.find_organisation(session, organisation_id, is_locked=True)
        if organisation is None:
            raise NotThere
        _take_out(session, organisation, _membership(session, organisation_id, actor.person_id), now)
        record(session, now, "colleague_left", person_id=actor.person_id, organisation_id=organisation_id)


@contextmanager
def owner_at_work(
    site: Site, actor: Actor, organisation_id: str, now: datetime
) -> Iterator[tuple[Session, Organisation]]:
    """A transaction in which the actor is one of the organisation's owners, and nobody changes its people.

    Raises NotThere, NotAllowed, NotSaved.
    """
    actor.needs(organisation_id, "owner")
    with site.database.write() as session:
        organisation = queries.find_organisation(session, organisation_id, is_locked=True)
        roles = {role for id_, role in roles_of(session, actor.person_id, now) if id_ == organisation_id}
        if organisation is None or not roles:
            raise NotThere
        if "owner" not in roles:
            raise NotAllowed
        yield session, organisation


def _membership(session: Session, organisation_id: str, person_id: str) -> Membership:
    found = queries.find_membership(session, organisation_id, person_id) if is_id(person_id) else None
    if found is None:
        raise NotThere
    return found


def _keep_an_owner(session: Session, organisation: Organisation, membership: Membership) -> None:
    """A unit has its parent's owners; everybody else needs one of their own."""
    if membership.role != "owner" or organisation.parent_id is not None:
        return
    if len(owners_of(session, organisation.id)) == 1:
        raise Refused("organisation.last_owner")


def _take_out(session: Session, organisation: Organisation, membership: Membership, now: datetime) -> None:
    _keep_an_owner(session, organisation, membership)
    person = session.get_one(Person, membership.person_id)
    session.delete(membership)
    session.flush()
    lost = [organisation.id, *_units_lost(session, organisation, person)]
    assessments = select(Assessment.id).where(Assessment.organisation_id.in_(lost))
    session.execute(
        update(SectionTask)
        .where(SectionTask.person_id == person.id, SectionTask.assessment_id.in_(assessments))
        .values(person_id=None, email=None, by_person_id=None, given_utc=None)
    )
    give_up_places(session, lost, person_id=person.id)
    end_invitations(session, Invitation.organisation_id.in_(lost), Invitation.email == person.email)
    _end_invitations_of(session, organisation, person.id, now)


def _end_invitations_of(session: Session, organisation: Organisation, person_id: str, now: datetime) -> None:
    """Those that somebody sent as an owner of what they own no more, be it the organisation or a unit."""
    owned = {id_ for id_, role in roles_of(session, person_id, now) if role == "owner"}
    places = {organisation.id, *(unit.id for unit in queries.units_of(session, organisation.id))}
    end_invitations(
        session,
        Invitation.organisation_id.in_(places - owned),
        Invitation.by_person_id == person_id,
        Invitation.used_utc.is_(None),
    )


def _units_lost(session: Session, organisation: Organisation, person: Person) -> list[str]:
    """The units somebody reached through their parent alone."""
    units = [unit.id for unit in queries.units_of(session, organisation.id)]
    return [id_ for id_ in units if queries.find_membership(session, id_, person.id) is None]
