"""Asking for background work. The row is written with the deed it belongs to; workers find it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db.tables.work import Job

JobKind: TypeAlias = Literal[
    "send_mail",
    "render_document",
    "retention",
    "tell_what_waits",
    "remind_of_activities",
    "check_links",
    "cohort_mails",
    "release_cohort",
    "render_release",
    "render_paper",
]


class Queue(Protocol):
    """Tells a worker that there is something to do. Where nobody listens, the worker's sweep finds it."""

    def poke(self, job_id: str) -> None:
        """Have a waiting job done soon; never fails the request that asks."""


def enqueue(session: Session, now: datetime, kind: JobKind, key: str, **body: str | int | None) -> Job:
    """The job with that key, made now unless there is one already; one that failed gets a new start.

    ``body``: ids and codes; no secrets, no answers.
    """
    job = session.scalar(select(Job).where(Job.key == key))
    if job is None:
        job = Job(
            kind=kind,
            key=key,
            body=json.dumps(body, sort_keys=True),
            state="waiting",
            due_utc=now,
            created_utc=now,
        )
        session.add(job)
    elif job.state == "failed":
        job.state, job.failures, job.kills, job.error = "waiting", 0, 0, None
        job.due_utc, job.ended_utc = now, None
    session.flush()
    return job
