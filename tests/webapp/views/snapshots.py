"""Everything an installation holds, to see whether a request changed it, and to put it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text

from webapp.db.tables.all import METADATA
from webapp.services.site import Site

BOOKKEEPING = {"browser_session": {"seen_utc"}}
"""What any request may write: when a session was used last, on which its end depends."""

Rows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Snapshot:
    """``tables``: every row by table; ``files``: of the file store, with what is in them."""

    tables: Mapping[str, Rows]
    files: Mapping[str, bytes]

    def changed(self, other: Snapshot) -> list[str]:
        """The tables that are not the same, and ``files``, but for bookkeeping."""
        found = [
            table.name
            for table in METADATA.sorted_tables
            if _told(table, self.tables[table.name]) != _told(table, other.tables[table.name])
        ]
        return found + ["files"] * (self.files != other.files)


def take(site: Site) -> Snapshot:
    """Everything as it is now."""
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
    for key in snapshot.files.keys() - now.files.keys():
        site.files.put(key, snapshot.files[key])


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
