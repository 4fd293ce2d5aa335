"""Counting what may be done only so often."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.db.tables.people import Tally


def count_tallies(session: Session, kind: str, hash_: str, since: datetime) -> int:
    """How many of a kind there have been since then."""
    statement = select(func.count()).select_from(Tally)
    statement = statement.where(Tally.kind == kind, Tally.hash == hash_, Tally.at_utc > since)
    return session.scalar(statement) or 0


def add_tally(session: Session, kind: str, hash_: str, now: datetime, *, until: datetime) -> None:
    """Count one more; what is older than ``until`` counts for nothing any more and goes."""
    session.execute(delete(Tally).where(Tally.at_utc <= until))
    session.add(Tally(kind=kind, hash=hash_, at_utc=now))
    session.flush()
