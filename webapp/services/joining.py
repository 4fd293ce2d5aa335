"""Using an invitation: reading what it asks, joining, or saying no.

Whoever has the link reads the mail of the address it was sent to. Somebody new is signed in by it, as its
person; it is used once. An address that has an account already lets in by its own ways alone: a link that
lies in a mailbox for two weeks opens no other company. They sign in, and find the invitation there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy.orm import Session

from webapp.db import queries_organisations as queries
from webapp.db.ids import is_id
from webapp.db.queries_people import find_invitation, find_person_by_email
from webapp.db.queries_team import assignments_to_own
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Invitation, Membership, Person
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.delegation import taken_up
from webapp.services.holders import let_go
from webapp.services.people import called
from webapp.services.sessions import open_session
from webapp.services.shelf import Shelved
from webapp.services.signin import new_person_at
from webapp.services.site import Site
from webapp.services.tokens import hash_of

InvitationState: TypeAlias = Literal["used", "expired", "unknown"]
"""Why a link is good for nothing. One that was withdrawn is unknown."""

NotJoined: TypeAlias = InvitationState | Literal["known"]
"""Why nobody joined by a link. ``known``: its address has an account, so they sign in first."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What an invitation asks somebody to join. ``by``: who invited; empty where they are gone.

    ``part_of``: the questionnaire whose section they were given. ``needs_name``: nobody knows yet what they
    are called. ``has_account``: whoever it is for signs in before they answer.
    """

    id: str
    organisation: str
    email: str
    role: str
    by: str
    ends_utc: datetime
    needs_name: bool
    has_account: bool
    section_id: str | None
    part_of: Shelved | None

    def section(self, language: str) -> str:
        """The title of the section they were given; empty when it is the organisation as a whole."""
        if self.part_of is None or self.section_id is None:
            return ""
        return self.part_of.plan.questionnaire.words(language).get(f"sections/{self.section_id}/title", "")


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody is in. ``token``: of their new session; None where they were signed in.

    ``assessment_id``, ``section_id``: what they were given to answer, if anything.
    """

    organisation: str
    token: str | None
    assessment_id: str | None
    section_id: str | None


def look(site: Site, token: str, now: datetime) -> Offered | InvitationState:
    """What a link is good for; looking uses nothing up."""
    with site.database.read() as session:
        invitation = find_invitation(session, hash_of(token))
        state = _state_of(invitation, now)
        return (
            _offered(session, site, invitation)
            if invitation is not None and state is None
            else state or "unknown"
        )


def _state_of(invitation: Invitation | None, now: datetime) -> InvitationState | None:
    if invitation is None:
        return "unknown"
    if invitation.used_utc is not None:
        return "used"
    return "expired" if invitation.ends_utc <= now else None


def _offered(session: Session, site: Site, invitation: Invitation) -> Offered:
    organisation = session.get_one(Organisation, invitation.organisation_id)
    inviter = session.get(Person, invitation.by_person_id) if invitation.by_person_id else None
    person = find_person_by_email(session, invitation.email)
    given = session.get(Assessment, invitation.assessment_id) if invitation.assessment_id else None
    return Offered(
        id=invitation.id,
        organisation=organisation.name,
        email=invitation.email,
        role=invitation.role,
        by="" if inviter is None else called(inviter.name, inviter.email),
        ends_utc=invitation.ends_utc,
        needs_name=person is None or not person.name,
        has_account=person is not None,
        section_id=invitation.section_id,
        part_of=None if given is None else site.shelf.open(given.questionnaire, given.version),
    )


