"""What was erased is nowhere in a SQLite file any more, once it is written anew."""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, insert

from webapp.db import upkeep
from webapp.db.engine import Database
from webapp.db.tables.all import METADATA
from webapp.db.tables.work import AuditEvent, Job

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_database(folder: Path) -> tuple[Database, Path]:
    file = folder / "one.db"
    database = Database(f"sqlite:///{file}")
    METADATA.create_all(database.engine)
    return database, file


def fill(database: Database) -> None:
    """Rows of every size, in no order, so that pages are split and merged."""
    dice = random.Random(7)  # noqa: S311  # the same rows each time
    jobs = [
        {
            "id": f"{dice.getrandbits(64):022x}",
            "kind": "send_mail",
            "key": f"{'gone' if number % 2 else 'kept'}-{number}",
            "body": ("GONE" if number % 2 else "KEPT") + "x" * dice.choice((3, 90, 700, 5000)),
            "state": "done",
            "due_utc": NOW,
            "created_utc": NOW,
        }
        for number in range(600)
    ]
    with database.write() as session:
        for some in (jobs[:200], jobs[200:400], jobs[400:]):
            session.execute(insert(Job), some)


def test_a_file_written_anew_holds_nothing_that_was_deleted(tmp_path: Path) -> None:
    database, file = a_database(tmp_path)
    fill(database)
    with database.write() as session:
        session.execute(delete(Job).where(Job.key.like("gone-%")))

    assert upkeep.compact(database)

    database.close()
    content = file.read_bytes()
    assert b"GONE" not in content
    assert b"gone-" not in content
    assert content.count(b"KEPT") == 300


def test_what_is_deleted_is_overwritten_at_once_but_for_copies_of_split_pages(tmp_path: Path) -> None:
    database, file = a_database(tmp_path)
    fill(database)
    before = file.read_bytes().count(b"GONE")
    with database.write() as session:
        session.execute(delete(Job).where(Job.key.like("gone-%")))

    database.close()
    assert before >= 300
    assert file.read_bytes().count(b"GONE") < before / 20


def test_a_file_somebody_else_is_writing_to_is_left_for_the_next_time(tmp_path: Path) -> None:
    database, file = a_database(tmp_path)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with database.read() as session:
        session.connection().exec_driver_sql("PRAGMA busy_timeout = 50")

    assert not upkeep.compact(database)

    other.execute("ROLLBACK")
    other.close()
    with database.write() as session:
        session.add(AuditEvent(at_utc=NOW, action="goes_on"))
    database.close()


def test_the_size_of_a_file_is_that_of_its_pages(tmp_path: Path) -> None:
    database, file = a_database(tmp_path)

    assert upkeep.size_bytes(database) == file.stat().st_size
    database.close()
