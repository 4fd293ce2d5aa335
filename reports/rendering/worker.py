"""One worker process: makes the renderer, gives up what it no longer needs, then renders until told to end.

Started by ``reports.rendering.workers`` as
``python -m reports.rendering.worker <module:Class> <memory_mb> <parent>``. Order: end with the parent,
 take the pipes, make the renderer, set the limits, close the doors, say ready, work.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import gc
import importlib
import os
import resource
import signal
import site
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from reports.errors import ForbiddenAddress, RenderFailed
from reports.rendering.job import PdfJob
from reports.rendering.protocol import EXIT_MEMORY, MAX_PDF_BYTES, Answer, pack_answer, read_job

MAX_OPEN_FILES = 32
ADDRESS_SLACK_MB = 64  # stacks of pango's threads, mapped font files
_MB = 1024 * 1024
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38

_REFUSED_EVENTS = frozenset(
    [
        *("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "os.startfile"),
        *("subprocess.Popen", "pty.spawn", "ctypes.dlopen", "os.kill", "os.killpg", "os.putenv"),
        *("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink"),
        *("os.truncate", "os.utime", "os.setxattr", "os.chdir", "tempfile.mkstemp", "tempfile.mkdtemp"),
    ]
)
_REFUSED_FAMILIES = (
    *("socket.", "shutil.", "ftplib.", "http.client.", "imaplib.", "poplib.", "smtplib.", "telnetlib."),
    *("urllib.", "nntplib.", "sqlite3.", "webbrowser.", "syslog.", "ensurepip.", "fcntl.", "resource."),
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Refused(PermissionError):
    """The document made the renderer reach for something outside its room."""


class Renderer(Protocol):
    """What a worker works with: made once without arguments, then asked for one PDF at a time."""

    def render(self, job: PdfJob) -> bytes:
        """The PDF of one job."""
        ...


@dataclass(frozen=True, slots=True)
class _Memory:
    """Private writable memory, and all addresses in use, in bytes; 0 where the system does not say."""

    private_bytes: int
    addresses_bytes: int


class _Meter:
    """Reads this process's memory from one file that stays open, since later none may be opened."""

    def __init__(self) -> None:
        path = "/proc/self/status"
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC) if os.path.exists(path) else None

    def read(self) -> _Memory:
        lines = os.pread(self._file, 8192, 0).splitlines() if self._file is not None else []
        sizes = {line.split()[0]: int(line.split()[1]) * 1024 for line in lines if line.startswith(b"Vm")}
        return _Memory(sizes.get(b"VmData:", 0), sizes.get(b"VmSize:", 0))


def main(renderer: str, memory_mb: int, parent: int) -> int:
    """Work until the parent closes the pipe; gives the exit status."""
    _end_with(parent)
    jobs, answers = _take_pipes()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    meter = _Meter()
    gc.disable()  # nothing of what is read in now is rubbish
    try:
        made = _make(renderer)
        _set_limits(meter.read(), memory_mb)
    except BaseException as failure:  # noqa: BLE001 - no document has been seen yet, so the message is our own
        text = f"{type(failure).__name__}: {failure}"
        _say(answers, Answer("render_crashed", text, is_last=True))
        return 1
    trim = _trimmer()
    gc.collect()
    gc.freeze()
    gc.enable()
    resting_bytes = meter.read().private_bytes + memory_mb * _MB // 4
    sys.addaudithook(_Doors().check)
    _say(answers, Answer())
    for job in _jobs(jobs):
        answer = job if isinstance(job, Answer) else _answer(made, job)
        del job
        gc.collect()
        trim(0)
        if meter.read().private_bytes > resting_bytes:
            answer = replace(answer, is_last=True)  # the next job shall find as much memory as this one did
        _say(answers, answer)
        if answer.is_last:
            break
    return 0


def _jobs(jobs: BinaryIO) -> Iterator[PdfJob | Answer]:
    """The jobs as they come, or an answer where a job is too large to be read."""

    def read(size: int) -> bytes:
        taken = jobs.read(size)
        if len(taken) < size:
            raise EOFError
        return taken

    while True:
        try:
            yield read_job(read)
        except EOFError:
            return
        except MemoryError:
            yield _no_memory()


def _answer(renderer: Renderer, job: PdfJob) -> Answer:
    """The PDF or the reason why there is none."""
    try:
        pdf = renderer.render(job)
    except BaseException as failure:  # noqa: BLE001 - the door: whatever a document sets off ends here
        return _reason(failure)
    if len(pdf) > MAX_PDF_BYTES:
        return Answer("render_refused", f"the PDF is larger than {MAX_PDF_BYTES} bytes", is_last=True)
    return Answer(pdf=pdf)


