"""The learning path reaches the figures worked by hand by the rule of docs/scoring.md section 4."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from assessment.advice.learning import (
    AskedQuestion,
    Ground,
    LearningPath,
    Situation,
    Suggestion,
    choose,
    grounds_of,
    id_order,
    learning_path,
    weigh,
)
from assessment.errors import AssessmentError
from assessment.result import AssessmentResult
from questionnaires.activities import DEFAULT_FILE, Activity, load_activities
from webapp.services.definitions import Definitions
from webapp.services.scoring import score_file

CIRCULAR, REPORTING = "circular_business_models", "sustainability_reporting"
FULL = {CIRCULAR: Fraction(4, 5), REPORTING: Fraction(4, 5)}
EXAMPLES = Path(__file__).parents[3] / "questionnaires" / "examples"
COMPANIES = sorted(path.name for path in EXAMPLES.iterdir())
ACTIVITIES = {activity.id: activity for activity in load_activities(DEFAULT_FILE, ())}
DEFINITIONS = Definitions()


def answered(id_: str, weight: int, score: int) -> AskedQuestion:
    return AskedQuestion(id_, weight, "answered", score)


def unknown(id_: str, weight: int) -> AskedQuestion:
    return AskedQuestion(id_, weight, "unknown", 0)


def ground(weight: int, level: int | None, *asked: AskedQuestion) -> Ground:
    return Ground(CIRCULAR, weight, level, asked)


def needing(id_: str, need: int, level: int = 0) -> tuple[Activity, Suggestion]:
    return ACTIVITIES[id_], Suggestion(id_, Fraction(need), level, ())


def path_of(*weighed: tuple[Activity, Suggestion], **situation: object) -> LearningPath:
    return choose(weighed, Situation(**{"coverage": FULL, **situation}))  # type: ignore[arg-type]  # test data


def webinars(path: LearningPath) -> list[str]:
    return [suggestion.activity for suggestion in path.webinars]


def results_of(company: str) -> list[AssessmentResult]:
    return [score_file(path, DEFINITIONS) for path in sorted((EXAMPLES / company).glob("*.json"))]


# Examples (a) and (e): operations D = (0 + 3 + 1) / 4 = 1, inputs D = (4 + 2 + 3) / 5 = 9/5, so level 2.
OPERATIONS = ground(
    15,
    1,
    answered("operations.waste_data", 2, 0),
    answered("operations.waste_sorting", 1, 3),
    answered("operations.energy_water", 1, 1),
)
INPUTS = ground(
    15,
    2,
    answered("inputs.knowledge", 2, 2),
    answered("inputs.secondary", 2, 1),
    answered("inputs.procurement", 1, 3),
)


def test_a_need_sums_the_weighted_gaps_over_two_dimensions() -> None:
    suggestion = weigh(ACTIVITIES["C3"], [OPERATIONS, INPUTS])

    assert (suggestion.need, suggestion.level) == (Fraction(57, 2), 1)
    assert [(r.question, r.state, r.score, r.contribution) for r in suggestion.because] == [
        ("operations.waste_data", "answered", 0, Fraction(45, 2)),
        ("inputs.knowledge", "answered", 2, Fraction(6)),
    ]


def test_b_without_gaps_nothing_is_suggested() -> None:
    use = ground(10, 3, answered("use.premises", 2, 3), answered("use.own_assets", 1, 4))

    weighed = [(activity, weigh(activity, [use])) for activity in ACTIVITIES.values()]

    assert path_of(*weighed, has_consented_flows=True) == LearningPath((), None)


def test_c_an_advanced_activity_waits_for_level_2_or_for_the_basic_one_to_be_done() -> None:
    assert webinars(path_of(needing("C8", 30, level=1))) == []
    assert webinars(path_of(needing("C8", 30, level=2))) == ["C8"]
    assert webinars(path_of(needing("C8", 30, level=1), done={"C3"})) == []
    assert webinars(path_of(needing("C8", 30, level=1), done={"C4"})) == ["C8"]


def test_d_equal_needs_go_by_level_and_then_by_the_number_of_the_id() -> None:
    assert webinars(path_of(needing("C10", 9, level=2), needing("C2", 9, level=2))) == ["C2", "C10"]
    assert webinars(path_of(needing("C2", 9, level=3), needing("C10", 9, level=2))) == ["C10", "C2"]
    assert sorted(["S1", "C10", "R1", "C2"], key=id_order) == ["C2", "C10", "R1", "S1"]


def test_e_the_larger_need_comes_first() -> None:
    weighed = [(ACTIVITIES[id_], weigh(ACTIVITIES[id_], [OPERATIONS, INPUTS])) for id_ in ("C5", "C3")]

    path = path_of(*weighed)

    assert [(s.activity, s.need, s.level) for s in path.webinars] == [
        ("C3", Fraction(57, 2), 1),
        ("C5", Fraction(18), 2),
    ]


def test_f_a_withheld_dimension_counts_as_level_0() -> None:
    insight = ground(10, None, unknown("insight.measurement", 2), answered("insight.competence", 1, 1))
    recovery = ground(10, 3, answered("recovery.actual_pct", 3, 2))
    suggestion = weigh(ACTIVITIES["C7"], [insight, recovery])

    weighed = (ACTIVITIES["C7"], suggestion)

    assert suggestion.level == 0
    assert webinars(path_of(weighed)) == []
    assert webinars(path_of(weighed, done={"C3"})) == ["C7"]


def test_g_the_gathering_with_the_larger_need_whose_condition_holds() -> None:
    low = {**FULL, CIRCULAR: Fraction(1, 2)}

    larger = path_of(needing("G1", 120), needing("G2", 90), needing("S3", 200)).gathering
    equal = path_of(needing("G2", 90), needing("G1", 90)).gathering
    held_back = path_of(needing("G1", 120), needing("G2", 90), coverage=low).gathering

    assert larger is not None
    assert larger.activity == "G1"
    assert equal is not None
    assert equal.activity == "G1"
    assert held_back is not None
    assert held_back.activity == "G2"


def test_h_unknown_counts_as_score_0() -> None:
    symbiosis = ground(
        10,
        1,
        unknown("symbiosis.mapping", 2),
        answered("symbiosis.exchange", 2, 1),
        answered("symbiosis.network", 1, 2),
    )

    webinar, gathering = (weigh(ACTIVITIES[id_], [symbiosis]) for id_ in ("S1", "S3"))

    assert webinar.need == gathering.need == 22
    assert [(r.question, r.state, r.score, r.contribution) for r in webinar.because] == [
        ("symbiosis.mapping", "unknown", 0, Fraction(12)),
        ("symbiosis.exchange", "answered", 1, Fraction(8)),
    ]


def test_symbiosis_is_a_gathering_only_for_those_with_a_flow_they_let_others_see() -> None:
    with_flows = path_of(needing("S3", 22), has_consented_flows=True).gathering

    assert path_of(needing("S3", 22)).gathering is None
    assert with_flows is not None
    assert with_flows.activity == "S3"


@pytest.mark.parametrize(
    ("coverage", "is_suggested"),
    [(Fraction(3, 5), True), (Fraction(599, 1000), False), (None, False)],
    ids=["exactly 3/5", "just below", "nothing applies"],
)
def test_a_gathering_needs_three_fifths_coverage(coverage: Fraction | None, is_suggested: bool) -> None:
    path = path_of(needing("G1", 50), coverage={CIRCULAR: coverage})

    assert (path.gathering is not None) is is_suggested


def test_missing_weighs_in_the_denominator_and_not_applicable_nowhere() -> None:
    design = ground(
        15,
        1,
        answered("design.durability", 2, 1),
        AskedQuestion("design.packaging", 1, "missing"),
        AskedQuestion("design.assignment", 2, "not_applicable"),
    )

    suggestion = weigh(ACTIVITIES["C4"], [design])

    assert suggestion.need == Fraction(15 * 2 * 2, 3)
    assert [reason.question for reason in suggestion.because] == ["design.durability"]


def test_only_dimensions_with_an_addressed_question_decide_the_level() -> None:
    strategy = ground(15, 0, answered("strategy.ambition", 2, 0))
    inputs = ground(15, 3, answered("inputs.critical_materials", 1, 2))

    assert weigh(ACTIVITIES["C10"], [strategy, inputs]).level == 3


def test_a_question_of_another_questionnaire_is_not_addressed() -> None:
    elsewhere = Ground(REPORTING, 15, 1, (answered("design.lca", 1, 0),))

    assert weigh(ACTIVITIES["C4"], [elsewhere]) == Suggestion("C4", Fraction(0), 0, ())


def test_another_target_level_changes_the_gaps() -> None:
    assert weigh(ACTIVITIES["C5"], [INPUTS], target_level=2).need == Fraction(15 * 2, 5)
    assert weigh(ACTIVITIES["C5"], [INPUTS], target_level=4).need == Fraction(15 * (4 + 6 + 1), 5)


def test_at_most_five_webinars_are_suggested_and_none_that_is_done() -> None:
    many = [needing(f"C{number}", number) for number in range(1, 7)]

    assert webinars(path_of(*many)) == ["C6", "C5", "C4", "C3", "C2"]
    assert webinars(path_of(*many, done={"C6", "C3"})) == ["C5", "C4", "C2", "C1"]


def test_a_scored_company_is_weighed_as_by_hand() -> None:
    """Insight (W 10): measurement w2 s0, competence w1 s1; all else of C7 is advanced, so not asked."""
    results = results_of("eksempel_mobelverksted")

    before = learning_path(results, [ACTIVITIES["C7"]])
    after = learning_path(results, [ACTIVITIES["C7"]], done={"C3"})

    assert webinars(before) == []
    assert [(s.need, s.level) for s in after.webinars] == [(Fraction(10 * (2 * 3 + 1 * 2), 3), 0)]


@pytest.mark.parametrize("company", COMPANIES)
def test_an_example_company_has_one_path_and_a_reason_for_every_suggestion(company: str) -> None:
    results, activities = results_of(company), list(ACTIVITIES.values())

    path = learning_path(results, activities)
    suggestions = [s for s in (*path.webinars, path.gathering) if s is not None]

    assert path == learning_path(reversed(results), reversed(activities))
    assert suggestions
    assert len(path.webinars) <= 5
    assert all(1 <= len(s.because) <= 2 for s in suggestions)
    assert all(s.need >= sum(reason.contribution for reason in s.because) > 0 for s in suggestions)


def test_two_results_of_one_questionnaire_are_refused() -> None:
    results = results_of("eksempel_bygg")

    with pytest.raises(AssessmentError, match="one result of each questionnaire"):
        learning_path([*results, results[0]], ACTIVITIES.values())


def test_a_dimension_that_does_not_apply_does_not_hold_an_advanced_activity_back() -> None:
    result = score_file(EXAMPLES / "eksempel_radgivning" / f"{CIRCULAR}.json", DEFINITIONS)

    grounds = list(grounds_of(result))

    assert result.scores.dimensions["use"].status == "not_applicable"
    assert len(grounds) == len(result.scores.dimensions) - 1
