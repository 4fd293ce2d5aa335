"""A rebate for each unit of gain, chosen so that it shows how cheap a solution can be at best.

Lagrangian relaxation: let every dimension take the pick that is cheapest after a rebate of so much
per unit of gain and of evidence gain. Whatever the rebates (0 or more), no solution is cheaper than
those picks together. The best rebates make this bound highest. It is concave in them, so each trial
rules out one side of the region where the best can lie; the next trial is the middle of the rest.
Source: A. M. Geoffrion, Lagrangean relaxation for integer programming, Mathematical Programming
Study 2, 1974; cutting through the middle: A. Yu. Levin, Soviet Mathematics Doklady 6, 1965.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from assessment.advice.frontier import Pick
from assessment.advice.work import WorkLimit

Point: TypeAlias = tuple[int, int]
"""A rebate per unit of gain, and one per unit of evidence gain."""
TRIALS = 40


@dataclass(frozen=True, slots=True)
class Rebate:
    """A rebate per unit of gain and of evidence gain; bound: no solution has a lower price."""

    gain: int
    evidence: int
    bound: int

    def apply(self, pick: Pick) -> int:
        """The price of a pick after the rebate."""
        price, gain, evidence = pick
        return price - self.gain * gain - self.evidence * evidence


def find_rebate(options: Sequence[Sequence[Pick]], highest: int, limit: WorkLimit) -> Rebate:
    """The best of a fixed number of trials; any of them would be right, a better one is faster.

    options: the picks of each dimension, none empty; highest: the largest rebate worth trying.
    Raises WorkLimitReached.
    """
    best = Rebate(0, 0, 0)
    region: list[Point] = [(0, 0), (highest, 0), (highest, highest), (0, highest)]
    for _ in range(TRIALS):
        limit.spend(sum(map(len, options)))
        middle = _find_middle(region)
        trial, uphill = _try_rebate(options, middle)
        if trial.bound > best.bound:
            best = trial
        region = _cut_region(region, middle, uphill)
        if not region or uphill == (0, 0):
            break
    return best


def _try_rebate(options: Sequence[Sequence[Pick]], at: Point) -> tuple[Rebate, Point]:
    """The rebate at a point, and the direction in which alone its bound may rise."""
    bound = gain = evidence = 0
    x, y = at
    for picks in options:
        rebated = [price - x * g - y * e for price, g, e in picks]
        lowest = min(rebated)
        chosen = picks[rebated.index(lowest)]
        bound += lowest
        gain += chosen[1]
        evidence += chosen[2]
    return Rebate(x, y, bound), (-gain, -evidence)


def _find_middle(region: Sequence[Point]) -> Point:
    return sum(x for x, _ in region) // len(region), sum(y for _, y in region) // len(region)


def _cut_region(region: Sequence[Point], at: Point, uphill: Point) -> list[Point]:
    """The part of a convex polygon uphill of the line through a point."""
    rises = [(x - at[0]) * uphill[0] + (y - at[1]) * uphill[1] for x, y in region]
    kept: list[Point] = []
    for index, (corner, rise) in enumerate(zip(region, rises, strict=True)):
        before = rises[index - 1]
        if min(before, rise) < 0 < max(before, rise):
            kept.append(_cross(region[index - 1], corner, before, rise))
        if rise >= 0:
            kept.append(corner)
    return kept


def _cross(start: Point, end: Point, rise_at_start: int, rise_at_end: int) -> Point:
    """Where an edge has rise 0, rounded down."""
    drop = rise_at_start - rise_at_end
    return (
        start[0] + (end[0] - start[0]) * rise_at_start // drop,
        start[1] + (end[1] - start[1]) * rise_at_start // drop,
    )
