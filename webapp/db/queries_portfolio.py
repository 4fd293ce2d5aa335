"""Asking for what was handed in, across companies and programmes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.organisations import Organisation, Participation, Programme
from webapp.db.tables.people import Invitation, Membership
from webapp.db.tables.reviews import Approval, QuestionReview


@dataclass(frozen=True, slots=True)
class FollowedCompany:
    """A company somebody advises. ``has_people``: it answers for itself, or its parent does.

    ``is_used``: it has assessments; ``is_invited``: somebody can accept to be its owner now.
    """

    id: str
    name: str
    has_people: bool
    is_used: bool
    is_invited: bool

    @property
    def is_pending(self) -> bool:
        """Whether it was set up by an advisor and waits to be taken over."""
        return not self.has_people and not self.is_used


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An assessment that was handed in, without its answers.

    ``level``: of its last hand-in; ``approval_id``, ``approved_level``: of the approval that stands.
    ``previous_id``: the round before. ``due_on``: when the company should hand it in again.
    """

    id: str
    organisation_id: str
    questionnaire: str
    version: str
    depth: str
    period: str
    round: int
    state: str
    previous_id: str | None
    due_on: date | None
    shared_utc: datetime | None
    submission_id: str
    level: int | None
    at_utc: datetime
    approval_id: str | None
    approved_level: int | None


@dataclass(frozen=True, slots=True)
class TakesPart:
    """A company in a programme. ``review_days``: how long its advisors have for a hand-in.

    ``rates_blind``: they rate before they see.
    """

    organisation_id: str
    programme_id: str
    name: str
    review_days: int
    rates_blind: bool


@dataclass(frozen=True, slots=True)
class Round:
    """A hand-in of a round before, by ids. ``approval_id``: of the approval of it that stands."""

    assessment_id: str
    version: str
    depth: str
    period: str
    submission_id: str
    at_utc: datetime
    approval_id: str | None


_STANDS = and_(
    Approval.submission_id == Submission.id,
    Approval.undone_utc.is_(None),
    Assessment.state == "approved",
)


def followed_companies(session: Session, ids: Collection[str], now: datetime) -> list[FollowedCompany]:
    """Companies by their ids, in the order of their names."""
    answering = Membership.organisation_id.in_((Organisation.id, Organisation.parent_id))
    invited = and_(
        Invitation.organisation_id == Organisation.id,
        Invitation.used_utc.is_(None),
        Invitation.ends_utc > now,
    )
    statement = (
        select(
            Organisation.id,
            Organisation.name,
            exists().where(answering),
            exists().where(Assessment.organisation_id == Organisation.id),
            exists().where(invited),
        )
        .where(Organisation.id.in_(ids))
        .order_by(Organisation.name, Organisation.id)
    )
    return [FollowedCompany(*row) for row in session.execute(statement)]


def handed_in(session: Session, organisations: Iterable[str]) -> list[HandedIn]:
    """Every assessment some organisations have handed in and not taken back; the last handed in first."""
    statement = (
        select(
            Assessment.id,
            Assessment.organisation_id,
            Assessment.questionnaire,
            Assessment.version,
            Assessment.depth,
            Assessment.period,
            Assessment.round,
            Assessment.state,
            Assessment.previous_id,
            Assessment.due_on,
            Assessment.shared_utc,
            Submission.id,
            Submission.level,
            Submission.at_utc,
            Approval.id,
            Approval.level,
        )
        .join(
            Submission,
            (Submission.assessment_id == Assessment.id) & (Submission.number == Assessment.submissions),
        )
        .outerjoin(Approval, _STANDS)
        .where(Assessment.organisation_id.in_(list(organisations)), Assessment.state != "draft")
        .order_by(Submission.at_utc.desc(), Assessment.id)
    )
    return [HandedIn(*row) for row in map(tuple, session.execute(statement))]


def organisations_by_id(session: Session, ids: Collection[str]) -> dict[str, str]:
    """What some organisations are called, by id."""
    return _texts(session, select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids)))


