"""Huey behind a small port: telling workers that there is something to do.

What is in the queue are ids of jobs, nothing else; a message that gets lost delays its job until the next
sweep. The queue is therefore opened late, may fail, and may be thrown away.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

from webapp.db.engine import is_wal_safe
from webapp.settings import Settings

NAME = "kretslop"
FILE = "queue.db"
SCHEMA = "kretslop_queue"
"""Of PostgreSQL, so that the queue's tables stand apart from ours."""

POKE_SECONDS = 1
"""How long a request may wait for a busy queue."""

Run: TypeAlias = Callable[[str], None]

log = logging.getLogger(__name__)


class HueyQueue:
    """The queue as those see it who ask for work. Opened at the first poke, once in each process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._line: Line | None = None
        self._process_id = 0

    def poke(self, job_id: str) -> None:
        """Have a job done soon. A queue that fails is logged: the worker's sweep finds the job."""
        try:
            self._opened().add(job_id)
        except Exception as error:  # noqa: BLE001  # a request must not fail for a message that is only a hint
            log.warning("queue out of order: %s; the sweep will find job %s", type(error).__name__, job_id)

    def close(self) -> None:
        """Give back what is open; the next poke opens it again."""
        with self._lock:
            if self._line is not None:
                self._line.close()
                self._line = None

    def _opened(self) -> Line:
        with self._lock:
            if self._line is None or self._process_id != os.getpid():
                self._line = open_line(self._settings, _not_here)
                self._process_id = os.getpid()
            return self._line


@dataclass(frozen=True, slots=True)
class Line:
    """Huey with our one task in it."""

    huey: Huey
    add: Run
    lock: threading.Lock

    def is_empty(self) -> bool:
        """Whether nothing waits in it."""
        return not self.huey.storage.queue_size()

    def close(self) -> None:
        """Give back what the calling thread and all of them have open; any of them may do so at once."""
        with self.lock:
            self.huey.storage.close()


def queue_of(settings: Settings) -> HueyQueue:
    """The queue that settings describe."""
    return HueyQueue(settings)


def open_line(settings: Settings, run: Run) -> Line:
    """The queue for those who work. ``run``: what to do with a job's id.

    Raises whatever the database raises; a broken file of SQLite is replaced, since nothing is lost with it.
    """
    huey = _postgresql(settings.database) if settings.database.startswith("postgresql") else _sqlite(settings)

    @huey.task(name="run_job")  # type: ignore[untyped-decorator]  # Huey has no types
    def run_job(job_id: str) -> None:
        run(job_id)

    line = Line(huey, run_job, threading.Lock())
    huey.on_shutdown("close")(line.close)  # each thread of a worker has a connection of its own
    return line


def _not_here(job_id: str) -> None:
    raise RuntimeError(f"job {job_id} was to be done by a process that only asks for work")


class _Plain(Serializer):  # type: ignore[misc]  # Huey has no types
    """Messages as JSON: reading one runs nothing, whoever wrote it."""

    def _serialize(self, message: Message) -> bytes:
        return json.dumps(message._asdict()).encode()

    def _deserialize(self, stored: bytes) -> Message:
        return Message(**json.loads(stored))


def _sqlite(settings: Settings) -> Huey:
    file = settings.data_dir / FILE
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _look_at(file)
    except sqlite3.OperationalError:  # busy, or no right to write: the next use says so
        pass
    except sqlite3.DatabaseError:
        log.warning("the queue's file was damaged and is made anew")
        file.unlink(missing_ok=True)
    return SqliteHuey(
        NAME,
        results=False,
        serializer=_Plain(),
        filename=str(file),
        fsync=False,
        journal_mode="wal" if is_wal_safe(sqlite3.sqlite_version_info) else "delete",
        timeout=POKE_SECONDS,
    )


def _look_at(file: Path) -> None:
    """Raises DatabaseError for a file that is no database, or a damaged one."""
    if file.exists():
        with sqlite3.connect(file, timeout=POKE_SECONDS) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        connection.close()
        if found != "ok":
            raise sqlite3.DatabaseError(found)


def _postgresql(url: str) -> Huey:
    connect = partial(_connect, url.replace("postgresql+psycopg://", "postgresql://", 1))
    with connect() as connection:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    return PostgresHuey(NAME, results=False, serializer=_Plain(), connection=connect)


def _connect(dsn: str) -> Any:
    import psycopg  # noqa: PLC0415  # only where the database is PostgreSQL

    return psycopg.connect(dsn, options=f"-c search_path={SCHEMA}", connect_timeout=5, autocommit=True)
