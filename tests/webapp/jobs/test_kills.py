"""Killed at random moments, a worker leaves no half document, and the next one finishes its work."""

from __future__ import annotations

import atexit
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from itertools import cycle
from pathlib import Path
from statistics import median

import pikepdf
import pytest
from sqlalchemy import delete, func, select

from tests.webapp.sites import a_workshop, as_actor, make_site, submitted
from webapp.db.tables.work import Document, Job
from webapp.errors import Refused
from webapp.evidence.storage import FileMissing
from webapp.services.actor import Actor
from webapp.services.documents import (
    Listed,
    count_unfinished,
    is_whole_pdf,
    job_key,
    list_documents,
    open_pdf,
    order_document,
)
from webapp.services.jobs import STALE_SECONDS, do_again
from webapp.services.site import Site

ROOT = Path(__file__).parents[3]
IS_HOSTILE = bool(os.environ.get("KRETSLOP_HOSTILE"))
QUICK_KILLS = 10_000 if IS_HOSTILE else 20
REAL_KILLS = 300 if IS_HOSTILE else 2
REAL_ASSESSMENTS = 12 if IS_HOSTILE else 1
"""So many that there is always another document to begin, while those of the killed wait to be taken up."""

QUICK_ASSESSMENTS = 20 if IS_HOSTILE else 6
PAUSE_SECONDS = 0.3
"""Between two looks of the reader at an assessment."""

LOOK_SECONDS, CALM_SECONDS = 0.03, 0.2
"""Between two looks: where the moment matters, and where seconds do."""

MEASURED_EVERY, MEASURES = 20, 5
RECOVERY_SECONDS = 10
RENDER_SECONDS = 120
WISHES = [(edition, language) for edition in ("company", "share") for language in ("nb", "nn", "en")]
FEW = [("share", language) for language in ("nb", "en")]
"""What is made of every hand-in where it is rendered: the shortest there is, of several pages still."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


@dataclass
class Reader:
    """Somebody who asks for documents all the time, and has those that are ready made once more.

    ``failure``: what must never happen, if it did. ``known``: each document's bytes as they first came.
    """

    site: Site
    actor: Actor
    assessments: list[str]
    wishes: list[tuple[str, str]]
    stop: threading.Event = field(default_factory=threading.Event)
    known: dict[str, bytes] = field(default_factory=dict)
    opened: int = 0
    failure: str | None = None

    def run(self) -> None:
        """Read until told to stop or something is wrong."""
        for id_ in cycle(self.assessments):
            if self.stop.is_set() or self.failure is not None:
                return
            for listed in list_documents(self.site, self.actor, id_):
                if self.read(listed):
                    self.make_anew(listed.id)
            self.look_at_files()
            time.sleep(PAUSE_SECONDS)

    def listed(self) -> list[Listed]:
        """Every document of every assessment."""
        lists = (list_documents(self.site, self.actor, id_) for id_ in self.assessments)
        return [one for listed in lists for one in listed]

    def read(self, listed: Listed) -> bool:
        """Open a document; whether it was there. Nobody else has it made: what was ready is ready still."""
        try:
            content = open_pdf(self.site, self.actor, listed.id, datetime.now(UTC)).content
        except Refused as refused:
            if listed.state == "ready" or refused.code != "documents.waiting":
                self.failure = f"{listed.id} was {listed.state}, and was refused: {refused.code}"
            return False
        self.opened += 1
        if not is_whole_pdf(content) or content != self.known.setdefault(listed.id, content):
            self.failure = f"{listed.id} came otherwise than before"
        return True

    def make_anew(self, document_id: str) -> None:
        """Have a document rendered once more, as if it had been lost."""
        with self.site.database.write() as session:
            document = session.get_one(Document, document_id)
            document.state, document.content_sha256 = "waiting", None
            do_again(session, job_key(document_id), datetime.now(UTC))

    def look_at_files(self) -> None:
        """Everything the store has is whole, whoever is killed in between."""
        for key in self.site.files.list_keys("documents"):
            with suppress(FileMissing):
                if not is_whole_pdf(self.site.files.get(key)):
                    self.failure = f"{key} is half a file"


@cache
def mortal() -> subprocess.Popen[str]:
    """The program that is made to be killed: one for all tests of a process, gone when they end."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.webapp.jobs.mortal"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    atexit.register(program.communicate, timeout=30)
    return program


@contextmanager
def working(site: Site, kind: str) -> Iterator[subprocess.Popen[str]]:
    """The worker that is made to be killed, at work for an installation."""
    settings = {
        "data_dir": str(site.settings.data_dir),
        "database_url": site.settings.database,
        "secret_key": "a secret of the tests",
        "register_offline": True,
    }
    worker = mortal()
    tell(worker, json.dumps({"kind": kind, "settings": settings}))
    try:
        yield worker
    finally:
        tell(worker, "end")
        while hear(worker):
            continue


def tell(worker: subprocess.Popen[str], line: str) -> None:
    assert worker.stdin is not None
    worker.stdin.write(f"{line}\n")
    worker.stdin.flush()


def hear(worker: subprocess.Popen[str]) -> str:
    """The next thing it says; empty once it has stopped."""
    assert worker.stdout is not None
    return worker.stdout.readline().strip()


def next_life(worker: subprocess.Popen[str]) -> int:
    """The process id of the next life, once it is at work."""
    return int(hear(worker))


