"""Connections that keep their word: what is committed is on disk when the commit returns.

SQLite: rollback journal with ``synchronous=EXTRA`` where its version can corrupt a write-ahead log
written by two processes, else WAL with ``FULL``. PostgreSQL: ``synchronous_commit`` on. Each setting is
read back from every connection. Who writes is alone on both: SQLite's lock is taken at once (``BEGIN
IMMEDIATE``), its writers wait for it in a queue; PostgreSQL's is one of its advisory locks.
Source: sqlite.org/wal.html (the WAL-reset bug, mended in 3.51.3, 3.50.7 and 3.44.6).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from webapp.db.turns import WAIT_SECONDS, ProcessTurns, Turns
from webapp.errors import NotSaved, NotThere, OutOfReach, UnsafeDatabase

SYNC_STATEMENT = "SET synchronous_commit = on"
POOL_SIZE = 10
_MENDED = {(3, 44): 6, (3, 50): 7}
_MENDED_FROM = (3, 51, 3)
_EXTRA, _FULL = 3, 2
_WRITERS = 0x6B72_6574
_WAIT_TO_BE_ALONE = f"SELECT pg_advisory_xact_lock({_WRITERS})"
_WAIT_FOR_WHO_IS_ALONE = f"SELECT pg_advisory_xact_lock_shared({_WRITERS})"
_WROTE_WHILE_READING, _NO_SUCH_ROW = "25006", "23503"
_NO_SUCH_ROW_TEXT = "FOREIGN KEY constraint failed"


class Database:
    """One database. Transactions are short: open, ask or change, leave."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._reads = _how_to_read(self.engine)
        self._turns = _turns(self.engine)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment and changes nothing. Raises OutOfReach where nothing answers."""
        try:
            with Session(self.engine, expire_on_commit=False) as session:
                session.connection(execution_options=self._reads)
                yield session
                session.expunge_all()  # what was read stays readable; a rollback would forget it
                session.rollback()
        except DBAPIError as error:
            if _is_our_mistake(error) or getattr(error.orig, "sqlstate", None) == _WROTE_WHILE_READING:
                raise
            raise OutOfReach from error

    @contextmanager
    def write(self, *, is_alone: bool = True) -> Iterator[Session]:
        """A session that is committed when the block ends well, and leaves no trace otherwise.

        Nobody else writes meanwhile: what it finds stands until it is committed (decision 0048).
        ``is_alone=False`` is for what is done all the time and locks the rows that it depends on itself: it
        goes beside others of its kind where the database can do that. Raises NotSaved where the database
        cannot take it: disk full, locked for too long, gone; and NotThere where what is written hangs on
        something that was erased since it was asked for, such as its writer.
        """
        try:
            with (
                self._turns.mine() if self._turns else nullcontext(),
                Session(self.engine, expire_on_commit=False) as session,
            ):
                connection = session.connection(execution_options={"writes": True})
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql(_WAIT_TO_BE_ALONE if is_alone else _WAIT_FOR_WHO_IS_ALONE)
                yield session
                session.commit()
        except DBAPIError as error:
            if _hangs_on_nothing(error):
                raise NotThere from error
            if _is_our_mistake(error):
                raise
            raise NotSaved from error

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _how_to_read(engine: Engine) -> dict[str, Any]:
    """What a reading transaction asks for.

    SQLite shows a transaction one moment as it is; PostgreSQL shows each statement its own unless it is asked
    not to, and two questions of one page could contradict each other.
    """
    if engine.dialect.name == "sqlite":
        return {}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _turns(engine: Engine) -> Turns | None:
    if engine.dialect.name != "sqlite":
        return None
    file = engine.url.database
    return Turns(ProcessTurns(Path(file)) if file and file != ":memory:" else None)


def make_engine(url: str) -> Engine:
    """An engine whose every connection syncs, and whose errors name no values: they end up in logs.

    Raises UnsafeDatabase at the first connection that does not sync.
    """
    if url.startswith("sqlite"):
        engine = create_engine(url, pool_size=POOL_SIZE, max_overflow=POOL_SIZE, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        url, pool_pre_ping=True, pool_size=POOL_SIZE, max_overflow=POOL_SIZE, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def is_wal_safe(version: tuple[int, int, int]) -> bool:
    """Whether this version of SQLite may keep a write-ahead log that several processes write."""
    mended = _MENDED.get(version[:2])
    return version >= _MENDED_FROM or (mended is not None and version[2] >= mended)


def sqlite_modes() -> tuple[str, int]:
    """The journal mode, and the number of the sync level that goes with it, for this version of SQLite."""
    return ("wal", _FULL) if is_wal_safe(sqlite3.sqlite_version_info) else ("delete", _EXTRA)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    mode, level = sqlite_modes()
    connection.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
    found_mode = connection.execute(f"PRAGMA journal_mode = {mode}").fetchone()[0]
    connection.execute(f"PRAGMA synchronous = {level}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
    found_level = connection.execute("PRAGMA synchronous").fetchone()[0]
    if found_mode not in (mode, "memory") or found_level != level:
        raise UnsafeDatabase(f"journal_mode is {found_mode}, synchronous is {found_level}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SYNC_STATEMENT)
        cursor.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute("SHOW synchronous_commit")
        commit = cursor.fetchone()[0]
        cursor.execute("SHOW fsync")
        sync = cursor.fetchone()[0]
    connection.commit()
    if (commit, sync) != ("on", "on"):
        raise UnsafeDatabase(f"synchronous_commit is {commit}, fsync is {sync}")


def _hangs_on_nothing(error: DBAPIError) -> bool:
    """Whether a row names another that is not there."""
    return getattr(error.orig, "sqlstate", None) == _NO_SUCH_ROW or _NO_SUCH_ROW_TEXT in str(error.orig)


def _is_our_mistake(error: DBAPIError) -> bool:
    """Whether the database refused the content, which is no fault of the database."""
    return type(error).__name__ in ("IntegrityError", "ProgrammingError", "DataError", "InterfaceError")
