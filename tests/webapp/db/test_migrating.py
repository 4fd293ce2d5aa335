"""The steps between versions of the tables: up, down, and no difference left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.webapp.kinds import KINDS
from tests.webapp.postgres import cluster
from webapp.db import migrating
from webapp.db.engine import Database


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        found = Database(f"sqlite:///{tmp_path / 'm.db'}")
    else:
        url = cluster().url(f"steps_{request.node.name.partition('[')[0][-30:]}")
        cluster().run(f"CREATE DATABASE {url.partition('@/')[2].partition('?')[0]}")
        found = Database(url)
    yield found
    found.close()


def test_all_steps_up_give_the_tables_this_program_works_with(database: Database) -> None:
    assert not migrating.is_current(database)

    migrating.upgrade(database)

    assert migrating.is_current(database)
    assert migrating.drift(database) == []


def test_all_steps_go_down_and_up_again(database: Database) -> None:
    migrating.upgrade(database)

    migrating.downgrade(database, "base")
    assert migrating.current(database) is None
    migrating.upgrade(database)

    assert migrating.drift(database) == []


def test_the_steps_form_one_line() -> None:
    assert len(migrating.heads()) == 1
