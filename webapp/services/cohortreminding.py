"""Reminding a cohort by hand: who would get a mail, and having them get it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from webapp.db.queries_organisations import organisations_named
from webapp.db.tables.organisations import Programme
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.cohortmailing import order_reminding_of, whom_to_remind
from webapp.services.cohorts import CohortLine, at_cohort, cohort_in, cohort_state, lines_of
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class Reminding:
    """Who would be reminded now. ``companies``: those that have not finished, with how many of their people.

    ``invited``: those whose invitation nobody has answered, with its contact or address.
    """

    programme_id: str
    programme: str
    cohort: CohortLine
    companies: tuple[tuple[str, int], ...]
    invited: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """How many mails it would be."""
        return sum(people for _, people in self.companies) + len(self.invited)


def open_reminding(site: Site, actor: Actor, programme_id: str, cohort_id: str, now: datetime) -> Reminding:
    """Who would be reminded now, for somebody who runs the programme. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        row = cohort_in(session, programme_id, cohort_id)
        invitations, people = whom_to_remind(session, site, row.id, now)
        counts = Counter(company for _, company in people)
        names = [(one.name, counts[one.id]) for one in organisations_named(session, counts)]
        return Reminding(
            programme_id=programme_id,
            programme=session.get_one(Programme, programme_id).name,
            cohort=lines_of(session, site, [row], now)[0],
            companies=tuple(sorted(names)),
            invited=tuple((one.name, one.contact or one.email) for one in invitations),
        )


def remind(site: Site, actor: Actor, programme_id: str, cohort_id: str, now: datetime) -> str:
    """Have everybody reminded who can be; the id of the job.

    Raises NotThere, NotSaved, and Refused: the cohort is not open, or it was done today.
    """
    with at_cohort(site, actor, programme_id, cohort_id) as (session, row):
        if cohort_state(site, row, now) != "open":
            raise Refused("cohorts.not_open")
        job_id = order_reminding_of(session, site, row.id, now)
        if job_id is None:
            raise Refused("cohorts.reminded_today")
        record(session, now, "cohort_reminding_ordered", person_id=actor.person_id, cohort=row.id)
        return job_id
