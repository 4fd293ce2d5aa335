"""One worker process as its parent sees it: what it is started with, its pipes, its clock and its end."""

from __future__ import annotations

import contextlib
import html
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from reports.rendering.protocol import Answer, read_answer

_ROOM = Path(__file__).parents[1]
_PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
_CHUNK_BYTES = 1 << 16


class WorkerProcess:
    """One process and its two pipes. Used by its keeper alone, but for ``kill``."""

    def __init__(self, renderer: str, memory_mb: int, folder: Path) -> None:
        self._own = Path(tempfile.mkdtemp(prefix="worker-", dir=folder))  # the renderer copies fonts there
        options = ("-P", "-B", "-s", "-X", "utf8", "-m", "reports.rendering.worker")
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell, no text of a document
            [sys.executable, *options, renderer, str(memory_mb), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # warnings quote the document
            bufsize=0,
            cwd=self._own,
            env=_environment(folder, self._own),
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to = self._process.stdin.fileno()
        self._from = self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)
        self._reaping = threading.Lock()  # between asking whether it lives and killing it, nobody reaps
        self.jobs = 0

    def is_idle(self) -> bool:
        """Whether it lives and has nothing to say, as between two jobs."""
        with self._reaping:
            lives = self._process.poll() is None
        return lives and not _poll(self._from, select.POLLIN, 0)

    def ask(self, message: bytes, seconds: float) -> Answer:
        """Its answer to one job. Raises TimeoutError, EOFError if it ended, BrokenMessage."""
        deadline = time.monotonic() + seconds
        self.jobs += 1
        rest = memoryview(message)
        while rest:
            _wait_for(self._to, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._to, rest[:_CHUNK_BYTES]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                break  # it may have said why
        return self.hear(deadline)

    def hear(self, deadline: float) -> Answer:
        """The next thing it says. ``deadline``: on the monotonic clock, in seconds. Raises as ``ask``."""

        def read(size: int) -> bytes:
            taken = bytearray()
            while len(taken) < size:
                _wait_for(self._from, select.POLLIN, deadline)
                part = os.read(self._from, min(size - len(taken), _CHUNK_BYTES))
                if not part:
                    raise EOFError
                taken += part
            return bytes(taken)

        return read_answer(read)

    def kill(self) -> None:
        """Kill its whole group, from whatever thread; its keeper finds the pipe closed."""
        with self._reaping:
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self, patience_seconds: float = 0) -> int:
        """Kill it, unless it ends by itself before, and close the pipes; gives the exit status."""
        with self._reaping, contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience_seconds)
        self.kill()
        status = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        shutil.rmtree(self._own, ignore_errors=True)
        return status


def _poll(number: int, events: int, seconds: float) -> bool:
    """Whether something happened at a pipe, its end included."""
    poll = select.poll()
    poll.register(number, events)
    return bool(poll.poll(max(0, seconds) * 1000))


def _wait_for(number: int, events: int, deadline: float) -> None:
    if not _poll(number, events, deadline - time.monotonic()):
        raise TimeoutError


def make_folder() -> Path:
    """A folder of the pool's own, with a fontconfig that knows our fonts and no others."""
    folder = Path(tempfile.mkdtemp(prefix="kretslop-render-"))
    fonts = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>{html.escape(str(_ROOM / 'vendor' / 'fonts'))}</dir>"
        f"<cachedir>{html.escape(str(folder / 'fonts'))}</cachedir>"
        "<config><rescan><int>0</int></rescan></config></fontconfig>"
    )
    (folder / "fonts.conf").write_text(fonts, encoding="utf-8")
    return folder


def remove_folder(folder: Path, process_id: int) -> None:
    """Remove the folder, unless this is a fork of the process that made it."""
    if os.getpid() == process_id:
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, own: Path) -> dict[str, str]:
    """What a worker is told of the world: where code and libraries are, nothing of ours or the user's."""
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    root = str(_ROOM.parent)
    places = [place for place in sys.path if os.path.isabs(place)]
    return {
        **passed_on,
        "PATH": "",  # with it, Python would run a compiler to find each library
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(places if root in places else [root, *places]),
        "PYTHONHASHSEED": "0",
        "HOME": str(own),
        "TMPDIR": str(own),
        "XDG_CACHE_HOME": str(own),
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        "MALLOC_ARENA_MAX": "1",  # an arena for each thread would reserve addresses
    }
