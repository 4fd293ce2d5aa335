"""Charts as values: every place already worked out in whole tenths of a unit, every figure a text.

A chart is drawn by a template of its own. Nothing here knows a colour; what a mark means is said
by its shape, so that a printer without colours loses nothing.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from assessment.scoring.levels import ResultStatus, rounded

TOP = 4
LEVELS = range(TOP + 1)
THRESHOLDS = tuple(Fraction(2 * level - 1, 2) for level in range(1, TOP + 1))
"""Where the levels 1 to 4 begin on the scale 0..4: a score is rounded to the nearest, halves up."""

Mark: TypeAlias = Literal["full", "open", "none"]
"""A filled dot, a ring (provisional), or no dot at all."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale 0..4 laid on a line from ``left`` over ``width`` units."""

    left: int
    width: int

    def at(self, score: Fraction) -> str:
        """Where a score stands, with one decimal."""
        return rounded(self.left + score * self.width / TOP, 1)


@dataclass(frozen=True, slots=True)
class Band:
    """One level's part of the scale. ``middle``: where its number stands."""

    level: int
    x: str
    width: str
    middle: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart: what it is called, where its marks stand, what is written beside it.

    ``length``: of the bar from 0 to the score. ``low`` and ``high``: the ends of the range; None
    without one. ``cap``: where a ceiling holds the level. ``before``: where the score stood last time.
    """

    label: tuple[str, ...]
    y: int
    mark: Mark
    x: str | None
    length: str | None
    low: str | None
    high: str | None
    cap: str | None
    before: str | None
    figure: str
    level: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole chart. ``title`` and ``description``: what it shows, for those who do not see it.

    ``left`` and ``plot``: where the scale begins, and how long it is.
    """

    id: str
    title: str
    description: str
    width: int
    height: int
    left: int
    plot: int
    bands: tuple[Band, ...]
    rows: tuple[Row, ...]
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Plotted:
    """What one row shows. ``score`` None: no dot."""

    label: str
    status: ResultStatus
    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    cap: int | None
    figure: str
    level: str
    before: Fraction | None = None
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures of a chart in units of a quarter of a millimetre. ``lift``: marks above the row's middle."""

    width: int = 680
    left: int = 246
    plot: int = 300
    row: int = 26
    head: int = 24
    label_chars: int = 38
    lift: int = 0


WIDE = Layout()
"""The profile: labels to the left, figures to the right."""

STRIP = Layout(width=680, left=0, plot=680, row=40, head=0, label_chars=0, lift=6)
"""One bar over the whole width."""


def draw(id_: str, title: str, description: str, plotted: list[Plotted], layout: Layout = WIDE) -> Chart:
    """A chart with one row for each thing plotted."""
    scale = Scale(layout.left, layout.plot)
    rows = tuple(_row(item, at, scale, layout) for at, item in enumerate(plotted))
    bottom = layout.head + layout.row * len(rows)
    return Chart(
        id=id_,
        title=title,
        description=description,
        width=layout.width,
        height=bottom + 2,
        left=layout.left,
        plot=layout.plot,
        bands=bands(scale),
        rows=rows,
        top=layout.head,
        bottom=bottom,
    )


def bands(scale: Scale) -> tuple[Band, ...]:
    """The five levels' parts of the scale."""
    edges = (Fraction(0), *THRESHOLDS, Fraction(TOP))
    return tuple(
        Band(
            level=level,
            x=scale.at(edges[level]),
            width=rounded((edges[level + 1] - edges[level]) * scale.width / TOP, 1),
            middle=scale.at((edges[level] + edges[level + 1]) / 2),
        )
        for level in LEVELS
    )


def _row(item: Plotted, at: int, scale: Scale, layout: Layout) -> Row:
    spread = item.low is not None and item.high is not None and item.low < item.high
    return Row(
        label=_label(item.label, layout.label_chars),
        y=layout.head + layout.row * at + layout.row // 2 - layout.lift,
        mark=_mark(item),
        x=None if item.score is None else scale.at(item.score),
        length=None if item.score is None else rounded(item.score * scale.width / TOP, 1),
        low=scale.at(item.low) if spread and item.low is not None else None,
        high=scale.at(item.high) if spread and item.high is not None else None,
        cap=None if item.cap is None or item.cap >= TOP else scale.at(THRESHOLDS[item.cap]),
        before=None if item.before is None else scale.at(item.before),
        figure=item.figure,
        level=item.level,
        is_strong=item.is_strong,
    )


def _mark(item: Plotted) -> Mark:
    if item.score is None or item.status in ("withheld", "not_applicable"):
        return "none"
    return "open" if item.status == "provisional" else "full"


def _label(text: str, characters: int) -> tuple[str, ...]:
    """A label on at most two lines; what does not fit is in the table beside the chart."""
    if not characters:
        return ()
    return tuple(textwrap.wrap(text, characters, max_lines=2, placeholder=" …", break_long_words=True))
