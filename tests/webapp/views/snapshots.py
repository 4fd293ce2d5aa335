"""Everything an installation holds, to see whether a request changed it, and to put it back."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, insert, select, text

from webapp.db.tables.all import METADATA
from webapp.services.site import Site

BOOKKEEPING = {"browser_session": {"seen_utc"}}
"""What any request may write: when a session was used last, on which its end depends."""

Rows = tuple[tuple[Any, ...], ...]
Mark: TypeAlias = tuple[Any, ...]

_last: dict[Path, tuple[Mark, Snapshot]] = {}


@dataclass(frozen=True)
class Snapshot:
    """``tables``: every row by table; ``files``: of the file store, with what is in them."""

    tables: Mapping[str, Rows]
    files: Mapping[str, bytes]

    def changed(self, other: Snapshot) -> list[str]:
        """The tables that are not the same, and ``files``, but for bookkeeping."""
        if self is other:
            return []
        found = [
            table.name
            for table in METADATA.sorted_tables
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
    files = (path.stat() for path in sorted((site.settings.data_dir / "files").rglob("*")))
    return (file, version, tuple((one.st_ino, one.st_size, one.st_mtime_ns) for one in files))


@cache
def _beside(file: str) -> sqlite3.Connection:
    """A connection that writes nothing: to it, every commit is somebody else's."""
    return sqlite3.connect(file, isolation_level=None)


def _read(site: Site) -> Snapshot:
    with site.database.read() as session:
        tables = {
            table.name: tuple(sorted(map(tuple, session.execute(select(table))), key=repr))
            for table in METADATA.sorted_tables
        }
    keys = sorted(site.files.list_keys())
    return Snapshot(tables, {key: site.files.get(key) for key in keys})


def put_back(site: Site, snapshot: Snapshot) -> None:
    """Make everything again as it was."""
    now = take(site)
    names = now.changed(snapshot)
    if set(names) - {"files"}:
        with site.database.engine.begin() as connection:
            _put_back_tables(connection, snapshot)
    for key in now.files.keys() - snapshot.files.keys():
        site.files.delete(key)
    for key, content in snapshot.files.items():
        if now.files.get(key) != content:
            site.files.put(key, content)


def _put_back_tables(connection: Connection, snapshot: Snapshot) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    trust = "PRAGMA defer_foreign_keys = ON" if is_sqlite else "SET LOCAL session_replication_role = replica"
    connection.execute(text(trust))
    for table in reversed(METADATA.sorted_tables):
        connection.execute(table.delete())
    for table in METADATA.sorted_tables:
        names = [column.name for column in table.columns]
        rows = [dict(zip(names, row, strict=True)) for row in snapshot.tables[table.name]]
        if rows:
            connection.execute(insert(table), rows)


def _told(table: Table, rows: Rows) -> Rows:
    unseen = BOOKKEEPING.get(table.name, set())
    kept = [at for at, column in enumerate(table.columns) if column.name not in unseen]
    return tuple(tuple(row[at] for at in kept) for row in rows)
