"""Companies that are in two cohorts: what one was told limits what the other can be told."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from tests.webapp.services.crowds import CIRCULAR, a_crowd, hand_in
from tests.webapp.services.intakes import Intake
from tests.webapp.services.meanwhile import meanwhile
from tests.webapp.sites import NOW
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.cohorts import CohortConsent, CohortMember
from webapp.db.tables.releases import CohortRelease
from webapp.db.tables.reviews import Approval
from webapp.services import releasing
from webapp.services.erasing import remove_organisation

LATER = NOW + timedelta(days=1)


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    return Intake(tmp_path)


def companies(intake: Intake) -> list[str]:
    """Twenty-five that have handed in and let themselves be counted in the first cohort."""
    ids = a_crowd(intake.site, intake.programme, intake.cohort, 25)
    hand_in(intake.site, ids, "2025", NOW)
    return ids


def also_in(intake: Intake, cohort: str, ids: list[str]) -> str:
    """Have companies join another cohort and be counted there."""
    joined = {"cohort_id": cohort, "joined_utc": NOW, "brought_in": False}
    said = {"cohort_id": cohort, "use": "aggregate", "is_given": True, "at_utc": NOW}
    with intake.site.database.write() as session:
        session.execute(insert(CohortMember), [{"organisation_id": id_, **joined} for id_ in ids])
        session.execute(insert(CohortConsent), [{"organisation_id": id_, **said} for id_ in ids])
    return cohort


def approve_all(intake: Intake) -> None:
    """Have every hand-in approved as it is."""
    with intake.site.database.write() as session:
        for row in session.scalars(select(Submission)).all():
            what = {"assessment_id": row.assessment_id, "submission_id": row.id, "level": row.level}
            session.add(Approval(**what, review="{}", result=row.result, at_utc=NOW))
        session.execute(update(Assessment).values(state="approved"))


def released(intake: Intake, cohort: str) -> set[str]:
    """What a cohort is told: the ids of the tables."""
    body = {"cohort": cohort, "questionnaire": CIRCULAR, "round": 1, "person": intake.staff.person_id}
    releasing.release(intake.site, body, LATER)
    with intake.site.database.read() as session:
        row = session.scalars(select(CohortRelease).where(CohortRelease.cohort_id == cohort)).one()
        return {one["id"] for one in json.loads(row.told)["tables"] if one["rows"] or one["mean"]}


def basis(intake: Intake, cohort: str) -> set[tuple[str, str]]:
    with intake.site.database.read() as session:
        text = session.scalars(select(CohortRelease.basis).where(CohortRelease.cohort_id == cohort)).one()
    return {(owner, result) for owner, result, *_ in json.loads(text)["counted"]}


def test_a_cohort_that_lacks_one_company_of_another_is_not_told_where_that_one_stands(intake: Intake) -> None:
    ids = companies(intake)
    assert "level" in released(intake, intake.cohort)

    assert released(intake, also_in(intake, intake.add("Kull 2"), ids[1:])) == set()


def test_an_approval_makes_no_other_result_of_a_hand_in(intake: Intake) -> None:
    ids = companies(intake)
    released(intake, intake.cohort)
    other = also_in(intake, intake.add("Kull 2"), ids[1:])

    approve_all(intake)

    assert released(intake, other) == set()


def test_a_cohort_of_other_companies_is_told_in_full(intake: Intake) -> None:
    companies(intake)
    first = released(intake, intake.cohort)
    other = intake.add("Kull 2")
    hand_in(intake.site, a_crowd(intake.site, intake.programme, other, 25), "2025", NOW)

    assert released(intake, other) == first


def test_another_cohort_that_is_told_something_meanwhile_is_seen(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = also_in(intake, intake.add("Kull 2"), companies(intake)[1:])
    publish, times = releasing.publish, []

    def slowly(*given: object) -> object:
        times.append(1)
        if len(times) == 1:
            released(intake, intake.cohort)
        return publish(*given)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr(releasing, "publish", slowly)

    assert released(intake, other) == set()
    assert len(times) == 3


def test_of_two_cohorts_in_the_same_moment_the_later_one_is_told_less(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = also_in(intake, intake.add("Kull 2"), companies(intake)[1:])

    told = meanwhile(
        lambda: released(intake, intake.cohort),
        (releasing.queries, "ids_beside"),
        lambda: released(intake, other),
        monkeypatch,
    )

    assert sorted(map(bool, told)) == [False, True]


def test_an_erased_company_is_the_same_stranger_in_all_cohorts(intake: Intake) -> None:
    ids = companies(intake)
    other = also_in(intake, intake.add("Kull 2"), ids)
    for cohort in (intake.cohort, other):
        released(intake, cohort)

    with intake.site.database.write() as session:
        remove_organisation(session, ids[0])

    [first, second] = [basis(intake, cohort) for cohort in (intake.cohort, other)]
    assert first == second
    assert ids[0] not in dict(first)
