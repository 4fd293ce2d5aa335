"""The processes of `kretslop serve --worker`: whoever is killed comes back, whoever is left over goes."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.webapp.browser.serving import free_port
from tests.webapp.conftest import ROOT, program
from tests.webapp.live.operated import make_tables

PATIENCE_SECONDS = 60
LOOK_SECONDS = 0.25
RECOVERY_SECONDS = 10


class Serving:
    """`kretslop serve --worker` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / "log"
        self.settings = {
            "KRETSLOP_DATA_DIR": str(folder / "data"),
            "KRETSLOP_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "KRETSLOP_REGISTER_OFFLINE": "true",
            "PYTHONPATH": str(ROOT),
        }
        make_tables(folder / "data")
        self.main = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Start it and wait until it answers and has a worker."""
        command = [sys.executable, "-m", "webapp.cli.main", "serve", "--worker", "--port", str(self.port)]
        with self.log.open("ab") as log:
            main = subprocess.Popen(command, env={**os.environ, **self.settings}, stdout=log, stderr=log)
        self.main = main
        wait_until(lambda: self.answers() and len(self.workers()) == 1, PATIENCE_SECONDS)
        return main

    def answers(self) -> bool:
        """Whether the port answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health/live")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def everybody(self) -> dict[int, str]:
        """What belongs to this installation, by process: its folder stands in their environment."""
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                around = (process / "environ").read_bytes()
                line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            except OSError:
                continue
            if self.settings["KRETSLOP_DATA_DIR"].encode() in around and line:
                found[int(process.name)] = line
        return found

    def workers(self) -> list[int]:
        """The processes that do the background work."""
        return [id_ for id_, line in self.everybody().items() if line.rstrip().endswith("main worker")]


def wait_until(holds: Callable[[], bool], seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, f"not within {seconds} seconds"
        time.sleep(LOOK_SECONDS)


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, module_loopback: None) -> Iterator[Serving]:
    """One for all tests: what they kill is there again when they end."""
    found = Serving(tmp_path_factory.mktemp("serving"))
    yield found
    found.main.send_signal(signal.SIGTERM)
    found.main.wait(timeout=40)
    wait_until(lambda: found.everybody() == {}, RECOVERY_SECONDS)


def test_a_killed_worker_is_there_again_without_hand_work(serving: Serving) -> None:
    (killed,) = serving.workers()

    os.kill(killed, signal.SIGKILL)

    wait_until(lambda: len(set(serving.workers()) - {killed}) == 1, RECOVERY_SECONDS)
    assert "is started again" in serving.log.read_text()


def test_when_the_main_process_is_killed_nothing_of_it_is_left_and_it_starts_again(serving: Serving) -> None:
    before = serving.everybody()
    assert len(before) >= 3

    serving.main.kill()
    serving.main.wait()

    wait_until(lambda: not before.keys() & serving.everybody().keys(), RECOVERY_SECONDS)
    serving.start()


def test_an_address_of_another_machine_is_refused_at_once(tmp_path: Path) -> None:
    refused = program("serve", "--host", "192.0.2.1", KRETSLOP_DATA_DIR=str(tmp_path))

    assert refused.returncode == 1
    assert b"cannot listen on 192.0.2.1" in refused.stderr


def test_a_port_that_is_taken_is_refused(serving: Serving, tmp_path: Path) -> None:
    other = {**serving.settings, "KRETSLOP_DATA_DIR": str(tmp_path / "other")}

    refused = program("serve", "--port", str(serving.port), **other)

    assert refused.returncode == 1
    assert f"Port {serving.port} on 127.0.0.1 is taken".encode() in refused.stderr
    assert serving.answers()
