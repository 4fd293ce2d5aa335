"""A module of ours run on untrusted bytes in a process of its own, with limits on what it may use.

The child hears everything before it says anything, so neither blocks the other.
"""

from __future__ import annotations

import contextlib
import math
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one child may use. ``seconds``: of wall clock and of processor time.

    ``memory_mb``: address space, the interpreter included, in MB of 1024 * 1024 bytes;
    ``said_bytes``: how much it may say.
    """

    seconds: int
    memory_mb: int
    said_bytes: int


def run_limited(module: str, data: bytes, allowance: Allowance) -> tuple[int, bytes]:
    """The exit status, negative for a signal, of a module that gets ``data``, and what it said.

    The module gets the seconds and the MB as arguments, and calls `limit_process` before it reads.
    """
    options = ("-P", "-B", "-s", "-X", "utf8", "-m", module)
    child = subprocess.Popen(  # noqa: S603  # our own module, no shell, nothing of the data
        [sys.executable, *options, str(allowance.seconds), str(allowance.memory_mb)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=_environment(),
    )
    with child, _ended_after(child, allowance.seconds):
        said = _converse(child, data, allowance.said_bytes)
    return child.returncode, said


def limit_process(seconds: int, memory_mb: int) -> None:
    """Hard limits, so that a decoder that was taken over cannot lift them; no file can be written."""
    import resource  # noqa: PLC0415  # Unix only, and only of use in the child

    limits = {
        resource.RLIMIT_AS: memory_mb << 20,
        resource.RLIMIT_CPU: math.ceil(seconds),
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def _environment() -> dict[str, str]:
    """What the child is told of the world: where code and libraries are."""
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    places = [str(Path(__file__).parents[1]), *(place for place in sys.path if os.path.isabs(place))]
    return {**passed_on, "LANG": "C.UTF-8", "PYTHONPATH": os.pathsep.join(dict.fromkeys(places))}


@contextlib.contextmanager
def _ended_after(child: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """Kill the child when the time is up."""
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    try:
        yield
        child.wait()
    finally:
        timer.cancel()
        child.kill()


def _converse(child: subprocess.Popen[bytes], data: bytes, most: int) -> bytes:
    """What the child says to the data; one that says too much is killed."""
    assert child.stdin is not None
    assert child.stdout is not None
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(data)
    with contextlib.suppress(BrokenPipeError):
        child.stdin.close()
    said = child.stdout.read(most + 1)
    if len(said) > most:
        child.kill()
    return said
