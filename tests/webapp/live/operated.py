"""An installation as operators run it: ``kretslop serve`` on a port of this machine."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from webapp.db import migrating
from webapp.db.engine import Database
from webapp.settings import Settings

ROOT = Path(__file__).parents[3]
READY_SECONDS = 60
STOP_SECONDS = 40


@dataclass
class Served:
    """A server that runs. ``log``: the file it writes its lines to."""

    port: int
    log: Path

    def ask(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, str, http.client.HTTPMessage]:
        """Status, text and headers of an answer, on a connection of its own: any process may give it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of a page."""
        status, text, _ = self.ask("GET", path, **headers)
        return status, text


def named(folder: Path, port: int) -> dict[str, str]:
    """The settings of an installation that keeps everything in a folder."""
    return {
        "KRETSLOP_DATA_DIR": str(folder / "data"),
        "KRETSLOP_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "KRETSLOP_REGISTER_OFFLINE": "true",
        "TMPDIR": str(folder),
    }


def make_tables(folder: Path) -> None:
    """Bring the database of an installation that keeps everything in a folder to the newest tables."""
    folder.mkdir(mode=0o700)
    database = Database(Settings(data_dir=folder).database)
    migrating.upgrade(database)
    database.close()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


@contextmanager
def served(
    folder: Path, port: int, settings: dict[str, str], processes: int, before: Sequence[str] = ()
) -> Iterator[Served]:
    """The server, from when it answers until it has stopped. ``before``: a program that runs it."""
    log = folder / "log"
    command = [*before, sys.executable, "-m", "webapp.cli.main", "serve", "--port", str(port)]
    with log.open("wb") as lines:
        server = subprocess.Popen(
            [*command, "--processes", str(processes)],
            env={**os.environ, **settings},
            stdout=lines,
            stderr=lines,
            cwd=ROOT,
        )
    try:
        found = Served(port, log)
        _wait(found, server)
        yield found
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=STOP_SECONDS)


def _wait(found: Served, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + READY_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        try:
            if found.get("/health/live")[0] == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(found.log.read_text())
