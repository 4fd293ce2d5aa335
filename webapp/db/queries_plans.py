"""Asking for what companies and their advisors agreed to do."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assessment.review.plan import STATUSES, is_live
from webapp.db.queries_people import people_by_id
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.people import Person
from webapp.db.tables.plans import AgreedAction, AgreedActionChange

LIVE = tuple(status for status in STATUSES if is_live(status))
"""The statuses in which something is still to be done."""


def actions_for(session: Session, row: Assessment) -> list[tuple[AgreedAction, Assessment]]:
    """The actions on the plan of an assessment, each with the assessment it was agreed over.

    Its own, and those of the company's earlier rounds of the questionnaire that were left when it began.
    """
    is_left = or_(AgreedAction.status.in_(LIVE), AgreedAction.at_utc >= row.started_utc)
    is_earlier = (
        (Assessment.organisation_id == row.organisation_id)
        & (Assessment.questionnaire == row.questionnaire)
        & (Assessment.started_utc < row.started_utc)
    )
    statement = (
        select(AgreedAction, Assessment)
        .join(Assessment, Assessment.id == AgreedAction.assessment_id)
        .where(
            AgreedAction.organisation_id == row.organisation_id,
            or_(AgreedAction.assessment_id == row.id, is_earlier & is_left),
        )
        .order_by(AgreedAction.started_utc, AgreedAction.id)
    )
    return [(found[0], found[1]) for found in session.execute(statement)]


def own_actions(session: Session, assessment_id: str) -> list[AgreedAction]:
    """The actions agreed over an assessment, the oldest first."""
    statement = select(AgreedAction).where(AgreedAction.assessment_id == assessment_id)
    return list(session.scalars(statement.order_by(AgreedAction.started_utc, AgreedAction.id)))


def lock_action(session: Session, action_id: str) -> AgreedAction | None:
    """An action; nobody else changes it while this goes on."""
    return session.get(AgreedAction, action_id, with_for_update=True, populate_existing=True)


def find_version(session: Session, action_id: str, version: int) -> AgreedActionChange | None:
    """One version of an action."""
    statement = select(AgreedActionChange).where(
        AgreedActionChange.action_id == action_id, AgreedActionChange.version == version
    )
    return session.scalar(statement)


def versions_of(session: Session, actions: Collection[str]) -> list[tuple[AgreedActionChange, Person | None]]:
    """Every version of some actions with who saved it, the oldest first."""
    statement = (
        select(AgreedActionChange, Person)
        .outerjoin(Person, Person.id == AgreedActionChange.by_person_id)
        .where(AgreedActionChange.action_id.in_(actions))
        .order_by(AgreedActionChange.action_id, AgreedActionChange.version)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def people_of(session: Session, actions: Collection[AgreedAction]) -> dict[str, Person]:
    """Who agreed on actions and who changed them last, by id; those who are gone are not among them."""
    return people_by_id(session, (id_ for one in actions for id_ in (one.started_by, one.by_person_id)))


def left_of(session: Session, organisations: Collection[str]) -> list[tuple[AgreedAction, Assessment]]:
    """What some companies have still to do, each with the assessment it was agreed over."""
    statement = (
        select(AgreedAction, Assessment)
        .join(Assessment, Assessment.id == AgreedAction.assessment_id)
        .where(AgreedAction.organisation_id.in_(organisations), AgreedAction.status.in_(LIVE))
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def versions_by(
    session: Session, person_id: str
) -> list[tuple[AgreedActionChange, AgreedAction, Assessment]]:
    """Every version of an action somebody has saved, the oldest first."""
    statement = (
        select(AgreedActionChange, AgreedAction, Assessment)
        .join(AgreedAction, AgreedAction.id == AgreedActionChange.action_id)
        .join(Assessment, Assessment.id == AgreedAction.assessment_id)
        .where(AgreedActionChange.by_person_id == person_id)
        .order_by(AgreedActionChange.at_utc, AgreedActionChange.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]
