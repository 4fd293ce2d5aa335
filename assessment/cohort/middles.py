"""Means and boxes of scores, as far as they can be told."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from assessment.cohort.atoms import Heaps, Steps
from assessment.cohort.audit import LEAST_FOR_MEAN, has_room
from assessment.cohort.told import Box
from assessment.scoring.levels import TOP_LEVEL, rounded

LEAST_FOR_BOX = 20
LEAST_GROUPS_FOR_BOX = 3
_HALF = Fraction(1, 2)


def mean_of(heaps: Heaps, release: int, groups: Sequence[Steps]) -> str | None:
    """The mean score of a release with one decimal; None from too few, or where it says where all stand.

    ``groups``: the levels that are told together beside it, none where they are not told. With them the
    mean must leave room: owners could otherwise be seen to stand at one end of their group. Those without
    a level are in no mean, so they make no room.
    """
    here = [heap for known, heap in heaps.items() if known.marks[release] is not None]
    size, total = sum(heap.scored for heap in here), sum((heap.total for heap in here), Fraction())
    if size < LEAST_FOR_MEAN:
        return None
    parts = groups or (tuple(range(TOP_LEVEL + 1)),)
    without_level = sum(sum(heap.steps) - heap.scored for heap in here)
    counts = [sum(heap.steps[step] for heap in here for step in group) for group in parts]
    counts[0] -= without_level  # they stand with level 0 and are not in the mean
    least = sum((_ends(g)[0] * count for g, count in zip(parts, counts, strict=True)), Fraction())
    most = sum((_ends(g)[1] * count for g, count in zip(parts, counts, strict=True)), Fraction())
    return rounded(total / size, 1) if has_room(total, least, most) else None


def _ends(group: Steps) -> tuple[Fraction, Fraction]:
    """Between which scores owners on these levels are; caps, which put some lower, are left out."""
    return max(group[0] - _HALF, Fraction(0)), min(group[-1] + _HALF, Fraction(TOP_LEVEL))


def box_of(groups: Sequence[Steps], counts: Sequence[int]) -> Box | None:
    """The quartiles as far as counts tell: owners are taken to stand evenly between the ends of their group.

    Worked out from what is told anyway, so that it can give nothing away; real quartiles are the scores of
    single owners. Those without a level count as on level 0. None from fewer than ``LEAST_FOR_BOX`` owners
    or ``LEAST_GROUPS_FOR_BOX`` groups.
    """
    if sum(counts) < LEAST_FOR_BOX or len(groups) < LEAST_GROUPS_FOR_BOX:
        return None
    low, median, high = (rounded(_quantile(groups, counts, Fraction(n, 4)), 1) for n in (1, 2, 3))
    return Box(low, median, high)


def _quantile(groups: Sequence[Steps], counts: Sequence[int], share: Fraction) -> Fraction:
    wanted = share * sum(counts)
    below = 0
    for group, count in zip(groups, counts, strict=True):
        if below + count >= wanted:
            start, end = _ends(group)
            return start + (end - start) * (wanted - below) / count
        below += count
    return Fraction(TOP_LEVEL)
