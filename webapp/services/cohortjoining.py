"""Answering an invitation to a cohort: reading it, signing in for the first time, joining, saying no.

Whoever has the link reads the mail of its address. Somebody new is signed in by it; an address that has an
account signs in by its own ways (as for invitations to a company). Only what follows then joins anything: a
company of theirs, or a new one that is set up with the number of the invitation.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, TypeAlias

from sqlalchemy.orm import Session

from questionnaires.values import Depth
from webapp.db import queries_cohorts as queries
from webapp.db import queries_organisations as organisation_queries
from webapp.db.ids import is_id
from webapp.db.queries_people import find_person_by_email
from webapp.db.tables.cohorts import Cohort, CohortInvitation, CohortMember
from webapp.db.tables.organisations import Organisation, Participation, Programme
from webapp.errors import NotThere, Refused
from webapp.services import registering
from webapp.services.actor import Actor, Role
from webapp.services.audit import record
from webapp.services.cohorts import cohort_state, prework_of
from webapp.services.colleagues import owner_at_work
from webapp.services.consents import write_consents
from webapp.services.sessions import open_session
from webapp.services.shelf import Shelved
from webapp.services.signin import new_person_at
from webapp.services.site import Site
from webapp.services.tokens import hash_of

AnswerState: TypeAlias = Literal["used", "expired", "unknown"]
"""Why a link is good for nothing: answered, or too late, or nobody's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an invitation asks. ``has_account``: whoever it is for signs in before they answer.

    ``companies``: the reader's own that may join, by id and name, the one with the number of the invitation
    first; ``is_known``: there is such a one.
    """

    id: str
    company: str
    orgnr: str
    email: str
    ends_utc: datetime
    cohort: str
    deadline_on: date | None
    programme: str
    controller: str
    contact: str
    purpose: str
    retention_days: int
    prework: tuple[tuple[Shelved, Depth], ...]
    has_account: bool
    companies: tuple[tuple[str, str], ...] = ()
    is_known: bool = False


def look(site: Site, token: str, now: datetime) -> Asked | AnswerState:
    """What a link is good for; looking uses nothing up."""
    with site.database.read() as session:
        row = queries.find_by_hash(session, hash_of(token))
        state = _state_of(session, site, row, now)
        if state is not None or row is None:
            return state or "unknown"
        return _asked(session, site, row)


def _state_of(
    session: Session, site: Site, row: CohortInvitation | None, now: datetime
) -> AnswerState | None:
    if row is None:
        return "unknown"
    if row.used_utc is not None or row.declined_utc is not None:
        return "used"
    cohort = session.get_one(Cohort, row.cohort_id)
    is_over = row.ends_utc <= now or cohort_state(site, cohort, now) == "closed"
    return "expired" if is_over else None


def _asked(session: Session, site: Site, row: CohortInvitation, actor: Actor | None = None) -> Asked:
    cohort = session.get_one(Cohort, row.cohort_id)
    programme = session.get_one(Programme, cohort.programme_id)
    prework = [(site.shelf.newest(id_), depth) for id_, depth in prework_of(cohort).items()]
    own = (
        []
        if actor is None
        else organisation_queries.organisations_named(session, actor.organisations("owner"))
    )
    own = sorted(own, key=lambda one: (one.orgnr != row.orgnr, one.name, one.id))
    return Asked(
        id=row.id,
        company=row.name,
        orgnr=row.orgnr,
        email=row.email,
        ends_utc=row.ends_utc,
        cohort=cohort.name,
        deadline_on=cohort.deadline_on,
        programme=programme.name,
        controller=programme.controller,
        contact=programme.contact,
        purpose=programme.purpose,
        retention_days=programme.retention_days,
        prework=tuple((shelved, depth) for shelved, depth in prework if shelved is not None),
        has_account=find_person_by_email(session, row.email) is not None,
        companies=tuple((one.id, one.name) for one in own if one.kind != "trial"),
        is_known=any(one.orgnr == row.orgnr for one in own),
    )


def enter(
    site: Site, token: str, *, name: str, language: str, trial_id: str | None, now: datetime
) -> tuple[str, str] | AnswerState:
    """Make the person of a link's address and sign them in: the invitation's id and the session's token.

    The empty token where the address has an account, which signs in by its own ways. ``trial_id``: a trial
    of the same browser, whose answers come along. Raises NotSaved.
    """
    with site.database.write() as session:
        row = queries.find_by_hash(session, hash_of(token))
        state = _state_of(session, site, row, now)
        if state is not None or row is None:
            return state or "unknown"
        if find_person_by_email(session, row.email) is not None:
            return row.id, ""
        person = new_person_at(session, row.email, language, now, trial_id=trial_id)
        person.name = person.name or name
        record(session, now, "signed_in", person_id=person.id)
        return row.id, open_session(session, person, now, site.settings)


def refuse_by_link(site: Site, token: str, now: datetime) -> AnswerState | None:
    """Say no without signing in. None where that is done. Raises NotSaved."""
    with site.database.write() as session:
        row = queries.find_by_hash(session, hash_of(token))
        state = _state_of(session, site, row, now)
        if state is None and row is not None:
            _decline(session, row, None, now)
        return state


def list_asked(site: Site, actor: Actor, now: datetime) -> tuple[Asked, ...]:
    """The invitations somebody can answer without a link."""
    if actor.email is None:
        return ()
    with site.database.read() as session:
        found = queries.waiting_for(session, actor.email, now)
        return tuple(
            _asked(session, site, row) for row, cohort in found if cohort_state(site, cohort, now) != "closed"
        )


def open_asked(site: Site, actor: Actor, invitation_id: str, now: datetime) -> Asked:
    """One of them, with the companies that may join by it. Raises NotThere."""
    with site.database.read() as session:
        return _asked(session, site, _own(session, site, actor, invitation_id, now), actor)


def _own(
    session: Session, site: Site, actor: Actor, invitation_id: str, now: datetime, *, is_locked: bool = False
) -> CohortInvitation:
    row = (
        session.get(
            CohortInvitation, invitation_id, with_for_update=is_locked or None, populate_existing=is_locked
        )
        if is_id(invitation_id)
        else None
    )
    if row is None or actor.email != row.email or _state_of(session, site, row, now) is not None:
        raise NotThere
    return row


def decline(site: Site, actor: Actor, invitation_id: str, now: datetime) -> None:
    """Say no. Raises NotThere, NotSaved."""
    with site.database.write() as session:
        row = _own(session, site, actor, invitation_id, now, is_locked=True)
        _decline(session, row, actor.person_id, now)


def _decline(session: Session, row: CohortInvitation, person_id: str | None, now: datetime) -> None:
    row.declined_utc = now
    record(session, now, "cohort_declined", person_id=person_id, cohort=row.cohort_id, invitation=row.id)


def accept(
    site: Site, actor: Actor, invitation_id: str, *, company_id: str, uses: Collection[str], now: datetime
) -> tuple[str, str]:
    """Join with a company, or a new one where ``company_id`` is empty; the company's and the cohort's ids.

    ``uses``: what it lets its answers be used for; every other use stays off. Raises NotThere, NotAllowed,
    NotSaved, and Refused: it is in the cohort already, or cannot be set up.
    """
    asked = open_asked(site, actor, invitation_id, now)
    owner, company = actor, company_id
    if not company_id:
        company = _set_up(site, actor, asked, now)
        owner = _as_owner(actor, company)
    with owner_at_work(site, owner, company, now) as (session, organisation):
        row = _own(session, site, actor, invitation_id, now, is_locked=True)
        cohort = session.get_one(Cohort, row.cohort_id)
        member = _join(session, cohort, organisation, now)
        row.used_utc, row.organisation_id = now, organisation.id
        organisation.active_utc = now
        record(
            session,
            now,
            "cohort_joined",
            person_id=actor.person_id,
            organisation_id=organisation.id,
            cohort=cohort.id,
            invitation=row.id,
        )
        write_consents(session, member, uses, actor.person_id, now)
        return organisation.id, cohort.id


def _set_up(site: Site, actor: Actor, asked: Asked, now: datetime) -> str:
    """A new company with the number of the invitation and what the register says of it; its id.

    Where that was done before and joining did not come about, the company is there.
    """
    own = registering.find_own(site, actor, asked.orgnr)
    if own is not None and not actor.is_any_of(own, "owner"):
        raise Refused("cohorts.owner_needed")
    if own is not None:
        return own
    looked = registering.look_up(site, asked.orgnr)
    wanted = registering.Wanted(looked, name=asked.company)
    return registering.set_up(site, actor, wanted, now)


def _as_owner(actor: Actor, company_id: str) -> Actor:
    """The actor with what they have become within this request."""
    owned: frozenset[Role] = frozenset(("owner",))
    return replace(actor, roles={**actor.roles, company_id: owned})


def _join(session: Session, cohort: Cohort, company: Organisation, now: datetime) -> CohortMember:
    """A company's place in a cohort; one that has left comes back. Raises Refused."""
    member = session.get(CohortMember, (cohort.id, company.id))
    if member is not None and member.left_utc is None:
        raise Refused("cohorts.already_in")
    if member is None:
        member = CohortMember(cohort_id=cohort.id, organisation_id=company.id, brought_in=False)
        session.add(member)
    member.joined_utc, member.left_utc = now, None
    if session.get(Participation, (cohort.programme_id, company.id)) is None:
        member.brought_in = True
        session.add(
            Participation(programme_id=cohort.programme_id, organisation_id=company.id, since_utc=now)
        )
    session.flush()
    return member
