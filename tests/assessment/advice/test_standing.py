"""What stands out: how large, in which order, and from which dimensions."""

from __future__ import annotations

from fractions import Fraction

from assessment.advice.standing import Standing, gaps, strengths, too_high_for_evidence
from assessment.answers import Answer, AnswerSet, Review
from assessment.assess import score_routed
from assessment.routing import Routed, route
from assessment.scoring.engine import Scores
from webapp.services.definitions import Definitions

PLAN = Definitions().plan("circular_business_models")
REPORTING = Definitions().plan("sustainability_reporting")
PRODUCTS = dict.fromkeys(("has_products", "buys_materials", "has_durable_products", "manufactures"), True)


def _scored(**scores: str) -> tuple[Routed, Scores]:
    """Answers given as ``dimension__question="score"``; "?" is unknown."""
    answers = {
        name.replace("__", "."): Answer("unknown") if score == "?" else Answer("answered", score)
        for name, score in scores.items()
    }
    given = AnswerSet(PLAN.questionnaire.id, "1.0.0", "basic", "2025", profile=PRODUCTS, answers=answers)
    routed = route(PLAN, given, Review())
    return routed, score_routed(PLAN, routed, Review())


def _names(found: tuple[Standing, ...]) -> list[str]:
    return [standing.question for standing in found]


def test_a_gap_weighs_the_question_and_its_dimension_against_all_that_applies() -> None:
    routed, scores = _scored(strategy__ambition="1", strategy__responsibility="3")

    (gap,) = gaps(PLAN, routed.outcomes, scores)

    # W 15, w 2, 3 - 1 = 2; A + U + M = 2 + 2 + 1 with business_model missing
    assert gap == Standing("strategy.ambition", "strategy", Fraction(15 * 2 * 2, 5))


def test_unknown_is_a_gap_of_three_and_missing_is_none() -> None:
    routed, scores = _scored(strategy__ambition="?")

    assert [gap.value for gap in gaps(PLAN, routed.outcomes, scores)] == [Fraction(15 * 2 * 3, 5)]


def test_a_strength_scores_3_or_4() -> None:
    routed, scores = _scored(strategy__ambition="2", strategy__responsibility="4")

    found = strengths(PLAN, routed.outcomes, scores)

    assert found == (Standing("strategy.responsibility", "strategy", Fraction(15 * 1 * 4, 5)),)


def test_the_first_three_gaps_come_from_different_dimensions() -> None:
    routed, scores = _scored(
        strategy__ambition="0",  # 15*2*3/5 = 18
        strategy__responsibility="0",  # 15*1*3/5 = 9
        insight__measurement="0",  # 10*2*3/3 = 20
        insight__competence="0",  # 10*1*3/3 = 10
        symbiosis__network="0",  # 10*1*3/5 = 6
    )

    assert _names(gaps(PLAN, routed.outcomes, scores)) == [
        "insight.measurement",
        "strategy.ambition",
        "symbiosis.network",
        "insight.competence",
        "strategy.responsibility",
    ]


def test_equal_gaps_come_in_definition_order() -> None:
    routed, scores = _scored(symbiosis__exchange="1", symbiosis__mapping="1")

    assert _names(gaps(PLAN, routed.outcomes, scores)) == ["symbiosis.mapping", "symbiosis.exchange"]


def test_answers_too_high_for_their_evidence_come_by_the_weight_of_both() -> None:
    answers = {
        "materiality.topics": Answer("answered", "3"),  # W·w = 10*2
        "data.energy": Answer("answered", "4"),  # 25*2
        "targets.actions": Answer("answered", "3"),  # 15*1
        "data.process": Answer("answered", "2"),  # not high
    }
    given = AnswerSet(REPORTING.questionnaire.id, "1.0.0", "basic", "2025", answers=answers)

    found = too_high_for_evidence(REPORTING, route(REPORTING, given, Review()).outcomes)

    assert found == ("data.energy", "materiality.topics", "targets.actions")


def test_a_documented_answer_is_not_too_high() -> None:
    review = Review(confirmed=frozenset({"data.energy"}))
    answers = {"data.energy": Answer("answered", "4")}
    given = AnswerSet(REPORTING.questionnaire.id, "1.0.0", "basic", "2025", answers=answers)

    assert too_high_for_evidence(REPORTING, route(REPORTING, given, review).outcomes) == ()
