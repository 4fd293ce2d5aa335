"""The list of an advisor: what stands in it, in which order, for how long, and what never does."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assessment.review.reading import rating_ids
from tests.webapp.services.following import BUTIKK, LATER, REPORTING, World, followed
from tests.webapp.sites import (
    NOW,
    a_company,
    a_programme,
    an_assessment,
    make_site,
)
from webapp.db.queries_portfolio import results_of
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import AdvisorAssignment, Programme, ProgrammeAdvisor
from webapp.db.tables.reviews import Approval
from webapp.services.handing_over import invite_owner, set_up
from webapp.services.judging import Judgement, choices_to_rate, judge
from webapp.services.portfolio import Followed, open_portfolio
from webapp.services.reviewing import withdraw
from webapp.services.since import Since, outcome


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(make_site(tmp_path))


def test_an_advisor_sees_hand_ins_with_level_and_coverage_and_no_drafts(world: World) -> None:
    a_company(world.site, "Fremmed AS", None)
    handed_in = world.hand_in()
    an_assessment(world.site, world.owner, world.company, "sustainability_reporting")

    [line] = world.open().lines

    own = followed(line)
    assert (line.company, own.id, own.state, own.period, own.level) == (
        "Eksempel Møbelverksted AS",
        handed_in.id,
        "submitted",
        "2025",
        2,
    )
    assert own.coverage == Fraction(191, 200)  # expected.yaml of the example
    assert (own.is_approved, own.since) == (False, None)
    assert (line.waits, line.attention.due_on) == ("you", date(2026, 3, 16))  # 2 March and 14 days


def test_what_needs_attention_comes_first_and_nothing_comes_twice(world: World) -> None:
    site, advisors, owners = world.site, [world.advisor_id], [world.owner_id]
    for name in ("Taus AS", "Ny AS"):
        a_company(site, name, None, owners=owners, advisors=advisors)
    old = world.hand_in(period="2023")
    back = world.hand_in(period="2024")
    done = world.hand_in(example=REPORTING)
    new = world.hand_in(days=10)
    world.decide(back.id, "start_review", "send_back", due_on=date(2026, 3, 30))
    world.decide(done.id, "start_review", "approve")

    found = world.open(days=20)

    # on 22 March: the hand-in of 2 March is late, that of 12 March is due on the 26th
    assert [line.assessment.id if line.assessment else line.company for line in found.lines] == [
        old.id,
        new.id,
        back.id,
        "Ny AS",
        "Taus AS",
        done.id,
    ]
    assert (found.companies, found.found, found.overdue, found.waiting) == (3, 6, 1, 2)


def test_a_level_that_is_withheld_is_none(world: World) -> None:
    world.hand_in(example="eksempel_butikk/sustainability_reporting")

    [line] = world.open().lines

    assert (followed(line).level, followed(line).is_hidden) == (None, False)


def test_the_approved_level_stands_beside_the_companys(world: World) -> None:
    handed_in = world.hand_in()
    world.decide(handed_in.id, "start_review", "approve")
    with world.site.database.write() as session:
        session.scalars(select(Approval)).one().level = 1

    own = followed(world.open().lines[0])

    assert (own.level, own.is_approved, own.approved_level) == (2, True, 1)


def test_an_approval_that_was_undone_counts_no_more(world: World) -> None:
    handed_in = world.hand_in()
    world.decide(handed_in.id, "start_review", "approve", "reopen")

    [line] = world.open().lines

    assert (line.stand, line.waits) == ("reopened", "company")
    assert (followed(line).is_approved, followed(line).approved_level) == (False, None)


def test_what_changed_since_the_round_before(world: World) -> None:
    world.hand_in(example=BUTIKK, period="2024")
    newer = world.hand_in(days=1)

    lines = {followed(line).id: followed(line) for line in world.open().lines}

    # by the examples' expected.yaml: level 1 -> 2; strategy, design, inputs, operations, use, recovery and
    # symbiosis rose, insight stayed at 0
    assert lines[newer.id].since == Since(
        "2024", 1, "up", up=7, down=0, is_same_scale=True, is_approved=False
    )


def test_a_fall_is_told_as_one(world: World) -> None:
    world.hand_in(period="2024")
    newer = world.hand_in(example=BUTIKK, days=1)

    lines = {followed(line).id: followed(line) for line in world.open().lines}
    change = lines[newer.id].since

    assert change is not None
    assert (change.before, change.way, change.up, change.down) == (2, "down", 0, 7)


def test_approved_is_compared_with_approved(world: World) -> None:
    first = world.hand_in(example=BUTIKK, period="2024")
    world.decide(first.id, "start_review", "approve")
    with world.site.database.write() as session:
        approval = session.scalars(select(Approval)).one()
        stored = json.loads(approval.result)
        assert stored["overall"]["level"] == 1
        stored["overall"]["level"] = 0
        approval.result = json.dumps(stored)
    newer = world.hand_in(days=1)
    own = {followed(line).id: followed(line) for line in world.open().lines}[newer.id].since
    world.decide(newer.id, "start_review", "approve", days=1)

    approved = {followed(line).id: followed(line) for line in world.open().lines}[newer.id].since

    assert own is not None
    assert approved is not None
    assert (own.before, own.is_approved) == (1, False)
    assert (approved.before, approved.is_approved) == (0, True)


def test_another_depth_is_said(world: World) -> None:
    world.hand_in(example=BUTIKK, period="2024")
    newer = world.hand_in(example="eksempel_metallverksted/circular_business_models", days=1)

    change = {followed(line).id: followed(line) for line in world.open().lines}[newer.id].since

    assert change is not None
    assert change.is_same_scale is False


def test_a_round_the_company_has_taken_back_is_not_told_of(world: World) -> None:
    first = world.hand_in(example=BUTIKK, period="2024")
    world.hand_in(days=1)
    withdraw(world.site, world.owner, first.id, LATER)

    [line] = world.open(days=1).lines

    assert followed(line).since is None


def a_blind_programme(world: World) -> None:
    programme = a_programme(world.site, companies=[world.company])
    with world.site.database.write() as session:
        session.get_one(Programme, programme).rates_blind = True


def test_no_level_is_shown_to_who_is_to_rate_first(world: World) -> None:
    a_blind_programme(world)
    world.hand_in(example=BUTIKK, period="2024")
    handed_in = world.hand_in(days=1)
    world.decide(handed_in.id, "start_review")

    hidden = {followed(line).id: followed(line) for line in world.open().lines}[handed_in.id]
    _rate_all(world, hidden)
    shown = {followed(line).id: followed(line) for line in world.open().lines}[handed_in.id]

    assert (hidden.level, hidden.since, hidden.is_hidden) == (None, None, True)
    assert hidden.coverage is None  # before the last is rated it would tell whether that is a "don't know"
    assert shown.coverage == Fraction(191, 200)
    assert (shown.level, shown.is_hidden) == (2, False)
    assert shown.since is not None


def _rate_all(world: World, own: Followed) -> None:
    with world.site.database.read() as session:
        line = next(one for one in world.open().lines if one.assessment and one.assessment.id == own.id)
        assert line.source is not None
        stored = results_of(session, [line.source.submission_id])
    questions = {planned.question.id: planned.question for planned in own.shelved.plan.questions}
    for id_ in sorted(choices_to_rate(own.shelved, outcome(stored[line.source.submission_id]).states)):
        said = Judgement(_first_choice(questions[id_]), reason="Sett på stedet.")
        judge(world.site, world.advisor, own.id, id_, LATER, judgement=said, base=0)


def _first_choice(question: Any) -> str:
    return next(iter(rating_ids(question)))


def test_what_was_signed_off_is_shown_where_advisors_rate_blind(world: World) -> None:
    a_blind_programme(world)
    handed_in = world.hand_in()
    world.decide(handed_in.id, "start_review")
    with world.site.database.write() as session:
        session.get_one(Assessment, handed_in.id).state = "reopened"

    assert followed(world.open().lines[0]).level == 2


# --- who follows whom ----------------------------------------------------------------------------


def test_an_owner_follows_nobody(world: World) -> None:
    found = open_portfolio(world.site, world.owner, NOW)

    assert (found.lines, found.companies, found.runs) == ((), 0, ())


@pytest.mark.parametrize(
    ("begins", "ends", "count"),
    [(-2, None, 1), (-2, 1, 1), (-2, 0, 0), (-2, -1, 0), (1, None, 0)],
    ids=["open", "until tomorrow", "until now", "ended", "begins tomorrow"],
)
def test_a_company_is_followed_between_the_first_and_the_last_moment(
    world: World, begins: int, ends: int | None, count: int
) -> None:
    with world.site.database.write() as session:
        held = session.scalars(select(AdvisorAssignment)).one()
        held.from_utc = NOW + timedelta(days=begins)
        held.until_utc = None if ends is None else NOW + timedelta(days=ends)

    assert world.open().companies == count


def test_a_company_that_was_set_up_waits_to_be_handed_over(world: World) -> None:
    programme = a_programme(world.site)
    with world.site.database.write() as session:
        place = {"programme_id": programme, "person_id": world.advisor_id}
        session.add(ProgrammeAdvisor(**place, since_utc=NOW))
    new = set_up(world.site, world.advisor, programme, NOW, looked=None, name="Eksempel Trevare AS")

    before = next(line for line in world.open().lines if line.company_id == new)
    invite_owner(world.site, world.advisor, new, NOW, email="leder@eksempel.no", language="nb")
    after = next(line for line in world.open().lines if line.company_id == new)
    ended = next(line for line in world.open(days=15).lines if line.company_id == new)

    assert [(line.stand, line.waits) for line in (before, after, ended)] == [
        ("setting_up", "you"),
        ("invited", "company"),
        ("setting_up", "you"),  # the invitation holds for 14 days
    ]


def test_who_is_in_no_team_is_not_asked_to_hand_over(world: World) -> None:
    a_company(world.site, "Uten folk AS", None, advisors=[world.advisor_id])

    assert {line.stand for line in world.open().lines} == {"nothing"}


def test_the_strictest_programme_says_how_long_a_review_may_take(world: World) -> None:
    for days in (21, 7):
        programme = a_programme(world.site, f"Program {days}", companies=[world.company])
        with world.site.database.write() as session:
            session.get_one(Programme, programme).review_days = days
    world.hand_in()

    assert world.open().lines[0].attention.due_on == date(2026, 3, 9)
