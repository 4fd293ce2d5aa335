"""Asking colleagues to join.

An invitation belongs to an address; its link is made when the mail is sent. Nothing tells the one who
invites whether somebody with that address is known already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webapp.db import queries_organisations as queries
from webapp.db.ids import is_id
from webapp.db.queries_people import find_person_by_email, roles_of
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Invitation
from webapp.errors import NotAllowed, NotThere, Refused, TooOften
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.audit import record
from webapp.services.colleagues import owner_at_work
from webapp.services.holders import let_go
from webapp.services.limits import count_letter
from webapp.services.mailing import order_invitation
from webapp.services.people import called
from webapp.services.site import Site
from webapp.settings import Settings

INVITATIONS_A_DAY = 30
"""By one person, each mail counted: nobody is to be written to against their will through us."""

AGAIN_AFTER = timedelta(minutes=1)
"""How long a second press of the button is the same mail still."""

_DAY = timedelta(days=1)
_DEED = "colleague_invited"


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation that is on its way. ``job_id``: of the mail."""

    invitation_id: str
    job_id: str


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that nobody has used. ``by``: who invited; empty where they are gone."""

    id: str
    email: str
    role: str
    by: str
    sent_utc: datetime
    ends_utc: datetime
    has_ended: bool


def invite(
    site: Site, actor: Actor, organisation_id: str, now: datetime, *, email: str, role: str, language: str
) -> Sent:
    """Ask somebody to join as an owner or a member.

    Raises NotThere, NotAllowed, TooOften, and Refused: no such role, or they are there already.
    """
    if role not in COMPANY_ROLES:
        raise Refused("organisation.no_such_role")
    if actor.is_trial:
        raise NotAllowed
    with owner_at_work(site, actor, organisation_id, now) as (session, organisation):
        address = email.strip().lower()
        _refuse_known(session, organisation, address, now)
        invitation, job_id = invite_in(
            session,
            site.settings,
            now,
            by_person_id=actor.person_id,
            organisation_id=organisation_id,
            email=address,
            role=role,
            language=language,
        )
        invitation.role = role
        return Sent(invitation.id, job_id)


def _refuse_known(session: Session, organisation: Organisation, address: str, now: datetime) -> None:
    """Owners see who is there; saying so tells them nothing new."""
    person = find_person_by_email(session, address)
    if person is not None and _company_role(session, person.id, organisation.id, now):
        raise Refused("organisation.already_here")


def _company_role(session: Session, person_id: str, organisation_id: str, now: datetime) -> bool:
    roles = roles_of(session, person_id, now)
    return any(id_ == organisation_id and role in COMPANY_ROLES for id_, role in roles)


def invite_in(
    session: Session,
    settings: Settings,
    now: datetime,
    *,
    by_person_id: str,
    organisation_id: str,
    email: str,
    role: str,
    language: str,
    assessment_id: str | None = None,
    section_id: str | None = None,
) -> tuple[Invitation, str]:
    """Write an invitation and order its mail, within a transaction that has checked who may invite whom.

    Gives it with the id of the mail's job. An earlier one to the same address is renewed and keeps the
    higher role; its mail will do if it was ordered just now. ``email``: in small letters. Raises TooOften.
    """
    invitation = queries.invitation_for(session, organisation_id, email)
    is_on_its_way = invitation is not None and _is_on_its_way(invitation, now)
    if not is_on_its_way:
        _limit(session, settings, by_person_id, email, now)
    if invitation is None:
        invitation = Invitation(organisation_id=organisation_id, email=email, role=role)
        session.add(invitation)
    elif invitation.used_utc is not None or role == "owner":
        invitation.role = role
    invitation.language, invitation.by_person_id = language, by_person_id
    if assessment_id is not None or invitation.used_utc is not None:
        invitation.assessment_id, invitation.section_id = assessment_id, section_id
    if is_on_its_way:
        return invitation, order_invitation(session, invitation, invitation.created_utc)
    _renew(invitation, settings, now)
    session.flush()
    return invitation, _send(session, invitation, by_person_id, now)


def _is_on_its_way(invitation: Invitation, now: datetime) -> bool:
    is_open = invitation.used_utc is None and invitation.ends_utc > now
    return is_open and now - invitation.created_utc < AGAIN_AFTER


def _renew(invitation: Invitation, settings: Settings, now: datetime) -> None:
    invitation.created_utc = now
    invitation.ends_utc = now + timedelta(days=settings.invitation_days)
    invitation.hash = invitation.used_utc = None


def _send(session: Session, invitation: Invitation, by_person_id: str, now: datetime) -> str:
    record(
        session,
        now,
        _DEED,
        person_id=by_person_id,
        organisation_id=invitation.organisation_id,
        assessment_id=invitation.assessment_id,
        invitation=invitation.id,
        role=invitation.role,
    )
    return order_invitation(session, invitation, now)


def _limit(session: Session, settings: Settings, person_id: str, email: str, now: datetime) -> None:
    if queries.count_deeds(session, person_id, _DEED, now - _DAY) >= INVITATIONS_A_DAY:
        raise TooOften(24 * 60)
    count_letter(session, settings, email, now)


def list_open(site: Site, actor: Actor, organisation_id: str, now: datetime) -> tuple[OpenInvitation, ...]:
    """The invitations of an organisation that nobody has used, for its owners.

    Raises NotThere and NotAllowed.
    """
    actor.needs(organisation_id, "owner")
    with site.database.read() as session:
        return open_invitations(session, organisation_id, now)


def open_invitations(session: Session, organisation_id: str, now: datetime) -> tuple[OpenInvitation, ...]:
    """As ``list_open``, within a transaction and without asking who wants to know."""
    return tuple(
        OpenInvitation(
            id=row.id,
            email=row.email,
            role=row.role,
            by="" if inviter is None else called(inviter.name, inviter.email),
            sent_utc=row.created_utc,
            ends_utc=row.ends_utc,
            has_ended=row.ends_utc <= now,
        )
        for row, inviter in queries.invitations_of(session, organisation_id)
    )


def send_again(site: Site, actor: Actor, organisation_id: str, invitation_id: str, now: datetime) -> Sent:
    """Send an invitation once more, with a new link and a new end. Raises NotThere, NotAllowed, TooOften.

    Nothing more is sent where its mail was ordered just now.
    """
    with owner_at_work(site, actor, organisation_id, now) as (session, _):
        invitation = _unused(session, organisation_id, invitation_id)
        invitation.by_person_id = actor.person_id
        if _is_on_its_way(invitation, now):
            return Sent(invitation.id, order_invitation(session, invitation, invitation.created_utc))
        _limit(session, site.settings, actor.person_id, invitation.email, now)
        _renew(invitation, site.settings, now)
        return Sent(invitation.id, _send(session, invitation, actor.person_id, now))


def withdraw(site: Site, actor: Actor, organisation_id: str, invitation_id: str, now: datetime) -> None:
    """Take an invitation back; its link stops working. Raises NotThere and NotAllowed."""
    with owner_at_work(site, actor, organisation_id, now) as (session, _):
        invitation = _unused(session, organisation_id, invitation_id)
        let_go(session, organisation_id, invitation.email)
        session.delete(invitation)
        record(
            session,
            now,
            "invitation_withdrawn",
            person_id=actor.person_id,
            organisation_id=organisation_id,
            invitation=invitation_id,
        )


def _unused(session: Session, organisation_id: str, invitation_id: str) -> Invitation:
    found = session.get(Invitation, invitation_id) if is_id(invitation_id) else None
    if found is None or found.organisation_id != organisation_id or found.used_utc is not None:
        raise NotThere
    return found
