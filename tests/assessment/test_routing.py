"""Which questions are asked, in which state they are, and what silence does."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from assessment.answers import Answer, AnswerSet, Evidence, Review
from assessment.routing import Outcome, route
from webapp.services.definitions import Definitions

PLAN = Definitions().plan("circular_business_models")
REPORTING = Definitions().plan("sustainability_reporting")
NO_REVIEW = Review()
PRODUCTS = {"has_products": True, "buys_materials": True, "has_durable_products": True}
DOCUMENT = (Evidence("Innkjøpsstatistikk 2025", "document"),)
INFLOW = {
    "material": "Stål",
    "mass_tonnes": Decimal(100),
    "reused_pct": Decimal(10),
    "recycled_pct": Decimal(20),
    "renewable_pct": Decimal(0),
}


def _outcomes(
    answers: dict[str, Answer], profile: dict[str, Any], depth: Any = "basic", review: Review = NO_REVIEW
) -> dict[str, Outcome]:
    given = AnswerSet(PLAN.questionnaire.id, "1.0.0", depth, "2025", profile=profile, answers=answers)
    return {outcome.id: outcome for outcome in route(PLAN, given, review).outcomes}


def test_a_basic_assessment_holds_no_advanced_question() -> None:
    outcomes = _outcomes({}, PRODUCTS)

    assert len(outcomes) == 30
    assert "strategy.material_risk" not in outcomes


def test_an_advanced_assessment_includes_the_basic_questions() -> None:
    assert len(_outcomes({}, PRODUCTS, "advanced")) == 65


def test_silence_never_removes_a_question() -> None:
    outcomes = _outcomes({}, {})

    assert {outcome.state for outcome in outcomes.values()} == {"missing"}


def test_a_false_fact_removes_its_questions_and_asks_their_variant() -> None:
    outcomes = _outcomes({}, {"has_products": False, "buys_materials": False})

    assert outcomes["design.material_choice"].state == "not_asked"
    assert outcomes["design.service_design"].state == "missing"
    assert outcomes["use.premises"].state == "missing"  # has_durable_products is not asked, so it is false


def test_a_value_for_a_fact_that_is_not_asked_has_no_effect() -> None:
    outcomes = _outcomes({}, {"has_products": False, "manufactures": True})

    assert outcomes["operations.material_efficiency"].state == "not_asked"


def test_an_answer_to_a_question_that_is_not_asked_has_no_effect() -> None:
    outcomes = _outcomes({"design.material_choice": Answer("answered", "4")}, {"has_products": False})

    assert (outcomes["design.material_choice"].state, outcomes["design.material_choice"].score) == (
        "not_asked",
        None,
    )


def test_unknown_scores_0_and_missing_scores_nothing() -> None:
    outcomes = _outcomes({"strategy.ambition": Answer("unknown")}, PRODUCTS)

    assert (outcomes["strategy.ambition"].state, outcomes["strategy.ambition"].score) == ("unknown", 0)
    assert outcomes["strategy.responsibility"].score is None


def test_a_question_routed_on_a_score_is_asked_while_that_score_is_unknown_to_us() -> None:
    models = "strategy.business_model"

    silent = _outcomes({}, PRODUCTS, "advanced")
    none = _outcomes({models: Answer("answered", ("none",))}, PRODUCTS, "advanced")
    pilot = _outcomes({models: Answer("answered", ("sharing_pilot",))}, PRODUCTS, "advanced")

    assert silent["strategy.customer_value"].state == "missing"
    assert none["strategy.customer_value"].state == "not_asked"
    assert pilot["strategy.customer_value"].state == "missing"


def test_a_comment_is_not_evidence() -> None:
    outcomes = _outcomes({"strategy.ambition": Answer("answered", "3", comment="Se strategien")}, PRODUCTS)

    assert not outcomes["strategy.ambition"].documented


@pytest.mark.parametrize(
    ("evidence", "documented"),
    [
        (Evidence("Strategi 2026", "file"), True),
        (Evidence("Strategi 2026", None), False),
        (Evidence(None, "file"), False),
        (Evidence("   ", "file"), False),
    ],
    ids=["title and kind", "no kind", "no title", "blank title"],
)
def test_evidence_counts_with_a_title_and_a_kind(evidence: Evidence, documented: bool) -> None:
    answer = Answer("answered", "3", evidence=(evidence,))

    assert _outcomes({"strategy.ambition": answer}, PRODUCTS)["strategy.ambition"].documented is documented


def test_an_advisors_confirmation_documents_an_answer() -> None:
    review = Review(confirmed=frozenset({"strategy.ambition"}))

    outcome = _outcomes({"strategy.ambition": Answer("answered", "3")}, PRODUCTS, review=review)[
        "strategy.ambition"
    ]

    assert outcome.documented
    assert outcome.confirmed


def test_a_filled_table_gives_the_share_and_its_documentation() -> None:
    answers = {
        "indicators.inflow": Answer("answered", (INFLOW,), evidence=DOCUMENT),
        "inputs.recycled_pct": Answer("answered", Decimal(99)),
    }

    share = _outcomes(answers, PRODUCTS, "advanced")["inputs.recycled_pct"]

    assert (share.state, share.value, share.score) == ("answered", Fraction(30), 3)
    assert share.derived
    assert share.documented


def test_a_table_that_lacks_a_figure_leaves_the_typed_share() -> None:
    row = {name: cell for name, cell in INFLOW.items() if name != "reused_pct"}
    answers = {
        "indicators.inflow": Answer("answered", (row,)),
        "inputs.recycled_pct": Answer("answered", Decimal(60)),
    }

    share = _outcomes(answers, PRODUCTS, "advanced")["inputs.recycled_pct"]

    assert (share.value, share.score, share.derived) == (Decimal(60), 4, False)


def test_a_share_typed_by_hand_is_the_indicators_figure() -> None:
    answers = {"inputs.recycled_pct": Answer("answered", Decimal("12.5"))}
    given = AnswerSet(PLAN.questionnaire.id, "1.0.0", "advanced", "2025", profile=PRODUCTS, answers=answers)

    figures = {figure.id: figure for figure in route(PLAN, given, NO_REVIEW).indicators}

    assert figures["F1a"].value == Fraction(25, 2)
    assert (figures["F1b"].value, figures["F1b"].missing) == (None, ("indicators.inflow",))


def test_what_cannot_be_computed_is_missing_not_unknown() -> None:
    computed = _outcomes({}, PRODUCTS, "advanced")["insight.material_circularity"]

    assert (computed.state, computed.score) == ("missing", None)


@pytest.mark.parametrize(
    ("nace", "state"),
    [
        ("31.010", "missing"),
        ("62.010", "not_asked"),
        ("68.200", "missing"),
        ("A1", "missing"),
        (None, "missing"),
    ],
)
def test_the_industry_code_routes_through_its_first_two_digits(nace: str | None, state: str) -> None:
    profile = {} if nace is None else {"nace": nace}
    given = AnswerSet(REPORTING.questionnaire.id, "1.0.0", "advanced", "2025", profile=profile)

    outcomes = {outcome.id: outcome.state for outcome in route(REPORTING, given, NO_REVIEW).outcomes}

    assert outcomes["targets.transition_plan"] == state