def taking_part(session: Session, organisations: Iterable[str]) -> list[TakesPart]:
    """Which programmes some organisations take part in, in the order of the programmes' names."""
    statement = (
        select(
            Participation.organisation_id,
            Programme.id,
            Programme.name,
            Programme.review_days,
            Programme.rates_blind,
        )
        .join(Programme, Programme.id == Participation.programme_id)
        .where(Participation.organisation_id.in_(list(organisations)))
        .order_by(Programme.name, Programme.id, Participation.organisation_id)
    )
    return [TakesPart(*row) for row in session.execute(statement)]


def earlier_rounds(session: Session, assessments: Collection[str]) -> list[Round]:
    """Every hand-in of some assessments that the companies have not taken back, the oldest first."""
    statement = (
        select(
            Assessment.id,
            Assessment.version,
            Assessment.depth,
            Assessment.period,
            Submission.id,
            Submission.at_utc,
            Approval.id,
        )
        .join(Submission, Submission.assessment_id == Assessment.id)
        .outerjoin(Approval, _STANDS)
        .where(Assessment.id.in_(assessments), Assessment.state != "draft")
        .order_by(Submission.at_utc, Submission.number)
    )
    return [Round(*row) for row in session.execute(statement)]


def results_of(session: Session, submissions: Collection[str]) -> dict[str, str]:
    """The result of hand-ins by id, as JSON."""
    return _texts(session, select(Submission.id, Submission.result).where(Submission.id.in_(submissions)))


def approved_results(session: Session, approvals: Collection[str]) -> dict[str, str]:
    """The result of approvals by id, as JSON."""
    return _texts(session, select(Approval.id, Approval.result).where(Approval.id.in_(approvals)))


def rated_first(session: Session, submissions: Collection[str]) -> dict[str, set[str]]:
    """The questions of hand-ins that an advisor has chosen for, by the hand-in's id."""
    statement = (
        select(Submission.id, QuestionReview.question_id)
        .join(
            QuestionReview,
            (QuestionReview.assessment_id == Submission.assessment_id)
            & (QuestionReview.number == Submission.number),
        )
        .where(Submission.id.in_(submissions), QuestionReview.first_rating.is_not(None))
    )
    found: dict[str, set[str]] = {}
    for id_, question in session.execute(statement):
        found.setdefault(id_, set()).add(question)
    return found


def _texts(session: Session, statement: Select[str, str]) -> dict[str, str]:
    return {row[0]: row[1] for row in session.execute(statement)}


def submissions_of(session: Session, assessment_id: str) -> list[tuple[int, str, datetime]]:
    """Number, receipt and time of every hand-in of an assessment, the newest first."""
    statement = select(Submission.number, Submission.receipt, Submission.at_utc).where(
        Submission.assessment_id == assessment_id
    )
    rows = session.execute(statement.order_by(Submission.number.desc()))
    return [(row[0], row[1], row[2]) for row in rows]


def programmes_with(session: Session, organisation_id: str) -> list[Programme]:
    """The programmes an organisation takes part in, by name."""
    statement = (
        select(Programme)
        .join(Participation, Participation.programme_id == Programme.id)
        .where(Participation.organisation_id == organisation_id)
    )
    return list(session.scalars(statement.order_by(Programme.name, Programme.id)))


def programmes_named(session: Session, ids: Iterable[str]) -> list[Programme]:
    """Programmes by their ids, in the order of their names."""
    statement = select(Programme).where(Programme.id.in_(list(ids)))
    return list(session.scalars(statement.order_by(Programme.name, Programme.id)))


def participants_of(session: Session, programme_id: str) -> list[Organisation]:
    """The organisations of a programme, by name."""
    statement = (
        select(Organisation)
        .join(Participation, Participation.organisation_id == Organisation.id)
        .where(Participation.programme_id == programme_id)
    )
    return list(session.scalars(statement.order_by(Organisation.name, Organisation.id)))
