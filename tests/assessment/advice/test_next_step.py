"""The next step: worked by hand, against brute force, and within its work limit."""

import pytest
from hypothesis import given, settings

from assessment.advice.climb import Climb, GateRule, NextStep, Step, apply_steps, evaluate_climb
from assessment.advice.next_step import OPERATIONS, find_next_step
from tests.assessment.advice.brute_force import find_by_brute_force
from tests.assessment.advice.climbs import (
    below,
    climb,
    gate,
    list_large_climbs,
    make_large_climb,
    place,
    slope,
    small_climbs,
    turn_around,
)

HARD_SEED = 499
"""One whose proof takes more than a fifth of the work limit."""
many = settings(max_examples=200, deadline=None, derandomize=True, database=None)


def test_level_four_has_no_next_step() -> None:
    problem = climb(slope(place("q1", 4, documented=True)))

    step = find_next_step(problem)

    assert step is None


def test_problem_without_applicable_dimensions_has_no_next_step() -> None:
    step = find_next_step(climb())

    assert step is None


def test_computed_answers_alone_give_no_next_step() -> None:
    problem = climb(slope(place("q1", 0, movable=False), place("q2", 1, movable=False)))

    step = find_next_step(problem)

    assert step is None


def test_equal_sets_go_to_the_first_question_of_the_definition() -> None:
    # D = 0 twice; either raise gives O = 1/2 for a cost of 1
    problem = climb(slope(place("q2", 0)), slope(place("q1", 0)))

    step = find_next_step(problem)

    assert step == NextStep(1, 1, (Step("q1", "raise", 0, 1, "small"),), optimal=True)


def test_fewer_steps_win_over_the_order_of_the_definition() -> None:
    # Now 4 of 4, level 1. Level 2 takes 6: q1 and q2 to 2 for 1 + 1, or q3 (weight 2) to 2 for 2.
    small = (1, 1, 1, 4)
    problem = climb(slope(place("q1", 1, costs=small), place("q2", 1, costs=small), place("q3", 1, weight=2)))

    step = find_next_step(problem)

    assert step == NextStep(2, 2, (Step("q3", "raise", 1, 2, "medium"),), optimal=True)


def test_each_score_raised_is_a_step_of_its_own() -> None:
    # Only q1 moves. Now (1 + 2*2) / 3 = 5/3, level 2. Level 3 takes 15/2: q1 to 4 gives 8.
    problem = climb(slope(place("q1", 1), place("q2", 2, weight=2, movable=False)))

    step = find_next_step(problem)

    assert step == NextStep(
        3,
        8,
        (
            Step("q1", "raise", 1, 2, "medium"),
            Step("q1", "raise", 2, 3, "medium"),
            Step("q1", "raise", 3, 4, "large"),
        ),
        optimal=True,
    )


def test_unknown_is_answered_where_that_is_cheapest() -> None:
    # Now 2*1 / 3, level 1. Level 2 takes 9/2: q1 to 2 gives 4, answering q2 gives 1 more, cost 3;
    # q1 to 3 gives 6 but costs 4.
    problem = climb(slope(place("q1", 1, weight=2), place("q2", state="unknown")))

    step = find_next_step(problem)

    assert step == NextStep(
        2, 3, (Step("q1", "raise", 1, 2, "medium"), Step("q2", "answer", None, 1, "small")), optimal=True
    )


def test_missing_is_answered_where_that_lifts_a_low_score() -> None:
    # Now 0/2, coverage 2/3. Answering q2 gives D = 1/3; raised to 2 it gives 2/3, level 1.
    problem = climb(slope(place("q1", 0, weight=2, movable=False), place("q2")))

    step = find_next_step(problem)

    assert step == NextStep(
        1, 3, (Step("q2", "answer", None, 1, "small"), Step("q2", "raise", 1, 2, "medium")), optimal=True
    )


def test_missing_is_left_where_answering_would_lower_the_score() -> None:
    # Now 4/2, level 2. q1 to 3 gives 5/2; with q3 answered as well it would be 6/3.
    problem = climb(slope(place("q1", 2), place("q2", 2), place("q3")))

    step = find_next_step(problem)

    assert step == NextStep(3, 2, (Step("q1", "raise", 2, 3, "medium"),), optimal=True)


def test_weakest_link_is_raised_first() -> None:
    # O = 18/5, raw level 4, held at 0 + 2 by the core dimension; at score 1 it holds at 3.
    problem = climb(
        slope(place("q2", 4, documented=True), weight=90),
        slope(place("q1", 0), core=True),
    )

    step = find_next_step(problem)

    assert step == NextStep(3, 1, (Step("q1", "raise", 0, 1, "small"),), optimal=True)


def test_neglected_dimension_is_raised_for_level_four() -> None:
    # O = 18/5 with documents for 9/10; the other dimension at 0 holds the whole at 3.
    problem = climb(slope(place("q2", 4, documented=True), weight=90), slope(place("q1", 0)))

    step = find_next_step(problem)

    assert step == NextStep(4, 1, (Step("q1", "raise", 0, 1, "small"),), optimal=True)


def test_opened_gate_may_lift_two_levels_at_once() -> None:
    # Core: D = 12/4 = 3, held at 0 by the gate, the whole at 2. q2 at 1 opens it: D = 13/4, O > 7/2,
    # documents for 9/10.
    problem = climb(
        slope(place("q1", 4, weight=3), place("q2", 0), core=True),
        slope(place("q3", 4, documented=True), weight=90),
        gates=(gate(0, 0, below("q2", 1), "q2"),),
    )

    step = find_next_step(problem)

    assert step == NextStep(4, 1, (Step("q2", "raise", 0, 1, "small"),), optimal=True)


