"""Height of a problem, worked by hand from docs/scoring.md sections 2 and 3."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from assessment.advice.climb import Climb, Height, Place, Step, apply_steps, evaluate_climb
from tests.assessment.advice.brute_force import judge_today
from tests.assessment.advice.climbs import below, climb, gate, place, slope, small_climbs

PROVEN = place("q9", 4, documented=True)


def test_overall_score_of_one_and_a_half_rounds_up_to_level_two() -> None:
    # D = 1 and D = 2, equal weights: O = 3/2, floor(3/2 + 1/2) = 2
    problem = climb(slope(place("q1", 1)), slope(place("q2", 2)))

    height = evaluate_climb(problem)

    assert height == Height("published", 2)


def test_overall_score_just_under_one_and_a_half_is_level_one() -> None:
    # D = 1 with weight 11, D = 2 with weight 10: O = 31/21
    problem = climb(slope(place("q1", 1), weight=11), slope(place("q2", 2)))

    height = evaluate_climb(problem)

    assert height.level == 1


def test_unknown_lowers_the_score_and_the_coverage() -> None:
    # D = (2*3 + 1*0) / 3 = 2, coverage 2/3
    problem = climb(slope(place("q1", 3, weight=2), place("q2", state="unknown")))

    height = evaluate_climb(problem)

    assert height == Height("provisional", 2)


def test_missing_lowers_the_coverage_alone() -> None:
    # D = 6/2 = 3, coverage 2/3
    problem = climb(slope(place("q1", 3, weight=2), place("q2")))

    height = evaluate_climb(problem)

    assert height == Height("provisional", 3)


@pytest.mark.parametrize(
    ("answered", "missing", "expected"),
    [
        pytest.param(3, 2, Height("provisional", 1), id="three fifths is shown"),
        pytest.param(29, 21, Height("withheld", None), id="58 of 100 is withheld"),
        pytest.param(4, 1, Height("published", 1), id="four fifths is published"),
        pytest.param(39, 11, Height("provisional", 1), id="78 of 100 is provisional"),
    ],
)
def test_coverage_decides_the_status(answered: int, missing: int, expected: Height) -> None:
    problem = climb(slope(place("q1", 1, weight=answered), place("q2", weight=missing)))

    height = evaluate_climb(problem)

    assert height == expected


def test_one_withheld_dimension_makes_the_whole_provisional() -> None:
    # coverage (90 * 1 + 10 * 1/2) / 100 = 19/20, yet the second dimension has only 1/2
    problem = climb(slope(place("q1", 2), weight=90), slope(place("q2", 2), place("q3")))

    height = evaluate_climb(problem)

    assert height == Height("provisional", 2)


def test_open_review_of_what_is_not_applicable_makes_the_whole_provisional() -> None:
    problem = climb(slope(place("q1", 2)), na_open=True)

    height = evaluate_climb(problem)

    assert height == Height("provisional", 2)


def test_dimension_without_a_score_counts_in_the_coverage_alone() -> None:
    # O = 4 from the first dimension only, coverage 90/100; the core dimension caps nothing
    problem = climb(slope(PROVEN, weight=90), slope(place("q1"), core=True))

    height = evaluate_climb(problem)

    assert height == Height("provisional", 4)


@pytest.mark.parametrize(
    ("core", "level"),
    [pytest.param(True, 2, id="core: its own plus two"), pytest.param(False, 3, id="other: three")],
)
def test_dimension_at_level_zero_caps_the_whole(core: bool, level: int) -> None:
    # O = (90*4 + 10*0) / 100 = 18/5, raw level 4, documented share 9/10
    problem = climb(slope(PROVEN, weight=90), slope(place("q1", 0), core=core))

    height = evaluate_climb(problem)

    assert height == Height("published", level)


@pytest.mark.parametrize(
    ("weight", "level"),
    [pytest.param(10, 4, id="half is enough"), pytest.param(11, 3, id="10 of 21 is not")],
)
def test_level_four_takes_documents_for_half_the_weight(weight: int, level: int) -> None:
    problem = climb(slope(PROVEN), slope(place("q1", 4), weight=weight))

    height = evaluate_climb(problem)

    assert height.level == level


def test_documented_answers_below_three_are_no_evidence_for_level_four() -> None:
    # D = (9*4 + 1*2) / 10 = 19/5 is raw level 4; only the 2 is documented
    problem = climb(slope(place("q1", 4, weight=9), place("q2", 2, documented=True)))

    height = evaluate_climb(problem)

    assert height.level == 3


def test_gate_that_fires_counts_through_the_weakest_link() -> None:
    # O = 3; the gate holds the core dimension at 0, so the whole stops at 0 + 2
    problem = _gated(place("q1", 1))

    height = evaluate_climb(problem)

    assert height.level == 2


def test_gate_over_a_missing_answer_is_undefined_and_does_not_fire() -> None:
    problem = _gated(place("q1"))

    height = evaluate_climb(problem)

    assert height.level == 3


def test_gate_sees_unknown_as_score_zero() -> None:
    problem = _gated(place("q1", state="unknown"))

    height = evaluate_climb(problem)

    assert height.level == 2


def test_steps_are_taken_in_turn() -> None:
    problem = climb(slope(place("q1"), place("q2", 3)))
    steps = (
        Step("q1", "answer", None, 1, "small"),
        Step("q1", "raise", 1, 2, "medium"),
        Step("q2", "document", 3, 3, "small"),
    )

    climbed = apply_steps(problem, steps)

    assert climbed.slopes[0].places == (
        replace(place("q1"), state="answered", score=2),
        place("q2", 3, documented=True),
    )


@given(small_climbs(most_places=8))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_height_equals_the_rules_written_out_plainly(problem: Climb) -> None:
    height = evaluate_climb(problem)

    assert (height.status, height.level) == judge_today(problem)


def _gated(named: Place) -> Climb:
    """A core dimension of score about 3, held at 0 while the named answer is below 2."""
    return climb(
        slope(place("q2", 3, weight=20), named, core=True),
        gates=(gate(0, 0, below("q1", 2), "q1"),),
    )
