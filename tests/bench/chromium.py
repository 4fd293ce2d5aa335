"""Chromium's print-to-PDF, started once and kept warm, spoken to over its debugging pipe."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
TICKS = os.sysconf("SC_CLK_TCK")


def find_chromium() -> str | None:
    """The browser's path, None where there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Chromium:
    """One page of a running browser."""

    def __init__(self, to_browser: int, from_browser: int, process_id: int) -> None:
        self._to, self._from = to_browser, from_browser
        self._process_id = process_id
        self._last = 0
        self._left = b""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session: str | None = None
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable")

    def print_pdf(self, page: Path) -> bytes:
        """The tagged PDF of a page, from opening its file to the last byte."""
        self._ask("Page.navigate", url=page.as_uri())
        self._hear(lambda said: said.get("method") == "Page.loadEventFired")
        printed = self._ask(
            "Page.printToPDF", preferCSSPageSize=True, printBackground=True, generateTaggedPDF=True
        )
        return base64.b64decode(printed["data"])

    def cpu_seconds(self) -> float:
        """Processor time of all processes of the browser so far."""
        return sum(_ticks(process_id) for process_id in _family(self._process_id)) / TICKS

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        number = self._last
        session = {"sessionId": self._session} if getattr(self, "_session", None) else {}
        message = {"id": number, "method": method, "params": parameters, **session}
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        answer = self._hear(lambda said: said.get("id") == number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _hear(self, is_wanted: Any) -> dict[str, Any]:
        parts = [self._left]
        while True:
            if b"\0" in parts[-1]:
                first, _, self._left = b"".join(parts).partition(b"\0")
                said: dict[str, Any] = json.loads(first)
                if is_wanted(said):
                    return said
                parts = [self._left]
                continue
            part = os.read(self._from, 1 << 20)
            if not part:
                raise EOFError("the browser ended")
            parts.append(part)


@contextmanager
def open_chromium(path: str) -> Iterator[Chromium]:
    """A warm browser with a profile of its own; it ends with the block."""
    their_in, our_out = os.pipe()
    our_in, their_out = os.pipe()
    low = [fcntl.fcntl(number, fcntl.F_DUPFD, 10) for number in (their_in, their_out)]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [path, *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-pipe"],
            pass_fds=(3, 4),
            preexec_fn=lambda: (os.dup2(low[0], 3), os.dup2(low[1], 4)),  # noqa: PLW1509 - no threads here
            stderr=subprocess.DEVNULL,
        )
        for number in (their_in, their_out, *low):
            os.close(number)
        try:
            yield Chromium(our_out, our_in, process.pid)
        finally:
            process.terminate()
            process.wait()
            os.close(our_out)
            os.close(our_in)


def _family(process_id: int) -> list[int]:
    """A process and all below it."""
    found = [process_id]
    for parent in found:
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            with suppress(OSError):  # a thread that has just ended
                found += [int(child) for child in path.read_text().split()]
    return found


def _ticks(process_id: int) -> int:
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text()
    except OSError:
        return 0
    fields = stat.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
