"""Before it serves, `kretslop serve` sees that it can; what stands in its way is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.webapp.browser.serving import free_port
from tests.webapp.conftest import Kretslop
from webapp.db import engine

pytestmark = pytest.mark.usefixtures("loopback")


@pytest.mark.parametrize(
    "place",
    ["sqlite:////nowhere/at/all/kretslop.db", "postgresql+psycopg://nobody@/nothing?host=/nowhere"],
)
def test_a_database_that_is_not_there_is_named(
    kretslop: Kretslop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str
) -> None:
    monkeypatch.setenv("KRETSLOP_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("KRETSLOP_DATABASE_URL", place)

    run = kretslop("serve", "--port", str(free_port()))

    assert (run.code, run.text) == (1, "")
    assert run.err == (
        "The database could not be used. Is it there, and of this version? Run: kretslop db upgrade\n"
    )


def test_a_database_without_tables_has_to_be_upgraded(
    kretslop: Kretslop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KRETSLOP_DATA_DIR", str(tmp_path))

    run = kretslop("serve", "--port", str(free_port()))

    assert (run.code, run.err) == (
        1,
        "The database is not at this version of the program. Run: kretslop db upgrade\n",
    )


def test_a_database_that_does_not_sync_is_refused(
    kretslop: Kretslop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KRETSLOP_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(engine, "sqlite_modes", lambda: ("memory", 7))

    run = kretslop("serve", "--port", str(free_port()))

    assert run.code == 1
    assert run.err.startswith("The database does not sync what is committed: journal_mode is memory")
