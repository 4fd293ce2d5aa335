"""Bringing a database to the tables of this program, and saying where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from webapp.db.engine import Database
from webapp.db.tables.all import METADATA

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(database: Database, revision: str = "head") -> None:
    """Take every step up to a revision; on one connection, all or nothing."""
    with database.engine.connect().execution_options(writes=True) as connection, connection.begin():
        command.upgrade(_config(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the steps back down to a revision, ``base`` for none."""
    with database.engine.connect().execution_options(writes=True) as connection, connection.begin():
        command.downgrade(_config(connection), revision)


def current(database: Database) -> str | None:
    """The revision a database stands at; None before the first."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def heads() -> tuple[str, ...]:
    """The last revisions there are; more than one is a mistake of ours."""
    return tuple(ScriptDirectory(str(_FOLDER)).get_heads())


def revisions() -> frozenset[str]:
    """Every revision this program knows."""
    return frozenset(step.revision for step in ScriptDirectory(str(_FOLDER)).walk_revisions())


def is_current(database: Database) -> bool:
    """Whether a database has the tables this program works with."""
    return current(database) in heads()


def drift(database: Database) -> list[Any]:
    """How the tables of a database differ from what this program thinks they are."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, METADATA))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config