def _reason(failure: BaseException) -> Answer:
    """What an error says, without its message, which may hold answers, unless it is our own."""
    if _is_for_memory(failure):
        return _no_memory()
    if isinstance(failure, RenderFailed):
        return Answer(failure.code, failure.detail)
    if isinstance(failure, ForbiddenAddress):
        return Answer("render_refused", "the document asked for an address that is not ours")
    if isinstance(failure, Refused):
        return Answer("render_refused", f"the renderer may not do this with a document: {failure}")
    is_last = not isinstance(failure, Exception)
    return Answer("render_crashed", f"the renderer raised {type(failure).__name__}", is_last)


def _no_memory() -> Answer:
    return Answer("render_memory", "the document needs more memory than is allowed", is_last=True)


def _is_for_memory(failure: BaseException | None) -> bool:
    """Whether a lack of memory set off the error, also when another error was raised over it."""
    for _ in range(20):
        if failure is None:
            return False
        if isinstance(failure, MemoryError) or (
            isinstance(failure, OSError) and failure.errno == errno.ENOMEM
        ):
            return True
        failure = failure.__cause__ or failure.__context__
    return False


def _say(answers: BinaryIO, answer: Answer) -> None:
    try:
        answers.write(pack_answer(answer))
        answers.flush()
    except MemoryError:
        os._exit(EXIT_MEMORY)
    except BrokenPipeError:
        os._exit(0)  # the parent has ended


def _make(renderer: str) -> Renderer:
    module, _, name = renderer.partition(":")
    made: Renderer = getattr(importlib.import_module(module), name)()
    return made


def _end_with(parent: int) -> None:
    """Let the system end this process with the thread that started it; elsewhere EOF does, between jobs."""
    if sys.platform == "linux":
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)  # it ended before we could ask


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our own ends of the pipes; what prints or reads by itself finds an empty device instead."""
    jobs, answers = os.dup(0), os.dup(1)
    empty = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(empty, number)
    os.close(empty)
    return os.fdopen(jobs, "rb"), os.fdopen(answers, "wb")


def _set_limits(used: _Memory, memory_mb: int) -> None:
    """Bound memory, files and their size from here on. Raises MemoryError if too little is left to work with.

    RLIMIT_DATA counts private writable memory, which is what is meant; shared anonymous memory escapes it,
    so all addresses are bounded too: what is mapped now, the allowed memory, and some slack.
    """
    limit_bytes = memory_mb * _MB
    if used.private_bytes > limit_bytes * 3 // 4:
        raise MemoryError(
            f"{used.private_bytes // _MB} of {memory_mb} MB are in use before the first document"
        )
    limits = {
        resource.RLIMIT_DATA: limit_bytes,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: MAX_OPEN_FILES,
    }
    if used.addresses_bytes:
        mapped_bytes = used.addresses_bytes - used.private_bytes
        limits[resource.RLIMIT_AS] = mapped_bytes + limit_bytes + ADDRESS_SLACK_MB * _MB
    for kind, most in limits.items():
        with contextlib.ExitStack() as lenient:
            if sys.platform != "linux":
                lenient.enter_context(contextlib.suppress(ValueError, OSError))
            resource.setrlimit(kind, (most, most))


def _trimmer() -> Callable[[int], object]:
    """A function that gives freed memory back to the system, where the C library has one."""
    trim: Callable[[int], object] = getattr(ctypes.CDLL(None), "malloc_trim", bool)
    return trim


class _Doors:
    """Refuses, from Python code, the network, processes, writing, and reading outside code and fonts.

    A belt, not a wall, since C code is not seen: it goes with the kernel's limits and the renderer's fetcher.
    """

    def __init__(self) -> None:
        paths = sysconfig.get_paths()
        rooms = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
        rooms += [*site.getsitepackages(), str(Path(__file__).parents[1])]
        self._rooms = tuple({os.path.realpath(room) + os.sep for room in rooms})

    def check(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Raises Refused for an event that no render needs."""
        if event == "open":
            self._check_open(*arguments)
        elif event in _REFUSED_EVENTS or event.startswith(_REFUSED_FAMILIES):
            raise Refused(event)

    def _check_open(self, path: Any, mode: str | None, flags: int) -> None:
        if flags & _WRITING or set(mode or "r") & set("wax+"):
            raise Refused("open for writing")
        if not isinstance(path, str | bytes | os.PathLike):
            raise Refused("open by number")
        if not os.path.realpath(os.fsdecode(path)).startswith(self._rooms):
            raise Refused("open")


if __name__ == "__main__":
    status = EXIT_MEMORY
    with contextlib.suppress(MemoryError):
        status = main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    os._exit(status)  # nothing here is worth tidying: memory and pipes go with the process
