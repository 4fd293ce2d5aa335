"""What a company lets a cohort use its answers for: each use by itself, off until somebody says yes.

Nothing is overwritten: every yes and every no stays with who said it and when, and the newest counts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from webapp.db import queries_cohorts as queries
from webapp.db.queries_activities import give_up_places
from webapp.db.tables.cohorts import Cohort, CohortConsent, CohortMember
from webapp.db.tables.organisations import Organisation, Participation, Programme
from webapp.db.tables.people import Person
from webapp.errors import NotThere
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.audit import record
from webapp.services.boxes import ticked
from webapp.services.colleagues import owner_at_work
from webapp.services.people import called
from webapp.services.releasepages import ReleaseLine, lines_in
from webapp.services.site import Site
from webapp.services.team import end_all
from webapp.services.uses import USES, Use, given_in, may_be_advised


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a company said. ``by``: empty where they are gone."""

    use: str
    is_given: bool
    by: str
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class OwnCohort:
    """A cohort on a company's page. ``given``: the uses it lets; ``log``: all it said, the newest first.

    ``releases``: what the cohort was told of itself.
    """

    id: str
    name: str
    programme: str
    controller: str
    contact: str
    deadline_on: date | None
    joined_utc: datetime
    given: frozenset[Use]
    log: tuple[Said, ...]
    releases: tuple[ReleaseLine, ...]
    is_owner: bool
    company_id: str
    company: str


def own_cohorts(site: Site, actor: Actor, organisation_id: str) -> tuple[OwnCohort, ...]:
    """The cohorts a company is in, for its people. Raises NotThere and NotAllowed."""
    actor.needs(organisation_id, *COMPANY_ROLES)
    with site.database.read() as session:
        company = session.get_one(Organisation, organisation_id)
        return tuple(
            _own(session, site, actor, company, held)
            for held in queries.memberships_of(session, organisation_id)
        )


def own_cohort(site: Site, actor: Actor, organisation_id: str, cohort_id: str) -> OwnCohort:
    """One of them. Raises NotThere and NotAllowed."""
    for one in own_cohorts(site, actor, organisation_id):
        if one.id == cohort_id:
            return one
    raise NotThere


def _own(
    session: Session,
    site: Site,
    actor: Actor,
    company: Organisation,
    held: tuple[CohortMember, Cohort, Programme],
) -> OwnCohort:
    member, cohort, programme = held
    rows = queries.consents_of(session, cohort.id, company.id)
    people = {row.by_person_id: session.get(Person, row.by_person_id) for row in rows if row.by_person_id}
    return OwnCohort(
        id=cohort.id,
        name=cohort.name,
        programme=programme.name,
        controller=programme.controller,
        contact=programme.contact,
        deadline_on=cohort.deadline_on,
        joined_utc=member.joined_utc,
        given=given_in(rows),
        log=tuple(
            Said(
                row.use,
                row.is_given,
                called(who.name, who.email) if (who := people.get(row.by_person_id or "")) else "",
                row.at_utc,
            )
            for row in reversed(rows)
        ),
        releases=lines_in(session, site, cohort.id),
        is_owner=actor.is_any_of(company.id, "owner"),
        company_id=company.id,
        company=company.name,
    )


def save_consents(
    site: Site,
    actor: Actor,
    organisation_id: str,
    cohort_id: str,
    *,
    uses: Collection[str],
    shown: Collection[str],
    now: datetime,
) -> int:
    """Let these uses and no other; how many changed. Raises NotThere, NotAllowed, NotSaved.

    ``shown``: those that were let when the page was shown. What a colleague has withdrawn since is not given
    again by who did not ask for it.
    """
    with owner_at_work(site, actor, organisation_id, now) as (session, _):
        member = member_now(session, cohort_id, organisation_id)
        given = given_in(queries.consents_of(session, cohort_id, organisation_id))
        wanted = ticked({*given}, marked=uses, shown=shown)
        return write_consents(session, member, wanted, actor.person_id, now)


def write_consents(
    session: Session, member: CohortMember, uses: Collection[str], person_id: str | None, now: datetime
) -> int:
    """Let these uses and no other, within a transaction that holds the company; how many changed."""
    cohort_id, company_id = member.cohort_id, member.organisation_id
    given = given_in(queries.consents_of(session, cohort_id, company_id))
    changed = [use for use in USES if (use in uses) != (use in given)]
    for use in changed:
        is_given = use in uses
        session.add(
            CohortConsent(
                cohort_id=cohort_id,
                organisation_id=company_id,
                use=use,
                is_given=is_given,
                by_person_id=person_id,
                at_utc=now,
            )
        )
        record(
            session,
            now,
            "consent_given" if is_given else "consent_withdrawn",
            person_id=person_id,
            organisation_id=company_id,
            cohort=cohort_id,
            use=use,
        )
    session.flush()
    programme_id = session.get_one(Cohort, cohort_id).programme_id
    if "advisor" in changed and not may_be_advised(session, programme_id, company_id):
        end_all(session, programme_id, now, company_id=company_id)
    return len(changed)


def leave(site: Site, actor: Actor, organisation_id: str, cohort_id: str, now: datetime) -> None:
    """Take a company out of a cohort: every use ends, and so does the programme where it came by this cohort.

    Raises NotThere, NotAllowed, NotSaved.
    """
    with owner_at_work(site, actor, organisation_id, now) as (session, _):
        member = member_now(session, cohort_id, organisation_id)
        end_membership(session, member, actor.person_id, now)


def end_membership(session: Session, member: CohortMember, person_id: str, now: datetime) -> None:
    """As ``leave``, within a transaction that holds the company."""
    write_consents(session, member, (), person_id, now)
    member.left_utc = now
    session.flush()
    company_id = member.organisation_id
    programme_id = session.get_one(Cohort, member.cohort_id).programme_id
    record(
        session, now, "cohort_left", person_id=person_id, organisation_id=company_id, cohort=member.cohort_id
    )
    if member.brought_in:
        _hand_on(session, member, programme_id, now)


def _hand_on(session: Session, member: CohortMember, programme_id: str, now: datetime) -> None:
    """Another cohort of the programme keeps the company in it; where there is none, it takes part no more."""
    member.brought_in = False
    others = queries.memberships_of(session, member.organisation_id, programme_id)
    if others:
        others[0][0].brought_in = True
        return
    held = session.get(Participation, (programme_id, member.organisation_id))
    if held is not None:
        end_all(session, programme_id, now, company_id=member.organisation_id)
        give_up_places(session, [member.organisation_id], programme_id=programme_id)
        session.delete(held)


def leave_all(session: Session, programme_id: str, organisation_id: str, now: datetime) -> None:
    """Take a company that leaves a programme out of its cohorts, within a transaction that ends the rest."""
    for member, cohort, _ in queries.memberships_of(session, organisation_id, programme_id):
        write_consents(session, member, (), None, now)
        member.left_utc, member.brought_in = now, False
        record(session, now, "cohort_left", organisation_id=organisation_id, cohort=cohort.id)


def member_now(session: Session, cohort_id: str, organisation_id: str) -> CohortMember:
    """A company's place in a cohort. Raises NotThere where it has none, or has left."""
    found = session.get(CohortMember, (cohort_id, organisation_id))
    if found is None or found.left_utc is not None:
        raise NotThere
    return found
