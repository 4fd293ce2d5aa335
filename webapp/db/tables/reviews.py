"""Reviews: what an advisor makes of each answer of a hand-in, notes, and what was signed off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import Base, Body, Code, OwnId, Serial, Time, UtcTime, mentions_person, refers


class QuestionReview(Base):
    """What the advisors of a company make of one answer of one hand-in, as it stands.

    ``number``: of the hand-in. ``rating``: what the advisor would have chosen; ``reason``: why it is another
    score than the company's. ``is_confirmed``: somebody has seen the documentation. ``first_rating``,
    ``first_by``: the first that was chosen and by whom; ``was_blind``: before they could see the company's.
    """

    __tablename__ = "question_review"

    assessment_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    rating: Mapped[str | None] = mapped_column(String(100))
    reason: Mapped[str | None] = mapped_column(Text)
    is_confirmed: Mapped[bool] = mapped_column(default=False)
    first_rating: Mapped[str | None] = mapped_column(String(100))
    first_by: Mapped[str | None] = mentions_person()
    was_blind: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]


class QuestionReviewChange(Base):
    """Every version a question's review has had. ``body``: JSON: rating, reason, is_confirmed."""

    __tablename__ = "question_review_change"

    id: Mapped[Serial]
    assessment_id: Mapped[str] = refers("assessment.id", index=False)
    number: Mapped[int]
    question_id: Mapped[Code]
    version: Mapped[int]
    body: Mapped[Body]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]

    __table_args__ = (UniqueConstraint("assessment_id", "number", "question_id", "version"),)


class ReviewNote(Base):
    """One note of the advisors, about a question or the whole. ``is_shared``: the company reads it too.

    What was removed has no text any more.
    """

    __tablename__ = "review_note"

    id: Mapped[OwnId]
    assessment_id: Mapped[str] = refers("assessment.id", index=False)
    question_id: Mapped[str | None] = mapped_column(String(100))
    number: Mapped[int]
    body: Mapped[Body]
    is_shared: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]
    removed_utc: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_review_note_assessment_question", "assessment_id", "question_id"),)


class ReviewRequest(Base):
    """What a company was asked to look at again, question by question, when a hand-in was sent back."""

    __tablename__ = "review_request"

    assessment_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    reason: Mapped[Body]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]


class AcceptedDimension(Base):
    """A dimension of which much is not relevant, and an advisor has said that this is so."""

    __tablename__ = "accepted_dimension"

    assessment_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    dimension_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]


class Approval(Base):
    """A hand-in that was signed off: the review and the result it gives, both for ever the same.

    The name of whoever signed is in ``review`` until they are erased.
    ``review``, ``result``: JSON as the contracts have it; ``level``: the approved one. ``undone_utc``: since
    when it does not hold any more, the assessment having been reopened.
    """

    __tablename__ = "approval"

    id: Mapped[OwnId]
    assessment_id: Mapped[str] = refers("assessment.id")
    submission_id: Mapped[str] = refers("submission.id")
    review: Mapped[Body]
    result: Mapped[Body]
    level: Mapped[int | None]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]
    undone_utc: Mapped[datetime | None] = mapped_column(UtcTime)
