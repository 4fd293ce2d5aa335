"""The command line on a catalogue of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.answers_broken.workshop import GOOD, good_text, write_shop
from tests.webapp import kinds
from webapp.cli.main import main
from webapp.evidence.inspection import inspect_file
from webapp.evidence.judging import judge_limited
from webapp.services import evidence

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """What a command left behind."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """What came on standard output, which is UTF-8 always."""
        return self.out.decode("utf-8")

    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.text)

    def lines(self) -> list[Any]:
        """Standard output as one JSON value a line."""
        return [json.loads(line) for line in self.text.splitlines()]


Kretslop: TypeAlias = Callable[..., Run]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of a module that makes installations runs on both kinds of database."""
    makes_sites = kinds.makes_sites(metafunc.module)
    has_its_own = hasattr(metafunc.module, "database_kind") or any(
        "database_kind" in mark.args[0]
        for mark in metafunc.definition.iter_markers("parametrize")
        if isinstance(mark.args[0], str)
    )
    if makes_sites and not has_its_own and "database_kind" in metafunc.fixturenames:
        metafunc.parametrize("database_kind", kinds.KINDS, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the two databases, pages are on the one whose turn it is."""
    waiting = kinds.waiting_in({item.nodeid: _kind_of(item) for item in items})
    if waiting:
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in waiting])
        items[:] = [item for item in items if item.nodeid not in waiting]


def _kind_of(item: pytest.Item) -> str | None:
    called = getattr(item, "callspec", None)
    return called.params.get("database_kind") if called else None


@pytest.fixture(autouse=True)
def database_kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """The kind of database a test runs on."""
    kind = getattr(request, "param", "sqlite")
    kinds.choose(kind)
    yield kind
    kinds.close_all()
    kinds.choose("sqlite")


@pytest.fixture(scope="session", autouse=True)
def files_are_judged_once() -> Iterator[None]:
    """Each file that comes in is judged by a process of its own; the same bytes are judged alike next time.

    Only for those who upload by the use case: what judges, and what limits it, has tests of its own.
    """
    remembering = partial(inspect_file, judge=cache(judge_limited))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence, "inspect_file", remembering)
        yield


@pytest.fixture
def kretslop(capsysbinary: pytest.CaptureFixture[bytes]) -> Kretslop:
    """Carry out one command in this process."""

    def carry_out(*arguments: str | Path) -> Run:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsysbinary.readouterr()
        return Run(code, out, err.decode("utf-8"))

    return carry_out


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A folder for ``--definitions``: the bicycle shop as a draft, nothing published."""
    root = tmp_path / "catalogue"
    write_shop(root)
    return root


@pytest.fixture
def draft(catalogue: Path) -> Path:
    """The folder of the draft."""
    return catalogue / "definitions" / "bicycle_shop" / "1.0.0-draft"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """The good answer file, by itself."""
    file = tmp_path / "good.json"
    shutil.copy(GOOD, file)
    return file


def answer_file(folder: Path, name: str, changes: Iterable[tuple[str, str]] = ()) -> Path:
    """The good answer file with some texts replaced."""
    text = good_text()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def program(*arguments: str | bytes | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Carry out one command in a process of its own."""
    command = [sys.executable, "-m", "webapp.cli.main", *map(os.fspath, arguments)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, env=surroundings, capture_output=True, check=False, timeout=60)
