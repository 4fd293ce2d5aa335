"""From a scored assessment to the search: the climb says what the engine says, and the steps arrive."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.advice.climb import Place, evaluate_climb
from assessment.advice.prospects import climb_of
from assessment.answers import Answer, AnswerSet, Evidence, Review
from assessment.assess import assess, score_routed
from assessment.routing import Plan, route
from webapp.services.definitions import Definitions

PLANS = [Definitions().plan(id_) for id_ in ("circular_business_models", "sustainability_reporting")]
DOCUMENT = (Evidence("Rapport", "document"),)
NO_REVIEW = Review()


@st.composite
def answer_sets(draw: st.DrawFn, plan: Plan) -> AnswerSet:
    answers: dict[str, Answer] = {}
    for planned in plan.questions:
        question = planned.question
        if question.kind not in ("single_choice", "number") or draw(st.integers(0, 9)) == 0:
            continue
        score = str(draw(st.integers(0, 4)))
        value: Any = score if question.kind == "single_choice" else Decimal(score)
        evidence = DOCUMENT if draw(st.booleans()) else ()
        answers[question.id] = (
            Answer("unknown")
            if draw(st.integers(0, 7)) == 0
            else Answer("answered", value, evidence=evidence)
        )
    facts = {f.id: draw(st.booleans()) for f in plan.questionnaire.facts if f.kind == "boolean"}
    depth: Any = draw(st.sampled_from(("basic", "advanced")))
    return AnswerSet(plan.questionnaire.id, "1.0.0", depth, "2025", profile=facts, answers=answers)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.questionnaire.id)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_the_climb_stands_where_the_engine_says(plan: Plan, data: st.DataObject) -> None:
    routed = route(plan, data.draw(answer_sets(plan)), NO_REVIEW)
    scores = score_routed(plan, routed, NO_REVIEW)

    height = evaluate_climb(climb_of(plan, routed, scores, NO_REVIEW))

    assert (height.status, height.level) == (scores.overall.status, scores.overall.level)


def _places(profile: dict[str, Any], answers: dict[str, Answer], depth: Any = "basic") -> dict[str, Place]:
    given_ = AnswerSet(PLANS[0].questionnaire.id, "1.0.0", depth, "2025", profile=profile, answers=answers)
    routed = route(PLANS[0], given_, NO_REVIEW)
    climb = climb_of(PLANS[0], routed, score_routed(PLANS[0], routed, NO_REVIEW), NO_REVIEW)
    return {place.question: place for slope in climb.slopes for place in slope.places}


def test_a_basic_question_costs_the_effort_of_each_of_its_two_pieces_of_advice() -> None:
    # to 1 small; business_model: to 2 medium, to 3 large; to 4 large
    assert _places({}, {})["strategy.business_model"].costs == (1, 2, 4, 4)


def test_an_advanced_questions_one_effort_counts_for_2_and_3() -> None:
    assert _places({}, {}, "advanced")["strategy.circular_revenue"].costs == (1, 4, 4, 4)


def test_what_is_derived_or_computed_cannot_be_moved() -> None:
    row = {"mass_tonnes": Decimal(1), "reused_pct": Decimal(9), "recycled_pct": Decimal(9)}
    table = Answer("answered", ({**row, "renewable_pct": Decimal(0)},))

    places = _places({"buys_materials": True}, {"indicators.inflow": table}, "advanced")

    assert not places["inputs.recycled_pct"].movable
    assert not places["insight.material_circularity"].movable
    assert places["recovery.actual_pct"].movable


def test_a_share_typed_by_hand_can_be_moved() -> None:
    typed = Answer("answered", Decimal(5))

    assert _places({"buys_materials": True}, {"inputs.recycled_pct": typed}, "advanced")[
        "inputs.recycled_pct"
    ].movable


@pytest.mark.parametrize(("accepted", "na_open"), [(frozenset(), True), (frozenset({"strategy"}), False)])
def test_what_an_advisor_accepts_is_no_longer_open(accepted: frozenset[str], na_open: bool) -> None:
    removed = Answer("not_applicable", reason="Vi driver ikke med det")
    answers = {"strategy.ambition": removed, "strategy.responsibility": Answer("answered", "2")}
    given_ = AnswerSet(PLANS[0].questionnaire.id, "1.0.0", "basic", "2025", answers=answers)
    review = replace(NO_REVIEW, accepted=accepted)
    routed = route(PLANS[0], given_, review)

    climb = climb_of(PLANS[0], routed, score_routed(PLANS[0], routed, review), review)

    assert climb.na_open is na_open


@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.data())
def test_answering_as_the_next_step_says_reaches_the_level_it_says(data: st.DataObject) -> None:
    plan = PLANS[1]
    answers = data.draw(answer_sets(plan))
    result = assess(plan, answers)
    step = result.next_step
    if step is None:
        assert result.overall.level in (None, 4)
        return

    done = dict(answers.answers)
    for part in step.steps:
        old = done.get(part.question, Answer("missing"))
        kind = next(p.question.kind for p in plan.questions if p.question.id == part.question)
        value = _value(plan, part.question, kind, part.to_score or 0)
        evidence = DOCUMENT if part.kind == "document" else old.evidence
        done[part.question] = Answer(
            "answered", old.value if part.kind == "document" else value, evidence=evidence
        )

    fixed = {o.id for o in result.routed.outcomes if o.state == "not_asked"}
    after = assess(plan, replace(answers, answers=done))
    if fixed == {o.id for o in after.routed.outcomes if o.state == "not_asked"}:
        assert after.overall.level == step.reaches


def _value(plan: Plan, id_: str, kind: str, score: int) -> Any:
    """A value of the question that gives the score."""
    if kind != "number":
        return str(score)
    question = next(p.question for p in plan.questions if p.question.id == id_)
    points = sorted(question.breakpoints)
    return points[score - 1] if score else Decimal(0)
