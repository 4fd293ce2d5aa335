"""The advisors a company lets in, for its own people: who, from when until when, and ending it.

An owner needs nobody to end an advisor's access; it is recorded who did.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from webapp.db import queries_team as queries
from webapp.db.ids import is_id
from webapp.db.tables.organisations import Organisation
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.colleagues import owner_at_work
from webapp.services.people import called
from webapp.services.site import Site
from webapp.services.team import end_assignment
from webapp.services.terms import last_day


@dataclass(frozen=True, slots=True)
class Advisor:
    """Somebody outside who sees what was handed in. ``is_coming``: only from ``since_utc`` on.

    ``until_on``: the last day they do; None where none is set.
    """

    person_id: str
    name: str
    since_utc: datetime
    until_on: date | None
    is_coming: bool


def advisors_in(session: Session, site: Site, organisation_id: str, now: datetime) -> tuple[Advisor, ...]:
    """Those a company has or will have, without asking who wants to know."""
    return tuple(
        Advisor(
            person_id=person.id,
            name=called(person.name, person.email),
            since_utc=row.from_utc,
            until_on=last_day(site.zone, row.until_utc),
            is_coming=row.from_utc > now,
        )
        for row, person in queries.advisors_from(session, organisation_id, now)
    )


def get_advisor(
    site: Site, actor: Actor, organisation_id: str, person_id: str, now: datetime
) -> tuple[str, Advisor]:
    """The company's name and one of its advisors, for its owners. Raises NotThere and NotAllowed."""
    actor.needs(organisation_id, "owner")
    with site.database.read() as session:
        name = session.get_one(Organisation, organisation_id).name
        for advisor in advisors_in(session, site, organisation_id, now):
            if advisor.person_id == person_id:
                return name, advisor
    raise NotThere


def end_access(site: Site, actor: Actor, organisation_id: str, person_id: str, now: datetime) -> None:
    """End an advisor's access from their next request on. Raises NotThere, NotAllowed, NotSaved."""
    with owner_at_work(site, actor, organisation_id, now) as (session, organisation):
        held = queries.find_assignment(session, organisation.id, person_id) if is_id(person_id) else None
        if held is None or (held.until_utc is not None and held.until_utc <= now):
            raise NotThere
        end_assignment(session, held, now)
        record(
            session,
            now,
            "advisor_ended_by_company",
            person_id=actor.person_id,
            organisation_id=organisation.id,
            person=person_id,
        )
