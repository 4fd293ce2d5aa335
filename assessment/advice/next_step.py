"""The next step: the cheapest set of steps that lifts the shown overall level by one.

Order: the aim, the frontier of each dimension, the search over them, the steps read off its price.
Source: docs/scoring.md, section 4.
"""

from assessment.advice.aim import Aim, find_aim
from assessment.advice.climb import Climb, NextStep, apply_steps, evaluate_climb
from assessment.advice.fallback import find_good_price
from assessment.advice.frontier import build_frontiers
from assessment.advice.pricing import Pricing, price_climb
from assessment.advice.search import Found, find_cheapest
from assessment.advice.watch import watch_gates
from assessment.advice.work import WorkLimit, WorkLimitReached

OPERATIONS = 1_000_000
"""Enough for the proof in all but very few of the largest problems, 8 dimensions and 55 places."""


def find_next_step(climb: Climb, operations: int = OPERATIONS) -> NextStep | None:
    """The cheapest steps to the next level; from withheld, to any level shown.

    Ties go to fewer steps, then to those first in definition order. None at level 4, where no
    dimension is applicable, and where nothing reaches the next level. operations: how much the
    search may do before it gives up the proof; the steps are then the best it has, and not optimal.
    """
    if not climb.slopes:
        return None
    aim = find_aim(evaluate_climb(climb))
    return None if aim is None else find_steps(climb, aim, operations)


def find_steps(climb: Climb, aim: Aim, operations: int = OPERATIONS) -> NextStep | None:
    """The cheapest steps that meet an aim; None where nothing does. Otherwise as `find_next_step`."""
    pricing = price_climb(climb)
    found = _find_price(climb, pricing, aim, operations)
    return None if found is None else _describe(climb, pricing, found)


def _find_price(climb: Climb, pricing: Pricing, aim: Aim, operations: int) -> Found | None:
    limit = WorkLimit(operations)
    watch = watch_gates(climb, aim)
    try:
        frontiers = build_frontiers(climb.slopes, pricing, aim, watch, limit)
        return find_cheapest(frontiers, watch, pricing.unit, limit)
    except WorkLimitReached:
        price = find_good_price(climb, pricing, aim)
        return None if price is None else Found(price, is_lowest=False)


def _describe(climb: Climb, pricing: Pricing, found: Found) -> NextStep:
    steps = pricing.read_steps(found.price)
    level = evaluate_climb(apply_steps(climb, steps)).level
    assert level is not None, "steps that meet an aim show a level"
    return NextStep(level, pricing.read_cost(found.price), steps, optimal=found.is_lowest)
