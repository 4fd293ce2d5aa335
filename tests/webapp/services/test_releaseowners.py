"""Companies of one legal entity count once, however they were registered."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from assessment.cohort.publishing import Refusal
from tests.webapp.services.crowds import CIRCULAR, a_crowd, hand_in
from tests.webapp.services.intakes import Intake
from tests.webapp.sites import NOW, a_company, a_person
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.releases import CohortRelease
from webapp.services import cohortfigures, cohortrounds, releasing
from webapp.services.erasing import remove_organisation

LATER, NEXT = NOW + timedelta(days=1), NOW + timedelta(days=30)
ENTITY = "310028142"


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    return Intake(tmp_path)


def crowd(intake: Intake, size: int, at_utc: datetime = NOW) -> list[str]:
    ids = a_crowd(intake.site, intake.programme, intake.cohort, size)
    hand_in(intake.site, ids, "2025", at_utc)
    return ids


def of_one_entity(intake: Intake, ids: list[str]) -> None:
    """Have the register say that these units belong to one entity."""
    with intake.site.database.write() as session:
        units = update(Organisation).where(Organisation.id.in_(ids))
        session.execute(units.values(entity_orgnr=ENTITY))


def the_entity(intake: Intake) -> str:
    """The entity itself, that came before all others and hands nothing in."""
    owner = a_person(intake.site, "eier@eksempel.no")
    entity = a_company(intake.site, "Eksempel Enhet AS", ENTITY, owners=[owner])
    with intake.site.database.write() as session:
        session.get_one(Organisation, entity).created_utc = NOW - timedelta(days=9)
    return entity


def released(intake: Intake, round_: int = 1) -> CohortRelease:
    body = {
        "cohort": intake.cohort,
        "questionnaire": CIRCULAR,
        "round": round_,
        "person": intake.staff.person_id,
    }
    releasing.release(intake.site, body, LATER if round_ == 1 else NEXT)
    with intake.site.database.read() as session:
        return session.scalars(select(CohortRelease).where(CohortRelease.round == round_)).one()


def basis(intake: Intake, row: CohortRelease) -> dict[str, str]:
    """What a release was made of: owner by result."""
    with intake.site.database.read() as session:
        text = session.scalars(select(CohortRelease.basis).where(CohortRelease.id == row.id)).one()
    return {result: owner for owner, result, *_ in json.loads(text)["counted"]}


def owners(intake: Intake) -> int:
    desk = cohortfigures.open_figures(intake.site, intake.staff, intake.programme, intake.cohort, LATER)
    return desk.of(CIRCULAR).owners


def test_units_of_one_entity_that_stand_alone_count_once(intake: Intake) -> None:
    ids = crowd(intake, 14)
    assert owners(intake) == 14

    of_one_entity(intake, ids[:4])

    assert owners(intake) == 11
    row = released(intake)
    assert json.loads(row.told)["owners"] == 11
    assert {*ids[4:]} < set(basis(intake, row).values()) <= {*ids}


def test_the_entity_itself_and_its_unit_count_once(intake: Intake) -> None:
    ids = crowd(intake, 12)
    of_one_entity(intake, ids[:1])
    with intake.site.database.write() as session:
        session.get_one(Organisation, ids[1]).orgnr = ENTITY

    assert owners(intake) == 11


def test_one_number_that_two_have_registered_counts_once(intake: Intake) -> None:
    ids = crowd(intake, 12)
    with intake.site.database.write() as session:
        session.execute(update(Organisation).where(Organisation.id.in_(ids[:2])).values(orgnr=ENTITY))

    assert owners(intake) == 11


def test_an_entity_that_is_learnt_later_makes_no_other_owner_of_a_result(intake: Intake) -> None:
    ids = crowd(intake, 20, NOW + timedelta(days=2))
    released(intake)
    begin_round(intake)
    the_entity(intake)

    of_one_entity(intake, ids[:4])

    assert refusal(intake) == Refusal("too_few_changes", 3, 5)  # three of four are counted no more


def test_who_stood_for_an_entity_is_forgotten_and_the_others_results_stay(intake: Intake) -> None:
    entity, ids = the_entity(intake), crowd(intake, 14)
    of_one_entity(intake, ids[:3])
    row = released(intake)
    before = basis(intake, row)
    assert entity in before.values()

    with intake.site.database.write() as session:
        remove_organisation(session, entity)

    after = basis(intake, row)
    assert entity not in after.values()
    assert after.keys() == before.keys()


def begin_round(intake: Intake) -> None:
    """A second round in which all that was handed in counts again."""
    day = (NOW + timedelta(days=1)).date()
    cohortrounds.begin_round(
        intake.site, intake.staff, intake.programme, intake.cohort, begins_on=day, now=NEXT
    )


def refusal(intake: Intake) -> Refusal | None:
    desk = cohortfigures.open_figures(intake.site, intake.staff, intake.programme, intake.cohort, NEXT)
    return desk.of(CIRCULAR).refusal
