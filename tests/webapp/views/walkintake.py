"""What the access walk meets in a cohort: a company that is in it, and an invitation without an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from questionnaires.values import Depth
from tests.webapp.services.crowds import CIRCULAR, a_crowd, hand_in
from webapp.db.tables.cohorts import CohortInvitation
from webapp.db.tables.releases import CohortRelease
from webapp.services import cohortinviting, cohortjoining, cohorts, releasing
from webapp.services.actor import Actor
from webapp.services.cohorts import WantedCohort
from webapp.services.site import Site
from webapp.services.tokens import hash_of

PREWORK: dict[str, Depth] = {CIRCULAR: "basic"}


def make_cohort(
    site: Site, staff: Actor, owner: Actor, programme: str, company: str, *, sing: Callable[[str, str], str]
) -> dict[str, str]:
    """A cohort the company is in, a release of it, and an invitation without an answer; their ids by name."""
    now = site.now()
    today = now.astimezone(site.zone).date()
    wanted = WantedCohort(sing("programme", "kull"), "", today, None, today + timedelta(days=9), PREWORK)
    cohort = cohorts.set_up_cohort(site, staff, programme, wanted, now)
    name = sing("invited", "bedrift").replace('"', '""')
    text = f'navn;orgnr;epost\n"{name}";310028150;beta@eksempel.no\nEgen;310028142;{owner.email}\n'
    cohortinviting.invite_all(site, staff, programme, cohort, text=text, language="nb", now=now)
    [asked] = cohortjoining.list_asked(site, owner, now)
    cohortjoining.accept(site, owner, asked.id, company_id=company, uses=("aggregate", "advisor"), now=now)
    hand_in(site, a_crowd(site, programme, cohort, 10), "2025", now)
    releasing.release(site, {"cohort": cohort, "questionnaire": CIRCULAR, "round": 1}, now)
    base = cohorts.open_cohort(site, staff, programme, cohort, now)[1].base
    with site.database.write() as session:
        release = session.scalars(select(CohortRelease.id)).one()
        waiting = select(CohortInvitation).where(CohortInvitation.used_utc.is_(None))
        row = session.scalars(waiting).one()
        row.hash = hash_of("cohort-token-of-the-walk")
        return {
            "cohort": cohort,
            "cohort_base": base,
            "release": release,
            "asked": row.id,
            "cohort_token": "cohort-token-of-the-walk",
        }