def test_answering_with_one_large_raise_is_cheapest_without_a_gate() -> None:
    # 10 * 0 + 20 * 3 = 60, O = 2; level 3 takes 75. Answering q2 gives 10 * 1/2 = 5, and q3 to 4
    # gives 20 * 1/2 = 10: cost 1 + 4 in two steps.
    step = find_next_step(_crossing())

    assert step == NextStep(
        3, 5, (Step("q2", "answer", None, 1, "small"), Step("q3", "raise", 3, 4, "large")), optimal=True
    )


def test_answering_a_missing_question_must_not_make_a_gate_fire() -> None:
    # As above, but q2 below 2 would hold the core dimension at 0. With q2 at 3 the first dimension
    # has D = 3/2, 15 + 60 = 75: cost 1 + 2 + 2, in three steps.
    problem = _crossing(gate(1, 0, below("q2", 2), "q2"))

    step = find_next_step(problem)

    assert step == NextStep(
        3,
        5,
        (
            Step("q2", "answer", None, 1, "small"),
            Step("q2", "raise", 1, 2, "medium"),
            Step("q2", "raise", 2, 3, "medium"),
        ),
        optimal=True,
    )


def test_documents_lift_to_level_four_where_only_evidence_lacks() -> None:
    # O = 4, nothing documented; one of two is half.
    problem = climb(slope(place("q1", 4), place("q2", 4)))

    step = find_next_step(problem)

    assert step == NextStep(4, 1, (Step("q1", "document", 4, 4, "small"),), optimal=True)


def test_question_newly_answered_may_be_raised_and_documented() -> None:
    # Evidence needs half of 6: q3 has 1, q2 must bring its 2, at score 3 or 4.
    # With q2 at 3: D = (12 + 4 + 6) / 6 = 11/3.
    problem = climb(
        slope(
            place("q1", 4, weight=3, movable=False),
            place("q2", weight=2),
            place("q3", 4, documented=True, movable=False),
        )
    )

    step = find_next_step(problem)

    assert step == NextStep(
        4,
        6,
        (
            Step("q2", "answer", None, 1, "small"),
            Step("q2", "raise", 1, 2, "medium"),
            Step("q2", "raise", 2, 3, "medium"),
            Step("q2", "document", 3, 3, "small"),
        ),
        optimal=True,
    )


def test_withheld_level_is_shown_once_three_fifths_are_answered() -> None:
    # Coverage 2/5; q2 makes it 3/5 and D = (2*2 + 1) / 3 = 5/3. q3 would do as well, but comes later.
    problem = climb(slope(place("q1", 2, weight=2), place("q2"), place("q3", weight=2)))

    step = find_next_step(problem)

    assert step == NextStep(2, 1, (Step("q2", "answer", None, 1, "small"),), optimal=True)


@given(small_climbs())
@many
def test_next_step_equals_brute_force(problem: Climb) -> None:
    step = find_next_step(problem)

    assert step == find_by_brute_force(problem)


@given(small_climbs(most_places=7))
@many
def test_order_of_dimensions_and_places_never_matters(problem: Climb) -> None:
    step = find_next_step(turn_around(problem))

    assert step == find_next_step(problem)


@pytest.mark.parametrize("real", [True, False], ids=["real weights", "any weights"])
@pytest.mark.parametrize("level", [None, 0, 1, 2, 3], ids=["withheld", "0", "1", "2", "3"])
def test_largest_problems_are_proved_within_half_the_work_limit(level: int | None, real: bool) -> None:
    problems = list_large_climbs(level, real=real, count=10)

    steps = [find_next_step(problem, operations=OPERATIONS // 2) for problem in problems]

    assert all(step is None or step.optimal for step in steps)


@pytest.mark.parametrize("level", [None, 0, 1, 2, 3], ids=["withheld", "0", "1", "2", "3"])
def test_used_up_work_limit_gives_good_steps_that_are_not_called_optimal(level: int | None) -> None:
    problem = list_large_climbs(level, real=True, count=1)[0]
    cheapest = find_next_step(problem)

    step = find_next_step(problem, operations=0)

    assert step is not None
    assert cheapest is not None
    assert not step.optimal
    assert evaluate_climb(apply_steps(problem, step.steps)).level == step.reaches
    assert cheapest.cost <= step.cost <= 2 * cheapest.cost


def test_interrupted_proof_gives_the_best_that_was_found() -> None:
    problem = make_large_climb(HARD_SEED, 3, real=True)
    cheapest = find_next_step(problem)

    step = find_next_step(problem, operations=OPERATIONS // 5)

    assert step is not None
    assert cheapest is not None
    assert (step.optimal, cheapest.optimal) == (False, True)
    assert cheapest.cost <= step.cost <= cheapest.cost + 2


def _crossing(*gates: GateRule) -> Climb:
    """A dimension at 0 with a missing question, and a core dimension at 3 that a gate may hold."""
    return climb(
        slope(place("q1", 0, weight=2, movable=False), place("q2", weight=2), weight=10),
        slope(place("q3", 3), place("q4", 3), weight=20, core=True),
        gates=gates,
    )