def kill_lives(site: Site, worker: subprocess.Popen[str], count: int) -> None:
    """Kill each life of the worker after a moment, within the time in which it makes a document.

    How long one takes is measured now and then, with a life that may end it: machines are slow at times. The
    first has mail to send before.
    """
    chance = random.Random(4)  # noqa: S311  # moments, not secrets
    paces: deque[float] = deque(maxlen=MEASURES)
    for at in range(-1, count):
        life = next_life(worker)
        if at % MEASURED_EVERY == 0 or at < 0:
            seconds = seconds_until_another_is_ready(site)
            paces.extend([seconds] if at >= 0 else [])
        else:
            time.sleep(chance.uniform(0, median(paces)))
        os.kill(life, signal.SIGKILL)
    next_life(worker)


def seconds_until_another_is_ready(site: Site) -> float:
    """How long the worker takes to make another document."""
    before = last_end(site)
    return wait_for(lambda: last_end(site) != before, "another document is ready")


def last_end(site: Site) -> datetime | None:
    """When a document was made last."""
    with site.database.read() as session:
        return session.scalar(select(func.max(Document.ready_utc)))


def kill_renders(reader: Reader, worker: subprocess.Popen[str], count: int, most_seconds: float) -> None:
    """Kill each life of the worker a moment after it has begun something; what is made is made anew."""
    chance = random.Random(4)  # noqa: S311  # moments, not secrets
    for _ in range(count):
        life = next_life(worker)
        wait_for_work(reader)
        time.sleep(chance.uniform(0, most_seconds))
        os.kill(life, signal.SIGKILL)
    next_life(worker)


def wait_for_work(reader: Reader) -> None:
    """Until the worker begins another document; all are made anew whenever all are ready."""
    before = attempts(reader.site)

    def is_begun() -> bool:
        if not count_unfinished(reader.site):
            for listed in reader.listed():
                reader.make_anew(listed.id)
        return attempts(reader.site) > before

    wait_for(is_begun, "another document is begun")


def wait_for(is_so: Callable[[], bool], what: str, look_seconds: float = LOOK_SECONDS) -> float:
    """Seconds until something is so. Raises where it does not come about."""
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < RENDER_SECONDS, f"never: {what}"
        time.sleep(look_seconds)
    return time.monotonic() - started


def reader_of(site: Site, assessments: int, wishes: Sequence[tuple[str, str]] = WISHES) -> Reader:
    owner, company = a_workshop(site)
    ids = [submitted(site, owner, company, period=str(2026 + at)).id for at in range(assessments)]
    with site.database.write() as session:
        session.execute(delete(Document))  # those made first; their jobs find nothing to do
    for id_ in ids:
        for edition, language in wishes:
            order_document(site, owner, id_, edition, language, now=datetime.now(UTC))
    return Reader(site, as_actor(site, owner.person_id, datetime.now(UTC)), ids, list(wishes))


def attempts(site: Site) -> int:
    """How often a worker took a job."""
    with site.database.read() as session:
        return sum(session.scalars(select(Job.attempts).where(Job.kind == "render_document")))


def stranded(site: Site) -> dict[str, int]:
    """The jobs that a worker has, each with how often it was taken."""
    with site.database.read() as session:
        return {job.id: job.attempts for job in session.query(Job).filter_by(state="running")}


def seconds_until_recovered(site: Site, left: dict[str, int]) -> float:
    """How long it takes until no job is where a killed worker left it."""

    def is_left() -> bool:
        found = stranded(site)
        return any(found.get(id_) == attempts for id_, attempts in left.items())

    return wait_for(lambda: not is_left(), "the jobs of the killed are taken up", CALM_SECONDS)


def wait_until_all_are_ready(site: Site) -> None:
    wait_for(lambda: not count_unfinished(site), "every document is ready", CALM_SECONDS)


def assert_all_ready(reader: Reader) -> None:
    listed = reader.listed()
    assert len(listed) == len(reader.wishes) * len(reader.assessments)
    assert {one.state for one in listed} == {"ready"}
    assert [one.id for one in listed if not reader.read(one)] == []
    assert reader.failure is None


def test_documents_come_whole_however_often_the_worker_is_killed(site: Site) -> None:
    reader = reader_of(site, QUICK_ASSESSMENTS)
    thread = threading.Thread(target=reader.run)

    with working(site, "quick") as worker:
        thread.start()
        try:
            kill_lives(site, worker, QUICK_KILLS)
        finally:
            reader.stop.set()
            thread.join()
        seconds = seconds_until_recovered(site, stranded(site))
        wait_until_all_are_ready(site)

    assert seconds < RECOVERY_SECONDS
    assert_all_ready(reader)
    assert reader.opened > QUICK_KILLS / 4


def test_a_killed_render_is_finished_by_the_next_worker(site: Site) -> None:
    reader = reader_of(site, REAL_ASSESSMENTS, FEW)

    with working(site, "real") as worker:
        kill_renders(reader, worker, REAL_KILLS, 1.5)
        seconds = seconds_until_recovered(site, stranded(site))
        wait_until_all_are_ready(site)

    assert seconds < RECOVERY_SECONDS
    assert_all_ready(reader)
    for content in reader.known.values():
        with pikepdf.open(BytesIO(content)) as pdf:
            assert len(pdf.pages) > 1


def test_a_worker_that_is_told_to_stop_leaves_its_work_to_the_next(site: Site) -> None:
    reader = reader_of(site, 1, FEW)

    with working(site, "real") as worker:
        first = next_life(worker)
        wait_for(lambda: bool(stranded(site)), "a render is begun")
        at_hand = stranded(site)
        os.kill(first, signal.SIGTERM)
        next_life(worker)
        seconds = seconds_until_recovered(site, at_hand)
        wait_until_all_are_ready(site)

    assert seconds < STALE_SECONDS / 2  # given back, not found left behind
    assert_all_ready(reader)
