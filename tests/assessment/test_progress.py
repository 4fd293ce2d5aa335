"""How far an assessment has come: parts, counts, minutes, what comes next."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSet, Row
from assessment.progress import SECONDS, PartProgress, Progress, asked_facts, profile_progress, progress
from assessment.routing import Plan, make_plan
from questionnaires.model import Questionnaire
from questionnaires.values import QuestionKind
from tests.assessment.shop_answers import answer_sets
from tests.reports.making import answers_of, definitions, every_example, raw_answers

PROFILE = {"employees": 12, "rents": True, "rents_in_winter": False}
UNKNOWN = Answer("unknown")
WORKSHOP = {
    "workshop.tools": Answer("answered", "2"),
    "workshop.repairs": Answer("answered", ("wheels",)),
    "workshop.stand": UNKNOWN,
    "workshop.counted": Answer("answered", False),
    "workshop.training_hours": UNKNOWN,
    "workshop.motto": Answer("not_applicable", reason="Ingen dør"),
}
"""Every question of the workshop that is asked while the repairs are not counted."""


@pytest.fixture(scope="module")
def plan(questionnaire: Questionnaire) -> Plan:
    """The bicycle shop, ready."""
    return make_plan(questionnaire, "0" * 64)


def given_answers(
    answers: dict[str, Answer], profile: dict[str, Any] = PROFILE, depth: Any = "basic"
) -> AnswerSet:
    """Answers to the bicycle shop."""
    return AnswerSet("bicycle_shop", "1.0.0", depth, "2025", profile=profile, answers=answers)


def part(found: Progress, id_: str) -> PartProgress:
    """One section's part."""
    return next(part for part in found.sections if part.id == id_)


def test_every_kind_of_question_takes_some_time() -> None:
    assert set(SECONDS) == set(get_args(QuestionKind))


def test_an_empty_assessment_is_not_started_and_takes_as_long_as_its_questions(plan: Plan) -> None:
    found = progress(plan, given_answers({}, {}))

    # tools 40, repairs 50, stand 40, counted 20, hours 60, motto 60, opened on 20: 290 s
    assert part(found, "workshop") == PartProgress("workshop", "not_started", 7, 0, 5)
    # parts 40, scrap 40: 80 s
    assert part(found, "flows") == PartProgress("flows", "not_started", 2, 0, 2)
    # bikes 40, logbook 20: asked, since nobody has said whether bikes are rented out
    assert part(found, "rental") == PartProgress("rental", "not_started", 2, 0, 1)
    # two facts at 15 s: 30 s
    assert found.profile == PartProgress("profile", "not_started", 2, 0, 1)
    # 5 + 2 + 1 and 1 for the profile: what stands beside the parts adds up
    assert found.minutes_left == 9
    assert not found.is_complete


def test_a_section_without_a_question_of_the_depth_is_no_part(plan: Plan) -> None:
    basic, advanced = (progress(plan, given_answers({}, depth=depth)) for depth in ("basic", "advanced"))

    assert [part.id for part in basic.sections] == ["workshop", "flows", "rental"]
    assert [part.id for part in advanced.sections] == ["tables", "workshop", "flows", "rental"]


def test_a_section_whose_questions_are_not_asked_is_no_part(plan: Plan) -> None:
    found = progress(plan, given_answers({}, {"employees": 1, "rents": False}))

    assert [part.id for part in found.sections] == ["workshop", "flows"]


def test_a_figure_the_program_works_out_is_nobodys_to_answer(plan: Plan) -> None:
    found = progress(plan, given_answers({}, depth="advanced"))

    assert part(found, "flows").asked == 4  # five questions, one of them computed


def test_a_share_that_the_table_gives_is_answered(plan: Plan) -> None:
    row: Row = {"part": "hjul", "mass_tonnes": Decimal(2), "reused_pct": Decimal(25)}
    answers = {"tables.parts_in": Answer("answered", (row,))}

    found = progress(plan, given_answers(answers, depth="advanced"))

    assert part(found, "flows").answered == 1


def test_do_not_know_and_not_applicable_leave_nothing_to_do(plan: Plan) -> None:
    found = progress(plan, given_answers(WORKSHOP))

    assert part(found, "workshop") == PartProgress("workshop", "complete", 6, 6, 0)