def join(
    site: Site, token: str, *, name: str, language: str, trial_id: str | None, now: datetime
) -> Joined | NotJoined:
    """Use a link: make its address's new person, sign them in, and have them be one of the organisation's.

    ``name``: what they are called; ``trial_id``: a trial of the same browser, whose answers come along.
    Raises NotSaved.
    """
    with site.database.write() as session:
        invitation = find_invitation(session, hash_of(token))
        organisation = None if invitation is None else _lock(session, invitation)
        if invitation is None or organisation is None:
            return "unknown"
        state = _state_of(invitation, now)
        if state is not None:
            return state
        if find_person_by_email(session, invitation.email) is not None:
            return "known"
        person = new_person_at(session, invitation.email, language, now, trial_id=trial_id)
        person.name = person.name or name
        _let_in(session, organisation, invitation, person, now)
        opened = open_session(session, person, now, site.settings)
        record(session, now, "signed_in", person_id=person.id)
        return Joined(organisation.name, opened, invitation.assessment_id, invitation.section_id)


def list_own(site: Site, actor: Actor, now: datetime) -> tuple[Offered, ...]:
    """The invitations an actor can accept without a link."""
    if actor.email is None:
        return ()
    with site.database.read() as session:
        rows = queries.invitations_to(session, actor.email, now)
        return tuple(_offered(session, site, invitation) for invitation, _ in rows)


def join_own(site: Site, actor: Actor, invitation_id: str, now: datetime) -> Joined:
    """Accept an invitation to the address an actor is signed in with. Raises NotThere and NotSaved."""
    with site.database.write() as session:
        invitation, organisation = _own(session, actor, invitation_id, now)
        person = session.get_one(Person, actor.person_id)
        _let_in(session, organisation, invitation, person, now)
        return Joined(organisation.name, None, invitation.assessment_id, invitation.section_id)


def decline_own(site: Site, actor: Actor, invitation_id: str, now: datetime) -> None:
    """Say no to an invitation; it is gone. Raises NotThere and NotSaved."""
    with site.database.write() as session:
        invitation, _ = _own(session, actor, invitation_id, now)
        let_go(session, invitation.organisation_id, invitation.email)
        session.delete(invitation)
        record(
            session,
            now,
            "invitation_declined",
            person_id=actor.person_id,
            organisation_id=invitation.organisation_id,
            invitation=invitation_id,
        )


def _own(
    session: Session, actor: Actor, invitation_id: str, now: datetime
) -> tuple[Invitation, Organisation]:
    """An invitation that an actor can answer, locked. Raises NotThere."""
    found = session.get(Invitation, invitation_id) if is_id(invitation_id) else None
    organisation = None if found is None else _lock(session, found)
    if found is None or organisation is None:
        raise NotThere
    if actor.email is None or found.email != actor.email or _state_of(found, now) is not None:
        raise NotThere
    return found, organisation


def _lock(session: Session, invitation: Invitation) -> Organisation | None:
    """Nobody else uses the invitation, or changes the organisation's people, until the end.

    None where either is gone by now.
    """
    organisation = queries.find_organisation(session, invitation.organisation_id, is_locked=True)
    held = session.get(Invitation, invitation.id, with_for_update=True, populate_existing=True)
    return None if held is None else organisation


def _let_in(
    session: Session, organisation: Organisation, invitation: Invitation, person: Person, now: datetime
) -> None:
    membership = queries.find_membership(session, organisation.id, person.id)
    if membership is None:
        membership = Membership(
            organisation_id=organisation.id, person_id=person.id, role=invitation.role, since_utc=now
        )
        session.add(membership)
    elif invitation.role == "owner":
        membership.role = "owner"
    invitation.used_utc = organisation.active_utc = now
    taken_up(session, invitation, person)
    _end_advising(session, organisation, person, now)
    record(
        session,
        now,
        "colleague_joined",
        person_id=person.id,
        organisation_id=organisation.id,
        invitation=invitation.id,
        role=membership.role,
    )


def _end_advising(session: Session, organisation: Organisation, person: Person, now: datetime) -> None:
    """Nobody advises what they belong to: what they were given of an organisation and its units ends."""
    for held in assignments_to_own(session, organisation.id, person.id, now):
        held.until_utc, held.from_utc = now, min(held.from_utc, now)
        record(session, now, "advisor_joined", person_id=person.id, organisation_id=held.organisation_id)
