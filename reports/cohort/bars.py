"""Bars as values: how companies are spread over steps, every place worked out in whole tenths of a unit.

A bar is as long as the told counts say, which stand in a table beside it. Which step a piece is, is
written in it; its shade only helps.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessment.scoring.levels import rounded

WIDTH = 680
LEFT = 206
PLOT = 474
ROW = 28
SHADES = 5
"""How many shades there are, 0 the lightest."""

_LABEL_CHARACTERS = 28
_CHARACTER = Fraction(7)
"""How wide a character of a piece's text is, at most, as all lengths here in a quarter of a millimetre."""
_MARGIN = 8
_FIGURE_ROOM = 84
"""What a bar by itself leaves free for the figure after it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a bar. ``text``: what stands in it, empty where there is no room."""

    x: str
    width: str
    middle: str
    shade: int
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the chart. ``label``: at most two lines; ``figure``: after the bar, at ``end``."""

    label: tuple[str, ...]
    y: int
    pieces: tuple[Piece, ...]
    end: str
    figure: str
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """A whole chart. ``title`` and ``description``: for those who do not see it."""

    id: str
    title: str
    description: str
    height: int
    bars: tuple[Bar, ...]
    width: int = WIDTH
    left: int = LEFT
    plot: int = PLOT


@dataclass(frozen=True, slots=True)
class Part:
    """What a piece shows. ``texts``: what can stand in it, the longest first; ``shade``: 0..4."""

    count: int
    shade: int
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plotted:
    """What one bar shows: its parts of so many in all. ``figure``: written after it."""

    label: str
    parts: tuple[Part, ...]
    total: int
    figure: str = ""
    is_strong: bool = False


def draw(id_: str, title: str, description: str, plotted: Iterable[Plotted]) -> Bars:
    """A chart with one bar for each thing plotted."""
    bars = tuple(_bar(one, at) for at, one in enumerate(plotted))
    return Bars(id_, title, description, ROW * len(bars) + 2, bars)


def _bar(plotted: Plotted, at: int) -> Bar:
    plot = PLOT - (_FIGURE_ROOM if plotted.figure else 0)
    x, pieces = Fraction(LEFT), []
    for part in plotted.parts:
        length = Fraction(part.count * plot, plotted.total)
        pieces.append(_piece(part, x, length))
        x += length
    return Bar(
        label=label_lines(plotted.label, _LABEL_CHARACTERS),
        y=ROW * at + ROW // 2,
        pieces=tuple(pieces),
        end=rounded(x + _MARGIN, 1),
        figure=plotted.figure,
        is_strong=plotted.is_strong,
    )


def _piece(part: Part, x: Fraction, length: Fraction) -> Piece:
    room = (length - _MARGIN) / _CHARACTER
    text = next((text for text in part.texts if len(text) <= room), "")
    width = max(length - 2, Fraction(1))  # two units of paper between two pieces
    return Piece(rounded(x, 1), rounded(width, 1), rounded(x + length / 2, 1), part.shade, text)


def label_lines(text: str, characters: int) -> tuple[str, ...]:
    """A label on at most two lines; what does not fit is in the table beside the chart."""
    return tuple(textwrap.wrap(text, characters, max_lines=2, placeholder=" …", break_long_words=True))
