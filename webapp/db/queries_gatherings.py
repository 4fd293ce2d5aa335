"""Asking for gatherings: who comes, what their companies have handed in, papers, and ideas."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from questionnaires.values import Depth
from webapp.db.ids import is_id
from webapp.db.tables.activities import ProgrammeActivity, Registration
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.gatherings import Gathering, GatheringGuest, GatheringIdea, GatheringPaper
from webapp.db.tables.organisations import ProgrammeAdvisor, ProgrammeStaff
from webapp.db.tables.people import Person


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The last hand-in of an assessment that its company has not taken back."""

    organisation_id: str
    questionnaire: str
    depth: Depth
    submission_id: str
    at_utc: datetime


def find_gathering(session: Session, activity_id: str, *, is_locked: bool = False) -> Gathering | None:
    """The gathering of an activity; None where nobody has begun to prepare it."""
    return session.get(Gathering, activity_id, with_for_update=is_locked or None, populate_existing=is_locked)


def topics_made(session: Session) -> list[str]:
    """Every list of shared topics that was made, as JSON."""
    return list(session.scalars(select(Gathering.topics).where(Gathering.topics.is_not(None))))


def guests_of(session: Session, activity_id: str) -> dict[str, GatheringGuest]:
    """What was said of those who come, by person."""
    statement = select(GatheringGuest).where(GatheringGuest.activity_id == activity_id)
    return {row.person_id: row for row in session.scalars(statement)}


def programme_people(session: Session, programme_id: str) -> list[Person]:
    """Those who run a programme or are in its advisor team, by name."""
    staff = select(ProgrammeStaff.person_id).where(ProgrammeStaff.programme_id == programme_id)
    team = select(ProgrammeAdvisor.person_id).where(ProgrammeAdvisor.programme_id == programme_id)
    statement = select(Person).where(or_(Person.id.in_(staff), Person.id.in_(team)))
    return list(session.scalars(statement.order_by(Person.name, Person.id)))


def handed_in_by(session: Session, organisations: Collection[str]) -> list[HandedIn]:
    """What companies have handed in and not taken back, the last time of each assessment."""
    statement = (
        select(
            Assessment.organisation_id,
            Assessment.questionnaire,
            Assessment.depth,
            Submission.id,
            Submission.at_utc,
        )
        .join(Submission, Submission.assessment_id == Assessment.id)
        .where(
            Assessment.organisation_id.in_(organisations),
            Assessment.state != "draft",
            Assessment.is_trial.is_(False),
            Submission.number == Assessment.submissions,
        )
        .order_by(Submission.at_utc, Submission.id)
    )
    return [HandedIn(*row) for row in session.execute(statement)]


def papers_of(session: Session, activity_id: str, person_id: str | None = None) -> list[GatheringPaper]:
    """The papers that staff print, or somebody's own, the oldest first."""
    statement = select(GatheringPaper).where(
        GatheringPaper.activity_id == activity_id,
        GatheringPaper.person_id.is_(None) if person_id is None else GatheringPaper.person_id == person_id,
    )
    return list(session.scalars(statement.order_by(GatheringPaper.created_utc, GatheringPaper.id)))


def papers_naming(
    session: Session, *, person_id: str | None = None, organisation_id: str | None = None
) -> list[GatheringPaper]:
    """The papers that may say who somebody is, or what a company has answered: of where they come."""
    comes = select(Registration.activity_id).where(
        or_(Registration.person_id == person_id, Registration.organisation_id == organisation_id)
    )
    said = select(GatheringGuest.activity_id).where(GatheringGuest.person_id == person_id)
    statement = select(GatheringPaper).where(
        or_(GatheringPaper.activity_id.in_(comes), GatheringPaper.activity_id.in_(said))
    )
    return list(session.scalars(statement))


def paper_keys(session: Session, activity_id: str | None = None) -> set[str]:
    """Where the file store has papers: of one gathering, or of all."""
    statement = select(GatheringPaper.key).where(GatheringPaper.key.is_not(None))
    if activity_id is not None:
        statement = statement.where(GatheringPaper.activity_id == activity_id)
    return {key for key in session.scalars(statement) if key}


def ideas_at(session: Session, activity_id: str) -> list[GatheringIdea]:
    """The ideas of a gathering in the order they came."""
    statement = select(GatheringIdea).where(GatheringIdea.activity_id == activity_id)
    return list(session.scalars(statement.order_by(GatheringIdea.at_utc, GatheringIdea.id)))


def count_ideas(session: Session, activity_id: str) -> int:
    """How many ideas a gathering has."""
    statement = select(func.count()).where(GatheringIdea.activity_id == activity_id)
    return session.scalar(statement) or 0


def find_idea(session: Session, id_: str) -> GatheringIdea | None:
    """An idea, locked until the end."""
    if not is_id(id_):
        return None
    return session.get(GatheringIdea, id_, with_for_update=True, populate_existing=True)


def idea_sent_as(session: Session, activity_id: str, person_id: str, token: str) -> GatheringIdea | None:
    """The idea that came by a form, where it came already."""
    statement = select(GatheringIdea).where(
        GatheringIdea.activity_id == activity_id,
        GatheringIdea.by_person_id == person_id,
        GatheringIdea.token == token,
    )
    return session.scalar(statement)


def ideas_of_person(session: Session, person_id: str) -> list[tuple[GatheringIdea, ProgrammeActivity]]:
    """The ideas somebody wrote or goes on with."""
    return _ideas(
        session,
        or_(GatheringIdea.by_person_id == person_id, GatheringIdea.owner_person_id == person_id),
    )


def ideas_of_company(session: Session, organisation_id: str) -> list[tuple[GatheringIdea, ProgrammeActivity]]:
    """The ideas that people of a company wrote or go on with."""
    return _ideas(
        session,
        or_(
            GatheringIdea.organisation_id == organisation_id,
            GatheringIdea.owner_organisation_id == organisation_id,
        ),
    )


def ideas_due(session: Session, person_id: str, today: date) -> list[tuple[GatheringIdea, ProgrammeActivity]]:
    """The open ideas somebody goes on with whose day has come."""
    return _ideas(session, and_(GatheringIdea.owner_person_id == person_id, is_idea_due(today)))


def is_idea_due(today: date) -> ColumnElement[bool]:
    """That an idea is open, and the day of its next step has come."""
    return and_(GatheringIdea.state == "open", GatheringIdea.due_on <= today)


def said_of(session: Session, person_id: str) -> list[tuple[GatheringGuest, ProgrammeActivity]]:
    """What staff said of somebody at gatherings."""
    statement = (
        select(GatheringGuest, ProgrammeActivity)
        .join(ProgrammeActivity, ProgrammeActivity.id == GatheringGuest.activity_id)
        .where(GatheringGuest.person_id == person_id)
        .order_by(ProgrammeActivity.starts_utc, ProgrammeActivity.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def _ideas(session: Session, condition: ColumnElement[bool]) -> list[tuple[GatheringIdea, ProgrammeActivity]]:
    statement = (
        select(GatheringIdea, ProgrammeActivity)
        .join(ProgrammeActivity, ProgrammeActivity.id == GatheringIdea.activity_id)
        .where(condition)
        .order_by(GatheringIdea.at_utc, GatheringIdea.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]
