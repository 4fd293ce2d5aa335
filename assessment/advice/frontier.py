"""One dimension's frontier: the ways to treat the whole dimension that no other way beats."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import lcm
from operator import itemgetter
from typing import TypeAlias

from assessment.advice.aim import Aim
from assessment.advice.climb import Place, Slope
from assessment.advice.pricing import Pricing
from assessment.advice.staircase import Staircase
from assessment.advice.watch import NO_TRACES, Traces, Watch, mark_slope, name_slope
from assessment.advice.ways import list_ways
from assessment.advice.work import WorkLimit
from assessment.scoring.levels import EVIDENCE_SHARE

Pick: TypeAlias = tuple[int, int, int]
"""A price and what it buys: gain and evidence gain, or within a dimension points and evidence."""
Sums: TypeAlias = Mapping[tuple[Traces, int], list[Pick]]
"""A dimension's picks by traces and weight, the weight being the denominator of its mean."""
Board: TypeAlias = Mapping[Traces, list[Pick]]
"""Picks by traces, with gains that add up over the dimensions."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """A dimension's unbeaten picks, and the gate members that it decides."""

    board: Board
    members: frozenset[str]

    @property
    def picks(self) -> list[Pick]:
        """All picks, whatever their traces."""
        return [pick for picks in self.board.values() for pick in picks]


def keep_unbeaten(picks: Iterable[Pick]) -> list[Pick]:
    """The picks that no cheaper one equals in both respects, cheapest first."""
    best = Staircase()
    return [pick for pick in sorted(picks, key=itemgetter(0)) if best.add(pick[1], pick[2])]


def build_frontiers(
    slopes: Iterable[Slope], pricing: Pricing, aim: Aim, watch: Watch, limit: WorkLimit
) -> list[Frontier]:
    """The frontier of each dimension; the aim is met where both gains sum to 0 or more.

    Raises WorkLimitReached.
    """
    builder = _Builder(pricing, aim, watch, limit)
    folded = [(slope, builder.fold_slope(slope)) for slope in slopes]
    weights = {weight for _, sums in folded for _, weight in sums if weight}
    scale = lcm(aim.threshold.denominator, EVIDENCE_SHARE.denominator, *weights)
    return [
        Frontier(_scale_sums(sums, slope, aim, scale), watch.find_members(slope)) for slope, sums in folded
    ]


def _scale_sums(sums: Sums, slope: Slope, aim: Aim, scale: int) -> Board:
    """The picks in whole numbers: W (points / weight - threshold) scale, evidence likewise.

    A dimension that stays without a score gains and loses nothing.
    """
    board: dict[Traces, list[Pick]] = defaultdict(list)
    level = int(slope.weight * scale * aim.threshold)
    share = int(slope.weight * scale * EVIDENCE_SHARE) if aim.needs_evidence else 0
    for (traces, weight), picks in sums.items():
        unit = slope.weight * scale // weight if weight else 0
        floors = (level, share) if weight else (0, 0)
        board[traces] += [(p, s * unit - floors[0], e * unit - floors[1]) for p, s, e in picks]
    return {traces: keep_unbeaten(picks) for traces, picks in board.items()}


@dataclass(frozen=True, slots=True)
class _Builder:
    """What folding a dimension needs to know of the whole climb."""

    pricing: Pricing
    aim: Aim
    watch: Watch
    limit: WorkLimit

    def fold_slope(self, slope: Slope) -> Sums:
        """The unbeaten sums of a dimension that meet its own need and the gates it decides.

        Gated places come first, so that their traces can be forgotten early.
        """
        members = self.watch.members
        sums: Sums = {(NO_TRACES, 0): [(0, 0, 0)]}
        decided: frozenset[str] = frozenset()
        for place in sorted(slope.places, key=lambda place: place.question not in members):
            grown = self._add_place(sums, place)
            if place.question in members:
                decided |= {place.question}
                grown = self._settle(grown, decided)
            sums = {key: keep_unbeaten(picks) for key, picks in grown.items()}
        return self._finish(sums, slope, decided | {name_slope(slope)})

    def _add_place(self, sums: Sums, place: Place) -> Sums:
        """Every pick with every way to treat one more place."""
        grown: dict[tuple[Traces, int], list[Pick]] = defaultdict(list)
        ways = list_ways(self.pricing, self.pricing.get_position(place), self.aim)
        for price, end in ways:
            trace = ((end.question, end.mark),) if end.question in self.watch.members else NO_TRACES
            weight, points = self.aim.count_weight(end), self.aim.count_points(end)
            evidence = self.aim.count_evidence(end)
            for (traces, total), picks in sums.items():
                self.limit.spend(len(picks))
                shifted = [(p + price, s + points, e + evidence) for p, s, e in picks]
                grown[traces + trace, total + weight] += shifted
        return grown

    def _settle(self, sums: Sums, decided: frozenset[str]) -> Sums:
        """The sums in which no gate binds, with the traces that are still needed."""
        needed = {traces: self._check(traces, decided) for traces, _ in sums}
        settled: dict[tuple[Traces, int], list[Pick]] = defaultdict(list)
        for (traces, weight), picks in sums.items():
            kept = needed[traces]
            if kept is not None:
                settled[kept, weight] += picks
        return settled

    def _check(self, traces: Traces, decided: frozenset[str]) -> Traces | None:
        self.limit.spend(self.watch.work)
        return self.watch.settle(traces, decided)

    def _finish(self, sums: Sums, slope: Slope, decided: frozenset[str]) -> Sums:
        """The sums whose raw level meets the dimension's need: D + 1/2 >= need."""
        floor = 2 * self.aim.get_need(slope) - 1
        ended: dict[tuple[Traces, int], list[Pick]] = {}
        for (traces, weight), picks in sums.items():
            trace = (name_slope(slope), mark_slope(is_scored=weight > 0))
            able = [pick for pick in picks if 2 * pick[1] >= floor * weight]
            if able:
                ended[(*traces, trace), weight] = able
        return self._settle(ended, decided)
