"""Data flows up and imports point down; the contracts stand in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_import_contracts_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"

    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout


def test_help_needs_nothing_but_the_standard_library() -> None:
    program = (
        "import sys; from webapp.cli.main import build_parser; build_parser().format_help(); "
        "print([m for m in sys.modules if m.partition('.')[0] in "
        "('pydantic', 'ruamel', 'lark', 'questionnaires', 'assessment', 'reports', 'stdnum')])"
    )

    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "[]"
