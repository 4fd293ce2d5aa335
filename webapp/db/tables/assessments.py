"""Assessments: what was answered by whom, what was handed in, and what stands beside the answers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessment.review.lifecycle import State
from questionnaires.values import Depth
from webapp.db.ids import ID_LENGTH
from webapp.db.tables.base import (
    HASH_LENGTH,
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


class Assessment(Base):
    """One organisation's run through one questionnaire version, for one period.

    ``state``: of :mod:`assessment.review.lifecycle`. ``previous_id``: the round before this one.
    ``shared_utc``: since when its share edition is open to the programmes the organisation takes part in.
    ``due_on``: when the company should have handed it in (again), as its advisor has said.
    """

    __tablename__ = "assessment"

    id: Mapped[OwnId]
    organisation_id: Mapped[str] = refers("organisation.id")
    questionnaire: Mapped[Code]
    version: Mapped[Code]
    depth: Mapped[Depth] = mapped_column(String(100))
    period: Mapped[Code]
    state: Mapped[State] = mapped_column(String(100))
    round: Mapped[int] = mapped_column(default=1)
    previous_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("assessment.id", ondelete="SET NULL"), index=True
    )
    is_trial: Mapped[bool] = mapped_column(default=False)
    shared_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    due_on: Mapped[date | None] = mapped_column(Date)
    started_by: Mapped[str | None] = mentions_person()
    started_utc: Mapped[Time]
    changed_utc: Mapped[Time] = mapped_column(index=True)
    submissions: Mapped[int] = mapped_column(default=0)

    __table_args__ = (UniqueConstraint("organisation_id", "questionnaire", "period", "round"),)


class StoredAnswer(Base):
    """What stands as the answer to one question. ``body``: JSON, one entry of an answer file.

    ``is_carried``: taken over from the round before and not looked at yet.
    """

    __tablename__ = "answer"

    assessment_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    body: Mapped[Body]
    version: Mapped[int]
    is_carried: Mapped[bool] = mapped_column(default=False)
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]


class AnswerChange(Base):
    """Every version an answer has had, in the order they were saved."""

    __tablename__ = "answer_change"

    id: Mapped[Serial]
    assessment_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    question_id: Mapped[str] = mapped_column(String(100))
    version: Mapped[int]
    body: Mapped[Body]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]

    __table_args__ = (
        ForeignKeyConstraint(["assessment_id"], ["assessment.id"], ondelete="CASCADE"),
        UniqueConstraint("assessment_id", "question_id", "version"),
    )


class SectionTask(Base):
    """One section of an assessment as somebody's task.

    ``done_utc``: when it was marked as done; ``person_id``: whom it was given to, once they have joined;
    ``email``: whom it was sent to.
    """

    __tablename__ = "section_task"

    assessment_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
    )
    section_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    done_utc: Mapped[datetime | None] = mapped_column(UtcTime)
    person_id: Mapped[str | None] = mentions_person()
    email: Mapped[str | None] = mapped_column(String(254))
    by_person_id: Mapped[str | None] = mentions_person()
    given_utc: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (Index("ix_section_task_person", "person_id"),)


class Comment(Base):
    """One remark in the thread of a question. What was removed has no text any more."""

    __tablename__ = "comment"

    id: Mapped[OwnId]
    assessment_id: Mapped[str] = refers("assessment.id", index=False)
    question_id: Mapped[Code]
    person_id: Mapped[str | None] = mentions_person()
    body: Mapped[Body]
    at_utc: Mapped[Time]
    removed_utc: Mapped[datetime | None] = mapped_column(UtcTime)

    __table_args__ = (
        Index("ix_comment_assessment_question", "assessment_id", "question_id"),
        Index("ix_comment_person_at", "person_id", "at_utc"),
    )


class EvidenceFile(Base):
    """A file that shows an answer to be so. ``key``: where the file store has it.

    ``submissions_before``: how often the assessment had been handed in when the file came.
    """

    __tablename__ = "evidence_file"

    id: Mapped[OwnId]
    assessment_id: Mapped[str] = refers("assessment.id", index=False)
    organisation_id: Mapped[str] = refers("organisation.id")
    question_id: Mapped[Code]
    name: Mapped[Name]
    kind: Mapped[Code]
    size_bytes: Mapped[int]
    sha256: Mapped[Hash]
    key: Mapped[Name]
    submissions_before: Mapped[int] = mapped_column(default=0)
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]

    __table_args__ = (Index("ix_evidence_file_assessment_question", "assessment_id", "question_id"),)


class Submission(Base):
    """What was handed in: the answers as they stood, and the result they gave, both for ever the same.

    ``answers``, ``result``: JSON as the contracts have it. ``receipt``: what people can quote.
    """

    __tablename__ = "submission"

    id: Mapped[OwnId]
    assessment_id: Mapped[str] = refers("assessment.id", index=False)
    number: Mapped[int]
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    answers: Mapped[Body]
    result: Mapped[Body]
    definition_sha256: Mapped[str] = mapped_column(String(HASH_LENGTH))
    engine: Mapped[Code]
    completed_on: Mapped[date] = mapped_column(Date)
    level: Mapped[int | None]
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]

    __table_args__ = (UniqueConstraint("assessment_id", "number"),)


class StateChange(Base):
    """One step of an assessment's life, with the reason where one is needed."""

    __tablename__ = "state_change"

    id: Mapped[Serial]
    assessment_id: Mapped[str] = refers("assessment.id")
    event: Mapped[Code]
    state: Mapped[Code]
    reason: Mapped[str | None] = mapped_column(Text)
    by_person_id: Mapped[str | None] = mentions_person()
    at_utc: Mapped[Time]
