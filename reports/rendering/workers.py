"""A pool of processes in which PDFs are made, each job with a limit on time and memory.

Each thread of the pool keeps one worker process: starts it, gives it jobs, watches the clock, ends it. The
threads live as long as the pool, since the system ends a worker with the thread that started it.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import weakref
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, TypeVar

from reports.errors import RenderFailed
from reports.rendering.job import PdfJob
from reports.rendering.protocol import EXIT_MEMORY, Answer, BrokenMessage, pack_job
from reports.rendering.workerprocess import WorkerProcess, make_folder, remove_folder

K = TypeVar("K")

RECYCLE_AFTER: Final = 200  # jobs; keeps what a worker gathers over time small
START_AGAIN_SECONDS: Final = 30
START_ATTEMPTS: Final = 3
WAITING_JOBS: Final = 1

_FOR_MEMORY = (signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use: ``seconds`` of wall clock once a worker has it, ``memory_mb`` of private memory.

    The memory is the worker's whole, the renderer included, in MB of 1024 * 1024 bytes.
    ``start_seconds``: how long a worker may take until it is ready.
    """

    seconds: float = 60
    memory_mb: int = 600
    start_seconds: float = 60


class RenderPool:
    """Makes PDFs in ``workers`` processes that start when first needed and end with the pool.

    ``renderer``: ``module:Class``, imported in the workers only. Every method may be called from any
    thread of the process that made the pool; jobs wait in one queue, first come first served, and the
    waiting has no limit. A pool does not survive a fork: make it afterwards.
    """

    def __init__(
        self, workers: int = 2, limits: Limits | None = None, renderer: str = "reports.rendering.pdf:Renderer"
    ) -> None:
        self._workers = workers
        self._process_id = os.getpid()
        self._home = _Home(limits or Limits(), renderer)
        self._kept = threading.local()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="render")

    def __enter__(self) -> RenderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def render(self, job: PdfJob) -> bytes:
        """The PDF of one job. Raises RenderFailed; RuntimeError on a closed pool."""
        outcome = _outcome(self._submit(job))
        if isinstance(outcome, RenderFailed):
            raise outcome
        return outcome

    def render_all(self, jobs: Iterable[tuple[K, PdfJob]]) -> Iterator[tuple[K, bytes | RenderFailed]]:
        """Each key with its PDF or the reason why there is none, in the order in which they are done.

        Jobs are taken from ``jobs`` only as workers come free: at most ``workers + 1`` are held, those done
        and not yet taken by the caller included. Raises what ``jobs`` raises; RuntimeError on a closed pool.
        """
        coming = iter(jobs)
        held: dict[Future[bytes], K] = {}
        try:
            while True:
                room = self._workers + WAITING_JOBS - len(held)
                held |= {self._submit(job): key for key, job in islice(coming, room)}
                if not held:
                    return
                done = next(iter(wait(held, return_when=FIRST_COMPLETED).done))
                yield held.pop(done), _outcome(done)
        finally:
            for future in held:
                future.cancel()

    def close(self) -> None:
        """End every worker at once and remove what was on disk; jobs under way fail. May be repeated."""
        if os.getpid() == self._process_id:
            self._home.kill_all()
            self._threads.shutdown(
                wait=True
            )  # waiting jobs fail by themselves; nobody hears of a cancelled one
            self._home.leave()

    def _submit(self, job: PdfJob) -> Future[bytes]:
        if os.getpid() != self._process_id:
            raise RuntimeError("a RenderPool does not survive a fork: make it in the process that uses it")
        if self._home.closing.is_set():
            raise RuntimeError("this RenderPool is closed")
        return self._threads.submit(self._work, job)

    def _work(self, job: PdfJob) -> bytes:
        if not hasattr(self._kept, "keeper"):
            self._kept.keeper = _Keeper(self._home)
        keeper: _Keeper = self._kept.keeper
        return keeper.work(job)


