"""The shipped example companies: the authors' test bench."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from questionnaires.yamlfile import read_yaml


@dataclass(frozen=True, slots=True)
class Example:
    """One company's answers to one questionnaire, and what was worked by hand, by version."""

    company: str
    answers: Path
    expected: Any

    def level(self, version: str) -> Any:
        """The overall level worked by hand; None when it is withheld, or nobody worked it out."""
        found = self.expected
        for key in (version, "overall", "level"):
            found = found.get(key) if isinstance(found, dict) else None
        return found


def examples_of(folder: Path, questionnaire: str) -> Iterator[Example]:
    """Every example company that answers a questionnaire, by name; unreadable expectations are empty."""
    for path in sorted((folder / "examples").glob(f"*/{questionnaire}.json")):
        expected = read_yaml(path.parent / "expected.yaml", f"{path.parent.name}/expected.yaml").content
        yield Example(
            path.parent.name, path, expected.get(questionnaire) if isinstance(expected, dict) else None
        )
