"""The ways to treat one place: every final state worth giving it, and the price of getting there."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from assessment.advice.aim import Aim
from assessment.advice.climb import SCORE_ON_ANSWERING, TOP_SCORE, Place
from assessment.advice.pricing import ANSWER_SLOT, DOCUMENT_SLOT, Pricing
from assessment.scoring.levels import STRONG_SCORE

Way: TypeAlias = tuple[int, Place]
"""Price, and the place at the end."""


def list_ways(pricing: Pricing, position: int, aim: Aim) -> list[Way]:
    """The ways that can be part of a cheapest set, in rising price; the first is to do nothing.

    position: of the place in definition order. Left out are steps that cannot matter: raising, from
    withheld; and documents that are not needed or would not count.
    """
    place = pricing.places[position]
    ways: list[Way] = [(0, place)]
    if place.movable:
        ways += _raise_place(pricing, position, aim)
    if place.movable and aim.needs_evidence:
        price = pricing.price_step(position, DOCUMENT_SLOT)
        provable = [(paid, end) for paid, end in ways if _is_provable(end)]
        ways += [(paid + price, replace(end, documented=True)) for paid, end in provable]
    return sorted(ways, key=lambda way: way[0])


def _is_provable(place: Place) -> bool:
    return not place.documented and place.score is not None and place.score >= STRONG_SCORE


def _raise_place(pricing: Pricing, position: int, aim: Aim) -> Iterator[Way]:
    """The place answered, then raised score by score."""
    place = pricing.places[position]
    price, score = 0, place.score
    if score is None:
        price, score = pricing.price_step(position, ANSWER_SLOT), SCORE_ON_ANSWERING
        yield price, replace(place, state="answered", score=score)
    top = score if aim.from_withheld else TOP_SCORE
    for reached in range(score + 1, top + 1):
        price += pricing.price_step(position, reached)
        yield price, replace(place, state="answered", score=reached)
