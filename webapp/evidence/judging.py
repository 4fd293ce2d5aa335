"""What a file is, decided by its content in a child process, since a hostile file can use up time and memory.

``judge`` does it; ``judge_limited`` lets a child process of this module do it.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, get_args

from reports.childprocess import Allowance, limit_process, run_limited
from webapp.evidence.kinds import KINDS, FileKind
from webapp.evidence.office import SIGNATURE as ZIP
from webapp.evidence.office import office_kind
from webapp.evidence.pdfs import SIGNATURE as PDF
from webapp.evidence.pdfs import check_pdf
from webapp.evidence.pictures import remade_picture
from webapp.evidence.problems import FileCode, FileRefused
from webapp.evidence.tables import check_table

MAX_REMADE_BYTES: Final = 20_000_000
ALLOWANCE: Final = Allowance(seconds=30, memory_mb=1_200, said_bytes=MAX_REMADE_BYTES + 1_000)

AT_ONCE: Final = 2
"""Files that one web process has judged at the same time: each may use all of ``ALLOWANCE``."""

_MOST_WAITING: Final = 6
_WAIT_SECONDS: Final = 20

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")
_EXIT_REFUSED = 3
_FOR_LIMITS = (signal.SIGKILL, signal.SIGXCPU, signal.SIGABRT)  # our clock or the system's; no memory left


@dataclass(frozen=True, slots=True)
class Judged:
    """What a file is. ``remade``: what to keep instead of it; None where it is kept as it is."""

    kind: FileKind
    remade: bytes | None = None


class Turns:
    """How many may do something at the same time; the others wait, or are told that it is busy."""

    def __init__(self, at_once: int, most_waiting: int, seconds: float) -> None:
        self._places = threading.BoundedSemaphore(at_once)
        self._line = threading.BoundedSemaphore(at_once + most_waiting)
        self._seconds = seconds

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn. Raises FileRefused with ``busy``."""
        if not self._line.acquire(blocking=False):
            raise FileRefused("busy")
        try:
            if not self._places.acquire(timeout=self._seconds):
                raise FileRefused("busy")
            try:
                yield
            finally:
                self._places.release()
        finally:
            self._line.release()


TURNS: Final = Turns(AT_ONCE, _MOST_WAITING, _WAIT_SECONDS)


def judge_limited(data: bytes, allowance: Allowance = ALLOWANCE) -> Judged:
    """As ``judge``, in a process with limits.

    Raises FileRefused: with ``limits`` where these ended it, with ``busy`` where too many files wait.
    """
    with TURNS.take():
        status, said = run_limited("webapp.evidence.judging", data, allowance)
    head, _, remade = said.partition(b"\n")
    if status == _EXIT_REFUSED:
        raise _refusal(head)
    if status != 0:
        raise FileRefused("limits" if -status in _FOR_LIMITS else "broken")
    kind = next((kind for kind in KINDS if kind.encode() == head), None)
    if kind is None:
        raise FileRefused("broken")
    return Judged(kind, remade if kind in ("png", "jpeg") else None)


def judge(data: bytes) -> Judged:
    """What a file is by its content. Raises FileRefused."""
    if data.startswith(PDF):
        check_pdf(data)
        return Judged("pdf")
    if data.startswith(_PNG):
        return Judged("png", remade_picture(data, "png", MAX_REMADE_BYTES))
    if data.startswith(_JPEG):
        return Judged("jpeg", remade_picture(data, "jpeg", MAX_REMADE_BYTES))
    if data.startswith(ZIP):
        return Judged(office_kind(data))
    if data.startswith(_COMPOUND):
        raise FileRefused("encrypted" if _LOCKED in data else "old_office")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise FileRefused("heic")
    check_table(data)
    return Judged("csv")


def main() -> int:
    """Read a file from standard input and write its kind, a line break and what to keep of it.

    Or the code of what is wrong with it and its parts. Takes the seconds and MB it may use as arguments,
    and limits itself before it reads anything.
    """
    seconds, memory_mb = map(int, sys.argv[1:3])
    limit_process(seconds, memory_mb)
    try:
        judged = judge(sys.stdin.buffer.read())
        said = judged.kind.encode() + b"\n" + (judged.remade or b"")
        status = 0
    except FileRefused as refused:
        said = json.dumps({"code": refused.code, "parts": refused.parts}).encode()
        status = _EXIT_REFUSED
    except MemoryError:
        said, status = b'{"code": "limits", "parts": {}}', _EXIT_REFUSED
    sys.stdout.buffer.write(said)
    return status


def _refusal(said: bytes) -> FileRefused:
    """What the child said, if it is one of the things it can say."""
    try:
        told = json.loads(said)
        code, limit = told["code"], told["parts"].get("limit")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return FileRefused("broken")
    codes: tuple[FileCode, ...] = get_args(FileCode)
    found = next((one for one in codes if one == code), None)
    if found is None:
        return FileRefused("broken")
    return FileRefused(found, limit=limit) if isinstance(limit, int) else FileRefused(found)


if __name__ == "__main__":
    sys.exit(main())
