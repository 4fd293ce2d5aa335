"""Reads the worked examples beside this file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assessment.scoring.dimensions import Cap, Counted

_STATES = {"A": "answered", "U": "unknown", "M": "missing", "N": "not_applicable"}


def worked_cases(group: str) -> list[Any]:
    """The cases of a group, each a mapping with ``case`` and ``expect``."""
    content = YAML(typ="safe").load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
    return list(content[group])


def counted(questions: list[list[Any]]) -> list[Counted]:
    """Questions in the short notation of the cases."""
    return [_counted(at, *question) for at, question in enumerate(questions)]


def gates(rows: list[dict[str, Any]]) -> list[Cap]:
    """The gates of a case that fire."""
    return [Cap("gate", row["max_level"], ("q0",)) for row in rows if row["fires"]]


def _counted(at: int, weight: int, state: str, score: int | None = None, doc: str | None = None) -> Counted:
    said = 0 if state == "U" else score
    return Counted(f"q{at}", weight, _STATES[state], said, documented=doc == "doc")  # type: ignore[arg-type]
