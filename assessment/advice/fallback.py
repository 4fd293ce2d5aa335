"""A good set of steps without proof, for when the search has used up its work.

From everything raised to the top the places come down again, always by the move that saves most for
what it gives up, as long as the aim is still met.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from assessment.advice.aim import Aim
from assessment.advice.climb import Climb, Place, evaluate_climb, replace_places
from assessment.advice.pricing import Pricing
from assessment.advice.watch import watch_gates
from assessment.advice.ways import list_ways


@dataclass(frozen=True, slots=True)
class _Option:
    """One way to treat a place; worth: roughly what it adds to the whole above the threshold."""

    price: int
    end: Place
    worth: Fraction


class _Move(NamedTuple):
    """From one option of a place to a cheaper one."""

    question: str
    before: int
    after: int


_Options: TypeAlias = Mapping[str, tuple[_Option, ...]]
_Held: TypeAlias = Mapping[str, int]
"""Which of its options each place has."""


def find_good_price(climb: Climb, pricing: Pricing, aim: Aim) -> int | None:
    """The price of a set that meets the aim and in which no place can come down alone.

    None where the top does not meet it: nothing does, then, with the gates that docs/scoring.md
    section 1 allows.
    """
    options = _list_options(climb, pricing, aim)
    held = _find_top(climb, aim, options)
    if not _is_met(climb, aim, options, held):
        return None
    moves = sorted(_list_moves(options), key=lambda move: _rate_move(options, move), reverse=True)
    refused: set[tuple[str, int]] = set()
    while move := _find_move(moves, held, refused):
        lower = {**held, move.question: move.after}
        if _is_met(climb, aim, options, lower):
            held = lower
        else:
            refused.add((move.question, move.after))
    return sum(options[question][index].price for question, index in held.items())


def _list_options(climb: Climb, pricing: Pricing, aim: Aim) -> _Options:
    shares = {
        place.question: Fraction(slope.weight, sum(other.weight for other in slope.places))
        for slope in climb.slopes
        for place in slope.places
    }
    return {
        place.question: tuple(
            _Option(price, end, shares[place.question] * _count_worth(end, aim))
            for price, end in list_ways(pricing, position, aim)
        )
        for position, place in enumerate(pricing.places)
    }


def _count_worth(end: Place, aim: Aim) -> Fraction:
    above = aim.count_points(end) - aim.threshold * aim.count_weight(end)
    return above + aim.count_evidence(end)


def _find_top(climb: Climb, aim: Aim, options: _Options) -> _Held:
    """Everything at its dearest, save where a dimension is better left without a score.

    That is where a gate would hold it down even at the top.
    """
    top = {question: len(ways) - 1 for question, ways in options.items()}
    marks = {question: ways[-1].end.mark for question, ways in options.items()}
    for gate in watch_gates(climb, aim).gates:
        slope = climb.slopes[gate.rule.dimension]
        if not slope.is_scored and gate.rule.fires(marks):
            top |= {place.question: 0 for place in slope.places}
    return top


def _is_met(climb: Climb, aim: Aim, options: _Options, held: _Held) -> bool:
    places = {question: options[question][index].end for question, index in held.items()}
    return aim.is_met(evaluate_climb(replace_places(climb, places)))


def _list_moves(options: _Options) -> Iterator[_Move]:
    for question, ways in options.items():
        for before in range(len(ways)):
            for after in range(before):
                yield _Move(question, before, after)


def _rate_move(options: _Options, move: _Move) -> tuple[bool, Fraction]:
    """What it saves for each unit of worth given up; first of all what gives up none."""
    before, after = options[move.question][move.before], options[move.question][move.after]
    given_up = before.worth - after.worth
    saved = before.price - after.price
    return (True, Fraction(saved)) if given_up <= 0 else (False, saved / given_up)


def _find_move(moves: list[_Move], held: _Held, refused: set[tuple[str, int]]) -> _Move | None:
    """The best move that is open and has not been tried in vain."""
    return next(
        (
            move
            for move in moves
            if held[move.question] == move.before and (move.question, move.after) not in refused
        ),
        None,
    )
