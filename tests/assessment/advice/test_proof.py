"""One document for a table serves every share that follows from it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from assessment.answers import Answer, AnswerSet, Evidence
from assessment.assess import assess
from assessment.result import AssessmentResult
from webapp.services.definitions import Definitions

PLAN = Definitions().plan("circular_business_models")
DOCUMENT = (Evidence("Rapport 2025", "document"),)
PERFECT_IN = {"mass_tonnes": Decimal(100), "reused_pct": Decimal(60), "recycled_pct": Decimal(40)}
PERFECT_OUT = {
    "mass_tonnes": Decimal(100),
    "recovery_potential_pct": Decimal(100),
    "actual_recovery_pct": Decimal(100),
}
TABLES: dict[str, Any] = {
    "indicators.inflow": ({**PERFECT_IN, "renewable_pct": Decimal(0)},),
    "indicators.outflow": (PERFECT_OUT,),
}
FACTS = {fact.id: True for fact in PLAN.questionnaire.facts if fact.kind == "boolean" and not fact.derived}


def _best(question: Any) -> Any:
    """The answer that scores 4."""
    match question.kind:
        case "single_choice":
            return "4"
        case "multiple_choice":
            return ("sharing_operating", "main_revenue")
        case "number":
            return question.breakpoints[-1] if question.breakpoints else Decimal(1_000_000)
        case _:
            return TABLES.get(question.id)


def _all_best(documented: int) -> AnswerSet:
    """Everything scores 4; this many of the questions that can be documented are."""
    answers: dict[str, Answer] = {}
    for planned in PLAN.questions:
        question = planned.question
        if question.kind == "computed":
            continue
        evidence = DOCUMENT if question.id not in TABLES and len(answers) < documented else ()
        answers[question.id] = Answer("answered", _best(question), evidence=evidence)
    return AnswerSet(PLAN.questionnaire.id, "1.0.0", "advanced", "2025", profile=FACTS, answers=answers)


def _just_below_half() -> tuple[AnswerSet, AssessmentResult]:
    """As many documents as leave the evidence cap in place."""
    results = ((answers, assess(PLAN, answers)) for answers in map(_all_best, range(60, 0, -1)))
    return next((answers, result) for answers, result in results if result.overall.level == 3)


def test_documenting_one_table_is_the_cheapest_step_to_level_4() -> None:
    answers, result = _just_below_half()
    step = result.next_step

    assert step is not None
    assert (step.reaches, step.cost, step.optimal) == (4, 1, True)
    (only,) = step.steps
    assert (only.kind, only.from_score is None) == ("document", only.question in TABLES)
    entry = answers.answers[only.question]
    done = replace(answers, answers={**answers.answers, only.question: replace(entry, evidence=DOCUMENT)})
    assert assess(PLAN, done).overall.level == 4


def test_a_documented_table_documents_its_shares_and_what_is_computed_from_both() -> None:
    answers = _all_best(0)
    both = {
        id_: replace(answer, evidence=DOCUMENT if id_ in TABLES else ())
        for id_, answer in answers.answers.items()
    }

    documented = {o.id for o in assess(PLAN, replace(answers, answers=both)).routed.outcomes if o.documented}

    assert documented == {
        *TABLES,
        "inputs.recycled_pct",
        "inputs.renewable_pct",
        "recovery.potential_pct",
        "recovery.actual_pct",
        "insight.material_circularity",
    }


def test_one_documented_table_does_not_document_what_is_computed_from_both() -> None:
    answers = _all_best(0)
    inflow = replace(answers.answers["indicators.inflow"], evidence=DOCUMENT)

    result = assess(PLAN, replace(answers, answers={**answers.answers, "indicators.inflow": inflow}))

    documented = {o.id for o in result.routed.outcomes if o.documented}
    assert documented == {"indicators.inflow", "inputs.recycled_pct", "inputs.renewable_pct"}


def test_without_any_document_the_steps_of_the_next_step_reach_level_4() -> None:
    answers = _all_best(0)
    step = assess(PLAN, answers).next_step

    assert step is not None
    documents = {part.question for part in step.steps}
    assert {part.kind for part in step.steps} == {"document"}
    assert documents & TABLES.keys()
    done = {
        id_: replace(answer, evidence=DOCUMENT) if id_ in documents else answer
        for id_, answer in answers.answers.items()
    }
    assert assess(PLAN, replace(answers, answers=done)).overall.level == 4
