"""Prices order sets of steps as the rules do, and tell which steps they are made of."""

from itertools import combinations

from assessment.advice.pricing import SLOTS, price_climb
from tests.assessment.advice.climbs import climb, place, slope

PLACES = (place("q1", 0, costs=(1, 1, 2, 4)), place("q2", 0, costs=(1, 4, 1, 4)))
STEPS = [(position, slot) for position in range(len(PLACES)) for slot in range(SLOTS)]
COSTS = {
    (position, slot): 1 if slot in (0, 5) else PLACES[position].costs[slot - 1] for position, slot in STEPS
}


def test_price_orders_by_cost_then_number_of_steps_then_definition() -> None:
    pricing = price_climb(climb(slope(PLACES[1]), slope(PLACES[0])))
    sets = [chosen for size in range(len(STEPS) + 1) for chosen in combinations(STEPS, size)]

    by_price = sorted(sets, key=lambda chosen: sum(pricing.price_step(*step) for step in chosen))

    assert by_price == sorted(sets, key=lambda chosen: (sum(COSTS[s] for s in chosen), len(chosen), chosen))


def test_cost_is_read_back_from_a_price() -> None:
    pricing = price_climb(climb(slope(*PLACES)))

    cost = pricing.read_cost(sum(pricing.price_step(*step) for step in STEPS))

    assert cost == sum(COSTS.values())


def test_no_step_costs_nothing() -> None:
    pricing = price_climb(climb(slope(*PLACES)))

    assert (pricing.read_cost(0), pricing.read_steps(0)) == (0, ())


def test_steps_are_read_back_in_definition_order() -> None:
    pricing = price_climb(climb(slope(place("q2", 3)), slope(place("q1"))))

    steps = pricing.read_steps(sum(pricing.price_step(*step) for step in ((1, 5), (0, 2), (1, 4), (0, 0))))

    assert [(step.question, step.kind, step.from_score, step.to_score, step.effort) for step in steps] == [
        ("q1", "answer", None, 1, "small"),
        ("q1", "raise", 1, 2, "medium"),
        ("q2", "raise", 3, 4, "large"),
        ("q2", "document", 4, 4, "small"),
    ]
