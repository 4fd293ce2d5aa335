"""A worker: takes jobs as they come, says that it is alive, and finds what others left behind.

Huey brings ids of jobs to its threads. Beside them the main thread beats: it keeps the worker's jobs alive
and sweeps for jobs that are due, also those of a worker that was killed. So nothing depends on the queue.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from huey.consumer import Consumer

from reports.rendering.workers import RenderPool
from webapp.errors import NotSaved, OutOfReach
from webapp.jobs.handlers import HANDLERS, HEAVY, LIGHT, Bench
from webapp.jobs.queue import Line, open_line
from webapp.services import activitymailing, cohortmailing, jobs, linkchecking, retention, telling
from webapp.services.jobs import BEAT_SECONDS, Claimed, JobFailed
from webapp.services.queueing import JobKind
from webapp.services.site import Site

PATIENCE_SECONDS = 8
"""How long a job may go on once the worker is to stop; then it is given back."""

END_SECONDS = 5
HEALTH_BEATS = 5
DAILY_BEATS = 30
"""How often, in beats, a worker asks for what is done once a day."""

POLL_SECONDS = 0.5
LIGHT_THREADS = 2

log = logging.getLogger(__name__)


class Desk:
    """The jobs of one worker. Its methods are called from many threads."""

    def __init__(self, bench: Bench, seats: int) -> None:
        self.bench = bench
        self.stopping = threading.Event()
        self._database = bench.site.database
        self._seats = threading.BoundedSemaphore(seats)
        self._lock = threading.Lock()
        self._held: dict[str, Claimed] = {}

    def run(self, job_id: str) -> None:
        """Do a job, unless it is somebody else's; a heavy one only in a free seat, and then more of them.

        With the database away, whatever was at hand is left for the next sweep.
        """
        try:
            self._run(job_id)
        except (NotSaved, OutOfReach) as error:
            log.warning("job %s is left for a sweep: %s", job_id, type(error).__name__)

    def _run(self, job_id: str) -> None:
        if not self._seats.acquire(blocking=False):
            self._claim_and_do(job_id, LIGHT)
            return
        try:
            was_heavy = self._claim_and_do(job_id, tuple(HANDLERS))
            while was_heavy and not self.stopping.is_set():
                waiting = jobs.due(self._database, HEAVY, self.bench.now(), 1)
                was_heavy = bool(waiting) and self._claim_and_do(waiting[0], HEAVY)
        finally:
            self._seats.release()

    def beat(self) -> None:
        """Say that the jobs at hand are being worked on."""
        with self._lock:
            held = list(self._held.values())
        jobs.beat(self._database, held, self.bench.now())

    def _claim_and_do(self, job_id: str, kinds: Collection[JobKind]) -> bool:
        """Do a job if it is to be had; whether it was a heavy one."""
        claimed = jobs.claim(self._database, job_id, self.bench.now(), kinds)
        if claimed is None:
            return False
        with self._lock:
            self._held[job_id] = claimed
        try:
            self._do(claimed)
        finally:
            with self._lock:
                self._held.pop(job_id, None)
        return claimed.kind in HEAVY

    def _do(self, claimed: Claimed) -> None:
        started = time.monotonic()
        try:
            HANDLERS[claimed.kind](self.bench, claimed.body)
        except JobFailed as failure:
            self._failed(claimed, failure)
        except (NotSaved, OutOfReach):
            self._failed(claimed, JobFailed("database"))
        except Exception as error:
            log.exception("job %s (%s) met a mistake of ours", claimed.id, claimed.kind)
            self._failed(claimed, JobFailed(f"mistake: {type(error).__name__}"))
        else:
            jobs.finish(self._database, claimed, self.bench.now())
            log.info("job %s (%s) done in %.1f s", claimed.id, claimed.kind, time.monotonic() - started)

    def _failed(self, claimed: Claimed, failure: JobFailed) -> None:
        if self.stopping.is_set() and not failure.is_final:
            jobs.give_back(self._database, claimed, self.bench.now())
            return
        log.warning("job %s (%s) failed: %s", claimed.id, claimed.kind, failure.code)
        jobs.fail(self._database, claimed, failure, self.bench.now())


class Worker:
    """Works until told to stop. To be made and run in the main thread of the process that works."""

    def __init__(self, site: Site) -> None:
        renderers = site.settings.render_workers
        self._site = site
        self._pool = RenderPool(renderers)
        self._desk = Desk(Bench(site, self._pool.render), seats=renderers + 1)
        self._threads = renderers + 1 + LIGHT_THREADS
        self._stop = threading.Event()

    def run(self) -> None:
        """Work until a signal, SIGTERM or SIGINT, says stop; what is not done by then is given back."""
        logging.getLogger("huey").setLevel(logging.CRITICAL)  # ten lines a second while a database is away
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        line = self._open_line()
        if line is None:
            return
        consumer = _Consumer(line.huey, workers=self._threads, periodic=False, max_delay=POLL_SECONDS)
        consumer.start()
        log.info(
            "worker started: %d threads, %d renderers", self._threads, self._site.settings.render_workers
        )
        try:
            self._watch(line, consumer)
        finally:
            self._end(consumer)
            line.close()

    def stop(self) -> None:
        """Have ``run`` come to an end."""
        self._desk.stopping.set()
        self._stop.set()

    def _on_signal(self, _number: int, _frame: Any) -> None:
        self.stop()

    def _open_line(self) -> Line | None:
        """The queue, as soon as it can be had; None when told to stop before."""
        while not self._stop.is_set():
            try:
                return open_line(self._site.settings, self._desk.run)
            except Exception as error:  # noqa: BLE001  # whatever the database says; it is asked again
                log.warning("the queue cannot be opened: %s", type(error).__name__)
                self._stop.wait(BEAT_SECONDS)
        return None

    def _watch(self, line: Line, consumer: Consumer) -> None:
        beats = 0
        while True:
            beats += 1
            try:
                self._desk.beat()
                if beats % DAILY_BEATS == 0:
                    retention.order(self._site, self._desk.bench.now())
                    telling.order(self._site, self._desk.bench.now())
                    activitymailing.order_reminding(self._site, self._desk.bench.now())
                    cohortmailing.order_daily(self._site, self._desk.bench.now())
                    linkchecking.order(self._site, self._desk.bench.now())
                self._sweep(line)
            except Exception as error:  # noqa: BLE001  # the database is away; the next beat tries again
                log.warning("a beat failed: %s", type(error).__name__)
            if beats % HEALTH_BEATS == 0:
                consumer.check_worker_health()
            if self._stop.wait(BEAT_SECONDS):
                return

    def _sweep(self, line: Line) -> None:
        """Bring what is due to the threads, unless they have enough to do."""
        now, database = self._desk.bench.now(), self._site.database
        found = jobs.sweep(database, now)
        if found:
            log.warning("%d jobs of a worker that ended are done again", found)
        if line.is_empty():
            waiting = jobs.due(database, LIGHT, now) + jobs.due(database, HEAVY, now, self._threads)
            for job_id in waiting:
                line.add(job_id)

    def _end(self, consumer: Consumer) -> None:
        """Wait for the jobs at hand, a while; then end the renders, which gives their jobs back."""
        consumer.stop_flag.set()
        ends = time.monotonic() + PATIENCE_SECONDS
        while consumer.is_working() and time.monotonic() < ends:
            with suppress(Exception):  # jobs at hand stay ours while we wait
                self._desk.beat()
            time.sleep(0.2)
        self._pool.close()
        consumer.join(END_SECONDS)
        log.info("worker stopped")


class _Consumer(Consumer):  # type: ignore[misc]  # Huey has no types
    """Huey's threads without its signals: when to stop is the worker's to say."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals alone."""

    def is_working(self) -> bool:
        """Whether a thread has not come to its end."""
        return any(thread.is_alive() for _, thread in self.worker_threads)

    def join(self, seconds: float) -> None:
        """Wait for the threads to end."""
        ends = time.monotonic() + seconds
        for _, thread in self.worker_threads:
            thread.join(max(0.0, ends - time.monotonic()))
