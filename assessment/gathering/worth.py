"""What it is worth that two people share a table, as whole numbers.

One seating is better than another when the sum over all pairs at the same table is larger. Every wish is
a number for a pair, so that one sum says it all, in this order, each above all that follow:

1. tables of even size: every pair at a table costs the same, and there are fewest pairs when sizes are even
2. facilitators spread evenly: each pair of them at a table costs
3. colleagues apart (or together)
4. those of whom nothing is known spread evenly: each pair of them at a table costs. What the others have in
   common would else leave one table to them, and everybody could see to whom.
5. the mode: gaps in common, or help for one another
6. tags in common (or not)

Source: decision 0037.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import TypeAlias

from assessment.gathering.seats import Leaning, Mode, Participant, Settings

LARGEST_GAPS = 3
"""How many of a person's gaps count as the largest."""

Matrix: TypeAlias = list[list[int]]
_Pair: TypeAlias = tuple[int, int]
_SIGN: dict[Leaning, int] = {"free": 0, "together": 1, "apart": -1}


@dataclass(frozen=True, slots=True)
class Scaled:
    """A person's weights as whole numbers on a scale that all share. ``largest``: of the gaps."""

    gaps: Mapping[str, int]
    strengths: Mapping[str, int]
    largest: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Worth:
    """What each pair is worth. ``forbidden``: a price above all else, for pairs kept apart."""

    pairs: Matrix
    forbidden: int


def scaled(people: Sequence[Participant]) -> list[Scaled]:
    """The weights of all people times their least common denominator."""
    weights = [w for p in people for held in (p.gaps, p.strengths) for w in held.values()]
    scale = lcm(*(Fraction(weight).denominator for weight in weights))

    def whole(held: Mapping[str, Fraction | int]) -> dict[str, int]:
        return {topic: int(weight * scale) for topic, weight in held.items() if weight > 0}

    return [Scaled(gaps := whole(p.gaps), whole(p.strengths), largest(gaps)) for p in people]


def largest(gaps: Mapping[str, int]) -> dict[str, int]:
    """The largest gaps; of gaps alike, those whose ids come first."""
    first = sorted(gaps, key=lambda topic: (-gaps[topic], topic))[:LARGEST_GAPS]
    return {topic: gaps[topic] for topic in first}


def in_common(one: Scaled, other: Scaled) -> int:
    """The smaller of the two weights, for each of the largest gaps of both."""
    return sum(min(one.largest[topic], other.largest[topic]) for topic in one.largest.keys() & other.largest)


def help_given(one: Scaled, other: Scaled) -> int:
    """The smaller of strength and gap, for each strength of one that is a gap of the other."""
    return sum(min(one.strengths[topic], other.gaps[topic]) for topic in one.strengths.keys() & other.gaps)


def _help_both_ways(one: Scaled, other: Scaled) -> int:
    return help_given(one, other) + help_given(other, one)


_OF_MODE: dict[Mode, Callable[[Scaled, Scaled], int]] = {
    "shared_gaps": in_common,
    "complementary": _help_both_ways,
}


def worth(people: Sequence[Participant], settings: Settings) -> Worth:
    """The whole number for every pair of people, by index."""
    weights, of_mode = scaled(people), _OF_MODE[settings.mode]
    is_silent = [
        not (one.is_facilitator or held.gaps or held.strengths)
        for one, held in zip(people, weights, strict=True)
    ]
    colleagues, tags = _SIGN[settings.colleagues], _SIGN[settings.tags]

    def from_the_last_wish(pair: _Pair) -> tuple[int, ...]:
        one, other = people[pair[0]], people[pair[1]]
        return (
            tags * len(one.tags & other.tags),
            of_mode(weights[pair[0]], weights[pair[1]]),
            -(is_silent[pair[0]] and is_silent[pair[1]]),
            colleagues * (one.owner == other.owner),
            -(one.is_facilitator and other.is_facilitator),
            -1,
        )

    return _ranked(len(people), {pair: from_the_last_wish(pair) for pair in _pairs(len(people))})


def _pairs(count: int) -> list[_Pair]:
    return list(combinations(range(count), 2))


def _ranked(count: int, wishes: Mapping[_Pair, tuple[int, ...]]) -> Worth:
    """One number for each pair, so that no sum of later wishes outweighs the least of an earlier one."""
    pairs: Matrix = [[0] * count for _ in range(count)]
    step, reach = 1, 0
    for of_one_kind in zip(*wishes.values(), strict=True):
        for (one, other), value in zip(wishes, of_one_kind, strict=True):
            pairs[one][other] += step * value
            pairs[other][one] = pairs[one][other]
        reach += step * sum(map(abs, of_one_kind))
        step = 2 * reach + 1
    return Worth(pairs, step)
