"""Fixtures: the good definition of tests/definitions_broken, as a folder to break and checked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from questionnaires.errors import DefinitionError, Problem
from questionnaires.loader import load_folder
from questionnaires.model import Questionnaire

GOOD = Path(__file__).parents[1] / "definitions_broken" / "good" / "tea_house" / "1.0.0-draft"

Edit = Callable[[str, str, str], None]
Problems = Callable[[], list[Problem]]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the cache of the user."""
    monkeypatch.setenv("KRETSLOP_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def tea_house() -> Questionnaire:
    """The good definition, checked."""
    return load_folder(GOOD)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the good definition that a test may break."""
    copy = tmp_path / "definitions" / "tea_house" / "1.0.0-draft"
    shutil.copytree(GOOD, copy)
    return copy


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replaces a text that stands once in a file of the copy."""

    def replace(file: str, old: str, new: str) -> None:
        path = folder / file
        before, after = path.read_text(encoding="utf-8").split(old)
        path.write_text(before + new + after, encoding="utf-8")

    return replace


@pytest.fixture
def problems(folder: Path) -> Problems:
    """What loading the copy complains about."""

    def load() -> list[Problem]:
        with pytest.raises(DefinitionError) as caught:
            load_folder(folder)
        return list(caught.value.problems)

    return load
