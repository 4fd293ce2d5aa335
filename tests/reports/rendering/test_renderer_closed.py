"""The renderer opens no connection and no file outside its own fonts and styles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.reports.making import ROOT


@pytest.fixture(scope="module")
def tried() -> dict[str, Any]:
    """What came of every page and stylesheet, tried in a process where sockets work."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.reports.closed"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr.decode()[-2000:]
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_no_page_and_no_stylesheet_reaches_the_listener(tried: dict[str, Any]) -> None:
    assert tried["connections"] == 0


def test_nothing_of_the_canary_file_gets_into_a_pdf(tried: dict[str, Any]) -> None:
    assert [name for name, outcome in tried["outcomes"].items() if outcome == "leaked"] == []


def test_what_reaches_out_is_refused_or_left_out(tried: dict[str, Any]) -> None:
    assert set(tried["outcomes"].values()) <= {"refused", "without it"}
    assert tried["outcomes"]["page: image of a server"] == "refused"
    assert tried["outcomes"]["sheet: import of a file"] == "refused"
    assert len(tried["outcomes"]) == 50
