"""In which ways steps can be told together: those that say most first, always in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from assessment.cohort.atoms import Steps
from assessment.cohort.layout import Attribute


def groupings(attribute: Attribute) -> tuple[tuple[Steps, ...], ...]:
    """Every way to tell an attribute's steps in two groups and more: side by side, tags in any way."""
    size = len(attribute.steps)
    return _unordered(size) if attribute.kind == "tag" else _ordered(size)


def coarser(groups: tuple[Steps, ...]) -> tuple[tuple[Steps, ...], ...]:
    """Every way to tell groups together with those beside them, themselves first; two groups and more."""
    return tuple(
        tuple(tuple(step for at in together for step in groups[at]) for together in grouping)
        for grouping in _ordered(len(groups))
    )


def are_nested(one: tuple[Steps, ...], other: tuple[Steps, ...]) -> bool:
    """Whether the groups of one of them lie within those of the other."""
    return _lie_within(one, other) or _lie_within(other, one)


def _lie_within(fine: tuple[Steps, ...], coarse: tuple[Steps, ...]) -> bool:
    return all(any(set(group) <= set(outer) for outer in coarse) for group in fine)


@cache
def _ordered(size: int) -> tuple[tuple[Steps, ...], ...]:
    return tuple(
        tuple(tuple(range(a, b)) for a, b in zip((0, *cuts), (*cuts, size), strict=True))
        for number in range(size - 1, 0, -1)
        for cuts in combinations(range(1, size), number)
    )


@cache
def _unordered(size: int) -> tuple[tuple[Steps, ...], ...]:
    """Some steps alone, all the others together."""
    return tuple(_alone(size))


def _alone(size: int) -> Iterator[tuple[Steps, ...]]:
    yield tuple((step,) for step in range(size))
    for number in range(size - 2, 0, -1):
        for alone in combinations(range(size), number):
            yield (*((step,) for step in alone), tuple(step for step in range(size) if step not in alone))