def test_an_answer_to_a_question_that_is_not_asked_counts_nowhere(plan: Plan) -> None:
    hidden = {**WORKSHOP, "rental.bikes": Answer("answered", "3")}

    found = progress(plan, given_answers(hidden, {"employees": 1, "rents": False}))

    assert "rental" not in [part.id for part in found.sections]


def test_some_answers_make_a_section_started(plan: Plan) -> None:
    found = progress(plan, given_answers({"workshop.tools": UNKNOWN}))

    # repairs 50, stand 40, counted 20, hours 60, motto 60, opened on 20: 250 s
    assert part(found, "workshop") == PartProgress("workshop", "started", 7, 1, 5)


def test_a_question_that_appears_in_a_section_marked_as_done_needs_another_look(plan: Plan) -> None:
    counted = {**WORKSHOP, "workshop.counted": Answer("answered", True)}
    done = frozenset({"workshop"})

    marked, unmarked = (progress(plan, given_answers(counted), marks) for marks in (done, frozenset[str]()))

    assert part(marked, "workshop").state == "needs_another_look"
    assert part(unmarked, "workshop").state == "started"


def test_a_section_marked_as_done_that_holds_no_answer_is_not_started(plan: Plan) -> None:
    found = progress(plan, given_answers({}), frozenset({"workshop"}))

    assert part(found, "workshop").state == "not_started"


def test_answers_that_do_not_fit_together_need_another_look(plan: Plan) -> None:
    doubtful = {
        **WORKSHOP,
        "workshop.tools": Answer("answered", "3"),
        "workshop.repairs": Answer("answered", ("nothing",)),
    }
    unfinished = {id_: answer for id_, answer in doubtful.items() if id_ != "workshop.stand"}

    found = progress(plan, given_answers(doubtful))

    assert part(found, "workshop") == PartProgress("workshop", "needs_another_look", 6, 6, 0, doubtful=2)
    assert part(found, "workshop").is_complete
    assert found.next_section == "flows"  # what may stay as it is holds nobody up
    assert part(progress(plan, given_answers(unfinished)), "workshop").state == "started"


def test_answers_from_last_time_wait_for_somebody_to_look_at_them(plan: Plan) -> None:
    carried = frozenset(WORKSHOP)

    found = progress(plan, given_answers(WORKSHOP), carried=carried)

    # six at 10 s: 60 s
    assert part(found, "workshop") == PartProgress("workshop", "needs_another_look", 6, 6, 1, carried=6)
    assert not part(found, "workshop").is_complete
    assert found.next_section == "workshop"


def test_an_answer_from_last_time_that_is_not_asked_waits_for_nobody(plan: Plan) -> None:
    answers = {**WORKSHOP, "workshop.opened_on": UNKNOWN}

    found = progress(plan, given_answers(answers), carried=frozenset({"workshop.opened_on"}))

    assert part(found, "workshop") == PartProgress("workshop", "complete", 6, 6, 0)


def test_a_section_from_last_time_with_a_new_question_tells_of_both(plan: Plan) -> None:
    answers = {id_: answer for id_, answer in WORKSHOP.items() if id_ != "workshop.stand"}

    found = progress(plan, given_answers(answers), carried=frozenset(answers))

    # stand 40, five at 10 s: 90 s
    assert part(found, "workshop") == PartProgress("workshop", "needs_another_look", 6, 5, 2, carried=5)


def test_the_next_section_is_the_first_that_has_something_left(plan: Plan) -> None:
    flows = {"flows.parts": UNKNOWN, "flows.scrap": UNKNOWN}
    rental = {"rental.bikes": UNKNOWN, "rental.logbook": UNKNOWN}

    assert progress(plan, given_answers({})).next_section == "workshop"
    assert progress(plan, given_answers({**WORKSHOP, **rental})).next_section == "flows"
    assert progress(plan, given_answers({**WORKSHOP, **flows, **rental})).next_section is None


def test_an_assessment_is_complete_when_its_profile_and_every_section_are(plan: Plan) -> None:
    answers = {**WORKSHOP, "flows.parts": UNKNOWN, "flows.scrap": UNKNOWN}
    shut = {"employees": 1, "rents": False}

    whole, headless = (progress(plan, given_answers(answers, known)) for known in (shut, {"rents": False}))

    assert (whole.is_complete, whole.minutes_left) == (True, 0)
    assert (headless.is_complete, headless.profile.state) == (False, "started")


