"""Cohorts of a programme: who is invited, who takes part, what each consents to, and who was reminded."""

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
    Email,
    Name,
    OwnId,
    Serial,
    Time,
    UtcTime,
    mentions_person,
    refers,
)


class Cohort(Base):
    """One intake of companies in a programme. Days are those of the people's time zone.

    ``closes_on``, ``deadline_on``: last days; None for none. ``closed_utc``: closed by hand, whatever the
    days say. ``prework``: JSON, the depth by questionnaire. ``layout``: JSON, the fixed layout of its
    figures; None until there is one.
    """

    __tablename__ = "cohort"

    id: Mapped[OwnId]
    programme_id: Mapped[str] = refers("programme.id")
    name: Mapped[Name]
    note: Mapped[Body]
    opens_on: Mapped[date] = mapped_column(Date)
    closes_on: Mapped[date | None] = mapped_column(Date)
    deadline_on: Mapped[date | None] = mapped_column(Date, index=True)
    closed_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    prework: Mapped[Body]
    layout: Mapped[str | None] = mapped_column(Text)
    by_person_id: Mapped[str | None] = mentions_person()
    created_utc: Mapped[Time]


class CohortMember(Base):
    """A company in a cohort; ``left_utc``: since when it is no more.

    ``brought_in``: it takes part in the programme because it joined here.
    """

    __tablename__ = "cohort_member"

    cohort_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("cohort.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    joined_utc: Mapped[Time]
    left_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    brought_in: Mapped[bool] = mapped_column(default=False, server_default=false())


class CohortInvitation(Base):
    """A company that is asked to join a cohort, by one person's address, in small letters.

    ``told_utc``, ``told``: when its last mail was ordered, and how many were. ``used_utc``: when
    ``organisation_id`` joined by it; ``declined_utc``: when they said no.
    """

    __tablename__ = "cohort_invitation"

    id: Mapped[OwnId]
    hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH), unique=True)
    cohort_id: Mapped[str] = refers("cohort.id", index=False)
    name: Mapped[Name]
    orgnr: Mapped[str] = mapped_column(String(9))
    contact: Mapped[Name]
    email: Mapped[Email] = mapped_column(index=True)
    language: Mapped[Code]
    by_person_id: Mapped[str | None] = mentions_person()
    created_utc: Mapped[Time]
    ends_utc: Mapped[Time]
    told_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    told: Mapped[int] = mapped_column(default=0)
    used_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    declined_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    organisation_id: Mapped[str | None] = refers("organisation.id")

    __table_args__ = (UniqueConstraint("cohort_id", "orgnr"), UniqueConstraint("cohort_id", "email"))


class CohortConsent(Base):
    """What a company said about one use of its answers. Rows are only added; the newest counts."""

    __tablename__ = "cohort_consent"

    id: Mapped[Serial]
    cohort_id: Mapped[str] = refers("cohort.id", index=False)
    organisation_id: Mapped[str] = refers("organisation.id")
    use: Mapped[Code]
    is_given: Mapped[bool]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]

    __table_args__ = (Index("ix_cohort_consent_cohort_organisation", "cohort_id", "organisation_id"),)


class CohortReminder(Base):
    """That somebody was reminded of what their company has not finished."""

    __tablename__ = "cohort_reminder"

    id: Mapped[Serial]
    cohort_id: Mapped[str] = refers("cohort.id", index=False)
    person_id: Mapped[str] = refers("person.id")
    at_utc: Mapped[Time] = mapped_column(index=True)

    __table_args__ = (Index("ix_cohort_reminder_cohort", "cohort_id"),)
