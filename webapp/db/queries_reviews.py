"""Asking for what advisors make of hand-ins."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, defer

from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.organisations import Participation, Programme
from webapp.db.tables.people import Person
from webapp.db.tables.reviews import (
    AcceptedDimension,
    Approval,
    QuestionReview,
    QuestionReviewChange,
    ReviewNote,
    ReviewRequest,
)
from webapp.db.tables.work import Document


def reviews_of(session: Session, assessment_id: str, number: int) -> dict[str, QuestionReview]:
    """What was made of each answer of a hand-in, by question."""
    statement = select(QuestionReview).where(
        QuestionReview.assessment_id == assessment_id, QuestionReview.number == number
    )
    return {row.question_id: row for row in session.scalars(statement)}


def changes_of(
    session: Session, assessment_id: str, number: int, question_id: str
) -> list[tuple[QuestionReviewChange, Person | None]]:
    """Every version of what was made of one answer, with who saved it, the oldest first."""
    statement = (
        select(QuestionReviewChange, Person)
        .outerjoin(Person, Person.id == QuestionReviewChange.by_person_id)
        .where(
            QuestionReviewChange.assessment_id == assessment_id,
            QuestionReviewChange.number == number,
            QuestionReviewChange.question_id == question_id,
        )
        .order_by(QuestionReviewChange.version)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def accepted_of(session: Session, assessment_id: str, number: int) -> frozenset[str]:
    """The dimensions whose share of not relevant was accepted."""
    statement = select(AcceptedDimension.dimension_id).where(
        AcceptedDimension.assessment_id == assessment_id, AcceptedDimension.number == number
    )
    return frozenset(session.scalars(statement))


def requests_of(session: Session, assessment_id: str, number: int) -> dict[str, ReviewRequest]:
    """What the company was asked to look at again when a hand-in was sent back, by question."""
    statement = select(ReviewRequest).where(
        ReviewRequest.assessment_id == assessment_id, ReviewRequest.number == number
    )
    return {row.question_id: row for row in session.scalars(statement)}


def notes_of(session: Session, assessment_id: str) -> list[tuple[ReviewNote, Person | None]]:
    """Every note about an assessment with who wrote it, the oldest first."""
    return _notes(session, ReviewNote.assessment_id == assessment_id)


def shared_notes_of(session: Session, assessment_id: str) -> list[tuple[ReviewNote, Person | None]]:
    """The notes about an assessment that the company reads too; no private one is loaded for it."""
    return _notes(session, (ReviewNote.assessment_id == assessment_id) & ReviewNote.is_shared.is_(True))


def _notes(session: Session, wanted: ColumnElement[bool]) -> list[tuple[ReviewNote, Person | None]]:
    statement = (
        select(ReviewNote, Person)
        .outerjoin(Person, Person.id == ReviewNote.person_id)
        .where(wanted)
        .order_by(ReviewNote.at_utc, ReviewNote.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def standing_approval(session: Session, assessment_id: str) -> Approval | None:
    """The approval that holds now."""
    statement = select(Approval).where(Approval.assessment_id == assessment_id, Approval.undone_utc.is_(None))
    return session.scalar(statement.order_by(Approval.at_utc.desc()).limit(1))


def approvals_of(session: Session, assessment_id: str) -> list[Approval]:
    """Every approval there has been, the oldest first."""
    statement = select(Approval).where(Approval.assessment_id == assessment_id)
    return list(session.scalars(statement.order_by(Approval.at_utc)))


def approvals_by(session: Session, person_id: str) -> list[Approval]:
    """Every approval somebody has given, the oldest first."""
    statement = select(Approval).where(Approval.by_person_id == person_id)
    return list(session.scalars(statement.order_by(Approval.at_utc, Approval.id)))


def documents_naming(session: Session, person_id: str) -> list[Document]:
    """The documents of assessments that somebody has approved or written a note on: they may be named."""
    approved = select(Approval.assessment_id).where(Approval.by_person_id == person_id)
    noted = select(ReviewNote.assessment_id).where(ReviewNote.person_id == person_id)
    statement = (
        select(Document)
        .join(Submission, Submission.id == Document.submission_id)
        .where(or_(Submission.assessment_id.in_(approved), Submission.assessment_id.in_(noted)))
    )
    return list(session.scalars(statement.order_by(Document.id)))


def notes_by(session: Session, person_id: str) -> list[tuple[ReviewNote, Assessment]]:
    """Every note somebody has written and not removed, the oldest first."""
    statement = (
        select(ReviewNote, Assessment)
        .join(Assessment, Assessment.id == ReviewNote.assessment_id)
        .where(ReviewNote.person_id == person_id, ReviewNote.removed_utc.is_(None))
    )
    return [(row[0], row[1]) for row in session.execute(statement.order_by(ReviewNote.at_utc))]


def judgements_by(session: Session, person_id: str) -> list[tuple[QuestionReviewChange, Assessment]]:
    """Everything somebody has made of answers, the oldest first."""
    statement = (
        select(QuestionReviewChange, Assessment)
        .join(Assessment, Assessment.id == QuestionReviewChange.assessment_id)
        .where(QuestionReviewChange.by_person_id == person_id)
    )
    rows = session.execute(statement.order_by(QuestionReviewChange.at_utc, QuestionReviewChange.id))
    return [(row[0], row[1]) for row in rows]


def submission_of(session: Session, assessment_id: str, number: int) -> Submission | None:
    """One hand-in."""
    return session.scalar(
        select(Submission).where(Submission.assessment_id == assessment_id, Submission.number == number)
    )


def last_judged(session: Session, assessment_id: str, before: int) -> Submission | None:
    """The last hand-in before one that anything was made of: not each is reviewed, some are taken back."""
    is_judged = exists().where(
        QuestionReview.assessment_id == Submission.assessment_id, QuestionReview.number == Submission.number
    )
    statement = select(Submission).where(
        Submission.assessment_id == assessment_id, Submission.number < before, is_judged
    )
    return session.scalar(statement.order_by(Submission.number.desc()).limit(1))


def is_rated_blind(session: Session, organisation_id: str) -> bool:
    """Whether a programme of the organisation has its advisors rate before they see."""
    statement = (
        select(Programme.id)
        .join(Participation, Participation.programme_id == Programme.id)
        .where(Participation.organisation_id == organisation_id, Programme.rates_blind.is_(True))
    )
    return session.scalar(statement.limit(1)) is not None


def rated_hand_ins(
    session: Session, programme_id: str
) -> list[tuple[Assessment, Submission, QuestionReview]]:
    """Every rating given blind in a programme, with the hand-in it is about: for calibration.

    By assessment, hand-in and question. What a company has taken back is left out. A hand-in is read once,
    and without its answers, however many of them were rated.
    """
    taking_part = select(Participation.organisation_id).where(Participation.programme_id == programme_id)
    of_them = (Assessment.organisation_id.in_(taking_part), Assessment.state != "draft")
    blind = (
        select(QuestionReview)
        .join(Assessment, Assessment.id == QuestionReview.assessment_id)
        .where(*of_them, QuestionReview.was_blind.is_(True))
        .order_by(QuestionReview.assessment_id, QuestionReview.number, QuestionReview.question_id)
    )
    is_rated = exists().where(
        QuestionReview.assessment_id == Submission.assessment_id,
        QuestionReview.number == Submission.number,
        QuestionReview.was_blind.is_(True),
    )
    hand_ins = (
        select(Assessment, Submission)
        .join(Submission, Submission.assessment_id == Assessment.id)
        .where(*of_them, is_rated)
        .options(defer(Submission.answers))
    )
    found = {(row[1].assessment_id, row[1].number): (row[0], row[1]) for row in session.execute(hand_ins)}
    rated = ((one, found.get((one.assessment_id, one.number))) for one in session.scalars(blind))
    return [(*hand_in, one) for one, hand_in in rated if hand_in is not None]