def test_only_facts_that_are_required_count_in_the_profile(questionnaire: Questionnaire) -> None:
    assert profile_progress(questionnaire, {}) == PartProgress("profile", "not_started", 2, 0, 1)
    assert profile_progress(questionnaire, {"trade_code": "95.290"}).state == "not_started"
    assert profile_progress(questionnaire, {"employees": 0}) == PartProgress("profile", "started", 2, 1, 1)
    assert profile_progress(questionnaire, {"employees": 0, "rents": False}) == PartProgress(
        "profile", "complete", 2, 2, 0
    )


@pytest.mark.parametrize(
    ("profile", "ids"),
    [
        pytest.param({}, ["trade_code", "employees", "rents"], id="nothing known"),
        pytest.param(
            {"rents": True},
            ["trade_code", "employees", "rents", "rents_in_winter"],
            id="what follows from a yes",
        ),
        pytest.param({"rents": False}, ["trade_code", "employees", "rents"], id="nothing follows from a no"),
    ],
)
def test_facts_are_asked_for_in_order_and_derived_ones_never(
    questionnaire: Questionnaire, profile: dict[str, Any], ids: list[str]
) -> None:
    assert [fact.id for fact in asked_facts(questionnaire, profile)] == ids


def test_a_fact_that_is_waived_need_not_be_known(questionnaire: Questionnaire) -> None:
    found = profile_progress(questionnaire, {"rents": False}, frozenset({"employees"}))

    assert found == PartProgress("profile", "complete", 1, 1, 0)


def test_a_fact_stops_being_asked_when_what_it_follows_from_changes() -> None:
    reporting = definitions.plan("sustainability_reporting").questionnaire

    asked = [
        "arp_on_demand" in [fact.id for fact in asked_facts(reporting, {"employees": count, "public": False})]
        for count in (19, 20, 50, 51)
    ]

    assert asked == [False, True, True, False]


@pytest.mark.parametrize(
    ("id_", "depth", "minutes"),
    [
        # 29 x 40 + 50 + 6 x 15 = 1300 s, each of the nine parts rounded up: every question, while the
        # profile has not ruled any out
        pytest.param("circular_business_models", "basic", 25, id="circular, basic"),
        pytest.param("circular_business_models", "advanced", 57, id="circular, advanced"),
        # 19 x 40 + 50 + 5 x 15 = 885 s, each of the eight parts rounded up
        pytest.param("sustainability_reporting", "basic", 19, id="reporting, basic"),
        pytest.param("sustainability_reporting", "advanced", 34, id="reporting, advanced"),
    ],
)
def test_a_questionnaire_with_nothing_filled_in_takes_this_long(id_: str, depth: Any, minutes: int) -> None:
    plan = definitions.plan(id_)

    found = progress(plan, AnswerSet(id_, plan.questionnaire.version, depth, "2025"))

    assert found.minutes_left == minutes


@pytest.mark.parametrize("example", every_example())
def test_a_shipped_company_needs_15_to_25_minutes_for_the_basic_depth(example: str) -> None:
    """Its questions by what its profile asks, and two minutes for the profile."""
    answers = replace(answers_of(raw_answers(example)), answers={}, depth="basic")
    plan = definitions.plan(answers.questionnaire, answers.version)

    found = progress(plan, answers)

    assert 15 <= found.minutes_left + 2 <= 25


@given(
    answers=answer_sets(),
    marks=st.frozensets(st.sampled_from(["tables", "workshop", "flows", "rental"])),
    carries=st.booleans(),
)
def test_counts_states_and_minutes_always_fit_together(
    questionnaire: Questionnaire, answers: AnswerSet, marks: frozenset[str], carries: bool
) -> None:
    carried = frozenset(answers.answers) if carries else frozenset[str]()
    found = progress(make_plan(questionnaire, "0" * 64), answers, marks, carried)

    for one in (found.profile, *found.sections):
        assert 0 <= one.answered <= one.asked
        assert (one.minutes_left == 0) == one.is_complete
        assert (one.state == "not_started") == (one.answered == 0 and one.asked > 0)
        assert one.is_complete or one.state in ("not_started", "started", "needs_another_look")
    assert (found.minutes_left == 0) == found.is_complete
    assert found.minutes_left == sum(one.minutes_left for one in (found.profile, *found.sections))
    assert all(section.is_complete for section in found.sections) == (found.next_section is None)
