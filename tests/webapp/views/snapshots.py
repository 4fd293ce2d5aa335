"""Everything an installation holds, to see whether a request changed it, and to put it back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, text

from webapp.db.tables.all import METADATA
from webapp.services.site import Site

TABLES = METADATA.sorted_tables
BOOKKEEPING = {"browser_session": {"seen_utc"}}
"""What any request may write: when a session was used last, on which its end depends."""

Row: TypeAlias = tuple[Any, ...]
Rows: TypeAlias = frozenset[Row]
Mark: TypeAlias = tuple[Any, ...]

_last: dict[Path, tuple[Mark, Snapshot]] = {}


@dataclass(frozen=True)
class Snapshot:
    """``tables``: every row by table, as the driver has it; ``files``: of the store, with what is in them."""

    tables: Mapping[str, Rows]
    files: Mapping[str, bytes]

    def changed(self, other: Snapshot) -> list[str]:
        """The tables that are not the same, and ``files``, but for bookkeeping."""
        if self is other:
            return []
        found = [
            table.name
            for table in TABLES
            if _told(table, self.tables[table.name]) != _told(table, other.tables[table.name])
        ]
        return found + ["files"] * (self.files != other.files)


def take(site: Site) -> Snapshot:
    """Everything as it is now; what was taken last, where nothing was written since."""
    mark = _mark(site)
    before = _last.get(site.settings.data_dir)
    if before is None or before[0] != mark:
        before = _last[site.settings.data_dir] = (mark, _read(site))
    return before[1]


def _mark(site: Site) -> Mark:
    """What is another one once anything was written: the database says so itself; files have their times."""
    file = site.database.engine.url.database
    if site.database.engine.dialect.name == "sqlite":
        assert file is not None
        version = _beside(file).execute("PRAGMA data_version").fetchone()[0]
    else:
        with site.database.read() as session:
            version = session.scalar(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text"))
    return (file, version, *_times(site.settings.data_dir / "files"))


def _times(folder: Path) -> Iterator[Mark]:
    for place, _, names in os.walk(folder):
        for name in names:
            one = os.stat(f"{place}/{name}")
            yield (place, name, one.st_ino, one.st_size, one.st_mtime_ns)


@cache
def _beside(file: str) -> sqlite3.Connection:
    """A connection that writes nothing: to it, every commit is somebody else's."""
    return sqlite3.connect(file, isolation_level=None)


def _read(site: Site) -> Snapshot:
    with site.database.engine.connect() as connection:
        tables = {
            table.name: frozenset(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {table.name}")))  # noqa: S608
            for table in TABLES
        }
    keys = sorted(site.files.list_keys())
    return Snapshot(tables, {key: site.files.get(key) for key in keys})


def put_back(site: Site, snapshot: Snapshot) -> None:
    """Make everything again as it was."""
    now = take(site)
    if set(now.changed(snapshot)) - {"files"}:
        with site.database.engine.begin() as connection:
            _put_back_tables(connection, now, snapshot)
    for key in now.files.keys() - snapshot.files.keys():
        site.files.delete(key)
    for key, content in snapshot.files.items():
        if now.files.get(key) != content:
            site.files.put(key, content)


def _put_back_tables(connection: Connection, now: Snapshot, snapshot: Snapshot) -> None:
    """Take rows away that were not there, the last tables first; then bring back the others as they were."""
    is_sqlite = connection.dialect.name == "sqlite"
    trust = "PRAGMA defer_foreign_keys = ON" if is_sqlite else "SET LOCAL session_replication_role = replica"
    connection.execute(text(trust))
    for table in reversed(TABLES):
        there = {_key(table, row) for row in snapshot.tables[table.name]}
        for row in now.tables[table.name] - snapshot.tables[table.name]:
            if (key := _key(table, row)) not in there:
                _do(connection, f"DELETE FROM {table.name} WHERE {_set(_keys(table), ' AND ')}", key)  # noqa: S608
    for table in TABLES:
        for row in snapshot.tables[table.name] - now.tables[table.name]:
            _put_back_row(connection, table, row)


def _put_back_row(connection: Connection, table: Table, row: Row) -> None:
    """In its place where it still is, which takes nothing away that hangs on it."""
    names = [column.name for column in table.columns]
    change = f"UPDATE {table.name} SET {_set(names, ', ')} WHERE {_set(_keys(table), ' AND ')}"  # noqa: S608
    if not _do(connection, change, row + _key(table, row)):
        _do(connection, f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608


def _do(connection: Connection, statement: str, values: Row) -> int:
    """Carry a statement out; how many rows it was about."""
    if connection.dialect.name != "sqlite":
        statement = statement.replace("?", "%s")
    return connection.exec_driver_sql(statement, values).rowcount


def _set(names: list[str], between: str) -> str:
    return between.join(f"{name} = ?" for name in names)


def _keys(table: Table) -> list[str]:
    return [column.name for column in table.primary_key.columns]


def _key(table: Table, row: Row) -> Row:
    at = {column.name: number for number, column in enumerate(table.columns)}
    return tuple(row[at[name]] for name in _keys(table))


def _told(table: Table, rows: Rows) -> Rows:
    unseen = BOOKKEEPING.get(table.name)
    if unseen is None:
        return rows
    kept = [at for at, column in enumerate(table.columns) if column.name not in unseen]
    return frozenset(tuple(row[at] for at in kept) for row in rows)
