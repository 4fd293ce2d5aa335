"""``kretslop serve``: the web application, ready for people."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from webapp.cli.installed import NOT_THERE, UNSAFE
from webapp.cli.main import FINE, PROBLEMS
from webapp.cli.output import talk
from webapp.cli.processes import PARENT, STOP_SECONDS, PortTaken, wait_for_port, worker_beside
from webapp.db.engine import Database
from webapp.db.migrating import is_current
from webapp.errors import UnsafeDatabase
from webapp.settings import Settings

THREADS = 16
BACKLOG = 1024


def serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped; refuses a taken port, and a database that is not at this program's version."""
    if not is_port_free(arguments.host, arguments.port) or not is_database_ready():
        return PROBLEMS
    if not arguments.worker:
        run_server(arguments.host, arguments.port, arguments.processes)
        return FINE
    with worker_beside():
        run_server(arguments.host, arguments.port, arguments.processes)
    return FINE


def is_port_free(host: str, port: int) -> bool:
    """Whether a server can listen there; says so where it cannot."""
    try:
        wait_for_port(host, port)
    except PortTaken:
        talk(f"Port {port} on {host} is taken by another program. Stop that one, or choose one with --port.")
        return False
    except OSError as error:
        talk(f"A server cannot listen on {host}, port {port}: {error.strerror or error}.")
        return False
    return True


def is_database_ready() -> bool:
    """Whether the database can be used and is at this program's version; says so where it is not."""
    database = Database(Settings().database)
    try:
        if is_current(database):
            return True
        talk("The database is not at this version of the program. Run: kretslop db upgrade")
    except DBAPIError:
        talk(NOT_THERE)
    except UnsafeDatabase as error:
        talk(UNSAFE.format(error))
    finally:
        database.close()
    return False


def run_server(host: str, port: int, processes: int) -> None:
    """Serve with the settings of the environment until a signal says stop."""
    from granian import Granian
    from granian.constants import Interfaces

    os.environ[PARENT] = str(os.getpid())
    with counting_together():
        Granian(
            "webapp.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=processes,
            blocking_threads=THREADS,
            backlog=BACKLOG,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
            log_enabled=False,
        ).serve()


@contextmanager
def counting_together() -> Iterator[None]:
    """A folder in which the web processes that start meanwhile add up what they count."""
    with tempfile.TemporaryDirectory(prefix="kretslop-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        try:
            yield
        finally:
            os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)
