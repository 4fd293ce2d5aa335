"""The same answers give the same bytes whatever the hash seed, time zone and locale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(str(path) for path in (ROOT / "questionnaires" / "examples").glob("*/*.json"))


def _score(**surroundings: str) -> bytes:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings}
    command = [sys.executable, "-m", "webapp.cli.main", "score", *EXAMPLES]
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def usual() -> bytes:
    return _score(PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4294967295"},
        {"TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "nb_NO.UTF-8", "LANG": "nb_NO.UTF-8"},
        {"LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
    ],
    ids=str,
)
def test_scores_agree_to_the_last_digit(usual: bytes, surroundings: dict[str, str]) -> None:
    assert _score(**surroundings) == usual


def test_every_example_was_scored(usual: bytes) -> None:
    assert len(usual.splitlines()) == len(EXAMPLES) == 14
