"""Asking how the database and the work that waits in it are doing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from webapp.db.engine import sqlite_modes
from webapp.db.tables.work import Document, Job


def is_synced(session: Session) -> bool:
    """Whether this connection still syncs what is committed."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return connection.execute(text("PRAGMA synchronous")).scalar() == sqlite_modes()[1]
    found = [connection.execute(text(f"SHOW {name}")).scalar() for name in ("synchronous_commit", "fsync")]
    return found == ["on", "on"]


def count_jobs(session: Session) -> list[tuple[str, str, int]]:
    """How many jobs there are, by kind and state."""
    statement = select(Job.kind, Job.state, func.count()).group_by(Job.kind, Job.state)
    return [(row[0], row[1], row[2]) for row in session.execute(statement.order_by(Job.kind, Job.state))]


def count_documents(session: Session) -> list[tuple[str, int]]:
    """How many documents there are, by state."""
    statement = select(Document.state, func.count()).group_by(Document.state).order_by(Document.state)
    return [(row[0], row[1]) for row in session.execute(statement)]


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Since when the job that has waited longest could have been done."""
    return session.scalar(select(func.min(Job.due_utc)).where(Job.state == "waiting", Job.due_utc <= now))


def has_worked(session: Session, since: datetime) -> bool:
    """Whether any worker has been heard of since then."""
    statement = select(Job.id).where(or_(Job.ended_utc > since, Job.beat_utc > since)).limit(1)
    return session.scalar(statement) is not None
