"""Looking after a database as a whole: what tables do not show."""

from __future__ import annotations

import sqlite3

from webapp.db.engine import Database


def compact(database: Database) -> bool:
    """Write a SQLite file anew, so that no page of it holds anything that was erased.

    ``secure_delete`` overwrites rows that go, but copies stay where pages were split before; only a new file
    is free of them. Nobody else can write meanwhile. False where the file is in use for too long; it is
    right as it is, and the next time does it. PostgreSQL has nothing to do here: its own vacuum runs
    by itself, and what stands in its files is for its operator to decide.
    """
    if database.engine.dialect.name != "sqlite":
        return True
    connection = database.engine.raw_connection()
    try:
        driver = connection.driver_connection
        assert driver is not None
        driver.execute("VACUUM")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return True
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()


def size_bytes(database: Database) -> int | None:
    """How large a SQLite file is; None for another database."""
    if database.engine.dialect.name != "sqlite":
        return None
    with database.read() as session:
        connection = session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages) * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
