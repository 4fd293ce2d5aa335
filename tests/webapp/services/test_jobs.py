"""The life of a job: one worker's at a time, tried again, found again after a kill."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.webapp.sites import NOW, make_site
from webapp.db.tables.work import Job
from webapp.services import jobs
from webapp.services.jobs import MAX_FAILURES, MAX_KILLS, WAITS_SECONDS, Claimed, JobFailed
from webapp.services.queueing import enqueue
from webapp.services.site import Site

LATER = NOW + timedelta(seconds=1)
STALE = NOW + timedelta(seconds=7)
TROUBLE = JobFailed("render_crashed")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


def asked(site: Site, key: str = "document:a") -> str:
    with site.database.write() as session:
        return enqueue(session, NOW, "render_document", key, document="a").id


def row(site: Site, job_id: str) -> Job:
    with site.database.read() as session:
        return session.get_one(Job, job_id)


def taken(site: Site, job_id: str) -> Claimed:
    claimed = jobs.claim(site.database, job_id, NOW)
    assert claimed is not None
    return claimed


def test_a_job_is_taken_once(site: Site) -> None:
    id_ = asked(site)

    first = jobs.claim(site.database, id_, NOW)
    second = jobs.claim(site.database, id_, NOW)

    assert first == Claimed(id_, "render_document", {"document": "a"}, attempt=1)
    assert second is None


def test_of_many_workers_one_gets_the_job(site: Site) -> None:
    id_ = asked(site)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: jobs.claim(site.database, id_, NOW), range(16)))

    assert sum(one is not None for one in found) == 1


def test_the_same_work_is_asked_for_once(site: Site) -> None:
    assert asked(site) == asked(site)
    assert jobs.due(site.database, ("render_document",), NOW) == [asked(site)]


def test_a_job_that_is_not_due_waits(site: Site) -> None:
    id_ = asked(site)

    assert jobs.claim(site.database, id_, NOW - timedelta(seconds=1)) is None
    assert jobs.due(site.database, ("render_document",), NOW - timedelta(seconds=1)) == []


def test_a_job_of_another_kind_is_left_alone(site: Site) -> None:
    id_ = asked(site)

    assert jobs.claim(site.database, id_, NOW, ("send_mail",)) is None
    assert jobs.due(site.database, ("send_mail",), NOW) == []
    assert jobs.claim(site.database, id_, NOW, ("render_document",)) is not None


def test_an_unknown_job_is_nobodys(site: Site) -> None:
    assert jobs.claim(site.database, "AAAAAAAAAAAAAAAAAAAAAA", NOW) is None


def test_a_finished_job_is_done_for_good(site: Site) -> None:
    claimed = taken(site, asked(site))

    assert jobs.finish(site.database, claimed, LATER)
    found = row(site, claimed.id)
    assert (found.state, found.ended_utc) == ("done", LATER)
    assert jobs.claim(site.database, claimed.id, LATER) is None


def test_what_failed_is_tried_again_after_a_while(site: Site) -> None:
    claimed = taken(site, asked(site))

    jobs.fail(site.database, claimed, TROUBLE, NOW)

    found = row(site, claimed.id)
    assert (found.state, found.failures, found.error) == ("waiting", 1, "render_crashed")
    assert jobs.claim(site.database, claimed.id, NOW + timedelta(seconds=4)) is None
    assert jobs.claim(site.database, claimed.id, NOW + timedelta(seconds=5)) is not None


def test_what_fails_five_times_has_failed(site: Site) -> None:
    id_, now = asked(site), NOW

    for wait in (*WAITS_SECONDS, 0):
        claimed = jobs.claim(site.database, id_, now)
        assert claimed is not None
        jobs.fail(site.database, claimed, TROUBLE, now)
        now += timedelta(seconds=wait)

    assert (row(site, id_).state, row(site, id_).failures) == ("failed", MAX_FAILURES)
    assert jobs.claim(site.database, id_, now + timedelta(days=1)) is None


def test_what_cannot_be_helped_fails_at_once(site: Site) -> None:
    claimed = taken(site, asked(site))

    jobs.fail(site.database, claimed, JobFailed("address", is_final=True), NOW)

    assert row(site, claimed.id).state == "failed"


def test_asking_again_for_what_failed_starts_anew(site: Site) -> None:
    claimed = taken(site, asked(site))
    jobs.fail(site.database, claimed, JobFailed("address", is_final=True), NOW)

    asked(site)

    found = row(site, claimed.id)
    assert (found.state, found.failures, found.error, found.ended_utc) == ("waiting", 0, None, None)


def test_the_job_of_a_silent_worker_is_done_again(site: Site) -> None:
    claimed = taken(site, asked(site))

    assert jobs.sweep(site.database, STALE) == 1
    assert jobs.due(site.database, ("render_document",), STALE) == [claimed.id]
    again = jobs.claim(site.database, claimed.id, STALE)
    assert again is not None
    assert again.attempt == 2


def test_the_job_of_a_worker_that_beats_stays_its_own(site: Site) -> None:
    claimed = taken(site, asked(site))

    jobs.beat(site.database, [claimed], NOW + timedelta(seconds=5))

    assert jobs.sweep(site.database, STALE) == 0
    assert row(site, claimed.id).state == "running"


def test_who_was_silent_for_too_long_ends_nobody_elses_job(site: Site) -> None:
    silent = taken(site, asked(site))
    jobs.sweep(site.database, STALE)
    now_its = jobs.claim(site.database, silent.id, STALE)

    jobs.beat(site.database, [silent], STALE + timedelta(seconds=3))

    assert not jobs.finish(site.database, silent, STALE)
    assert not jobs.fail(site.database, silent, TROUBLE, STALE)
    assert not jobs.give_back(site.database, silent, STALE)
    assert row(site, silent.id).beat_utc == STALE
    assert now_its is not None
    assert jobs.finish(site.database, now_its, STALE)


def test_who_was_silent_until_it_was_ordered_anew_ends_nothing(site: Site) -> None:
    silent = taken(site, asked(site))
    jobs.sweep(site.database, STALE)
    other = jobs.claim(site.database, silent.id, STALE)
    assert other is not None
    jobs.finish(site.database, other, STALE)
    with site.database.write() as session:
        jobs.do_again(session, "document:a", STALE)
    now_its = jobs.claim(site.database, silent.id, STALE)

    assert not jobs.finish(site.database, silent, STALE)
    assert now_its is not None
    assert jobs.finish(site.database, now_its, STALE)


@pytest.mark.parametrize("deed", ["claim", "beat"])
def test_a_worker_that_has_to_wait_for_a_long_writer_is_alive_meanwhile(
    site: Site, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    id_ = asked(site)
    claimed = taken(site, id_) if deed == "beat" else None
    seconds = iter((100.0, 107.9))  # when it asked, and when it was let in
    monkeypatch.setattr(jobs, "monotonic", lambda: next(seconds))

    if claimed is None:
        jobs.claim(site.database, id_, NOW)
    else:
        jobs.beat(site.database, [claimed], NOW)

    assert row(site, id_).beat_utc == NOW + timedelta(seconds=7)
    assert jobs.sweep(site.database, STALE) == 0


def test_kills_do_not_count_as_failures(site: Site) -> None:
    id_, now = asked(site), NOW

    for _ in range(2 * MAX_FAILURES):
        assert jobs.claim(site.database, id_, now) is not None
        now += timedelta(seconds=7)
        jobs.sweep(site.database, now)

    assert (row(site, id_).state, row(site, id_).failures) == ("waiting", 0)


def test_a_job_that_kills_its_workers_is_given_up_in_the_end(site: Site) -> None:
    id_ = asked(site)
    with site.database.write() as session:
        session.get_one(Job, id_).kills = MAX_KILLS
    taken(site, id_)

    jobs.sweep(site.database, STALE)

    assert (row(site, id_).state, row(site, id_).error) == ("failed", "worker_killed")


def test_a_job_given_back_is_due_at_once(site: Site) -> None:
    claimed = taken(site, asked(site))

    assert jobs.give_back(site.database, claimed, LATER)
    assert row(site, claimed.id).failures == 0
    assert jobs.claim(site.database, claimed.id, LATER) is not None


def test_what_was_done_can_be_done_again(site: Site) -> None:
    claimed = taken(site, asked(site))
    jobs.finish(site.database, claimed, NOW)

    with site.database.write() as session:
        again = jobs.do_again(session, "document:a", LATER)
        unknown = jobs.do_again(session, "document:b", LATER)

    assert (again, unknown) == (claimed.id, None)
    assert jobs.due(site.database, ("render_document",), LATER) == [claimed.id]


def test_what_is_asked_for_again_while_it_is_done_is_done_once_more(site: Site) -> None:
    claimed = taken(site, asked(site))

    with site.database.write() as session:
        jobs.do_again(session, "document:a", LATER)

    assert not jobs.finish(site.database, claimed, LATER)
    assert jobs.due(site.database, ("render_document",), LATER) == [claimed.id]


def test_the_oldest_job_is_due_first(site: Site) -> None:
    first = asked(site, "document:z")
    with site.database.write() as session:
        second = enqueue(session, LATER, "render_document", "document:a", document="b").id

    assert jobs.due(site.database, ("render_document",), LATER) == [first, second]
    assert jobs.due(site.database, ("render_document",), LATER, 1) == [first]
