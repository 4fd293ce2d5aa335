"""Every worked example of the scoring rules, to the last digit."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.scoring.dimensions import Cap, score_dimension, tally
from assessment.scoring.engine import DimensionInput, score_engine_1
from tests.assessment.scoring.worked import counted, gates, worked_cases


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [
            {"rule": cap.rule, "max_level": cap.max_level} if isinstance(cap, Cap) else cap for cap in value
        ]
    return value if value is None or isinstance(value, int | str) else str(value)


@pytest.mark.parametrize("case", worked_cases("dimension"), ids=lambda case: case["case"])
def test_a_dimension_scores_as_worked_by_hand(case: dict[str, Any]) -> None:
    result = score_dimension(tally(counted(case["questions"])), gates(case.get("gates", [])))

    assert {name: _plain(getattr(result, name)) for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize("case", worked_cases("overall"), ids=lambda case: case["case"])
def test_the_whole_scores_as_worked_by_hand(case: dict[str, Any]) -> None:
    inputs = [
        DimensionInput(row["id"], row["weight"], row["core"], counted(row["questions"]))
        for row in case["dimensions"]
    ]

    overall = score_engine_1(inputs).overall

    assert {name: _plain(getattr(overall, name)) for name in case["expect"]} == case["expect"]
