"""Measured quantities (F1-F10) from table rows and answered numbers, exact.

Masses in tonnes of one reporting year, shares in per cent. Absent input or a zero denominator
gives no figure, and the parts that are lacking are named.
Source: docs/indicators.md (after CTI and, read second-hand, ISO 59020:2024).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from assessment.answers import AnswerValue, Row
from questionnaires.scheme import Indicator, IndicatorFormula

MICRO = 10**6
HUNDRED = 100 * MICRO
"""Figures are summed as whole millionths, so that a formula makes one fraction."""

Table: TypeAlias = tuple[Row, ...]
Inputs: TypeAlias = Mapping[str, AnswerValue]
"""Values of answered questions by id."""


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One figure, or what it lacks: question ids, or ``<question>[row].<column>``.

    No figure although nothing is lacking: its denominator is zero.
    """

    id: str
    unit: str
    value: Fraction | None
    missing: tuple[str, ...] = ()


def compute_indicator(indicator: Indicator, inputs: Inputs) -> IndicatorValue:
    """The figure of one indicator; None when something is missing, or would be divided by zero."""
    lacking = missing_inputs(indicator, inputs)
    value = None if lacking else FORMULAS[indicator.formula](indicator, inputs)
    return IndicatorValue(indicator.id, indicator.unit, value, lacking)


def missing_inputs(indicator: Indicator, inputs: Inputs) -> tuple[str, ...]:
    """Questions without an answer, and cells without a figure, that the formula needs."""
    found: list[str] = []
    for at, question in enumerate(indicator.inputs):
        value = inputs.get(question)
        if value is None or value == ():
            found.append(question)
        elif isinstance(value, tuple):
            shares = indicator.columns if at == 0 else indicator.outflow_columns
            columns = (indicator.mass, *shares)
            rows = enumerate(value)
            found += [f"{question}[{row}].{c}" for row, cells in rows for c in columns if c not in cells]
    return tuple(found)


def weighted_share(indicator: Indicator, inputs: Inputs) -> Fraction | None:
    """100 x sum(mass x sum of shares) / sum(mass), in per cent (F1, F1a, F1b, F2, F3).

    Source: CTI (WBCSD) % inflow; docs/indicators.md F1-F3.
    """
    rows = _rows(inputs, indicator.inputs[0])
    return Fraction(_share_mass(rows, indicator), MICRO * _mass(rows, indicator))


def weighted_product(indicator: Indicator, inputs: Inputs) -> Fraction | None:
    """100 x sum(mass x first share x second share) / sum(mass), in per cent (F3c).

    Source: CTI (WBCSD): recovery potential times actual recovery; docs/indicators.md F3c.
    """
    rows = _rows(inputs, indicator.inputs[0])
    product = _product_mass(rows, indicator, indicator.columns)
    return Fraction(product, MICRO * HUNDRED * _mass(rows, indicator))


def material_circularity(indicator: Indicator, inputs: Inputs) -> Fraction | None:
    """The share of all mass in and out that is circular, in per cent (F9).

    Source: CTI (WBCSD) % material circularity; docs/indicators.md F9.
    """
    inflow, outflow = (_rows(inputs, id_) for id_ in indicator.inputs)
    circular_in = _share_mass(inflow, indicator) * HUNDRED
    circular_out = _product_mass(outflow, indicator, indicator.outflow_columns)
    mass = _mass(inflow, indicator) + _mass(outflow, indicator)
    return Fraction(circular_in + circular_out, MICRO * HUNDRED * mass)


def productivity(indicator: Indicator, inputs: Inputs) -> Fraction | None:
    """Revenue over linear inflow, NOK per tonne (F10); None when nothing of the inflow is linear.

    Source: ISO 59020:2024 A.6.2 (inspired by); docs/indicators.md F10.
    """
    rows = _rows(inputs, indicator.inputs[0])
    linear = HUNDRED * _mass(rows, indicator) - _share_mass(rows, indicator)
    revenue = _micro(inputs[indicator.inputs[1]])
    return Fraction(revenue * HUNDRED, linear) if linear else None


def answer(indicator: Indicator, inputs: Inputs) -> Fraction | None:
    """The answered number itself (F4-F8).

    Source: docs/indicators.md F4-F8: the company works these out and answers them.
    """
    return Fraction(_micro(inputs[indicator.inputs[0]]), MICRO)


Formula: TypeAlias = Callable[[Indicator, Inputs], Fraction | None]

FORMULAS: dict[IndicatorFormula, Formula] = {
    "answer": answer,
    "weighted_share": weighted_share,
    "weighted_product": weighted_product,
    "material_circularity": material_circularity,
    "productivity": productivity,
}
"""Every formula a definition may name; called only when nothing is missing."""


def total_mass(rows: Table, column: str) -> Fraction | None:
    """The tonnes of a table, or None when a row lacks its mass."""
    if not rows or any(column not in row for row in rows):
        return None
    return Fraction(sum(_micro(row[column]) for row in rows), MICRO)


def _rows(inputs: Inputs, question: str) -> Table:
    return inputs[question]  # type: ignore[return-value]  # checked: the formula takes a table


def _mass(rows: Table, indicator: Indicator) -> int:
    """Total mass, in millionths of a tonne."""
    return sum(_micro(row[indicator.mass or ""]) for row in rows)


def _share_mass(rows: Table, indicator: Indicator) -> int:
    """Sum of mass times the sum of its shares, in millionths of a tonne times millionths of a per cent."""
    columns = indicator.columns
    return sum(_micro(r[indicator.mass or ""]) * sum(_micro(r[column]) for column in columns) for r in rows)


def _product_mass(rows: Table, indicator: Indicator, columns: tuple[str, ...]) -> int:
    """Sum of mass times both shares, each in millionths."""
    first, second = columns
    return sum(_micro(r[indicator.mass or ""]) * _micro(r[first]) * _micro(r[second]) for r in rows)


@lru_cache(maxsize=4096)
def _micro(value: object) -> int:
    """A figure in whole millionths; the reader lets no more than six decimals through."""
    assert isinstance(value, Decimal)
    scaled = value.scaleb(6)
    assert scaled == int(scaled)
    return int(scaled)
