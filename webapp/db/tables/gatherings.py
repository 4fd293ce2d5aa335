"""A gathering that is prepared: whom it is for, who is there, who sits where, its papers, and its ideas."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import (
    HASH_LENGTH,
    Base,
    Body,
    Code,
    Name,
    OwnId,
    Time,
    UtcTime,
    mentions_person,
    refers,
)


class Gathering(Base):
    """An activity whose tables and papers are made here. ``cohort_id``: the cohort whose consents count.

    ``settings``, ``plan``: JSON. ``version``: counts every change to either and to who is there.
    ``published_utc``: since when people see their tables. ``topics``: JSON of the list of shared topics, made
    once; None until then.
    """

    __tablename__ = "gathering"

    activity_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("programme_activity.id", ondelete="CASCADE"), primary_key=True
    )
    cohort_id: Mapped[str] = refers("cohort.id")
    settings: Mapped[Body]
    plan: Mapped[Body]
    version: Mapped[int] = mapped_column(default=1)
    published_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    topics: Mapped[str | None] = mapped_column(Text)
    topics_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]


class GatheringGuest(Base):
    """What staff said of somebody who comes to a gathering; nothing was said of who has no row."""

    __tablename__ = "gathering_guest"

    activity_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("gathering.activity_id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    is_facilitator: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_absent: Mapped[bool] = mapped_column(default=False, server_default=false())


class GatheringPaper(Base):
    """A PDF of a gathering. ``person_id``: whose own sheet it is; None for what staff print.

    ``mark``: tells everything the file says from anything else it might say. It is ready when it has a
    ``key`` of the file store; whether making it failed is for its job to say.
    """

    __tablename__ = "gathering_paper"

    id: Mapped[OwnId]
    activity_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("gathering.activity_id", ondelete="CASCADE")
    )
    person_id: Mapped[str | None] = refers("person.id")
    kind: Mapped[Code]
    language: Mapped[Code]
    mark: Mapped[str | None] = mapped_column(String(HASH_LENGTH))
    key: Mapped[str | None] = mapped_column(String(300))
    sha256: Mapped[str | None] = mapped_column(String(HASH_LENGTH))
    size_bytes: Mapped[int | None]
    created_utc: Mapped[Time]

    __table_args__ = (Index("ix_gathering_paper_activity", "activity_id", "kind", "language"),)


class GatheringIdea(Base):
    """Something somebody thought of at a table.

    ``token``: of the form it was sent by, so that sending it twice keeps it once. ``organisation_id``: for
    which company its writer was there; None for people of the programme. ``table_number``: from 1.
    ``owner``: who goes on with it, as it was written; ``owner_person_id``: where it is somebody who was
    there, with ``owner_organisation_id`` for which company.
    """

    __tablename__ = "gathering_idea"

    id: Mapped[OwnId]
    activity_id: Mapped[str] = refers("programme_activity.id")
    token: Mapped[Code]
    organisation_id: Mapped[str | None] = refers("organisation.id")
    by_person_id: Mapped[str | None] = mentions_person()
    table_number: Mapped[int | None]
    body: Mapped[Body]
    owner: Mapped[Name]
    owner_person_id: Mapped[str | None] = mentions_person()
    owner_organisation_id: Mapped[str | None] = refers("organisation.id", on_delete="SET NULL")
    next_step: Mapped[Body]
    due_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[Code]
    version: Mapped[int] = mapped_column(default=1)
    at_utc: Mapped[Time]
    changed_utc: Mapped[Time]

    __table_args__ = (UniqueConstraint("activity_id", "by_person_id", "token"),)
