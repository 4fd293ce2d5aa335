"""One whole number for every set of steps, ordered as the rules order step sets.

A price is three numbers in one, from the top: the cost; the number of steps; and minus a sum of
powers of two, one for each step, larger the earlier the step comes in the definition. So the lower
price is the cheaper set, among equals the one with fewer steps, among those the first in
definition order. Prices add up, and a set of steps is read back from its price alone.
Source: docs/scoring.md, section 4 (next step, ties).
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.advice.climb import SCORE_ON_ANSWERING, TOP_SCORE, Climb, Effort, Place, Step

ANSWER_SLOT = 0
"""A place's steps in order: answer, raise to 1, 2, 3, 4, document."""
DOCUMENT_SLOT = TOP_SCORE + 1
SLOTS = TOP_SCORE + 2
ANSWER_COST = 1
DOCUMENT_COST = 1
EFFORT_OF_COST: Mapping[int, Effort] = {1: "small", 2: "medium", 4: "large"}


@dataclass(frozen=True, slots=True)
class Pricing:
    """The prices of one climb's steps; places: in definition order."""

    places: tuple[Place, ...]

    def get_position(self, place: Place) -> int:
        """The place's position in definition order."""
        return bisect_left(self.places, place.order, key=lambda other: other.order)

    @property
    def order_bits(self) -> int:
        """How many bits hold which steps are taken."""
        return SLOTS * len(self.places)

    @property
    def unit(self) -> int:
        """The price of a cost of 1 alone; the number of steps and their order stay below it."""
        return 1 << (self.order_bits + self.order_bits.bit_length() + 1)

    def price_step(self, position: int, slot: int) -> int:
        """Price of one step of the place at this position in definition order."""
        bit = 1 << (self.order_bits - 1 - (SLOTS * position + slot))
        cost = _get_cost(self.places[position], slot)
        return cost * self.unit + (1 << self.order_bits) - bit

    def read_cost(self, price: int) -> int:
        """The cost of the steps that make up a price."""
        return price // self.unit

    def read_steps(self, price: int) -> tuple[Step, ...]:
        """The steps that make up a price, in definition order."""
        taken = -price % (1 << self.order_bits)
        steps: list[Step] = []
        for position, place in enumerate(self.places):
            shift = self.order_bits - SLOTS * (position + 1)
            slots = [s for s in range(SLOTS) if taken >> (shift + SLOTS - 1 - s) & 1]
            steps += _name_steps(place, slots)
        return tuple(steps)


def price_climb(climb: Climb) -> Pricing:
    """The prices of the climb's steps."""
    places = (place for slope in climb.slopes for place in slope.places)
    return Pricing(tuple(sorted(places, key=lambda place: place.order)))


def _get_cost(place: Place, slot: int) -> int:
    if slot == ANSWER_SLOT:
        return ANSWER_COST
    return DOCUMENT_COST if slot == DOCUMENT_SLOT else place.costs[slot - 1]


def _name_steps(place: Place, slots: Sequence[int]) -> list[Step]:
    """The steps in these slots of one place; its score rises from step to step."""
    steps: list[Step] = []
    score = place.score
    for slot in slots:
        effort = EFFORT_OF_COST[_get_cost(place, slot)]
        if slot == ANSWER_SLOT:
            steps.append(Step(place.question, "answer", None, SCORE_ON_ANSWERING, effort))
            score = SCORE_ON_ANSWERING
        elif slot == DOCUMENT_SLOT:
            steps.append(Step(place.question, "document", score, score, effort))
        else:
            steps.append(Step(place.question, "raise", slot - 1, slot, effort))
            score = slot
    return steps
