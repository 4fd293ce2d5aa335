"""Where a company of a cohort stands, from what it has begun and handed in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assessment.review.lifecycle import State
from questionnaires.values import Depth
from tests.webapp.sites import NOW
from webapp.db.queries_cohorts import Work
from webapp.services.cohortstanding import Advice, Standing, standing, state_of

FIRST, SECOND = "circular_business_models", "sustainability_reporting"


def work(state: State, questionnaire: str = FIRST, depth: Depth = "basic", day: int = 0) -> Work:
    handed_in = 0 if state == "draft" else 1
    return Work("c", questionnaire, depth, state, handed_in, NOW + timedelta(days=day))


@pytest.mark.parametrize(
    ("state", "advice", "expected"),
    [
        ("draft", "given", Standing("started", "company")),
        ("sent_back", "given", Standing("started", "company")),
        ("reopened", "given", Standing("started", "company")),
        ("submitted", "given", Standing("handed_in", "advisor")),
        ("submitted", "wanted", Standing("handed_in", "programme")),
        ("submitted", "none", Standing("handed_in", "nobody")),
        ("in_review", "given", Standing("handed_in", "advisor")),
        ("approved", "none", Standing("approved", "nobody")),
    ],
)
def test_the_state_of_an_assessment_says_whom_the_company_waits_for(
    state: State, advice: Advice, expected: Standing
) -> None:
    assert standing({FIRST: "basic"}, [work(state)], advice=advice) == expected


def test_the_questionnaire_that_is_least_far_counts() -> None:
    both: dict[str, Depth] = {FIRST: "basic", SECOND: "basic"}

    assert standing(both, [work("approved")], advice="given") == Standing("joined", "company")
    assert standing(both, [work("approved"), work("submitted", SECOND)], advice="given") == Standing(
        "handed_in", "advisor"
    )


def test_a_basic_part_is_not_enough_where_the_advanced_one_is_asked() -> None:
    assert standing({FIRST: "advanced"}, [work("approved")], advice="given").step == "joined"
    assert standing({FIRST: "basic"}, [work("approved", depth="advanced")], advice="given").step == "approved"


def test_a_new_round_that_is_begun_takes_no_hand_in_away() -> None:
    rounds = [work("approved"), work("draft", day=9)]

    assert standing({FIRST: "basic"}, rounds, advice="given") == Standing("approved", "nobody")


def test_without_pre_work_nobody_waits() -> None:
    assert standing({}, [], advice="none") == Standing("joined", "nobody")


@pytest.mark.parametrize(
    ("day", "is_closed", "expected"),
    [(1, False, "coming"), (2, False, "open"), (4, False, "open"), (5, False, "closed"), (3, True, "closed")],
)
def test_a_cohort_is_open_from_its_first_day_to_its_last(day: int, is_closed: bool, expected: str) -> None:
    found = state_of(date(2026, 5, 2), date(2026, 5, 4), is_closed=is_closed, today=date(2026, 5, day))

    assert found == expected
