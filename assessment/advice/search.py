"""The cheapest choice of one pick per dimension that meets the aim under every gate.

In rounds: each considers all that is cheaper than its ceiling, by joining the dimensions into two
halves, one dimension at a time, and then looking for the cheapest pair of one pick from each half.
The ceiling starts just above the rebate's bound and is lifted until nothing can be below what was
found. Nothing is lost on the way: a pick is dropped only where its rebated price, with the least of
all other dimensions, reaches the ceiling, or where a cheaper one with the same traces buys as much.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from assessment.advice.frontier import Board, Frontier, Pick, keep_unbeaten
from assessment.advice.rebate import Rebate, find_rebate
from assessment.advice.staircase import Staircase
from assessment.advice.watch import NO_TRACES, Traces, Watch
from assessment.advice.work import WorkLimit, WorkLimitReached

Label: TypeAlias = tuple[int, Pick]
"""A pick after its excess: its rebated price above the least that its dimensions can have."""
NEAR = 2
"""From how far below, in cost, the ceiling is lifted right up to what was found."""
STEEPNESS = 16
"""How many times a dimension's average price of gain a unit of gain is taken to cost at most."""


class Found(NamedTuple):
    """A price that meets the aim, and whether it is proved to be the lowest."""

    price: int
    is_lowest: bool


def find_cheapest(frontiers: Sequence[Frontier], watch: Watch, unit: int, limit: WorkLimit) -> Found | None:
    """The lowest price that meets the aim, None where nothing does.

    unit: the price of a cost of 1. Where the work limit ends the proof, the best found so far;
    raises WorkLimitReached where that is nothing.
    """
    lowest: int | None = None
    try:
        for price in _find_ever_lower(frontiers, watch, unit, limit):
            lowest = price
    except WorkLimitReached:
        if lowest is None:
            raise
        return Found(lowest, is_lowest=False)
    return None if lowest is None else Found(lowest, is_lowest=True)


