"""Asking for what calibration needs beside the ratings themselves."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import Participation, Programme, ProgrammeAdvisor, ProgrammeStaff
from webapp.db.tables.people import Person
from webapp.db.tables.reviews import ReviewRequest


def find_owned_method(session: Session, programme_id: str, person_id: str) -> Programme | None:
    """The programme, where somebody is its method owner."""
    return session.scalar(
        select(Programme)
        .join(ProgrammeStaff, ProgrammeStaff.programme_id == Programme.id)
        .where(
            Programme.id == programme_id,
            ProgrammeStaff.person_id == person_id,
            ProgrammeStaff.is_method_owner.is_(True),
        )
    )


def team_names(session: Session, programme_id: str) -> dict[str, str]:
    """The names of a programme's own advisors, by id."""
    statement = (
        select(Person.id, Person.name)
        .join(ProgrammeAdvisor, ProgrammeAdvisor.person_id == Person.id)
        .where(ProgrammeAdvisor.programme_id == programme_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def asked_again(session: Session, programme_id: str) -> list[tuple[str, str, int]]:
    """What companies of a programme were asked to look at again: assessment, question, in which hand-in."""
    statement = (
        select(ReviewRequest.assessment_id, ReviewRequest.question_id, ReviewRequest.number)
        .join(Assessment, Assessment.id == ReviewRequest.assessment_id)
        .join(Participation, Participation.organisation_id == Assessment.organisation_id)
        .where(Participation.programme_id == programme_id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]
