"""A PostgreSQL server of the tests' own: started when the first test needs it, gone when they end.

It listens on a socket in a folder of its own, syncs like a real one, and is run by somebody who is not
root, as PostgreSQL demands.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import psycopg
from sqlalchemy import Engine, Pool, QueuePool, event

from webapp.db.engine import Database
from webapp.db.tables.all import METADATA

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]
Cursor: TypeAlias = psycopg.Cursor[tuple[Any, ...]]
Rows: TypeAlias = Mapping[str, bytes]
"""By table, as the server packs them."""

NONE: Rows = {}
NO_ROW = 21
"""Bytes of a table without rows as the server packs it: a head and an end."""

QUIET = "-c autovacuum=off -c jit=off -c checkpoint_timeout=1h"
"""Nothing in the background for databases that live for minutes; what is committed is synced all the same."""

TEMPLATE = "kretslop_empty"
SERVER = "kretslop_tests"
MOST_LOANS = 40
"""How often a database is lent before it goes: deleted rows stay in its files for a while."""
_NUMBERS = count(1)
_SHAPE = """
    SELECT md5(string_agg(concat_ws(' ', relname, oid, relnatts), ',' ORDER BY oid)) FROM pg_class
    WHERE relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""
_ALONE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> ALL(%s)"
)
_GO_ON = ";".join(
    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{table.autoincrement_column.name}'), "  # noqa: S608
    f"max({table.autoincrement_column.name})) FROM {table.name} HAVING count(*) > 0"
    for table in METADATA.sorted_tables
    if table.autoincrement_column is not None
)
_EMPTY = ";".join(str(table.delete()) for table in reversed(METADATA.sorted_tables))


class PostgresMissing(Exception):
    """There is no server program; ``make test`` installs it."""


@dataclass
class Kept:
    """Connections of the engines that used a database, one after the other. ``backends``: their processes."""

    pool: Pool | None = None
    backends: list[int] = field(default_factory=list)

    def lend_to(self, engine: Engine) -> None:
        """Have an engine use what is kept; what the first one opens is kept from now on."""
        if self.pool is None:
            self.pool = engine.pool
            event.listen(self.pool, "connect", self._remember)
        engine.pool = self.pool

    def take_from(self, engine: Engine) -> None:
        """Have an engine go on without what is kept, which stays open when the engine's are closed."""
        if engine.pool is self.pool:
            engine.pool = engine.pool.recreate()

    def _remember(self, connection: Connection, _record: object) -> None:
        self.backends.append(connection.info.backend_pid)

    def come_home(self) -> None:
        """Keep nothing that somebody still uses."""
        if isinstance(self.pool, QueuePool) and self.pool.checkedout():
            self.close()

    def close(self) -> None:
        """Keep nothing."""
        if self.pool is not None:
            self.pool.dispose()
        self.pool = None
        self.backends.clear()


@dataclass(frozen=True)
class Loan:
    """A database that one test has for itself.

    ``times``: how often it was lent, this time with it; ``broom``: the connection that empties it, and
    ``kept``: those of its engine. They stay open from one time to the next since a new one has to find
    every table first.
    """

    url: str
    times: int
    broom: Connection
    kept: Kept


@cache
def rows_in(url: str) -> Rows:
    """Every row of a database that nobody writes to any more."""
    with psycopg.connect(_dsn(url)) as connection, connection.cursor() as cursor:
        packed = {table.name: _packed(cursor, table.name) for table in METADATA.sorted_tables}
    return {table: rows for table, rows in packed.items() if len(rows) > NO_ROW}


