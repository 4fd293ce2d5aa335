"""The project speaks only of itself, and what is locked is locked without addresses."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".md", ".toml", ".yaml", ".json", ".lock", ".txt", ""}


def _tracked() -> list[Path]:
    found = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    paths = [ROOT / name for name in found.splitlines()]
    return [path for path in paths if path.suffix in TEXT and path.is_file() and path.name != "LICENSE"]


FORBIDDEN = {
    "a path of a machine": re.compile(r"/(?:home|root|work|Users)/[a-z]"),
    "an address of a package index": re.compile(
        r"https?://[^ ]*(?:/simple|pypi\.|pythonhosted|registry\.npm)"
    ),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_committed_file_holds(what: str) -> None:
    own = Path(__file__)
    holders = [
        str(path.relative_to(ROOT))
        for path in _tracked()
        if path != own and FORBIDDEN[what].search(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert holders == []


def test_every_locked_package_has_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][a-z0-9.-]*==", lock, re.MULTILINE)
    hashed = re.findall(r"^[a-z0-9][a-z0-9.-]*==[^\n]*\\\n\s+--hash=sha256:", lock, re.MULTILINE)

    assert len(packages) == len(hashed) > 10


def test_every_decision_says_context_decision_alternatives_and_consequences() -> None:
    for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        text = path.read_text(encoding="utf-8")
        missing = [
            h for h in ("Context", "Decision", "Alternatives", "Consequences") if f"## {h}" not in text
        ]

        assert missing == [], path.name
