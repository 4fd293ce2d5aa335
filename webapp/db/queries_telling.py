"""Asking for what waits for whom, and since when: for the daily mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from webapp.db.queries_gatherings import is_idea_due
from webapp.db.queries_plans import LIVE
from webapp.db.tables.assessments import Assessment, StateChange
from webapp.db.tables.gatherings import GatheringIdea
from webapp.db.tables.organisations import AdvisorAssignment, Organisation
from webapp.db.tables.people import Membership, Person
from webapp.db.tables.plans import AgreedAction
from webapp.db.tables.work import Job

ADVISORS, COMPANYS = ("submitted", "in_review"), ("sent_back", "reopened")
"""The states in which it is the advisor's turn, and the company's."""


@dataclass(frozen=True, slots=True)
class Returned:
    """An assessment that is the company's to change again, and since when."""

    id: str
    company: str
    questionnaire: str
    version: str
    period: str
    state: str
    due_on: date | None
    since_utc: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """An agreed action whose day is near or over. ``since_utc``: when it was last agreed on."""

    id: str
    company: str
    due_on: date
    since_utc: datetime


def mail_key(person_id: str, day: date) -> str:
    """The key of the job of somebody's mail of one day."""
    return f"waiting:{person_id}:{day.isoformat()}"


def is_mail_ordered(session: Session, person_id: str, day: date) -> bool:
    """Whether somebody's mail of that day was ordered, whatever came of it, or one is on its way."""
    is_under_way = and_(
        Job.state.in_(("waiting", "running")), Job.key.startswith(f"waiting:{person_id}:", autoescape=True)
    )
    statement = select(Job.id).where(or_(Job.key == mail_key(person_id, day), is_under_way))
    return session.scalar(statement.limit(1)) is not None


def who_might_be_told(
    session: Session, now: datetime, today_utc: datetime, *, today: date, until: date
) -> list[str]:
    """People with an address who want mail, have had none since ``today_utc``, and may have something to do.

    ``until``: the last day on which an agreed action counts as near.
    """
    goes_on = exists().where(GatheringIdea.owner_person_id == Person.id).where(is_idea_due(today))
    statement = select(Person.id).where(
        Person.email.is_not(None),
        Person.is_trial.is_(False),
        Person.wants_mail.is_(True),
        or_(Person.told_utc.is_(None), Person.told_utc < today_utc),
        or_(_advises_something(now), _owes_something(until), goes_on),
    )
    return list(session.scalars(statement.order_by(Person.id)))


def _advises_something(now: datetime) -> ColumnElement[bool]:
    return (
        exists()
        .where(AdvisorAssignment.person_id == Person.id)
        .where(AdvisorAssignment.from_utc <= now)
        .where(or_(AdvisorAssignment.until_utc.is_(None), AdvisorAssignment.until_utc > now))
        .where(Assessment.organisation_id == AdvisorAssignment.organisation_id)
        .where(Assessment.state.in_(ADVISORS))
    )


def _owes_something(until: date) -> ColumnElement[bool]:
    answering = and_(
        Membership.person_id == Person.id,
        or_(
            Membership.organisation_id == Organisation.id,
            Membership.organisation_id == Organisation.parent_id,
        ),
    )
    returned = Assessment.organisation_id == Organisation.id
    agreed = AgreedAction.organisation_id == Organisation.id
    return or_(
        exists().where(answering, returned, Assessment.state.in_(COMPANYS)),
        exists().where(answering, agreed, AgreedAction.status.in_(LIVE), AgreedAction.due_on <= until),
    )


def returned_to(session: Session, organisations: Collection[str]) -> list[Returned]:
    """What some organisations have to hand in again, what came back first first."""
    since = func.max(StateChange.at_utc)
    statement = (
        select(
            Assessment.id,
            Organisation.name,
            Assessment.questionnaire,
            Assessment.version,
            Assessment.period,
            Assessment.state,
            Assessment.due_on,
            since,
        )
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .join(
            StateChange,
            (StateChange.assessment_id == Assessment.id) & (StateChange.state == Assessment.state),
        )
        .where(Assessment.organisation_id.in_(organisations), Assessment.state.in_(COMPANYS))
        .group_by(Assessment.id, Organisation.id)
        .order_by(since, Assessment.id)
    )
    return [Returned(*row) for row in session.execute(statement)]


def promised_by(session: Session, organisations: Collection[str], until: date) -> list[Promise]:
    """What some organisations have agreed to do by then and have not done, the first day first."""
    statement = (
        select(AgreedAction.id, Organisation.name, AgreedAction.due_on, AgreedAction.at_utc)
        .join(Organisation, Organisation.id == AgreedAction.organisation_id)
        .where(
            AgreedAction.organisation_id.in_(organisations),
            AgreedAction.status.in_(LIVE),
            AgreedAction.due_on <= until,
        )
        .order_by(AgreedAction.due_on, AgreedAction.id)
    )
    return [
        Promise(id_, company, due_on, agreed_utc)
        for id_, company, due_on, agreed_utc in session.execute(statement)
        if due_on is not None
    ]