def _fill(connection: Connection, rows: Rows) -> None:
    """Have an empty database hold rows of another. Its numbers go on after theirs."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # in any order
        for table, packed in rows.items():
            with cursor.copy(f"COPY {table} FROM STDIN BINARY") as into:  # type: ignore[arg-type]
                into.write(packed)
        cursor.execute(_GO_ON)


def _packed(cursor: Cursor, table: str) -> bytes:
    with cursor.copy(f"COPY {table} TO STDOUT BINARY") as out:  # type: ignore[arg-type]  # our own text
        return b"".join(map(bytes, out))


@dataclass(frozen=True)
class Cluster:
    """A running server. ``folder``: its data and its socket; ``waiting``: loans that came back, empty."""

    folder: Path
    binaries: Path
    waiting: list[Loan] = field(default_factory=list)

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://{SERVER}@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Carry out a statement that is about databases."""
        dsn = f"dbname=postgres user={SERVER} host={self.folder}"
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]  # our own text

    def new_database(self, rows: Rows = NONE) -> str:
        """The address of a new database with all tables and some rows."""
        name = f"test_{os.getpid()}_{next(_NUMBERS)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        if rows:
            with psycopg.connect(_dsn(self.url(name)), autocommit=True) as connection:
                _fill(connection, rows)
        return self.url(name)

    def lend(self, rows: Rows = NONE) -> Loan:
        """A database with all tables and some rows: making one takes ten times as long as emptying one."""
        if self.waiting:
            held = self.waiting.pop()
            loan = replace(held, times=held.times + 1)
        else:
            url = self.new_database()
            loan = Loan(url, 1, psycopg.connect(_dsn(url), autocommit=True), Kept())
        if rows:
            _fill(loan.broom, rows)
        return loan

    def take_back(self, loan: Loan) -> None:
        """Empty a database for the next test; remove one whose tables were changed, or that is worn."""
        loan.kept.come_home()
        if loan.times < MOST_LOANS and self._emptied(loan.broom, loan.kept):
            self.waiting.append(loan)
        else:
            loan.kept.close()
            loan.broom.close()
            self.drop(loan.url)

    def _emptied(self, broom: Connection, kept: Kept) -> bool:
        with suppress(psycopg.OperationalError):  # it was cut off, or a lock is held
            broom.execute(_ALONE, [[broom.info.backend_pid, *kept.backends]])
            broom.execute("SET lock_timeout = '2s'")
            broom.execute("DROP TABLE IF EXISTS alembic_version")  # some tests say which migration it is
            if broom.execute(_SHAPE).fetchone() != self._shape:
                return False
            broom.execute(_EMPTY)
            return True
        return False

    @cached_property
    def _shape(self) -> tuple[object, ...] | None:
        with psycopg.connect(_dsn(self.url(TEMPLATE))) as connection:
            return connection.execute(_SHAPE).fetchone()

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.run(f"DROP DATABASE IF EXISTS {_name_in(url)} WITH (FORCE)")

    def control(self, *arguments: str) -> None:
        """Start, stop or restart it."""
        folders = ["-D", str(self.folder / "data"), "-l", str(self.folder / "log")]
        command = [str(self.binaries / "pg_ctl"), *folders, "-s", "-w", *arguments]
        _as_server(command, self.folder)


def _dsn(url: str) -> str:
    return url.replace("postgresql+psycopg:", "postgresql:")


def _name_in(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


@cache
def cluster() -> Cluster:
    """The server of this process. Raises PostgresMissing."""
    return start_cluster()


def start_cluster() -> Cluster:
    """A server of one's own, stopped when this process ends. Raises PostgresMissing."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="kretslop-pg-"))
    if os.getuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    folder.chmod(0o755)
    found = Cluster(folder, binaries)
    atexit.register(_end, found, os.getpid())
    data = str(folder / "data")
    _as_server(
        [str(binaries / "initdb"), "-D", data, "-U", SERVER, "-A", "trust", "-E", "UTF8", "--no-locale"],
        folder,
    )
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=200 {QUIET}"
    found.control("-o", options, "start")
    found.run(f"CREATE DATABASE {TEMPLATE}")
    database = Database(found.url(TEMPLATE))
    METADATA.create_all(database.engine)
    database.close()
    return found


def _binaries() -> Path:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name))
    on_path = shutil.which("initdb")
    if on_path is not None:
        places.append(Path(on_path).parent)
    if not places:
        raise PostgresMissing(
            "the tests need PostgreSQL's server programs: run make test, which installs them"
        )
    return places[-1]


def _as_server(command: Sequence[str], folder: Path) -> None:
    who = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
    done = subprocess.run(
        [*who, *command], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr + done.stdout


def _end(found: Cluster, process_id: int) -> None:
    """Stop the server, but only where it was started: forked processes end too."""
    if os.getpid() == process_id:
        for loan in found.waiting:
            loan.kept.close()
            loan.broom.close()
        with suppress(AssertionError):
            found.control("-m", "immediate", "stop")
        shutil.rmtree(found.folder, ignore_errors=True)