class _Home:
    """What the keepers of one pool share: the settings, a folder on disk, and the workers that run."""

    def __init__(self, limits: Limits, renderer: str) -> None:
        self.limits = limits
        self.closing = threading.Event()
        self._renderer = renderer
        self._lock = threading.Lock()  # guards what follows
        self._running: set[WorkerProcess] = set()
        self._folder: Path | None = None
        self._was_ready = False
        self._failed: tuple[float, RenderFailed] | None = None

    def start(self) -> WorkerProcess:
        """A worker that is ready. Raises RenderFailed: for a while without trying, if it has just failed.

        Where a worker has been ready before, the trouble may pass: it is tried a few times.
        """
        attempts = START_ATTEMPTS if self._was_ready else 1
        while True:
            attempts -= 1
            try:
                return self._start()
            except RenderFailed as failure:
                if attempts <= 0 or self.closing.wait(1):
                    with self._lock:
                        self._failed = self._failed or (time.monotonic(), failure)
                    raise

    def end(self, worker: WorkerProcess, patience_seconds: float = 0) -> int:
        """End one worker; gives its exit status, negative for a signal."""
        with self._lock:
            self._running.discard(worker)
        return worker.end(patience_seconds)

    def kill_all(self) -> None:
        """Start no more workers, and make those there are end."""
        with self._lock:
            self.closing.set()
            running = list(self._running)
        for worker in running:
            worker.kill()

    def leave(self) -> None:
        """Give everything back, when no keeper works any more."""
        for worker in list(self._running):
            self.end(worker)
        if self._folder is not None:
            remove_folder(self._folder, os.getpid())

    def _start(self) -> WorkerProcess:
        worker = self._launch()
        try:
            answer = worker.hear(time.monotonic() + self.limits.start_seconds)
        except TimeoutError:
            answer = Answer("render_crashed", f"not ready after {self.limits.start_seconds:g} seconds")
        except (EOFError, BrokenMessage):
            answer = Answer("render_crashed", "it ended before it was ready")
        if answer.code is not None:
            self.end(worker)
            raise RenderFailed("render_crashed", f"the renderer could not start: {answer.detail}")
        self._was_ready = True
        return worker

    def _launch(self) -> WorkerProcess:
        with self._lock:
            if self.closing.is_set():
                raise _closed()
            if self._failed and time.monotonic() < self._failed[0] + START_AGAIN_SECONDS:
                raise RenderFailed(self._failed[1].code, self._failed[1].detail)
            self._failed = None
            try:
                if self._folder is None:
                    self._folder = make_folder()
                    weakref.finalize(self, remove_folder, self._folder, os.getpid())
                worker = WorkerProcess(self._renderer, self.limits.memory_mb, self._folder)
            except OSError as error:
                raise RenderFailed("render_crashed", f"the renderer could not start: {error}") from error
            self._running.add(worker)
            return worker


class _Keeper:
    """Keeps one worker for one thread: starts it, asks it, ends it, replaces it."""

    def __init__(self, home: _Home) -> None:
        self._home = home
        self._worker: WorkerProcess | None = None

    def work(self, job: PdfJob) -> bytes:
        """The PDF of one job. Raises RenderFailed."""
        if self._home.closing.is_set():
            raise _closed()
        try:
            message = pack_job(job)
        except UnicodeEncodeError:
            raise RenderFailed("render_refused", "the document is not valid Unicode") from None
        worker = self._living_worker()
        answer = self._ask(worker, message)
        if answer.is_last or worker.jobs >= RECYCLE_AFTER:
            self._end()
        if answer.code is not None:
            raise RenderFailed(answer.code, answer.detail)
        return answer.pdf

    def _ask(self, worker: WorkerProcess, message: bytes) -> Answer:
        seconds = self._home.limits.seconds
        try:
            return worker.ask(message, seconds)
        except TimeoutError:
            self._end()
            raise RenderFailed("render_time", f"no PDF after {seconds:g} seconds") from None
        except BrokenMessage as problem:
            self._end()
            raise RenderFailed("render_crashed", f"the worker broke the protocol: {problem}") from None
        except EOFError:
            status = self._end(patience_seconds=2)
            raise _closed() if self._home.closing.is_set() else _why_ended(status) from None

    def _living_worker(self) -> WorkerProcess:
        if self._worker is not None and not self._worker.is_idle():
            self._end()
        if self._worker is None:
            self._worker = self._home.start()
        return self._worker

    def _end(self, patience_seconds: float = 0) -> int:
        assert self._worker is not None
        worker, self._worker = self._worker, None
        return self._home.end(worker, patience_seconds)


def _outcome(done: Future[bytes]) -> bytes | RenderFailed:
    """The PDF or a new error: the one raised holds on to the job by its traceback."""
    try:
        return done.result()
    except RenderFailed as failure:
        return RenderFailed(failure.code, failure.detail)


def _closed() -> RenderFailed:
    return RenderFailed("render_crashed", "the pool was closed")


def _why_ended(status: int) -> RenderFailed:
    """What an exit status, negative for a signal, says about a worker that nobody ended.

    The system kills when memory runs out, and libraries abort or trap when they get none; both may have
    other reasons, so the signal is named.
    """
    if status == EXIT_MEMORY or -status in _FOR_MEMORY:
        return RenderFailed(
            "render_memory", f"the worker ended, for want of memory as it seems ({_name(status)})"
        )
    return RenderFailed("render_crashed", f"the worker ended ({_name(status)})")


def _name(status: int) -> str:
    signals = {-known.value: known.name for known in signal.Signals}
    return signals.get(status, f"exit status {status}")
