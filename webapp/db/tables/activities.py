"""What a programme offers: its partners, its activities, who takes part in them and who was there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import (
    Base,
    Body,
    Code,
    Hash,
    Name,
    OwnId,
    Serial,
    Time,
    UtcTime,
    mentions_person,
    refers,
)


class Partner(Base):
    """An organisation that stands behind a programme. ``roles``: what it is there for, words with spaces.

    ``url``: its own pages; empty where it has none. ``logo``: the key of its picture in the
    file store; None where it has none.
    """

    __tablename__ = "programme_partner"

    id: Mapped[OwnId]
    programme_id: Mapped[str] = refers("programme.id", index=False)
    name: Mapped[Name]
    roles: Mapped[Name]
    url: Mapped[Body]
    logo: Mapped[str | None] = mapped_column(String(100))
    since_utc: Mapped[Time]

    __table_args__ = (UniqueConstraint("programme_id", "name"),)


class ProgrammeActivity(Base):
    """One activity of a programme. ``body``: all that is said of it, JSON of its checked model.

    ``code``: its id within the programme, as in ``C1``. The other columns repeat what is searched by:
    ``part``: basic or advanced; ``starts_utc``: None for what has no time; ``capacity``: places, None where
    there is room for all. ``version``: counts how often it was saved.
    """

    __tablename__ = "programme_activity"

    id: Mapped[OwnId]
    programme_id: Mapped[str] = refers("programme.id", index=False)
    code: Mapped[Code]
    part: Mapped[Code]
    kind: Mapped[Code]
    starts_utc: Mapped[datetime | None] = mapped_column(UtcTime, index=True)
    capacity: Mapped[int | None]
    cancelled_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    body: Mapped[Body]
    version: Mapped[int] = mapped_column(default=1)
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]

    __table_args__ = (UniqueConstraint("programme_id", "code"),)


class Registration(Base):
    """Somebody of a company who wants to take part. ``number``: the order they came in.

    Of an activity with a capacity the first that many have a place; the others wait.
    """

    __tablename__ = "registration"

    number: Mapped[Serial]
    activity_id: Mapped[str] = refers("programme_activity.id", index=False)
    organisation_id: Mapped[str] = refers("organisation.id")
    person_id: Mapped[str] = refers("person.id")
    at_utc: Mapped[Time]

    __table_args__ = (UniqueConstraint("activity_id", "person_id"),)


class Attendance(Base):
    """A company that was there, by one of its people where it is known who."""

    __tablename__ = "attendance"

    id: Mapped[Serial]
    activity_id: Mapped[str] = refers("programme_activity.id", index=False)
    organisation_id: Mapped[str] = refers("organisation.id")
    person_id: Mapped[str | None] = mentions_person()
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]

    __table_args__ = (Index("ix_attendance_activity_organisation", "activity_id", "organisation_id"),)


class ActivityReminder(Base):
    """That somebody was reminded of an activity: once, whatever is moved afterwards."""

    __tablename__ = "activity_reminder"

    activity_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("programme_activity.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at_utc: Mapped[Time]


class ActivityLink(Base):
    """What was last found at an address that an activity points to.

    ``sha256``: of the address. ``outcome``: ``ok`` or why it cannot be reached. ``failures``: how often in a
    row; ``dead_since_utc``: since when, None while it can be reached.
    """

    __tablename__ = "activity_link"

    activity_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("programme_activity.id", ondelete="CASCADE"), primary_key=True
    )
    sha256: Mapped[Hash] = mapped_column(primary_key=True)
    address: Mapped[Body]
    outcome: Mapped[Code]
    failures: Mapped[int] = mapped_column(Integer, default=0)
    dead_since_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    checked_utc: Mapped[Time]


class ActivityFile(Base):
    """A file that was shown at an activity. ``key``: where the file store has it."""

    __tablename__ = "activity_file"

    id: Mapped[OwnId]
    activity_id: Mapped[str] = refers("programme_activity.id")
    name: Mapped[Name]
    kind: Mapped[Code]
    size_bytes: Mapped[int]
    sha256: Mapped[Hash]
    key: Mapped[Name]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]
