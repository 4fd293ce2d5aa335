"""The result an advisor stands for, beside the company's own."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from assessment.answers import Answer, AnswerSet, Evidence, Review
from assessment.assess import assess
from assessment.result import AssessmentResult
from assessment.review.approval import assess_as_rated, rated_score
from assessment.review.reading import rating_ids
from assessment.routing import Plan, make_plan
from assessment.scoring.dimensions import DimensionScore
from questionnaires.model import Questionnaire
from tests.assessment.shop_answers import answer_sets
from webapp.services.definitions import Definitions

PLAN = Definitions().plan("circular_business_models")
FACTS = {"has_products": True, "buys_materials": True, "has_durable_products": True}
DOCUMENT = (Evidence("Avfallsrapport 2025", "document"),)


def answers(given: dict[str, Answer], profile: dict[str, Any] = FACTS) -> AnswerSet:
    return AnswerSet(PLAN.questionnaire.id, "1.0.0", "basic", "2025", profile=profile, answers=given)


def dimension(result: AssessmentResult, id_: str) -> DimensionScore:
    return result.scores.dimensions[id_]


@pytest.fixture(scope="module")
def shop(questionnaire: Questionnaire) -> Plan:
    """The bicycle shop, ready."""
    return make_plan(questionnaire, "0" * 64)


def test_a_rating_stands_in_the_place_of_the_companys_score() -> None:
    """Ambition weighs 2, responsibility 1: (2·3 + 1·1) / 3; with ambition rated 1: (2·1 + 1·1) / 3."""
    said = answers(
        {"strategy.ambition": Answer("answered", "3"), "strategy.responsibility": Answer("answered", "1")}
    )

    own = assess(PLAN, said)
    rated = assess_as_rated(PLAN, said, Review(ratings={"strategy.ambition": "1"}))

    assert dimension(own, "strategy").score == Fraction(7, 3)
    assert dimension(rated, "strategy").score == 1
    assert rated.answers == said


def test_what_the_company_did_not_know_or_left_out_counts_as_rated() -> None:
    said = answers(
        {
            "strategy.ambition": Answer("unknown"),
            "strategy.responsibility": Answer("not_applicable", reason="Ingen ansatte"),
        }
    )
    review = Review(ratings={"strategy.ambition": "2", "strategy.responsibility": "4"})

    rated = dimension(assess_as_rated(PLAN, said, review), "strategy")

    assert rated.score == Fraction(2 * 2 + 1 * 4, 3)
    assert rated.na_share == 0


def test_a_gate_looks_at_the_rating() -> None:
    """Operations goes no higher than 2 while waste data scores below 2: all 4 but that, 4 becomes 1."""
    ids = [q.id for s, q in PLAN.questionnaire.questions() if s.dimension == "operations"]
    all_four = dict.fromkeys(ids, "4")

    high = assess_as_rated(PLAN, answers({}), Review(ratings=all_four))
    low = assess_as_rated(PLAN, answers({}), Review(ratings={**all_four, "operations.waste_data": "1"}))

    caps = [(cap.rule, cap.max_level) for cap in dimension(low, "operations").caps]
    assert ("gate", 2) in caps
    assert "gate" not in [cap.rule for cap in dimension(high, "operations").caps]
    assert dimension(low, "operations").level == 2


def test_a_rating_of_what_is_not_asked_has_no_effect() -> None:
    said = answers({}, {"has_products": False})
    review = Review(ratings={"design.material_choice": "4"})

    assert assess_as_rated(PLAN, said, review).scores == assess(PLAN, said, review).scores


def test_a_rating_asks_and_takes_away_no_question() -> None:
    said = answers({"recovery.potential_pct": Answer("answered", Decimal(40))})
    review = Review(
        ratings={question.id: "0" for _, question in PLAN.questionnaire.questions() if question.weight}
    )

    asked = [outcome.state != "not_asked" for outcome in assess(PLAN, said).routed.outcomes]

    assert [o.state != "not_asked" for o in assess_as_rated(PLAN, said, review).routed.outcomes] == asked


@pytest.mark.parametrize("score", range(5))
def test_who_rates_everything_alike_gets_that_score_everywhere(score: int) -> None:
    ids = {q.id: str(score) for _, q in PLAN.questionnaire.questions() if str(score) in rating_ids(q)}

    rated = assess_as_rated(PLAN, answers({}), Review(ratings=ids))

    assert {d.score for d in rated.scores.dimensions.values() if d.score is not None} == {score}


@settings(max_examples=60)
@given(answer_sets())
def test_without_ratings_it_is_the_companys_own_result(shop: Plan, said: AnswerSet) -> None:
    assert assess_as_rated(shop, said, Review()) == assess(shop, said)


def test_an_option_gives_its_own_score(shop: Plan) -> None:
    questions = {question.id: question for _, question in shop.questionnaire.questions()}

    assert [rated_score(questions["workshop.stand"], id_) for id_ in ("floor", "hook", "lift")] == [
        option.score for option in questions["workshop.stand"].options
    ]
    assert rated_score(questions["workshop.training_hours"], "3") == 3
