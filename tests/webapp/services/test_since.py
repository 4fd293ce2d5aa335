"""What changed since the round before: level and dimensions, up and down."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from webapp.services.since import Outcome, Way, outcome, since


def made(level: int | None, **dimensions: int | None) -> Outcome:
    return Outcome(level, Fraction(1), dimensions, {})


def compared(now: Outcome, before: Outcome) -> Any:
    return since(now, before, period="2024", is_same_scale=True, is_approved=False)


def test_what_a_list_needs_is_read_from_a_stored_result() -> None:
    questions = [{"id": "strategy.ambition", "state": "answered"}]
    stored = {
        "overall": {"level": 2, "coverage": "191/200"},
        "dimensions": [
            {"id": "strategy", "level": 3, "questions": questions},
            {"id": "design", "level": None, "questions": []},
        ],
    }

    assert outcome(json.dumps(stored)) == Outcome(
        2, Fraction(191, 200), {"strategy": 3, "design": None}, {"strategy.ambition": "answered"}
    )


def test_dimensions_are_counted_up_and_down() -> None:
    before = made(2, strategy=1, design=2, inputs=3, use=None, gone=4)
    now = made(3, strategy=2, design=4, inputs=1, use=2, new=4)

    found = compared(now, before)

    # strategy and design rose, inputs fell; use had no level before, gone and new stand on one side alone
    assert (found.before, found.way, found.up, found.down) == (2, "up", 2, 1)


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [(1, 2, "up"), (3, 1, "down"), (2, 2, "same"), (None, 2, "unknown"), (2, None, "unknown")],
)
def test_the_way_of_the_level(before: int | None, after: int | None, way: Way) -> None:
    assert compared(made(after), made(before)).way == way
