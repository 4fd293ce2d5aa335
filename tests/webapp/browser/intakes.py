"""Cohorts in the world that browsers meet: one with companies in several states, and one to answer."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from tests.webapp.browser.rows import Path
from tests.webapp.browser.world import CIRCULAR, LONG_WORD, World, now
from tests.webapp.services.crowds import a_crowd, hand_in
from webapp.db.tables.cohorts import CohortInvitation, CohortMember
from webapp.db.tables.releases import CohortRelease
from webapp.services import cohortinviting, cohortjoining, cohortrounds, cohorts, releasing
from webapp.services.cohorts import WantedCohort
from webapp.services.tokens import hash_of

_TOKEN = "cohort-token-of-the-world"  # noqa: S105  # of a link in a test
_LIST = (
    "navn;orgnr;kontakt;epost\n"
    "Eksempel Alfa;310028142;Kari;{owner}\n"
    f"Eksempel {LONG_WORD};310028150;;beta-med-en-svaert-lang-adresse-uten-ende@eksempel.no\n"
    "Eksempel Gamma;310028169;Per Eksempel;gamma@eksempel.no\n"
)


def make_intakes(world: World) -> None:
    """Add them to a world whose server has not been started."""
    site, staff, owner, moment = world.site, world.actor("staff"), world.actor("owner"), now()
    today = moment.date()
    wanted = WantedCohort(
        f"Vårkull {LONG_WORD}",
        "Hele fylket",
        today,
        today + timedelta(90),
        today + timedelta(20),
        {CIRCULAR: "basic"},
    )
    cohort = cohorts.set_up_cohort(site, staff, world.programme, wanted, moment)
    text = _LIST.format(owner=owner.email)
    cohortinviting.invite_all(site, staff, world.programme, cohort, text=text, language="nb", now=moment)
    [asked] = cohortjoining.list_asked(site, owner, moment)
    company = world.companies["workshop"]
    uses = ("aggregate", "advisor", "tables")
    cohortjoining.accept(site, owner, asked.id, company_id=company, uses=uses, now=moment)
    again = WantedCohort("Høstkull", "", today, None, None, {})
    second = cohorts.set_up_cohort(site, staff, world.programme, again, moment)
    cohortinviting.invite_all(site, staff, world.programme, second, text=text, language="nb", now=moment)
    [waiting] = cohortjoining.list_asked(site, owner, moment)
    with site.database.write() as session:
        found = select(CohortInvitation).where(CohortInvitation.email == "gamma@eksempel.no")
        for number, row in enumerate(session.scalars(found.order_by(CohortInvitation.id))):
            row.hash = hash_of(f"{_TOKEN}-{number}")
            row.told, row.told_utc = 1, moment - timedelta(days=9)
    _told(world)
    world.tokens |= {"cohort": cohort, "asked": waiting.id, "cohort_link": f"{_TOKEN}-0"}


def _told(world: World) -> None:
    """A cohort with a release, and what it takes for the next one."""
    site, staff, programme, moment = world.site, world.actor("staff"), world.programme, now()
    then = moment - timedelta(days=5)
    wanted = WantedCohort("Kull med tall", "", then.date(), None, None, {CIRCULAR: "basic"})
    cohort = cohorts.set_up_cohort(site, staff, programme, wanted, then)
    many = a_crowd(site, programme, cohort, 48)
    hand_in(site, many, "2024", then)
    with site.database.write() as session:
        session.add(
            CohortMember(cohort_id=cohort, organisation_id=world.companies["workshop"], joined_utc=then)
        )
    releasing.release(site, {"cohort": cohort, "questionnaire": CIRCULAR, "round": 1}, then)
    day = moment.astimezone(site.zone).date()
    cohortrounds.begin_round(site, staff, programme, cohort, begins_on=day, now=moment)
    hand_in(site, many, "2025", moment, up=1)
    with site.database.read() as session:
        release = session.scalars(select(CohortRelease.id)).one()
    world.tokens |= {"told": cohort, "release": release}


def intake_at(rest: str) -> Path:
    """A page of the programme's cohorts; ``{cohort}``: the id of one."""
    return lambda world: f"/programme/{world.programme}/cohorts{rest.format(**world.tokens)}"


def consents_at(rest: str = "", cohort: str = "cohort") -> Path:
    """The company's page of a cohort it is in."""
    return lambda world: f"/organisations/{world.companies['workshop']}/cohorts/{world.tokens[cohort]}{rest}"


def answer_at(rest: str) -> Path:
    """A page where an invitation is answered."""
    return lambda world: rest.format(**world.tokens)
