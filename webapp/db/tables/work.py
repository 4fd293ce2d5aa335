"""What is to be done in the background, what came of it, and the record of who did what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import HASH_LENGTH, Base, Body, Code, OwnId, Serial, Time, UtcTime, refers


class Job(Base):
    """Something a worker does; this row is the truth about it, whatever a queue remembers.

    ``key``: two jobs that are the same thing have the same one. ``state``: ``waiting``, ``running``,
    ``done`` or ``failed``. ``beat_utc``: when its worker was last heard of. ``body``: JSON, no secrets.
    ``attempts``: how often a worker took it, ever: the number tells a claim from every other one.
    ``failures``, ``kills``: how often that ended in an error, or with the worker, since it was ordered.
    """

    __tablename__ = "job"

    id: Mapped[OwnId]
    kind: Mapped[Code]
    key: Mapped[str] = mapped_column(String(200), unique=True)
    body: Mapped[Body]
    state: Mapped[Code]
    attempts: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    kills: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(200))
    due_utc: Mapped[Time]
    beat_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    created_utc: Mapped[Time]
    ended_utc: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_job_state_due", "state", "due_utc"),)


class Document(Base):
    """A PDF of a submission: ready when it has a ``key`` of the file store.

    ``content_sha256``: of everything the page is made from; the same content is made once. ``sha256``: of
    the file. Whether making it failed is for its job to say.
    """

    __tablename__ = "document"

    id: Mapped[OwnId]
    submission_id: Mapped[str] = refers("submission.id", index=False)
    edition: Mapped[Code]
    language: Mapped[Code]
    content_sha256: Mapped[str | None] = mapped_column(String(HASH_LENGTH), index=True)
    state: Mapped[Code]
    key: Mapped[str | None] = mapped_column(String(300))
    sha256: Mapped[str | None] = mapped_column(String(HASH_LENGTH))
    size_bytes: Mapped[int | None]
    created_utc: Mapped[Time]
    ready_utc: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (UniqueConstraint("submission_id", "edition", "language"),)


class AuditEvent(Base):
    """Who did what to which thing, written in the same transaction as the deed.

    ``detail``: JSON with ids and counts only, never answers, addresses or tokens. Ids are not foreign
    keys: the record outlives what it speaks of.
    """

    __tablename__ = "audit_event"

    id: Mapped[Serial]
    at_utc: Mapped[Time] = mapped_column(index=True)
    action: Mapped[Code]
    person_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), index=True)
    organisation_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), index=True)
    assessment_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    detail: Mapped[str] = mapped_column(Text, default="{}")
