"""Who writes next to SQLite: in the order they asked within a process, and by turns among processes.

SQLite lets whoever asks at the right moment in first, and who does not get in sleeps longer and longer
between two tries. A queue is fair, and nobody sleeps longer than needed.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from webapp.errors import NotSaved

WAIT_SECONDS = 10
PROCESS_SECONDS = 1
"""How long one waits for another process; who has waited so long lets SQLite's own lock decide."""

_TRY_AGAIN_SECONDS = 0.0005
_WAITING, _WRITING = "next", "writes"


class Turns:
    """A lock that is had in the order in which it was asked for, for ``WAIT_SECONDS`` at most."""

    def __init__(self, processes: ProcessTurns | None = None) -> None:
        self._lock = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._processes = processes

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Wait for one's turn, and let the next one in at the end. Raises NotSaved when it does not come."""
        self._wait()
        try:
            if self._processes is None:
                yield
            else:
                with self._processes.mine():
                    yield
        finally:
            with self._lock:
                self._queue.popleft()
                if self._queue:
                    self._queue[0].set()

    def _wait(self) -> None:
        mine = threading.Event()
        with self._lock:
            self._queue.append(mine)
            if self._queue[0] is mine:
                mine.set()
        if not mine.wait(WAIT_SECONDS):
            with self._lock:
                if not mine.is_set():
                    self._queue.remove(mine)
                    raise NotSaved


class ProcessTurns:
    """One process after the other, by two locked files beside the database.

    Whoever waits for the writer holds the first, so the writer cannot take the second twice in a row while
    another process waits. A process that is killed lets go of both. It is a courtesy: where the files cannot
    be had, SQLite's own lock is what keeps writers apart.
    """

    def __init__(self, database: Path) -> None:
        self._files = {kind: database.with_name(f"{database.name}.{kind}") for kind in (_WAITING, _WRITING)}

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Wait for this process's turn, for ``PROCESS_SECONDS`` at most."""
        ends = time.monotonic() + PROCESS_SECONDS
        with ExitStack() as held:
            with _locked(self._files[_WAITING], ends):
                held.enter_context(_locked(self._files[_WRITING], ends))
            yield


@contextmanager
def _locked(file: Path, ends: float) -> Iterator[None]:
    """Hold a file's lock, unless it cannot be had until then."""
    try:
        opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        yield
        return
    try:
        while not _take(opened) and time.monotonic() < ends:
            time.sleep(_TRY_AGAIN_SECONDS)
        yield
    finally:
        fcntl.flock(opened, fcntl.LOCK_UN)  # a process forked meanwhile would keep what closing leaves
        os.close(opened)


def _take(opened: int) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
