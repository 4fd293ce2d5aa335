"""What is told of a cohort: values for pages and papers, with nothing in them that may not be seen."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assessment.scoring.levels import percent_in_fives


@dataclass(frozen=True, slots=True)
class Row:
    """Owners with one of these names on the table's axis (none: all owners), by group of steps.

    A row of several names is of all that are not told alone; the empty name is "unknown".
    """

    names: tuple[str, ...]
    counts: tuple[int, ...]

    @property
    def owners(self) -> int:
        """How many are counted in it."""
        return sum(self.counts)

    @property
    def percents(self) -> tuple[int, ...]:
        """The shares in percent, to the nearest five, so they need not add up to 100."""
        return tuple(percent_in_fives(Fraction(count, self.owners)) for count in self.counts)


@dataclass(frozen=True, slots=True)
class Box:
    """The middle half, estimated from the told groups: score 0..4 with one decimal."""

    low: str
    median: str
    high: str


@dataclass(frozen=True, slots=True)
class ToldTable:
    """One table of the layout. Without rows it is not told: nobody stands there, or too few, or too alike.

    ``attribute``, ``axis``: ids of the layout. ``groups``: names of steps that are told together.
    ``mean``: score 0..4 with one decimal, of those who have a level; told or not without regard to the rows.
    """

    id: str
    attribute: str
    axis: str | None
    groups: tuple[tuple[str, ...], ...] = ()
    rows: tuple[Row, ...] = ()
    mean: str | None = None
    box: Box | None = None

    @property
    def is_told(self) -> bool:
        """Whether it has counts."""
        return bool(self.rows)
