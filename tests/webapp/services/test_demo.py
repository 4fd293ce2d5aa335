"""The programme of the demo: what its advisors find, and that nothing of it is in the future."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.webapp.sites import EXAMPLES, NOW, as_actor, make_site
from webapp.db.tables.activities import Partner, ProgrammeActivity
from webapp.db.tables.assessments import Submission
from webapp.db.tables.cohorts import Cohort
from webapp.db.tables.gatherings import Gathering, GatheringIdea, GatheringPaper
from webapp.db.tables.people import Person
from webapp.db.tables.releases import CohortRelease
from webapp.db.tables.work import AuditEvent, Document, Job
from webapp.services import balancing, demo, demorelease
from webapp.services.activities import list_activities
from webapp.services.gatheringmaterial import STAFF_KINDS
from webapp.services.owngathering import open_own
from webapp.services.plan import open_plan
from webapp.services.portfolio import Followed, open_portfolio
from webapp.services.review import OpenedReview, open_review
from webapp.services.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Made once, on a file: what it holds is no matter of the database."""
    made = make_site(Path(tmp_path_factory.mktemp("demo")))
    demo.make_demo(made, EXAMPLES, NOW)
    return made


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


def person(site: Site, email: str) -> str:
    with site.database.read() as session:
        return session.scalars(select(Person.id).where(Person.email == email)).one()


def test_the_advisor_finds_something_late_something_new_and_a_company_to_hand_over(site: Site) -> None:
    found = open_portfolio(site, as_actor(site, person(site, "radgiver@fylke.example")), NOW)

    assert found.overdue == 2
    stands = {(line.company, line.stand) for line in found.lines}
    assert ("Eksempel Butikk AS", "submitted") in stands
    assert ("Eksempel Rådgivning AS", "reopened") in stands
    assert ("Eksempel Trevare AS", "invited") in stands
    assert ("Eksempel Metallverksted AS", "in_review") in stands
    late = [line.company for line in found.lines if line.attention.is_overdue]
    assert late == ["Eksempel Butikk AS", "Eksempel Rådgivning AS"]


def test_an_approved_round_has_an_earlier_one_that_was_lower(site: Site) -> None:
    found = open_portfolio(site, as_actor(site, person(site, "radgiver@fylke.example")), NOW)

    told: list[Followed] = [line.assessment for line in found.lines if line.assessment is not None]
    changes = [one.since for one in told if one.is_approved and one.since is not None]
    assert len(changes) == 1
    assert changes[0].is_approved
    assert changes[0].up > 0
    assert changes[0].down == 0


def review_of(site: Site, company: str, stand: str) -> OpenedReview:
    """A company's review that stands somewhere, for its advisor."""
    advisor = as_actor(site, person(site, "radgiver@fylke.example"))
    lines = open_portfolio(site, advisor, NOW).lines
    told = [one.assessment for one in lines if (one.company, one.stand) == (company, stand)]
    assert told[0] is not None
    return open_review(site, advisor, told[0].id)


def asked_again(review: OpenedReview) -> set[str]:
    return {one.id for one in review.items if one.request}


def test_the_review_that_goes_on_has_ratings_with_reasons_notes_and_something_to_ask(site: Site) -> None:
    found = review_of(site, "Eksempel Metallverksted AS", "in_review")

    assert not found.is_blind
    assert len(found.listed("all")) - len(found.listed("unrated")) >= 6
    assert {one.id for one in found.listed("differs")} == {"governance.incentives", "targets.ghg"}
    assert not any(one.lacks_reason for one in found.items)
    assert {one.question_id for one in found.notes} == {"targets.ghg"}
    assert sorted(one.is_shared for one in found.notes) == [False, True]
    assert asked_again(found) == {"targets.ghg"}


def test_what_was_sent_back_has_a_reason_per_question_and_a_day(site: Site) -> None:
    found = review_of(site, "Eksempel Butikk AS", "sent_back")

    assert asked_again(found) == {"operations.waste_data", "operations.energy_water", "use.access_models"}
    assert found.reason
    assert found.at.row.due_on == (NOW + timedelta(days=5)).date()


def test_what_was_approved_has_both_sides_a_shared_note_and_a_plan_that_is_followed(site: Site) -> None:
    found = review_of(site, "Eksempel Metallverksted AS", "approved")
    owner = as_actor(site, person(site, "owner@metallverksted.example"))

    entries = open_plan(site, owner, found.id, NOW).entries

    assert found.approval is not None
    assert found.approval.is_rated
    assert {one.id for one in found.listed("differs")} == {"strategy.ambition", "recovery.end_market"}
    assert [one.is_shared for one in found.notes] == [True]
    assert [(one.agreed.status, one.agreed.effort) for one in entries] == [
        ("begun", "medium"),
        ("open", "large"),
        ("done", "small"),
    ]
    assert all(one.agreed.owner and one.agreed.due_on for one in entries)
    assert [bool(one.agreed.remark) for one in entries] == [True, False, True]
    assert not any(one.is_overdue for one in entries)


