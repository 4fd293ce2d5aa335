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
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import psycopg

from webapp.db.engine import Database
from webapp.db.tables.all import METADATA

TEMPLATE = "kretslop_empty"
SERVER = "kretslop_tests"
_NUMBERS = count(1)


class PostgresMissing(Exception):
    """There is no server program; ``make test`` installs it."""


@dataclass(frozen=True)
class Cluster:
    """A running server. ``folder``: its data and its socket."""

    folder: Path
    binaries: Path

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://{SERVER}@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Carry out a statement that is about databases."""
        dsn = f"dbname=postgres user={SERVER} host={self.folder}"
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]  # our own text

    def new_database(self, like: str = "") -> str:
        """The address of a new database with all tables, and no rows unless it is a copy of another's."""
        name = f"test_{os.getpid()}_{next(_NUMBERS)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {_name_in(like) if like else TEMPLATE}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.run(f"DROP DATABASE IF EXISTS {_name_in(url)} WITH (FORCE)")

    def control(self, *arguments: str) -> None:
        """Start, stop or restart it."""
        folders = ["-D", str(self.folder / "data"), "-l", str(self.folder / "log")]
        command = [str(self.binaries / "pg_ctl"), *folders, "-s", "-w", *arguments]
        _as_server(command, self.folder)


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
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=200"
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
        with suppress(AssertionError):
            found.control("-m", "immediate", "stop")
        shutil.rmtree(found.folder, ignore_errors=True)
