"""How many companies stand on which levels, told so that nobody learns the level of one of them.

Levels that lie side by side are told together until each group has ``MIN_GROUP`` companies; what is left
over joins the last group. One group alone would say of everybody where they stand, so it is not told at
all. The groups cover the whole scale, so that an empty level looks like one that is told with another.
Source: decision 0030 (aggregates of levels): no figure of one to four companies, none by subtraction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

MIN_GROUP = 5
_TOP = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one company stands. ``level``: None where too little was answered."""

    level: int | None
    is_approved: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Levels told together, ``low`` to ``high``. ``has_none``: with those that have no level.

    Those alone: ``low`` and ``high`` are None.
    """

    low: int | None
    high: int | None
    has_none: bool
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Many companies. ``approved``: how many of them stand where an advisor has signed them off.

    ``bands``: from the lowest; empty where they would tell too much.
    """

    companies: int
    approved: int
    bands: tuple[Band, ...]

    @property
    def own(self) -> int:
        """How many stand where they have put themselves."""
        return self.companies - self.approved


def spread(standings: Iterable[Standing]) -> Spread:
    """Where companies stand, as far as it can be told of all of them."""
    known = list(standings)
    approved = sum(one.is_approved for one in known)
    bands = _bands(Counter(one.level for one in known))
    return Spread(len(known), approved, bands if len(bands) > 1 else ())


def _bands(counts: Counter[int | None]) -> tuple[Band, ...]:
    """Groups of ``MIN_GROUP`` and more, as small as they can be from the bottom up."""
    steps: list[int | None] = [None, *range(_TOP + 1)] if counts[None] else list(range(_TOP + 1))
    groups: list[list[int | None]] = [[]]
    for at, step in enumerate(steps):
        groups[-1].append(step)
        here = sum(counts[one] for one in groups[-1])
        ahead = sum(counts[one] for one in steps[at + 1 :])
        if here >= MIN_GROUP and ahead >= MIN_GROUP:
            groups.append([])
    return tuple(_band(group, counts) for group in groups)


def _band(group: list[int | None], counts: Counter[int | None]) -> Band:
    levels = [one for one in group if one is not None]
    return Band(
        low=min(levels, default=None),
        high=max(levels, default=None),
        has_none=None in group,
        count=sum(counts[one] for one in group),
    )
