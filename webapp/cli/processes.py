"""The processes of one installation: none is left over from an earlier one, none stays away."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from webapp.cli.output import talk

PARENT = "KRETSLOP_PARENT_PROCESS"
"""Where the main process says who it is to those it starts."""

LOOK_SECONDS = 0.5
LAST_WORDS_SECONDS = 5
PORT_SECONDS = 10
STOP_SECONDS = 20
LONGEST_PAUSE_SECONDS = 30


class PortTaken(Exception):
    """Somebody else listens there."""


def wait_for_port(host: str, port: int) -> None:
    """Wait until a port is free: processes of a server that was killed may need a moment to end.

    Without this the servers of two installations would share what comes in. Raises PortTaken, and OSError
    where nobody may listen there.
    """
    ends = time.monotonic() + PORT_SECONDS
    while not _is_free(host, port):
        if time.monotonic() > ends:
            raise PortTaken
        time.sleep(LOOK_SECONDS)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            return False
    return True


def end_with_parent() -> None:
    """End this process when the one that started it is gone, however it went."""
    parent = os.environ.get(PARENT, "")
    if parent.isdecimal():
        threading.Thread(target=_watch, args=(int(parent),), daemon=True, name="parent").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_WORDS_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker in a process of its own: started again whenever it ends, stopped at the end."""
    os.environ[PARENT] = str(os.getpid())
    beside = _Beside()
    beside.start()
    try:
        yield
    finally:
        beside.stop()


class _Beside:
    """The worker that runs now. One that ends at once is started again later and later."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._worker = _start_worker()

    def start(self) -> None:
        threading.Thread(target=self._keep, daemon=True, name="worker").start()

    def stop(self) -> None:
        with self._lock:
            self._stopping.set()
            self._worker.terminate()
        try:
            self._worker.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._worker.kill()

    def _keep(self) -> None:
        pause = LOOK_SECONDS
        while True:
            began = time.monotonic()
            code = self._worker.wait()
            if time.monotonic() - began > LONGEST_PAUSE_SECONDS:
                pause = LOOK_SECONDS
            if self._stopping.wait(pause):
                return
            talk(f"The worker has ended ({code}) and is started again.")
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
            with self._lock:
                if self._stopping.is_set():
                    return
                self._worker = _start_worker()


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "webapp.cli.main", "worker"], env=os.environ.copy())
