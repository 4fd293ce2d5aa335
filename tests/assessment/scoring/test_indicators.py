"""The measured quantities, against figures worked by hand (docs/indicators.md)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from assessment.scoring.indicators import compute_indicator
from assessment.scoring.levels import rounded
from questionnaires.scheme import Indicator

INFLOW_COLUMNS = ("reused_pct", "recycled_pct", "renewable_pct")
OUTFLOW_COLUMNS = ("recovery_potential_pct", "actual_recovery_pct")

# 100 t (10, 20, 0 %), 50 t (0, 0, 0 %), 50 t (0, 60, 40 %)
INFLOW = tuple(
    dict(zip(("mass_tonnes", *INFLOW_COLUMNS), map(Decimal, row), strict=True))
    for row in ((100, 10, 20, 0), (50, 0, 0, 0), (50, 0, 60, 40))
)
# 120 t (90, 50 %), 60 t (40, 25 %)
OUTFLOW = tuple(
    dict(zip(("mass_tonnes", *OUTFLOW_COLUMNS), map(Decimal, row), strict=True))
    for row in ((120, 90, 50), (60, 40, 25))
)
TABLES: dict[str, Any] = {"t.in": INFLOW, "t.out": OUTFLOW, "t.revenue": Decimal(20_000_000)}


def _indicator(id_: str, formula: Any, inputs: tuple[str, ...], *columns: str, **more: Any) -> Indicator:
    mass = None if formula == "answer" else "mass_tonnes"
    return Indicator(
        id=id_, formula=formula, inputs=inputs, mass=mass, columns=columns, unit="%", source="test", **more
    )


F1 = _indicator("F1", "weighted_share", ("t.in",), *INFLOW_COLUMNS)
F1A = _indicator("F1a", "weighted_share", ("t.in",), "reused_pct", "recycled_pct")
F1B = _indicator("F1b", "weighted_share", ("t.in",), "renewable_pct")
F2 = _indicator("F2", "weighted_share", ("t.out",), "recovery_potential_pct")
F3 = _indicator("F3", "weighted_share", ("t.out",), "actual_recovery_pct")
F3C = _indicator("F3c", "weighted_product", ("t.out",), *OUTFLOW_COLUMNS)
F9 = _indicator(
    "F9", "material_circularity", ("t.in", "t.out"), *INFLOW_COLUMNS, outflow_columns=OUTFLOW_COLUMNS
)
F10 = _indicator("F10", "productivity", ("t.in", "t.revenue"), *INFLOW_COLUMNS)
F4 = _indicator("F4", "answer", ("t.diversion",))


@pytest.mark.parametrize(
    ("indicator", "exact", "display"),
    [
        (F1, "40", "40.0"),  # (100*30 + 0 + 50*100) / 200
        (F1A, "30", "30.0"),  # (100*30 + 50*60) / 200
        (F1B, "10", "10.0"),  # (50*40) / 200
        (F2, "220/3", "73.3"),  # (120*90 + 60*40) / 180
        (F3, "125/3", "41.7"),  # (120*50 + 60*25) / 180
        (F3C, "100/3", "33.3"),  # (120*0.45 + 60*0.10) / 180
        (F9, "700/19", "36.8"),  # (80 + 60) / 380
        (F10, "500000/3", "166666.7"),  # 20 000 000 / 120
    ],
    ids=lambda value: value.id if isinstance(value, Indicator) else str(value),
)
def test_the_tables_give_the_figures_worked_by_hand(indicator: Indicator, exact: str, display: str) -> None:
    found = compute_indicator(indicator, TABLES)

    assert found.value == Fraction(exact)
    assert rounded(Fraction(exact), 1) == display
    assert found.missing == ()


@pytest.mark.parametrize(
    ("answer", "display"),
    [("70", "70.0"), ("20", "20.0"), ("25", "25.0")],  # 84/120, 300/1500, 60/240
    ids=["diversion", "water", "fossil energy"],
)
def test_an_answered_share_is_the_figure_itself(answer: str, display: str) -> None:
    found = compute_indicator(F4, {"t.diversion": Decimal(answer)})

    assert found.value is not None
    assert rounded(found.value, 1) == display


def test_one_actual_figure_left_out_takes_away_f3_and_f9_but_not_f2() -> None:
    without = ({k: v for k, v in OUTFLOW[0].items() if k != "actual_recovery_pct"}, OUTFLOW[1])
    tables = {**TABLES, "t.out": without}

    found = {i.id: compute_indicator(i, tables) for i in (F2, F3, F9)}

    assert found["F2"].value == Fraction(220, 3)
    assert found["F3"].value is None
    assert found["F3"].missing == ("t.out[0].actual_recovery_pct",)
    assert found["F9"].value is None
    assert found["F9"].missing == ("t.out[0].actual_recovery_pct",)


def test_an_empty_table_is_missing() -> None:
    found = compute_indicator(F9, {"t.in": INFLOW})

    assert found.value is None
    assert found.missing == ("t.out",)


def test_productivity_without_linear_inflow_has_no_figure_and_lacks_nothing() -> None:
    circular = (
        {
            "mass_tonnes": Decimal(5),
            "reused_pct": Decimal(100),
            "recycled_pct": Decimal(0),
            "renewable_pct": Decimal(0),
        },
    )

    found = compute_indicator(F10, {"t.in": circular, "t.revenue": Decimal(1)})

    assert found.value is None
    assert found.missing == ()
