"""Renderers that misbehave on demand: the page of a job is the name of what it does."""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from reports.errors import ForbiddenAddress, RenderFailed
from reports.rendering.job import PdfJob

HOSTILE = "Kåre's answer: 42\n\x1b[31mred"


def _echo(job: PdfJob) -> bytes:
    return b"".join([job.identifier.encode(), *(part.content for part in job.attached)])


def _spin(job: PdfJob) -> bytes:
    while True:
        pass


def _match(job: PdfJob) -> bytes:
    return str(re.match(r"(a+)+$", "a" * 60 + "b")).encode()


def _sleep(job: PdfJob) -> bytes:
    time.sleep(600)
    return b""


def _hog(job: PdfJob) -> bytes:
    kept = []
    while True:
        kept.append(bytearray(1_000_000))


def _hide_a_hog(job: PdfJob) -> bytes:
    try:
        return _hog(job)
    except MemoryError:
        raise ValueError(HOSTILE) from None


def _hog_shared(job: PdfJob) -> bytes:
    kept = mmap.mmap(-1, 400 * 1024 * 1024)
    return str(len(kept)).encode()


def _grow(job: PdfJob) -> bytes:
    Misbehaving.kept.append(os.urandom(70_000_000))
    return str(os.getpid()).encode()


def _raise(job: PdfJob) -> bytes:
    raise ValueError(HOSTILE)


def _refuse(job: PdfJob) -> bytes:
    raise RenderFailed("render_refused", "too many pages\x1b[31m\n")


def _reach(job: PdfJob) -> bytes:
    raise ForbiddenAddress(HOSTILE)


def _chatter(job: PdfJob) -> bytes:
    for _ in range(2000):
        os.write(1, b"chatter" * 100)
        os.write(2, b"chatter" * 100)
    sys.stderr.write(HOSTILE)
    return b"done"


def _leave(job: PdfJob) -> bytes:
    sys.exit(0)


def _write(job: PdfJob) -> bytes:
    Path("written").write_text("x", encoding="utf-8")
    return b"written"


def _write_from_c(job: PdfJob) -> bytes:
    libc = ctypes.pythonapi
    handle = libc.open(b"/dev/shm/kretslop-test", os.O_CREAT | os.O_WRONLY, 0o600)
    written = libc.write(handle, b"x", 1)
    libc.unlink(b"/dev/shm/kretslop-test")
    return str(written).encode()


def _forge(job: PdfJob) -> bytes:
    for number in range(3, 12):
        try:
            os.write(number, b"\xff" * 64)
        except OSError:
            continue
    return b""


def _environment(job: PdfJob) -> bytes:
    return json.dumps(dict(os.environ)).encode()


def _fault() -> bytes:
    found: bytes = ctypes.string_at(0)
    return found


DOES: dict[str, Callable[[PdfJob], bytes]] = {
    "echo": _echo,
    "spin": _spin,
    "match": _match,
    "sleep": _sleep,
    "hog": _hog,
    "hide a hog": _hide_a_hog,
    "hog shared": _hog_shared,
    "grow": _grow,
    "raise": _raise,
    "refuse": _refuse,
    "reach": _reach,
    "chatter": _chatter,
    "leave": _leave,
    "write": _write,
    "write from c": _write_from_c,
    "forge": _forge,
    "environment": _environment,
    "read": lambda _: Path("/etc/passwd").read_bytes(),
    "read code": lambda _: Path(re.__file__).read_bytes(),
    "connect": lambda _: bytes(socket.create_connection(("127.0.0.1", 9)).fileno()),
    "look up": lambda _: repr(socket.getaddrinfo("localhost", 9)).encode(),
    "spawn": lambda _: subprocess.check_output(["true"]),
    "fork": lambda _: bytes(os.fork()),
    "exit": lambda _: os._exit(3),
    "fault": lambda _: _fault(),
    "abort": lambda _: os.abort(),
    "pid": lambda _: str(os.getpid()).encode(),
}


class Misbehaving:
    """Does what the page says; a page that names nothing comes back as it is."""

    kept: list[bytes] = []  # noqa: RUF012 - meant to grow

    def render(self, job: PdfJob) -> bytes:
        """What the named deed gives."""
        does = DOES.get(job.html)
        return does(job) if does else job.html.encode()


class Unable:
    """Cannot be made."""

    def __init__(self) -> None:
        raise OSError("cannot load library 'libpango'\nat all")


class Endless:
    """Is never ready."""

    def __init__(self) -> None:
        time.sleep(600)


class Faulty:
    """Takes its process with it."""

    def __init__(self) -> None:
        _fault()
