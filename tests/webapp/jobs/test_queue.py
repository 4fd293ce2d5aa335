"""The queue: a hint that may get lost, and that no request fails for."""

from __future__ import annotations

import json
import logging
import sqlite3
from pathlib import Path
from time import monotonic

import pytest
from huey.consumer import Consumer

from tests.webapp.sites import make_site
from webapp.jobs.queue import FILE, HueyQueue, Line, open_line, queue_of
from webapp.services.site import Site

JOB = "AAAAAAAAAAAAAAAAAAAAAA"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def do_next(line: Line) -> bool:
    """Do what comes next in the queue; whether there was anything."""
    task = line.huey.dequeue()
    if task is not None:
        line.huey.execute(task)
    return task is not None


def poked(site: Site, *job_ids: str) -> None:
    queue = queue_of(site.settings)
    for job_id in job_ids:
        queue.poke(job_id)
    queue.close()


def test_a_worker_hears_what_others_poked_in_the_order_they_did(site: Site) -> None:
    heard: list[str] = []
    line = open_line(site.settings, heard.append)

    poked(site, "a", "b", "c")

    assert not line.is_empty()
    assert [do_next(line) for _ in range(4)] == [True, True, True, False]
    assert heard == ["a", "b", "c"]
    assert line.is_empty()
    line.close()


def test_a_message_is_plain_json_with_the_jobs_id(site: Site) -> None:
    line = open_line(site.settings, lambda _: None)
    line.add(JOB)

    (message,) = line.huey.storage.enqueued_items()

    assert json.loads(message)["args"] == [JOB]
    line.close()


def test_a_queue_is_opened_at_the_first_poke(site: Site) -> None:
    queue_of(site.settings)

    assert not (site.settings.data_dir / FILE).exists()


def test_a_queue_that_cannot_be_opened_fails_no_request(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site = make_site(tmp_path)
    broken = site.settings.model_copy(update={"data_dir": site.settings.data_dir / "kretslop.db"})
    if site.settings.database_url is not None:
        broken = type(site.settings)(database_url="postgresql+psycopg:///none?host=/nowhere")

    with caplog.at_level(logging.WARNING):
        HueyQueue(broken).poke(JOB)

    assert f"the sweep will find job {JOB}" in caplog.text


def test_what_a_worker_is_told_survives_an_error(site: Site) -> None:
    heard: list[str] = []

    def run(job_id: str) -> None:
        heard.append(job_id)
        raise ValueError

    line = open_line(site.settings, run)
    poked(site, "a", "b")

    assert [do_next(line), do_next(line)] == [True, True]
    assert heard == ["a", "b"]
    line.close()


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    site = make_site(tmp_path)
    (site.settings.data_dir / FILE).write_bytes(content)
    settings = site.settings.model_copy(update={"database_url": None})
    settings.__dict__.pop("database", None)

    line = open_line(settings, lambda _: None)
    line.add(JOB)

    assert do_next(line)
    line.close()


def test_a_busy_file_is_waited_for_but_a_moment(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    site = make_site(tmp_path)
    settings = site.settings.model_copy(update={"database_url": None})
    settings.__dict__.pop("database", None)
    open_line(settings, lambda _: None).close()
    busy = sqlite3.connect(settings.data_dir / FILE, isolation_level=None)
    busy.execute("BEGIN EXCLUSIVE")

    with caplog.at_level(logging.WARNING):
        HueyQueue(settings).poke(JOB)

    busy.rollback()
    busy.close()
    assert f"the sweep will find job {JOB}" in caplog.text


def test_hueys_own_threads_take_messages(site: Site) -> None:
    heard: list[str] = []
    line = open_line(site.settings, heard.append)
    consumer = Consumer(line.huey, workers=2, periodic=False)
    consumer._set_signal_handlers = lambda: None
    consumer.start()

    poked(site, *"abcdef")
    ends = monotonic() + 30
    while monotonic() < ends and not (line.is_empty() and len(heard) >= 6):
        consumer.stop_flag.wait(0.05)
    consumer.stop(graceful=True)

    assert sorted(heard) == list("abcdef")
    line.close()
