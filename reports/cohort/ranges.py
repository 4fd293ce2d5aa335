"""Boxes without whiskers, and intervals, on a line: places as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.scoring.levels import rounded
from reports.cohort.bars import LEFT, PLOT, WIDTH, label_lines

ROW = 25
HEAD = 24
_INSET = 20
_LABEL_CHARACTERS = 28


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the chart with its figure above. ``is_zero``: where two groups are alike."""

    x: str
    label: str
    is_zero: bool


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One line: a box or an interval from ``x`` over ``width``; None where there is none."""

    label: tuple[str, ...]
    y: int
    x: str | None
    width: str | None
    inner: str | None
    dot: str | None
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Ranges:
    """A whole chart. ``title`` and ``description``: for those who do not see it."""

    id: str
    title: str
    description: str
    height: int
    ticks: tuple[Tick, ...]
    rows: tuple[RangeRow, ...]
    width: int = WIDTH
    left: int = LEFT
    plot: int = PLOT
    top: int = HEAD


@dataclass(frozen=True, slots=True)
class Ranged:
    """What one row shows. ``inner``: a line within the box; ``dot``: a mark of its own."""

    label: str
    low: Fraction | None = None
    high: Fraction | None = None
    inner: Fraction | None = None
    dot: Fraction | None = None
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """Values with their figures, from one end of the line to the other, evenly apart."""

    values: Sequence[int]
    labels: Sequence[str]
    zero: int | None = None

    def at(self, value: Fraction) -> str:
        """Where a value stands."""
        first, last = self.values[0], self.values[-1]
        return rounded(LEFT + _INSET + (value - first) * self._length / (last - first), 1)

    def over(self, low: Fraction, high: Fraction) -> str:
        """How long it is from one value to another."""
        return rounded((high - low) * self._length / (self.values[-1] - self.values[0]), 1)

    @property
    def _length(self) -> int:
        return PLOT - 2 * _INSET


def draw(id_: str, title: str, description: str, axis: Axis, ranged: Iterable[Ranged]) -> Ranges:
    """A chart with one row for each thing that has a range."""
    rows = tuple(_row(one, at, axis) for at, one in enumerate(ranged))
    ticks = tuple(
        Tick(axis.at(Fraction(value)), label, value == axis.zero)
        for value, label in zip(axis.values, axis.labels, strict=True)
    )
    return Ranges(id_, title, description, HEAD + ROW * len(rows) + 2, ticks, rows)


def _row(one: Ranged, at: int, axis: Axis) -> RangeRow:
    has_range = one.low is not None and one.high is not None
    return RangeRow(
        label=label_lines(one.label, _LABEL_CHARACTERS),
        y=HEAD + ROW * at + ROW // 2,
        x=axis.at(one.low) if has_range and one.low is not None else None,
        width=axis.over(one.low, one.high) if one.low is not None and one.high is not None else None,
        inner=None if one.inner is None else axis.at(one.inner),
        dot=None if one.dot is None else axis.at(one.dot),
        is_strong=one.is_strong,
    )
