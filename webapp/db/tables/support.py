"""Who helps companies: a programme's directory of support, and the companies that were referred to it."""

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


class SupportActor(Base):
    """An organisation in the directory. ``body``: all that is said of it, JSON of its checked model.

    ``code``: its id within the programme. ``version``: counts how often it was saved.
    """

    __tablename__ = "support_actor"

    id: Mapped[OwnId]
    programme_id: Mapped[str] = refers("programme.id", index=False)
    code: Mapped[Code]
    name: Mapped[Name]
    body: Mapped[Body]
    version: Mapped[int] = mapped_column(default=1)
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]

    __table_args__ = (UniqueConstraint("programme_id", "code"),)


class SupportLink(Base):
    """What was last found at an address that an organisation in the directory points to.

    As of activities (:class:`webapp.db.tables.activities.ActivityLink`).
    """

    __tablename__ = "support_link"

    actor_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("support_actor.id", ondelete="CASCADE"), primary_key=True
    )
    sha256: Mapped[Hash] = mapped_column(primary_key=True)
    address: Mapped[Body]
    outcome: Mapped[Code]
    failures: Mapped[int] = mapped_column(Integer, default=0)
    dead_since_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    checked_utc: Mapped[Time]


class Referral(Base):
    """That a company was referred to an organisation, over one of its assessments.

    ``actor_id``: None when the directory has it no more; ``actor``, ``offer``: what they were called then.
    ``question_id``: what it is about; None for the whole. ``note``: what was said, may be empty.
    """

    __tablename__ = "referral"

    id: Mapped[OwnId]
    organisation_id: Mapped[str] = refers("organisation.id")
    assessment_id: Mapped[str] = refers("assessment.id")
    question_id: Mapped[str | None] = mapped_column(String(100))
    actor_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("support_actor.id", ondelete="SET NULL"), index=True
    )
    actor: Mapped[Name]
    offer: Mapped[Name]
    url: Mapped[Body]
    note: Mapped[Body]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]


class ReferralOutcome(Base):
    """What came of a referral; rows are only added, and the newest counts.

    ``outcome``: ``contacted``, ``helped``, ``declined`` or ``no_answer``.
    """

    __tablename__ = "referral_outcome"

    id: Mapped[Serial]
    referral_id: Mapped[str] = refers("referral.id", index=False)
    outcome: Mapped[Code]
    note: Mapped[Body]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]

    __table_args__ = (Index("ix_referral_outcome_referral", "referral_id", "id"),)
