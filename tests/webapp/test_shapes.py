"""The check of contracts finds what does not fit: otherwise every test with it would pass."""

from __future__ import annotations

from typing import Any

import pytest

from tests.webapp.shapes import EXACT, PROBLEM, misfits


@pytest.mark.parametrize(
    ("value", "shape", "found"),
    [
        ({"a": 1}, {"a": int}, 0),
        ({"a": 1, "b": 2}, {"a": int}, 1),
        ({}, {"a": int}, 1),
        ({"a": True}, {"a": int}, 1),
        ([1, "x", 2.5], [int], 2),
        ("x", [str], 1),
        ("27/10", EXACT, 0),
        ("2.7", EXACT, 1),
        (None, (EXACT, None), 0),
        (3, (EXACT, None), 1),
        (True, {1, 2}, 1),
        ({"path": "", "line": None, "message": "m", "allowed": ""}, PROBLEM, 0),
        ({"path": "", "line": "1", "message": "m", "allowed": ""}, PROBLEM, 1),
    ],
    ids=str,
)
def test_what_does_not_fit_is_found(value: Any, shape: Any, found: int) -> None:
    assert len(misfits(value, shape)) == found
