"""Copying a whole database to a file, consistent while people write, and back again.

SQLite: its own backup, in one step; writers wait for it. PostgreSQL: ``pg_dump`` and ``pg_restore``, where
they are on the path. The keys of the files that rows name are read from the very same moment.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal, TypeAlias

from sqlalchemy import exists, false, inspect, or_, select, table, text
from sqlalchemy.orm import Session

from webapp.db.engine import Database
from webapp.db.queries_backup import every_key
from webapp.errors import WebappError

DatabaseKind: TypeAlias = Literal["sqlite", "postgresql"]

QUEUE_SCHEMA = "kretslop_queue"
"""What waits in the queue is found again by the worker's sweep; it is not kept."""


VERSIONS = "alembic_version"


class BackupFailed(WebappError):
    """A backup could not be made or brought back. ``code``: why; ``about``: of what, without secrets."""

    def __init__(self, code: str, about: str = "") -> None:
        self.code = code
        self.about = about
        super().__init__(code, about)


def kind_of(database: Database) -> DatabaseKind:
    """Which kind of database it is."""
    return "sqlite" if database.engine.dialect.name == "sqlite" else "postgresql"


def file_name(kind: DatabaseKind) -> str:
    """What the copy is called in a backup."""
    return "kretslop.db" if kind == "sqlite" else "kretslop.dump"


def dump(database: Database, file: Path) -> list[str]:
    """Copy a database to a new file; the keys of the files its rows name. Raises BackupFailed."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return _dump_sqlite(database, file) if kind_of(database) == "sqlite" else _dump_postgresql(database, file)


def load(database: Database, file: Path) -> None:
    """Put a copy in the place of everything that is in a database. Raises BackupFailed."""
    if kind_of(database) == "sqlite":
        _load_sqlite(database, file)
    else:
        _load_postgresql(database, file)


def is_empty(database: Database) -> bool:
    """Whether there is nothing in a database: no tables, or none with a row."""
    names = [name for name in inspect(database.engine).get_table_names() if name != VERSIONS]
    with database.read() as session:
        return not session.scalar(select(or_(false(), *(exists().select_from(table(one)) for one in names))))


def _dump_sqlite(database: Database, file: Path) -> list[str]:
    with _driver(database) as live, closing(sqlite3.connect(file, isolation_level=None)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        damage = [row[0] for row in copy.execute("PRAGMA quick_check(5)")]
    if damage != ["ok"]:
        raise BackupFailed("database_damaged")
    opened = Database(f"sqlite:///{file}")
    try:
        with opened.read() as session:
            return list(every_key(session))
    finally:
        opened.close()


def _load_sqlite(database: Database, file: Path) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy, _driver(database) as live:
        try:
            copy.backup(live)
        except sqlite3.Error as error:
            raise BackupFailed("not_loaded", error.sqlite_errorname) from error
    database.close()


@contextmanager
def _driver(database: Database) -> Iterator[sqlite3.Connection]:
    """The connection beneath ours, with its promises about syncing."""
    connection = database.engine.raw_connection()
    try:
        found = connection.driver_connection
        assert isinstance(found, sqlite3.Connection)
        yield found
    finally:
        connection.close()


def _dump_postgresql(database: Database, file: Path) -> list[str]:
    program = _program("pg_dump")
    engine = database.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with engine.connect() as connection:
        moment = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        options = ["--format=custom", f"--snapshot={moment}", f"--exclude-schema={QUEUE_SCHEMA}"]
        _run([program, *options, f"--dbname={_dsn(database)}", f"--file={file}"], database)
        with Session(connection) as session:
            return list(every_key(session))


def _load_postgresql(database: Database, file: Path) -> None:
    program = _program("pg_restore")
    _drop_tables(database)
    database.close()
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run([program, *options, f"--dbname={_dsn(database)}", str(file)], database)


def _drop_tables(database: Database) -> None:
    quoted = database.engine.dialect.identifier_preparer.quote
    if names := inspect(database.engine).get_table_names():
        with database.write() as session:
            session.execute(text(f"DROP TABLE {', '.join(map(quoted, names))} CASCADE"))


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupFailed("no_program", name)
    return found


def _run(command: list[str], database: Database) -> None:
    """Carry a program of PostgreSQL out; the password goes by the environment, which others cannot read."""
    url = database.engine.url
    environment = dict(os.environ)
    if url.password is not None:
        environment["PGPASSWORD"] = str(url.password)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    if done.returncode:
        first = next((line for line in done.stderr.splitlines() if "error" in line.lower()), "")
        raise BackupFailed("program_failed", f"{Path(command[0]).name}: {first}")


def _dsn(database: Database) -> str:
    """The address as PostgreSQL's own programs take it, without the password."""
    url = database.engine.url._replace(drivername="postgresql", password=None)
    return url.render_as_string(hide_password=False)
