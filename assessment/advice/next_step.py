"""The next step: the cheapest set of steps that lifts the shown overall level by one.

Order: the aim, the frontier of each dimension, the search over them, the steps read off its price.
Source: docs/scoring.md, section 4.
"""

from assessment.advice.aim import Aim, find_aim
from assessment.advice.climb import Climb, NextStep, apply_steps, evaluate_climb
from assessment.advice.fallback import find_good_price
from assessment.advice.frontier import build_frontiers
from assessment.advice.pricing import Pricing, price_climb
from assessment.advice.search import find_cheapest
from assessment.advice.watch import watch_gates
from assessment.advice.work import WorkLimit, WorkLimitReached

OPERATIONS = 600_000
"""Several times what the hardest of the seeded climbs in the tests takes."""


def find_next_step(climb: Climb, operations: int = OPERATIONS) -> NextStep | None:
    """The cheapest steps to the next level; from withheld, to any level shown.

    Ties go to fewer steps, then to those first in definition order. None at level 4, where no
    dimension is applicable, and where nothing reaches the next level. operations: how much the
    search may do before it gives up the proof; the steps are then good, and marked not optimal.
    """
    if not climb.slopes:
        return None
    aim = find_aim(evaluate_climb(climb))
    if aim is None:
        return None
    pricing = price_climb(climb)
    try:
        price, optimal = _find_cheapest_price(climb, pricing, aim, WorkLimit(operations)), True
    except WorkLimitReached:
        price, optimal = find_good_price(climb, pricing, aim), False
    return None if price is None else _describe(climb, pricing, price, optimal=optimal)


def _find_cheapest_price(climb: Climb, pricing: Pricing, aim: Aim, limit: WorkLimit) -> int | None:
    watch = watch_gates(climb, aim)
    frontiers = build_frontiers(climb.slopes, pricing, aim, watch, limit)
    return find_cheapest(frontiers, watch, pricing.unit, limit)


def _describe(climb: Climb, pricing: Pricing, price: int, *, optimal: bool) -> NextStep:
    steps = pricing.read_steps(price)
    level = evaluate_climb(apply_steps(climb, steps)).level
    assert level is not None, "steps that meet an aim show a level"
    return NextStep(level, pricing.read_cost(price), steps, optimal)
