"""The parts of a change sum to the whole, on shipped companies and on any answers."""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSet
from assessment.change.comparison import Change, compare
from assessment.routing import Plan, make_plan
from questionnaires.model import Questionnaire
from webapp.services.definitions import Definitions

PLAN = Definitions().plan("circular_business_models")
EXAMPLES = 1000 if os.environ.get("KRETSLOP_HOSTILE") else 60


def _without(questionnaire: Questionnaire, question: str, **weights: int) -> Questionnaire:
    """A later version: one question gone, some weights changed."""
    sections = tuple(
        section.model_copy(
            update={
                "questions": tuple(
                    q.model_copy(update={"weight": weights.get(q.id.replace(".", "__"), q.weight)})
                    for q in section.questions
                    if q.id != question
                )
            }
        )
        for section in questionnaire.sections
    )
    return questionnaire.model_copy(update={"version": "2.0.0", "sections": sections})


NEXT = make_plan(
    _without(PLAN.questionnaire, "use.own_assets", strategy__ambition=3, insight__competence=3), "x"
)


def _answers(plan: Plan, choose: Any, depth: Any = "basic") -> AnswerSet:
    values = {
        planned.question.id: choose(planned.question)
        for planned in plan.questions
        if planned.question.kind in ("single_choice", "number")
    }
    answers = {id_: answer for id_, answer in values.items() if answer is not None}
    profile = {fact.id: True for fact in plan.questionnaire.facts if fact.kind == "boolean"}
    version = plan.questionnaire.version
    return AnswerSet("circular_business_models", version, depth, "2025", profile=profile, answers=answers)


@st.composite
def answer_sets(draw: st.DrawFn, plan: Plan) -> AnswerSet:
    def choose(question: Any) -> Answer | None:
        said = draw(st.sampled_from(("answered", "unknown", "missing")))
        if said != "answered":
            return Answer("unknown") if said == "unknown" else None
        score = draw(st.integers(0, 4))
        return Answer("answered", Decimal(score) if question.kind == "number" else str(score))

    return _answers(plan, choose, draw(st.sampled_from(("basic", "advanced"))))


def _sums_up(change: Change) -> bool:
    parts = (change.you, change.scale, change.depth)
    if any(part is None for part in parts):
        return True
    return sum(parts, Fraction()) == change.total  # type: ignore[arg-type]  # none is None


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(answer_sets(PLAN), answer_sets(NEXT))
def test_what_you_changed_and_what_the_scale_changed_sum_to_the_change(
    old: AnswerSet, new: AnswerSet
) -> None:
    comparison = compare(PLAN, old, NEXT, new)

    assert _sums_up(comparison.overall)
    assert all(_sums_up(change) for change in comparison.dimensions.values())


def _all(score: str) -> AnswerSet:
    return _answers(PLAN, lambda q: Answer("answered", score) if q.kind == "single_choice" else None)


def test_the_same_version_and_depth_changes_only_through_you() -> None:
    change = compare(PLAN, _all("1"), PLAN, _all("2")).overall

    assert (change.you, change.scale, change.depth) == (1, 0, 0)


def test_unchanged_answers_change_only_through_the_scale() -> None:
    old = _all("2")
    raised = replace(old, answers={**old.answers, "strategy.ambition": Answer("answered", "4")})

    change = compare(PLAN, raised, NEXT, replace(raised, version="2.0.0")).overall

    # strategy before: (2*4 + 1*2) / 3 = 10/3, after: (3*4 + 1*2) / 4 = 7/2; business_model is missing
    # overall: weight 15 of 100 -> 15/100 * (7/2 - 10/3) = 1/40
    assert (change.you, change.scale) == (0, Fraction(1, 40))


def test_another_depth_is_a_part_of_its_own() -> None:
    new = replace(_all("3"), depth="advanced")

    comparison = compare(PLAN, _all("2"), PLAN, new)

    assert not comparison.same_depth
    assert comparison.overall.depth is not None
    assert _sums_up(comparison.overall)


def test_the_three_parts_are_told_apart_exactly() -> None:
    old = replace(_all("2"), answers={"strategy.ambition": Answer("answered", "2")})
    answers = {
        "strategy.ambition": Answer("answered", "3"),
        "strategy.material_risk": Answer("answered", "1"),
    }

    change = compare(PLAN, old, PLAN, replace(old, depth="advanced", answers=answers)).overall

    # before 2; at the old depth 3; at the new depth (2*3 + 2*1) / 4 = 2
    assert (change.before, change.you, change.scale, change.depth, change.after) == (2, 1, 0, -1, 2)


def test_answers_that_fall_out_are_listed() -> None:
    comparison = compare(PLAN, _all("2"), NEXT, replace(_all("2"), version="2.0.0"))

    assert [(d.path, d.reason) for d in comparison.dropped] == [("answers.use.own_assets", "removed")]


@pytest.mark.parametrize("depth", ["basic", "advanced"])
def test_without_any_answer_nothing_is_said(depth: Any) -> None:
    empty = replace(_all("2"), answers={}, depth=depth)

    change = compare(PLAN, empty, PLAN, empty).overall

    assert (change.before, change.after, change.you, change.total) == (None, None, None, None)
