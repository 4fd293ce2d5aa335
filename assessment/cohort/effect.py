"""How companies that attended an activity moved between two rounds, beside those that did not.

Works on told counts alone, so it can give nothing away that they do not. It never says that an activity was
the cause: who attends has chosen to. Activities are not put in order of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from assessment.cohort.layout import ATTENDED, NOT_ATTENDED
from assessment.cohort.told import Row, ToldTable

_AXIS = "activity."
_Z = Fraction(196, 100)
"""How many standard errors 95 % of a normal distribution lie within, to either side."""

_DIGITS = 10**9


@dataclass(frozen=True, slots=True)
class Group:
    """Owners with two rounds. ``percent``: how many of them stand higher than before, to the nearest 5."""

    owners: int
    percent: int


@dataclass(frozen=True, slots=True)
class Effect:
    """Both groups, and by how many percentage points more of those who attended have moved up.

    ``least``, ``most``: the ends of the 95 % interval, outwards to whole points. It is about chance alone.
    ``is_causal``: never; said wherever the figures are.
    """

    activity: str
    attended: Group
    others: Group
    least: int
    most: int
    is_causal: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out that there is no difference."""
        return self.least > 0 or self.most < 0


def effects_of(tables: Iterable[ToldTable]) -> tuple[Effect, ...]:
    """The activities of a release that can be told of, in the order of its layout."""
    return tuple(_effect(table) for table in tables if table.is_told and (table.axis or "").startswith(_AXIS))


def _effect(table: ToldTable) -> Effect:
    rows = {row.names: row for row in table.rows}
    attended, others = rows[ATTENDED,], rows[NOT_ATTENDED,]
    up = next(at for at, group in enumerate(table.groups) if group == ("up",))
    least, most = difference(attended.counts[up], attended.owners, others.counts[up], others.owners)
    return Effect(
        activity=(table.axis or "").removeprefix(_AXIS),
        attended=_group(attended, up),
        others=_group(others, up),
        least=least,
        most=most,
    )


def _group(row: Row, up: int) -> Group:
    return Group(row.owners, row.percents[up])


def difference(first: int, of_first: int, second: int, of_second: int) -> tuple[int, int]:
    """The 95 % interval of a difference of two shares, in percentage points, outwards to whole ones.

    A success and a failure are added to each side. Source: Agresti and Caffo 2000, Simple and effective
    confidence intervals for proportions and differences of proportions result from adding two successes and
    two failures, The American Statistician 54(4), 280-288.
    """
    a, b = Fraction(first + 1, of_first + 2), Fraction(second + 1, of_second + 2)
    variance = a * (1 - a) / (of_first + 2) + b * (1 - b) / (of_second + 2)
    margin = _Z * _root_above(variance)
    return (100 * (a - b - margin)).__floor__(), (100 * (a - b + margin)).__ceil__()


def _root_above(value: Fraction) -> Fraction:
    """The square root, at most a billionth too large: rounded so that an interval is never too short."""
    return Fraction(isqrt(value.numerator * _DIGITS**2 // value.denominator) + 1, _DIGITS)
