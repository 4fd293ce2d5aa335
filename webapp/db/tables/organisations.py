"""Organisations, what is known of them, and the programmes and advisors they let in."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import Base, Body, Code, Name, OwnId, Time, UtcTime, mentions_person, refers

REVIEW_DAYS = 14


class Organisation(Base):
    """A company or a unit of one.

    ``kind``: ``main``, ``unit`` (a sub-unit in the register) or ``trial``. ``parent_id``: the one whose
    people answer for it too. ``entity_orgnr``: of the legal entity a unit belongs to, where the register says
    so. ``register_utc``: when the register was asked last.
    """

    __tablename__ = "organisation"

    id: Mapped[OwnId]
    name: Mapped[Name]
    orgnr: Mapped[str | None] = mapped_column(String(9), index=True)
    kind: Mapped[Code]
    parent_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    entity_orgnr: Mapped[str | None] = mapped_column(String(9), index=True)
    register_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    created_utc: Mapped[Time]
    active_utc: Mapped[Time] = mapped_column(index=True)


class ProfileFact(Base):
    """One line of an organisation's profile, for every questionnaire.

    ``value``: JSON. ``source``: ``typed`` or ``register`` (then ``source_on`` says which day's).
    """

    __tablename__ = "profile_fact"

    organisation_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    fact_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[Body]
    source: Mapped[Code]
    source_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]


class Programme(Base):
    """An offering companies take part in; whoever runs it is responsible for its data.

    ``purpose``, ``controller``, ``contact``: what its privacy notice says. ``rates_blind``: its advisors rate
    an answer before they see what the company chose. ``review_days``: how long an advisor has for a hand-in.
    ``frame``: what it says of itself in every language, JSON; None where it has only its name.
    """

    __tablename__ = "programme"

    id: Mapped[OwnId]
    name: Mapped[Name]
    controller: Mapped[Name]
    contact: Mapped[Name]
    purpose: Mapped[str] = mapped_column(Text, default="")
    retention_days: Mapped[int]
    branding: Mapped[str | None] = mapped_column(Text)
    frame: Mapped[str | None] = mapped_column(Text)
    rates_blind: Mapped[bool] = mapped_column(default=False, server_default=false())
    review_days: Mapped[int] = mapped_column(default=REVIEW_DAYS, server_default=str(REVIEW_DAYS))
    created_utc: Mapped[Time]


class ProgrammeStaff(Base):
    """Somebody who runs a programme. ``is_method_owner``: they see how its advisors and companies agree."""

    __tablename__ = "programme_staff"

    programme_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    is_method_owner: Mapped[bool] = mapped_column(default=False, server_default=false())
    since_utc: Mapped[Time]


class ProgrammeAdvisor(Base):
    """Somebody of a programme's advisor team, who can be given its companies and set up new ones.

    It opens no company by itself: that takes an assignment.
    """

    __tablename__ = "programme_advisor"

    programme_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since_utc: Mapped[Time]


class Participation(Base):
    """An organisation in a programme."""

    __tablename__ = "participation"

    programme_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since_utc: Mapped[Time]


class AdvisorAssignment(Base):
    """An advisor a company has been given, from one time until another."""

    __tablename__ = "advisor_assignment"

    id: Mapped[OwnId]
    organisation_id: Mapped[str] = refers("organisation.id")
    person_id: Mapped[str] = refers("person.id")
    from_utc: Mapped[Time]
    until_utc: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (UniqueConstraint("organisation_id", "person_id"),)
