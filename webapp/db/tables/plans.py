"""The plan of a company: what it and its advisor agreed to do, and how far that has come."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.tables.base import Base, Body, Code, Name, OwnId, Serial, Time, mentions_person, refers


class AgreedAction(Base):
    """Something a company will do, agreed on over one of its assessments.

    ``question_id``: what it is to lift; None for the whole. ``owner``: who does it, as the company says it.
    ``effort``: of the questionnaires' efforts, or None. ``status``: ``open``, ``begun``, ``done`` or
    ``dropped``.
    """

    __tablename__ = "agreed_action"

    id: Mapped[OwnId]
    organisation_id: Mapped[str] = refers("organisation.id", index=False)
    assessment_id: Mapped[str] = refers("assessment.id")
    question_id: Mapped[str | None] = mapped_column(String(100))
    body: Mapped[Body]
    owner: Mapped[Name] = mapped_column(default="")
    due_on: Mapped[date | None] = mapped_column(Date)
    effort: Mapped[str | None] = mapped_column(String(100))
    status: Mapped[Code]
    remark: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int]
    started_by: Mapped[str | None] = mentions_person()
    started_utc: Mapped[Time]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]

    __table_args__ = (Index("ix_agreed_action_organisation_status", "organisation_id", "status"),)


class AgreedActionChange(Base):
    """Every version an agreed action has had.

    ``body``: JSON: body, owner, due_on, effort, question_id, status, remark.
    """

    __tablename__ = "agreed_action_change"

    id: Mapped[Serial]
    action_id: Mapped[str] = refers("agreed_action.id", index=False)
    version: Mapped[int]
    body: Mapped[Body]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]

    __table_args__ = (UniqueConstraint("action_id", "version"),)
