"""What a process asks of the system, as strace tells it: with the moments each call began and ended."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    "read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,"
    "pwrite64,pwritev,pwritev2,fsync,fdatasync,sync_file_range,unlink,unlinkat"
)
END_SECONDS = 10
_LINE = re.compile(r"(?P<process>\d+)\s+(?P<began>\d+\.\d+) (?P<text>.*?)(?: <(?P<took>\d+\.\d+)>)?")
_FILE = re.compile(r"\((?:AT_FDCWD(?:<[^>]*>)?, )?(?:\d+<([^>]*)>|\"([^\"]*)\")")
_UNFINISHED = " <unfinished ...>"
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>")


@dataclass(frozen=True, slots=True)
class Call:
    """One call. ``text``: name, arguments and result; ``file``: the file or connection it is about."""

    process: int
    text: str
    began: float
    ended: float

    @property
    def file(self) -> str:
        """The path that stands behind its first argument; empty where there is none."""
        found = _FILE.search(self.text)
        return "" if found is None else found[1] or found[2] or ""

    def does(self, *names: str) -> bool:
        """Whether it is one of these calls."""
        return self.text.partition("(")[0] in names


def tracer(trace: Path) -> list[str]:
    """The command that runs a program as itself and writes down what it and its children do."""
    how = ["-D", "-f", "--seccomp-bpf", "-yy", "-ttt", "-T", "-s", "400"]
    return ["strace", *how, "-e", f"trace={CALLS}", "-o", str(trace)]


def calls_of(trace: Path) -> list[Call]:
    """Every call that came to an end, in the order they began; of a program that has ended."""
    begun: dict[str, tuple[str, float]] = {}
    calls = []
    for line in _whole(trace).splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        process, text, began = found["process"], found["text"], float(found["began"])
        if text.endswith(_UNFINISHED):
            begun[process] = text.removesuffix(_UNFINISHED), began
            continue
        if (resumed := _RESUMED.match(text)) and process in begun:
            before, began = begun.pop(process)
            text = before + text[resumed.end() :]
        if found["took"]:
            calls.append(Call(int(process), text, began, began + float(found["took"])))
    return sorted(calls, key=lambda call: call.began)


def _whole(trace: Path) -> str:
    """A trace with its end, which strace writes a moment after the program's."""
    ends = time.monotonic() + END_SECONDS
    while True:
        text = trace.read_text(errors="replace")
        first = text.partition(" ")[0]
        if re.search(rf"^{first} .*\+\+\+ (exited|killed)", text, re.MULTILINE):
            return text
        assert time.monotonic() < ends, "the trace has no end"
        time.sleep(0.05)


def between(calls: Iterable[Call], began: float, ended: float) -> list[Call]:
    """Those that began and ended between two moments."""
    return [call for call in calls if began <= call.began and call.ended <= ended]


def syncs(calls: Iterable[Call]) -> list[Call]:
    """Those after which a file or folder is on the disk."""
    return [call for call in calls if call.does("fsync", "fdatasync") and " = 0" in call.text]


def writes(calls: Iterable[Call]) -> list[Call]:
    """Those that write to a place in a file."""
    return [call for call in calls if call.does("pwrite64", "pwritev", "pwritev2")]
