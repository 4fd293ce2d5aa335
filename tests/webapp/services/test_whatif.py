"""Trying other answers: the levels move as the rules say, and nothing is kept.

The furniture workshop, by hand (expected.yaml): insight is (2*0 + 1*1) / 3 = 1/3, and the weakest link holds
the whole at 0 + 2. Measurement from 0 to 1 makes it (2*1 + 1*1) / 3 = 1, so the whole goes from 1511/600 to
1511/600 + 10/100 * 2/3 = 1551/600, and the ceiling to 1 + 2 = 3.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assessment.answers import Answer, Evidence
from assessment.result import AssessmentResult, result_json
from tests.reports.making import every_example, material_of
from webapp.services.whatif import (
    MOST_FIRST,
    can_change,
    documented,
    first_questions,
    next_step_answers,
    try_answers,
    value_scoring,
)

WORKSHOP = "eksempel_mobelverksted/circular_business_models"
METAL = "eksempel_metallverksted/circular_business_models"
MEASURES = {"insight.measurement": Answer("answered", "1")}


def result_of(example: str = WORKSHOP) -> AssessmentResult:
    return material_of(example).result


def test_one_answer_moves_its_dimension_and_lifts_the_whole() -> None:
    tried = try_answers(result_of(), MEASURES)

    assert tried.scores.dimensions["insight"].score == Fraction(1)
    assert tried.scores.overall.score == Fraction(1551, 600)
    assert (tried.before.overall.level, tried.scores.overall.level) == (2, 3)
    assert tried.changed == ("insight.measurement",)


def test_the_result_itself_stays_as_it_was() -> None:
    before = result_of()
    said = result_json(before)

    try_answers(before, MEASURES)

    assert result_json(before) == said


def test_the_same_answers_change_nothing() -> None:
    before = result_of()

    tried = try_answers(before, dict(before.answers.answers))

    assert tried.changed == ()
    assert tried.scores.overall == before.overall


def test_an_answer_that_leads_to_more_questions_names_them() -> None:
    # symbiosis.agreements is asked where the exchange scores at least 3
    before = material_of(METAL).result
    lower = try_answers(before, {"symbiosis.exchange": Answer("answered", "1")})
    without = replace(before, routed=lower.routed)

    tried = try_answers(without, {"symbiosis.exchange": Answer("answered", "3")})

    assert tried.appeared == ("symbiosis.agreements",)


@pytest.mark.parametrize("example", every_example())
def test_the_next_step_filled_in_reaches_the_level_it_leads_to(example: str) -> None:
    before = result_of(example)
    assert before.next_step is not None

    tried = try_answers(before, next_step_answers(before))

    assert tried.scores.overall.level == before.next_step.reaches


def test_the_page_begins_with_the_next_step_then_the_gaps() -> None:
    found = first_questions(result_of())

    assert found[0] == "insight.measurement"
    assert found[1:3] == ("operations.energy_water", "recovery.takeback")
    assert len(found) == MOST_FIRST


def test_only_asked_questions_with_a_value_and_a_weight_can_be_changed() -> None:
    outcomes = {outcome.id: outcome for outcome in result_of(METAL).routed.outcomes}

    assert can_change(outcomes["strategy.ambition"])
    assert can_change(outcomes["strategy.business_model"])
    assert not can_change(outcomes["indicators.inflow"])
    assert not can_change(outcomes["insight.material_circularity"])


def test_documentation_is_added_and_taken_away() -> None:
    plain = Answer("answered", "2")
    proven = replace(plain, evidence=(Evidence("Strategi", "document"),))

    assert documented(plain, is_documented=True).has_evidence
    assert documented(proven, is_documented=True) is proven
    assert documented(proven, is_documented=False) == plain
    assert documented(plain, is_documented=False) is plain


@pytest.mark.parametrize(
    ("question", "score", "given", "value"),
    [
        ("strategy.ambition", 3, None, "3"),
        ("strategy.ambition", 9, None, None),
        ("strategy.business_model", 1, None, ("sharing_pilot",)),
        ("strategy.business_model", 3, None, ("sharing_operating", "service_operating")),
        (
            "strategy.business_model",
            4,
            ("recovery_operating",),
            ("recovery_operating", "main_revenue"),
        ),
        ("indicators.inflow", 3, None, None),
    ],
)
def test_a_value_with_a_score_is_found_near_what_was_given(
    question: str, score: int, given: tuple[str, ...] | None, value: object
) -> None:
    planned = next(p for p in result_of().plan.questions if p.question.id == question)

    assert value_scoring(planned, score, given) == value


def test_a_number_with_a_score_is_a_number_that_has_it() -> None:
    planned = next(p for p in result_of().plan.questions if p.question.id == "strategy.circular_revenue")
    assert planned.score is not None

    found = value_scoring(planned, 2)

    assert isinstance(found, Decimal)
    assert planned.score(found) == 2
