"""The shipped example companies: the authors' test bench."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from questionnaires.yamlfile import read_yaml


@dataclass(frozen=True, slots=True)
class Example:
    """One company's answers to one questionnaire, and the level it is expected to reach by version."""

    company: str
    answers: Path
    expected: dict[str, Any]


def examples_of(folder: Path, questionnaire: str) -> Iterator[Example]:
    """Every example company that answers a questionnaire, by name; without expectations when their file cannot be read."""
    for path in sorted((folder / "examples").glob(f"*/{questionnaire}.json")):
        expected = read_yaml(path.parent / "expected.yaml", f"{path.parent.name}/expected.yaml").content or {}
        yield Example(path.parent.name, path, expected.get(questionnaire, {}))
