"""What a worker does with the jobs it is told of, and with those nobody told it of."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reports.errors import RenderFailed
from reports.rendering.job import PdfJob
from tests.webapp.services.printing import stand_in
from tests.webapp.sites import a_workshop, make_site, submitted
from webapp.db.tables.work import Job
from webapp.errors import NotSaved, OutOfReach
from webapp.jobs import worker
from webapp.jobs.handlers import HANDLERS, HEAVY, LIGHT, Bench
from webapp.jobs.queue import open_line
from webapp.jobs.worker import Desk, Worker
from webapp.services import jobs
from webapp.services.documents import list_documents
from webapp.services.jobs import Body, JobFailed
from webapp.services.queueing import JobKind, enqueue
from webapp.services.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def no_render(_job: PdfJob) -> bytes:
    raise AssertionError("nothing is rendered here")


def desk_of(site: Site, seats: int = 2, render: Callable[[PdfJob], bytes] = no_render) -> Desk:
    return Desk(Bench(site, render), seats)


def asked(site: Site, kind: JobKind = "render_document", name: str = "a") -> str:
    with site.database.write() as session:
        return enqueue(session, datetime.now(UTC), kind, f"{kind}:{name}", name=name).id


def row(site: Site, job_id: str) -> Job:
    with site.database.read() as session:
        return session.get_one(Job, job_id)


def with_handler(monkeypatch: pytest.MonkeyPatch, handle: Callable[[Body], None], *kinds: JobKind) -> None:
    def handler(_bench: Bench, body: Body) -> None:
        handle(body)

    monkeypatch.setattr(worker, "HANDLERS", {**HANDLERS, **dict.fromkeys(kinds or HANDLERS, handler)})


def raising(error: Exception) -> Callable[[Body], None]:
    def handle(_body: Body) -> None:
        raise error

    return handle


def test_every_kind_of_job_is_heavy_or_light() -> None:
    assert set(HANDLERS) == HEAVY | LIGHT
    assert set() == HEAVY & LIGHT


def test_a_job_is_done_and_marked_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Body] = []
    with_handler(monkeypatch, done.append)
    id_ = asked(site)

    desk_of(site).run(id_)
    desk_of(site).run(id_)

    assert done == [{"name": "a"}]
    assert row(site, id_).state == "done"


FAILURES: dict[str, tuple[Exception, str, str]] = {
    "to_try_again": (JobFailed("render_time"), "waiting", "render_time"),
    "for_good": (JobFailed("address", is_final=True), "failed", "address"),
    "full": (NotSaved(), "waiting", "database"),
    "away": (OutOfReach(), "waiting", "database"),
    "mistake": (KeyError("a secret"), "waiting", "mistake: KeyError"),
}


@pytest.mark.parametrize(("error", "state", "code"), FAILURES.values(), ids=FAILURES)
def test_a_job_that_fails_says_why_and_tells_no_value(
    site: Site, monkeypatch: pytest.MonkeyPatch, error: Exception, state: str, code: str
) -> None:
    with_handler(monkeypatch, raising(error))
    id_ = asked(site)

    desk_of(site).run(id_)

    assert (row(site, id_).state, row(site, id_).error) == (state, code)


def test_a_job_whose_end_cannot_be_noted_is_found_by_a_sweep(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with_handler(monkeypatch, lambda _: None)
    monkeypatch.setattr(jobs, "finish", lambda *_: (_ for _ in ()).throw(NotSaved))
    id_ = asked(site)

    desk_of(site).run(id_)

    assert row(site, id_).state == "running"
    assert f"job {id_} is left for a sweep: NotSaved" in caplog.text
    assert jobs.sweep(site.database, datetime.now(UTC) + timedelta(seconds=7)) == 1


def test_a_job_that_fails_while_the_worker_stops_is_given_back(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_handler(monkeypatch, raising(JobFailed("render_crashed")))
    desk, id_ = desk_of(site), asked(site)
    desk.stopping.set()

    desk.run(id_)

    assert (row(site, id_).state, row(site, id_).failures) == ("waiting", 0)


@contextmanager
def held_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, list[Body]]]:
    """Documents that take until the block ends; ``begun``: one was begun; and the mails that were sent."""
    begun, may_end = threading.Event(), threading.Event()
    sent: list[Body] = []

    def render(_body: Body) -> None:
        begun.set()
        assert may_end.wait(20)

    with_handler(monkeypatch, render, "render_document")
    monkeypatch.setattr(
        worker, "HANDLERS", {**worker.HANDLERS, "send_mail": lambda _bench, body: sent.append(body)}
    )
    try:
        yield begun, sent
    finally:
        may_end.set()


def test_mail_does_not_wait_for_documents(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_of(site, seats=1)
    first, second = asked(site, name="a"), asked(site, name="b")
    mail = asked(site, "send_mail")

    with ThreadPoolExecutor(1) as thread, held_up(monkeypatch) as (begun, sent):
        thread.submit(desk.run, first)
        assert begun.wait(20)
        desk.run(second)
        desk.run(mail)

        assert sent == [{"name": "a"}]
        assert row(site, second).state == "waiting"
    assert [row(site, id_).state for id_ in (first, second, mail)] == ["done", "done", "done"]


def test_a_worker_that_is_to_stop_begins_no_more_documents(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(site, seats=1)
    first, second = asked(site, name="a"), asked(site, name="b")

    with ThreadPoolExecutor(1) as thread, held_up(monkeypatch) as (begun, _):
        thread.submit(desk.run, first)
        assert begun.wait(20)
        desk.stopping.set()

    assert (row(site, first).state, row(site, second).state) == ("done", "waiting")


def test_a_job_at_hand_is_kept_alive(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, id_ = desk_of(site), asked(site)

    with ThreadPoolExecutor(1) as thread, held_up(monkeypatch) as (begun, _):
        thread.submit(desk.run, id_)
        assert begun.wait(20)
        before = row(site, id_).beat_utc
        desk.beat()
        after = row(site, id_).beat_utc

    assert before is not None
    assert after is not None
    assert after > before


def test_a_free_seat_is_given_back_whatever_happens(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with_handler(monkeypatch, raising(KeyError("x")))
    desk = desk_of(site, seats=1)

    for name in "abc":
        desk.run(asked(site, name=name))

    with site.database.read() as session:
        assert {job.error for job in session.query(Job)} == {"mistake: KeyError"}


def test_a_sweep_brings_what_nobody_told_of(site: Site) -> None:
    mine, heard = Worker(site), list[str]()
    line = open_line(site.settings, heard.append)
    document, mail = asked(site), asked(site, "send_mail")

    mine._sweep(line)
    mine._sweep(line)
    while (task := line.huey.dequeue()) is not None:
        line.huey.execute(task)

    assert heard == [mail, document]
    line.close()
    mine._pool.close()


def test_a_sweep_finds_the_jobs_of_a_worker_that_was_killed(site: Site) -> None:
    mine, heard = Worker(site), list[str]()
    line = open_line(site.settings, heard.append)
    id_ = asked(site)
    killed = jobs.claim(site.database, id_, datetime.now(UTC))
    assert killed is not None
    jobs.beat(site.database, [killed], datetime.now(UTC) - timedelta(seconds=7))

    mine._sweep(line)

    assert row(site, id_).state == "waiting"
    assert not line.is_empty()
    line.close()
    mine._pool.close()


def test_what_was_handed_in_becomes_documents(site: Site) -> None:
    owner, company = a_workshop(site)
    handed_in = submitted(site, owner, company)
    desk = desk_of(site, render=stand_in)

    for id_ in handed_in.receipt.jobs:
        desk.run(id_)

    assert [one.state for one in list_documents(site, owner, handed_in.id)] == ["ready", "ready"]
    assert [file.suffix for file in (site.settings.data_dir / "mail").iterdir()] == [".eml"]


def test_a_page_the_renderer_refuses_fails_with_its_code(site: Site) -> None:
    def refuse(_job: PdfJob) -> bytes:
        raise RenderFailed("render_memory", "too much")

    owner, company = a_workshop(site)
    handed_in = submitted(site, owner, company)

    desk_of(site, render=refuse).run(handed_in.receipt.jobs[0])

    assert row(site, handed_in.receipt.jobs[0]).error == "render_memory"
    assert {one.state for one in list_documents(site, owner, handed_in.id)} == {"waiting"}
