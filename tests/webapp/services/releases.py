"""What tests of a cohort's releases do all the time: a crowd that hands in, an order, a release."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from tests.webapp.services.crowds import CIRCULAR, a_crowd, hand_in
from tests.webapp.services.intakes import Intake
from tests.webapp.sites import NOW, a_person, as_actor
from webapp.db.tables.cohorts import CohortConsent
from webapp.db.tables.people import Membership
from webapp.db.tables.releases import CohortRelease
from webapp.services import cohortfigures, cohortrounds, releasing
from webapp.services.actor import Actor
from webapp.services.cohortfigures import Readiness
from webapp.services.jobs import Body

LATER = NOW + timedelta(days=1)
NEXT = NOW + timedelta(days=30)


def crowd(intake: Intake, size: int, at_utc: datetime = NOW, **more: str) -> list[str]:
    """So many new companies that let themselves be counted and have handed in."""
    ids = a_crowd(intake.site, intake.programme, intake.cohort, size, **more)
    hand_in(intake.site, ids, "2025", at_utc)
    return ids


def readiness(intake: Intake, now: datetime = LATER) -> Readiness:
    """Whether the figures can be released, as staff see it."""
    desk = cohortfigures.open_figures(intake.site, intake.staff, intake.programme, intake.cohort, now)
    return desk.of(CIRCULAR)


def body(intake: Intake, round_: int = 1) -> Body:
    """What the job of a release says."""
    return {
        "cohort": intake.cohort,
        "questionnaire": CIRCULAR,
        "round": round_,
        "person": intake.staff.person_id,
    }


def order(intake: Intake, round_: int = 1, now: datetime = LATER) -> str | None:
    """Have the figures released by the programme's staff; the id of the job."""
    return releasing.order_release(
        intake.site,
        intake.staff,
        intake.programme,
        intake.cohort,
        questionnaire=CIRCULAR,
        round_=round_,
        now=now,
    )


def released(intake: Intake, round_: int = 1, now: datetime = LATER) -> CohortRelease:
    """What is released now, as its row."""
    releasing.release(intake.site, body(intake, round_), now)
    with intake.site.database.read() as session:
        return session.scalars(select(CohortRelease).where(CohortRelease.round == round_)).one()


def basis_of(intake: Intake, row: CohortRelease) -> str:
    """What a release was made of, as it is kept."""
    with intake.site.database.read() as session:
        return session.scalars(select(CohortRelease.basis).where(CohortRelease.id == row.id)).one()


def next_round(intake: Intake) -> None:
    """Begin the cohort's second round."""
    cohortrounds.begin_round(
        intake.site,
        intake.staff,
        intake.programme,
        intake.cohort,
        begins_on=(NOW + timedelta(days=10)).date(),
        now=NEXT,
    )


def owner_of(intake: Intake, company: str) -> Actor:
    """Somebody new who answers for a company."""
    person = a_person(intake.site, f"{company[:8]}@eksempel.no".lower())
    with intake.site.database.write() as session:
        session.add(Membership(organisation_id=company, person_id=person, role="owner", since_utc=NOW))
    return as_actor(intake.site, person)


def withdraw(intake: Intake, company: str) -> None:
    """Have a company be counted no more."""
    with intake.site.database.write() as session:
        said = {"cohort_id": intake.cohort, "organisation_id": company, "use": "aggregate"}
        session.add(CohortConsent(**said, is_given=False, at_utc=LATER))
