"""The life of a job: claimed by one worker, kept alive by its beat, ended, or found again after a kill.

The row is the truth. A worker that is killed stops beating, and the next sweep of any worker has its jobs
done again. A job may therefore be done twice, never lost; what it does must stand that.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import TypeAlias, cast

from sqlalchemy import CursorResult, Update, select, update
from sqlalchemy.orm import Session

from webapp.db import queries_work as queries
from webapp.db.engine import Database
from webapp.db.tables.work import Job
from webapp.services.queueing import JobKind

BEAT_SECONDS = 2
STALE_SECONDS = 6
"""How long a worker may be silent before its jobs are given to another: three beats."""

MAX_FAILURES = 5
MAX_KILLS = 100
"""How often a worker may end in the middle of a job before the job itself is suspected."""

WAITS_SECONDS = (5, 30, 120, 600)
"""Between a failure and the next attempt."""

MAX_DUE = 100

Body: TypeAlias = Mapping[str, str | int | None]


class JobFailed(Exception):
    """A job came to nothing. ``code``: why, for the record; ``is_final``: trying again will not help."""

    def __init__(self, code: str, *, is_final: bool = False) -> None:
        self.code = code
        self.is_final = is_final
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that is one worker's to do. ``attempt``: tells this claim from every other of the same job."""

    id: str
    kind: JobKind
    body: Body
    attempt: int


def claim(
    database: Database, job_id: str, now: datetime, kinds: Collection[JobKind] | None = None
) -> Claimed | None:
    """Take a job; None where it is not waiting, not due, another's already, or of none of the kinds."""
    statement = update(Job).where(Job.id == job_id, Job.state == "waiting", Job.due_utc <= now)
    if kinds is not None:
        statement = statement.where(Job.kind.in_(kinds))
    asked = monotonic()
    with database.write(is_alone=False) as session:
        taken = statement.values(
            state="running", beat_utc=_by_now(now, asked), attempts=Job.attempts + 1, error=None
        )
        row = session.execute(taken.returning(Job.id, Job.kind, Job.body, Job.attempts)).first()
    if row is None:
        return None
    return Claimed(row.id, cast(JobKind, row.kind), json.loads(row.body), row.attempts)


def beat(database: Database, claims: Collection[Claimed], now: datetime) -> None:
    """Say that the worker of these jobs is alive."""
    asked = monotonic()
    if claims:
        with database.write(is_alone=False) as session:
            for claimed in claims:
                session.execute(_held(claimed).values(beat_utc=_by_now(now, asked)))


def _by_now(now: datetime, asked: float) -> datetime:
    """What time it is once it could be written: who waited for others was alive all the while."""
    return now + timedelta(seconds=int(monotonic() - asked))


def finish(database: Database, claimed: Claimed, now: datetime) -> bool:
    """Mark a job as done; whether it was still the worker's to end."""
    return _end(database, claimed, state="done", ended_utc=now)


def give_back(database: Database, claimed: Claimed, now: datetime) -> bool:
    """Leave a job to another worker, at once."""
    return _end(database, claimed, state="waiting", due_utc=now)


def fail(database: Database, claimed: Claimed, failure: JobFailed, now: datetime) -> bool:
    """Note a failure: the job waits and is tried again, or has failed for good after ``MAX_FAILURES``."""
    with database.write(is_alone=False) as session:
        job = session.scalar(select(Job).where(Job.id == claimed.id).with_for_update())
        if job is None or job.state != "running" or job.attempts != claimed.attempt:
            return False
        job.failures += 1
        job.error = failure.code[:200]
        if failure.is_final or job.failures >= MAX_FAILURES:
            job.state, job.ended_utc = "failed", now
        else:
            job.state = "waiting"
            job.due_utc = now + timedelta(seconds=WAITS_SECONDS[job.failures - 1])
        return True


def _end(database: Database, claimed: Claimed, **values: object) -> bool:
    with database.write(is_alone=False) as session:
        done = cast("CursorResult[object]", session.execute(_held(claimed).values(**values)))
        return done.rowcount == 1


def _held(claimed: Claimed) -> Update:
    return update(Job).where(Job.id == claimed.id, Job.state == "running", Job.attempts == claimed.attempt)


def sweep(database: Database, now: datetime) -> int:
    """Have the jobs of killed workers done again; how many there were."""
    before = now - timedelta(seconds=STALE_SECONDS)
    with database.read() as session:
        if not queries.stale_jobs(session, before):
            return 0
    with database.write() as session:
        stale = queries.stale_jobs(session, before, is_locked=True)
        for job in stale:
            job.kills += 1
            if job.kills > MAX_KILLS:
                job.state, job.error, job.ended_utc = "failed", "worker_killed", now
            else:
                job.state, job.due_utc = "waiting", now
        return len(stale)


def due(database: Database, kinds: Collection[JobKind], now: datetime, limit: int = MAX_DUE) -> list[str]:
    """The ids of jobs of some kinds that wait to be done now."""
    with database.read() as session:
        return queries.due_jobs(session, kinds, now, limit)


def do_again(session: Session, key: str, now: datetime) -> str | None:
    """Have a job done once more, whatever has become of it; its id, None when there is no such job.

    One that is running is taken from its worker, which may be past the point that matters.
    """
    job = queries.find_job(session, key)
    if job is None:
        return None
    if job.state in ("done", "failed"):
        job.failures = job.kills = 0
    if job.state != "waiting":
        job.state, job.error, job.due_utc, job.ended_utc = "waiting", None, now, None
        session.flush()
    return job.id