def _find_ever_lower(
    frontiers: Sequence[Frontier], watch: Watch, unit: int, limit: WorkLimit
) -> Iterator[int]:
    """Prices that meet the aim, each lower than the one before; none is lower than the last."""
    options = [frontier.picks for frontier in frontiers]
    if not _is_in_reach(options):
        return
    rebate = find_rebate(options, _find_highest_rebate(options), limit)
    lowest = 1 + sum(max(price for price, _, _ in picks) for picks in options)
    ceiling = (rebate.bound // unit + 1) * unit
    while True:
        found = _Round(watch, rebate, ceiling, limit).find_lowest(frontiers)
        if found is not None and found < lowest:
            lowest = found
            yield lowest
        if lowest <= ceiling:
            return
        ceiling = lowest if lowest < ceiling + NEAR * unit else ceiling + unit


def _is_in_reach(options: Sequence[Sequence[Pick]]) -> bool:
    """Whether each dimension has a pick, and each condition by itself can be met."""
    return all(options) and all(
        sum(max(pick[axis] for pick in picks) for picks in options) >= 0 for axis in (1, 2)
    )


def _find_highest_rebate(options: Sequence[Sequence[Pick]]) -> int:
    """A rebate far above what gain costs in any dimension on average."""
    highest = 0
    for picks in options:
        prices, *axes = zip(*picks, strict=True)
        spans = [max(axis) - min(axis) for axis in axes]
        highest = max([highest, *(STEEPNESS * max(prices) // span for span in spans if span)])
    return highest


@dataclass(frozen=True, slots=True)
class _Side:
    """Some dimensions joined: labels by traces, members decided, and the least rebated price."""

    labels: Mapping[Traces, list[Label]]
    decided: frozenset[str]
    least: int

    @property
    def size(self) -> int:
        """The number of labels."""
        return sum(map(len, self.labels.values()))


NOTHING = _Side({NO_TRACES: [(0, (0, 0, 0))]}, frozenset(), 0)


@dataclass(frozen=True, slots=True)
class _Round:
    """One round of the search: looks for a price below the ceiling."""

    watch: Watch
    rebate: Rebate
    ceiling: int
    limit: WorkLimit

    def find_lowest(self, frontiers: Sequence[Frontier]) -> int | None:
        """The lowest price among all that was considered, which is all below the ceiling.

        None where there is nothing; a price from the ceiling upwards is no more than a good one.
        """
        halves = _halve([self._enter(frontier) for frontier in frontiers])
        left, right = (reduce(self._join, half, NOTHING) for half in halves)
        pairs = self._pair_up(left, right)
        lowest = (self._find_lowest_pair(ours, theirs) for _, ours, theirs in pairs)
        return min((price for price in lowest if price is not None), default=None)

    def _enter(self, frontier: Frontier) -> _Side:
        least = min(self.rebate.apply(pick) for pick in frontier.picks)
        return self._make_side(frontier.board, frontier.members, least)

    def _join(self, left: _Side, right: _Side) -> _Side:
        """The unbeaten sums of one pick from each side."""
        slack = self.ceiling - self.rebate.bound
        joined: dict[Traces, list[Pick]] = defaultdict(list)
        for traces, ours, theirs in self._pair_up(left, right):
            for excess, (price, gain, evidence) in ours:
                within = bisect_left(theirs, (slack - excess,))
                self.limit.spend(within)
                joined[traces] += [(price + p, gain + g, evidence + e) for _, (p, g, e) in theirs[:within]]
        board = {traces: keep_unbeaten(picks) for traces, picks in joined.items()}
        return self._make_side(board, left.decided | right.decided, left.least + right.least)

    def _make_side(self, board: Board, decided: frozenset[str], least: int) -> _Side:
        """The picks that may be part of anything below the ceiling, by rising excess."""
        highest = self.ceiling - self.rebate.bound + least
        labels: dict[Traces, list[Label]] = {}
        for traces, picks in board.items():
            rebated = [(self.rebate.apply(pick), pick) for pick in picks]
            labels[traces] = sorted((price - least, p) for price, p in rebated if price < highest)
        return _Side(labels, decided, least)

    def _pair_up(self, left: _Side, right: _Side) -> Iterator[tuple[Traces, list[Label], list[Label]]]:
        """Both sides' labels where no gate binds, with the traces that are still needed."""
        decided = left.decided | right.decided
        for left_traces, ours in left.labels.items():
            for right_traces, theirs in right.labels.items():
                self.limit.spend(self.watch.work)
                traces = self.watch.settle(left_traces + right_traces, decided)
                if traces is not None:
                    yield traces, ours, theirs

    def _find_lowest_pair(self, ours: Sequence[Label], theirs: Sequence[Label]) -> int | None:
        """The lowest price of one pick from each side that meets the aim.

        Walking down in the gain needed of a partner, more and more partners have enough of it;
        the cheapest of them with the evidence that is needed is read off their staircase.
        """
        self.limit.spend(len(ours) + len(theirs))
        waiting = sorted((pick for _, pick in ours), key=itemgetter(1))
        partners = Staircase()
        lowest: int | None = None
        for price, gain, evidence in sorted((pick for _, pick in theirs), key=itemgetter(1)):
            while waiting and waiting[-1][1] + gain >= 0:
                partner_price, _, partner_evidence = waiting.pop()
                partners.add(partner_evidence, -partner_price)
            highest = partners.find_highest(-evidence)
            if highest is not None and (lowest is None or price - highest < lowest):
                lowest = price - highest
        return lowest


def _halve(sides: Sequence[_Side]) -> tuple[list[_Side], list[_Side]]:
    """The sides in two parts with about as many combinations, each from small to large."""
    left: list[_Side] = []
    right: list[_Side] = []
    for side in sorted(sides, key=lambda side: side.size, reverse=True):
        smaller = min(left, right, key=lambda half: prod(side.size for side in half))
        smaller.insert(0, side)
    return left, right