def test_who_stands_in_does_so_for_a_while(site: Site) -> None:
    id_ = person(site, "vikar@fylke.example")

    days = [len(as_actor(site, id_, NOW + timedelta(days=at)).organisations("advisor")) for at in (0, 19, 22)]

    assert days == [1, 1, 0]


def test_nothing_has_happened_in_the_future(site: Site) -> None:
    with site.database.read() as session:
        latest = session.scalar(select(func.max(AuditEvent.at_utc)))

    assert latest is not None
    assert latest <= NOW


def test_everybody_has_a_role_and_a_link(site: Site) -> None:
    people = demo.links(site, NOW)

    assert {one.role for one in people} >= {"owner", "member", "advisor", "programme"}
    assert len({one.token for one in people}) == len(people)


def test_the_finished_cohort_has_two_releases_with_development_and_effect(site: Site) -> None:
    with site.database.read() as session:
        rows = session.scalars(select(CohortRelease).order_by(CohortRelease.number)).all()
        printed = session.scalar(select(func.count()).select_from(Document).join(Submission)) or 0
        handed_in = session.scalar(select(func.count()).select_from(Submission)) or 0

    told = [
        {one["id"].partition("/")[0] for one in json.loads(row.told)["tables"] if one["rows"]} for row in rows
    ]
    effects = [one for one in json.loads(rows[1].told)["tables"] if "/activity." in one["id"] and one["rows"]]
    assert [json.loads(row.told)["owners"] for row in rows] == [44, 44]
    assert {"level", "coverage", "tag", "question.strategy.ambition"} <= told[0] & told[1]
    assert "development" in told[1]
    assert [[sum(row["counts"]) for row in one["rows"]] for one in effects] == [[22, 22]]
    assert printed < handed_in  # no report is made for each of many


def test_a_worker_that_runs_beside_finds_no_release_to_make_in_its_own_time(site: Site) -> None:
    with site.database.read() as session:
        ordered = session.scalars(select(Job.id).where(Job.kind == "release_cohort")).all()
        days = [NOW - row for row in session.scalars(select(CohortRelease.released_utc))]

    assert ordered == []
    assert sorted(days) == [timedelta(days=8), timedelta(days=335)]


def test_regions_are_told_apart_where_both_have_many(site: Site) -> None:
    with site.database.read() as session:
        first = session.scalars(select(CohortRelease).order_by(CohortRelease.number)).first()
    assert first is not None

    [table] = [one for one in json.loads(first.told)["tables"] if one["id"] == "level/region"]

    assert {tuple(row["names"]) for row in table["rows"]} == {("Eksempelnes",), ("Eksempelvik",)}


def test_the_programme_offers_every_kind_of_activity_and_its_partners_have_logos(site: Site) -> None:
    with site.database.read() as session:
        kinds = set(session.scalars(select(ProgrammeActivity.kind)))
        looks = [logo_of(site, key) for key in session.scalars(select(Partner.logo)) if key is not None]

    assert kinds == {"webinar", "gathering", "guide"}
    assert len(looks) == 2
    assert looks[0] != looks[1]


def logo_of(site: Site, key: str) -> bytes:
    content = site.files.get(key)
    assert content.startswith(b"\x89PNG")
    return content


def test_what_companies_lack_is_read_from_what_was_released(site: Site) -> None:
    staff = as_actor(site, person(site, "programleder@fylke.example"))
    [programme] = staff.programmes

    found = {one.theme: one.size for one in balancing.open_balance(site, staff, programme).themes}

    assert found["insight"] == "large"
    assert found["data"] == "unknown"  # nothing was released of that questionnaire


def test_the_gathering_that_was_held_has_tables_topics_papers_and_ideas(site: Site) -> None:
    with site.database.read() as session:
        cohort = select(Cohort.id).where(Cohort.name == demorelease.NAME).scalar_subquery()
        held = session.scalars(select(Gathering).where(Gathering.cohort_id == cohort)).one()
        papers = session.scalars(select(GatheringPaper.kind).filter_by(activity_id=held.activity_id)).all()
        ideas = session.scalars(select(GatheringIdea).filter_by(activity_id=held.activity_id)).all()

    tables = json.loads(held.plan)["tables"]
    assert len(tables) > 3
    assert sum(map(len, tables)) == 27  # 26 were registered, one of them did not come, two led it
    assert json.loads(held.topics or "{}")["topics"]
    assert set(papers) == set(STAFF_KINDS)
    assert {idea.state for idea in ideas} == {"open", "done", "dropped"}


def test_somebody_who_can_sign_in_has_a_table_at_one_that_was_held(site: Site) -> None:
    owner = as_actor(site, person(site, "owner@mobelverksted.example"))
    [held] = [
        one for one in list_activities(site, owner, NOW) if one.activity.title.en == "Gathering on reuse"
    ]

    assert held.attended == ("Eksempel Møbelverksted AS",)
    assert open_own(site, owner, held.id, NOW).table is not None
