"""Asking for what a company was asked to look at again when its hand-in was sent back."""

from __future__ import annotations

from itertools import accumulate

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import Assessment, StateChange
from webapp.db.tables.people import Person
from webapp.db.tables.reviews import ReviewRequest

DECISIONS = ("send_back", "approve", "reopen")
"""What ends what was asked before."""

HAND_INS = ("submit", "resubmit")


def last_sent_back(session: Session, assessment_id: str) -> int | None:
    """The number of the hand-in that was sent back last; None where something was decided since, or never."""
    decided = [(event, number) for event, number in _steps(session, assessment_id) if event in DECISIONS]
    if not decided or decided[-1][0] != "send_back":
        return None
    return decided[-1][1]


def sent_back(session: Session, assessment_id: str) -> frozenset[int]:
    """The numbers of all hand-ins that were sent back."""
    return frozenset(number for event, number in _steps(session, assessment_id) if event == "send_back")


def _steps(session: Session, assessment_id: str) -> list[tuple[str, int]]:
    """Every step of an assessment's life, each with the number of the hand-in it is about."""
    statement = select(StateChange.event).where(StateChange.assessment_id == assessment_id)
    events = list(session.scalars(statement.order_by(StateChange.id)))
    return list(zip(events, accumulate(event in HAND_INS for event in events), strict=True))


def requests_with_people(
    session: Session, assessment_id: str, number: int
) -> list[tuple[ReviewRequest, Person | None]]:
    """What a company was asked to look at again of one hand-in, with who asked."""
    statement = (
        select(ReviewRequest, Person)
        .outerjoin(Person, Person.id == ReviewRequest.by_person_id)
        .where(ReviewRequest.assessment_id == assessment_id, ReviewRequest.number == number)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def requests_by(session: Session, person_id: str) -> list[tuple[ReviewRequest, Assessment]]:
    """Everything somebody has asked companies to look at again, the oldest first."""
    statement = (
        select(ReviewRequest, Assessment)
        .join(Assessment, Assessment.id == ReviewRequest.assessment_id)
        .where(ReviewRequest.by_person_id == person_id)
    )
    return [(row[0], row[1]) for row in session.execute(statement.order_by(ReviewRequest.at_utc))]
