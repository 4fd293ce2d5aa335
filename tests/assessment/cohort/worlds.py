"""All worlds that fit what was told, one by one: what is the same in all of them is known to everybody.

For tiny systems only. Shares nothing with the audit but the shape of its question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

World: TypeAlias = tuple[tuple[int, ...], ...]
"""For each set of records that nobody can tell apart, how many stand on each step."""


@dataclass(frozen=True)
class Told:
    """A told row: which sets are in it, and which steps are told together."""

    sets: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]

    def counts(self, world: World) -> tuple[int, ...]:
        """What it says of a world."""
        return tuple(sum(world[one][step] for one in self.sets for step in group) for group in self.groups)


class TooManyError(Exception):
    """More worlds than a test can look at."""


def worlds(truth: World, told: Sequence[Told], most: int) -> list[World]:
    """Every world with sets of the same size of which the same is told; TooManyError from ``most`` on."""
    wanted = [(row, row.counts(truth)) for row in told]
    starts: list[World] = [()]
    for steps in truth:
        longer = ((*start, here) for start in starts for here in splits(sum(steps), len(steps)))
        starts = [one for one in longer if all(_may_be(row, one, counts) for row, counts in wanted)]
        if len(starts) >= most:
            raise TooManyError
    return starts


def _may_be(row: Told, start: World, wanted: tuple[int, ...]) -> bool:
    """Whether the first sets of a world leave a row possible."""
    known = Told(tuple(one for one in row.sets if one < len(start)), row.groups).counts(start)
    is_whole = max(row.sets, default=0) < len(start)
    return known == wanted if is_whole else all(a <= b for a, b in zip(known, wanted, strict=True))


def splits(size: int, steps: int) -> Iterator[tuple[int, ...]]:
    """Every way so many can stand on so many steps."""
    if steps == 1:
        yield (size,)
        return
    for here in range(size + 1):
        for rest in splits(size - here, steps - 1):
            yield (here, *rest)


def known(fitting: Sequence[World], most_sets: int) -> list[str]:
    """Which counts are known to be of one to four others, or exactly so few: to all, and to each inside."""
    sizes = [sum(steps) for steps in fitting[0]]
    steps = range(len(fitting[0][0]))
    chosen = [some for some in product((0, 1), repeat=len(sizes) * len(steps)) if any(some)]
    every = max(1, len(chosen) // most_sets)
    found = []
    for own in (None, *product(range(len(sizes)), steps)):
        here = [one for one in fitting if own is None or one[own[0]][own[1]] > 0]
        for some in chosen[::every] if here else ():
            cells = [(a, b) for a in range(len(sizes)) for b in steps if some[a * len(steps) + b]]
            if _is_known(here, _without_whole_sets(cells, len(steps)), sizes, own):
                found.append(f"{cells} for {own}")
    return found


def _without_whole_sets(cells: list[tuple[int, int]], steps: int) -> list[tuple[int, int]]:
    """A set with all its steps is of its size, which is no secret."""
    return [cell for cell in cells if sum(other[0] == cell[0] for other in cells) < steps]


def _is_known(
    fitting: Sequence[World],
    cells: Sequence[tuple[int, int]],
    sizes: Sequence[int],
    own: tuple[int, int] | None,
) -> bool:
    others = sum(sizes[one] - (own is not None and own[0] == one) for one in {cell[0] for cell in cells})
    if others == 0:
        return False
    counts = {sum(world[a][b] for a, b in cells) - (own in cells) for world in fitting}
    return (len(counts) == 1 and max(counts) < 5) or (min(counts) >= 1 and max(counts) <= 4)
