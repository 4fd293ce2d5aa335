"""Setting a company up for its people, until one of them takes it over.

An advisor of a programme's team may make a company, which joins that programme and is theirs to advise. Until
somebody has accepted to be its owner they may write facts of its profile, and invite that owner; nothing
else, and no answers. From the moment there is an owner they only advise: this module is the one place that
lets an advisor change anything of a company, and it asks each time, with the company held.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.db import queries_organisations as organisation_queries
from webapp.db import queries_team as queries
from webapp.db.ids import is_id
from webapp.db.queries_assessments import facts_of
from webapp.db.queries_people import roles_of
from webapp.db.tables.organisations import AdvisorAssignment, Organisation, Participation
from webapp.db.tables.people import Invitation
from webapp.errors import NotAllowed, NotThere, Refused, TooOften
from webapp.register.port import RegisterEntry
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.holders import end_invitations
from webapp.services.invitations import OpenInvitation, Sent, invite_in, open_invitations
from webapp.services.limits import DAY
from webapp.services.profile import FactClash, HeldFact, SaidFact, held_facts, save_facts
from webapp.services.registering import Looked, keep_facts_of
from webapp.services.site import Site

SET_UP_A_DAY = 50
"""By one person: more than a programme takes in, fewer than a script would make."""

_DEED = "company_set_up"


@dataclass(frozen=True, slots=True)
class Pending:
    """A company that waits to be taken over. ``programmes``: their names; ``invitation``: the open one."""

    id: str
    name: str
    orgnr: str | None
    created_utc: datetime
    programmes: tuple[str, ...]
    facts: int
    invitation: OpenInvitation | None


def set_up(
    site: Site, actor: Actor, programme_id: str, now: datetime, *, looked: Looked | None, name: str = ""
) -> str:
    """Make a company for a programme, with the actor as its advisor; its id.

    ``looked``: what the register says of a number; ``name``: where it says nothing. Raises NotThere,
    TooOften, NotSaved, and Refused: they advise one with that number already.
    """
    entry = None if looked is None else looked.entry
    orgnr = None if looked is None else looked.orgnr
    with site.database.write() as session:
        if queries.find_advisor(session, programme_id, actor.person_id, is_locked=True) is None:
            raise NotThere
        _limit(session, actor, now)
        advised = [id_ for id_, role in roles_of(session, actor.person_id, now) if role == "advisor"]
        if orgnr and organisation_queries.numbered(session, advised, orgnr) is not None:
            raise Refused("handover.known")
        company = _new(session, orgnr, name, entry, now)
        session.add(Participation(programme_id=programme_id, organisation_id=company.id, since_utc=now))
        session.add(AdvisorAssignment(organisation_id=company.id, person_id=actor.person_id, from_utc=now))
        keep_facts_of(session, site, company, entry, by=actor.person_id, now=now)
        _record(session, actor, company.id, now, _DEED, programme=programme_id)
        return company.id


def _limit(session: Session, actor: Actor, now: datetime) -> None:
    if organisation_queries.count_deeds(session, actor.person_id, _DEED, now - DAY) >= SET_UP_A_DAY:
        raise TooOften(24 * 60)


def _new(
    session: Session, orgnr: str | None, name: str, entry: RegisterEntry | None, now: datetime
) -> Organisation:
    company = Organisation(
        name=name if entry is None else entry.name,
        orgnr=orgnr,
        kind="main" if entry is None else entry.kind,
        created_utc=now,
        active_utc=now,
    )
    session.add(company)
    session.flush()
    return company


def find_known(site: Site, actor: Actor, orgnr: str) -> str | None:
    """The id of the company with a number among those an actor advises."""
    with site.database.read() as session:
        found = organisation_queries.numbered(session, actor.organisations("advisor"), orgnr)
        return None if found is None else found.id


def open_pending(site: Site, actor: Actor, organisation_id: str, now: datetime) -> Pending:
    """A company its advisor has set up. Raises NotThere, NotAllowed, and Refused once it has an owner."""
    with site.database.read() as session:
        company = _reach(session, actor, organisation_id, now)
        open_ones = open_invitations(session, company.id, now)
        programmes = organisation_queries.programmes_of(session, company.id)
        return Pending(
            id=company.id,
            name=company.name,
            orgnr=company.orgnr,
            created_utc=company.created_utc,
            programmes=tuple(programme.name for _, programme in programmes),
            facts=len(facts_of(session, company.id)),
            invitation=open_ones[0] if open_ones else None,
        )


def open_facts(site: Site, actor: Actor, organisation_id: str, now: datetime) -> dict[str, HeldFact]:
    """The facts of such a company by id. Raises as ``open_pending`` does."""
    with site.database.read() as session:
        return held_facts(session, _reach(session, actor, organisation_id, now).id)


def write_facts(
    site: Site, actor: Actor, organisation_id: str, said: list[SaidFact], now: datetime
) -> tuple[FactClash, ...]:
    """Keep facts of such a company; what another wrote meanwhile comes back. Raises as above, NotSaved."""
    with _setting_up(site, actor, organisation_id, now) as (session, company):
        return save_facts(session, company, actor.person_id, said, now)


def invite_owner(
    site: Site, actor: Actor, organisation_id: str, now: datetime, *, email: str, language: str
) -> Sent:
    """Ask somebody to take the company over. An earlier invitation to another address stops working.

    Raises NotThere, NotAllowed, TooOften, NotSaved, and Refused: it has an owner, or it is their own address.
    """
    address = email.strip().lower()
    with _setting_up(site, actor, organisation_id, now) as (session, company):
        if address == actor.email:
            raise Refused("handover.own_address")
        end_invitations(
            session,
            Invitation.organisation_id == company.id,
            Invitation.email != address,
            Invitation.used_utc.is_(None),
        )
        invitation, job_id = invite_in(
            session,
            site.settings,
            now,
            by_person_id=actor.person_id,
            organisation_id=company.id,
            email=address,
            role="owner",
            language=language,
        )
        return Sent(invitation.id, job_id)


def withdraw_invitation(site: Site, actor: Actor, organisation_id: str, now: datetime) -> None:
    """Take the invitation back; its link stops working. Raises as ``open_pending`` does, and NotSaved."""
    with _setting_up(site, actor, organisation_id, now) as (session, company):
        end_invitations(session, Invitation.organisation_id == company.id, Invitation.used_utc.is_(None))
        _record(session, actor, company.id, now, "invitation_withdrawn")


@contextmanager
def _setting_up(
    site: Site, actor: Actor, organisation_id: str, now: datetime
) -> Iterator[tuple[Session, Organisation]]:
    """A transaction in which nobody joins the company, and its advisor may still set it up."""
    with site.database.write() as session:
        yield session, _reach(session, actor, organisation_id, now, is_locked=True)


def _reach(
    session: Session, actor: Actor, organisation_id: str, now: datetime, *, is_locked: bool = False
) -> Organisation:
    """Raises NotThere, NotAllowed for those it is not for, and Refused once it is its people's own."""
    actor.needs(organisation_id, "advisor")
    company = (
        organisation_queries.find_organisation(session, organisation_id, is_locked=is_locked)
        if is_id(organisation_id)
        else None
    )
    roles = {role for id_, role in roles_of(session, actor.person_id, now) if id_ == organisation_id}
    if company is None or not roles:
        raise NotThere
    if "advisor" not in roles:
        raise NotAllowed
    if not queries.is_pending(session, company):
        raise Refused("handover.taken_over")
    if not queries.shares_a_team(session, company.id, actor.person_id):
        raise NotAllowed
    return company


def _record(
    session: Session, actor: Actor, organisation_id: str, now: datetime, action: str, **detail: str
) -> None:
    record(session, now, action, person_id=actor.person_id, organisation_id=organisation_id, **detail)
