"""Everything there is about one person, for themselves to take away: one JSON text.

What they wrote for a company is the company's. So the words stand in the copy for companies that still let
them in; for others it says when they wrote something to which question, and no more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from webapp.db import queries_activities as activity_queries
from webapp.db import queries_asked as asked_queries
from webapp.db import queries_plans as plan_queries
from webapp.db import queries_privacy as queries
from webapp.db import queries_reviews as review_queries
from webapp.db.queries_organisations import count_deeds
from webapp.db.tables.activities import ProgrammeActivity
from webapp.db.tables.assessments import AnswerChange, Assessment
from webapp.db.tables.people import Person
from webapp.errors import TooOften
from webapp.services.actor import COMPANY_ROLES, Actor, Role
from webapp.services.audit import record
from webapp.services.cohortcopies import personal_cohorts
from webapp.services.gatheringcopies import personal_gatherings
from webapp.services.site import Site
from webapp.services.supportcopies import personal_referrals

COPIES_AN_HOUR = 10
DEED = "person_exported"

_Table: TypeAlias = list[dict[str, Any]]


def personal_copy(site: Site, actor: Actor, now: datetime) -> bytes:
    """The copy, with the taking of it recorded. Raises TooOften and NotSaved."""
    with site.database.write() as session:
        if count_deeds(session, actor.person_id, DEED, now - timedelta(hours=1)) >= COPIES_AN_HOUR:
            raise TooOften(60)
        record(session, now, DEED, person_id=actor.person_id)
    with site.database.read() as session:
        copy = {"made_utc": now, **_gathered(session, actor)}
    return json_text(copy)


def json_text(value: object) -> bytes:
    """JSON for people to read, in UTF-8; a lone surrogate in somebody's text is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=_said)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, indent=1, default=_said).encode()


def _said(value: object) -> str:
    assert isinstance(value, (date, datetime))
    return value.isoformat()


def columns(row: object, *names: str) -> dict[str, Any]:
    """Some columns of a row by their names."""
    return {name: getattr(row, name) for name in names}


def _gathered(session: Session, actor: Actor) -> dict[str, Any]:
    person = session.get_one(Person, actor.person_id)
    return {
        "profile": columns(
            person,
            "id",
            "email",
            "name",
            "language",
            "is_trial",
            "wants_mail",
            "subject",
            "created_utc",
            "seen_utc",
            "told_utc",
        ),
        **_roles(session, person.id),
        **_signing_in(session, person),
        **_invitations(session, actor, person),
        **_written(session, actor),
        **_reviewed(session, actor),
        **_activities(session, actor),
        **personal_cohorts(session, actor),
        **personal_gatherings(session, actor),
        **personal_referrals(session, actor),
        "record": [
            {
                **columns(event, "at_utc", "action", "organisation_id", "assessment_id"),
                "detail": json.loads(event.detail),
            }
            for event in queries.events_by(session, person.id)
        ],
    }


def _roles(session: Session, person_id: str) -> dict[str, _Table]:
    return {
        "memberships": [
            {"organisation_id": row.id, "organisation": row.name, **columns(one, "role", "since_utc")}
            for one, row in queries.memberships_of(session, person_id)
        ],
        "advises": [
            {"organisation_id": row.id, "organisation": row.name, **columns(one, "from_utc", "until_utc")}
            for one, row in queries.advised_by(session, person_id)
        ],
        "runs": [
            {"programme_id": row.id, "programme": row.name, "since_utc": one.since_utc}
            for one, row in queries.run_by(session, person_id)
        ],
        "advisor_teams": [
            {"programme_id": row.id, "programme": row.name, "since_utc": one.since_utc}
            for one, row in queries.advisor_in(session, person_id)
        ],
    }


def _signing_in(session: Session, person: Person) -> dict[str, _Table]:
    return {
        "sessions": [
            columns(row, "created_utc", "seen_utc", "ends_utc")
            for row in queries.sessions_of(session, person.id)
        ],
        "signin_links": [
            columns(row, "email", "created_utc", "ends_utc", "used_utc")
            for row in queries.links_of(session, person)
        ],
        "address_changes": [
            columns(row, "email", "old_email", "created_utc", "used_utc")
            for row in queries.address_changes_of(session, person.id)
        ],
    }


def _invitations(session: Session, actor: Actor, person: Person) -> dict[str, _Table]:
    times = ("role", "created_utc", "ends_utc", "used_utc", "section_id")
    received = queries.received_invitations(session, person.email) if person.email else []
    return {
        "invitations_received": [
            {"organisation_id": row.id, "organisation": row.name, **columns(one, *times)}
            for one, row in received
        ],
        "invitations_sent": [
            {
                "organisation_id": one.organisation_id,
                "email": one.email if actor.answers_for(one.organisation_id) else None,
                **columns(one, *times),
            }
            for one in queries.sent_invitations(session, person.id)
        ],
    }


def _written(session: Session, actor: Actor) -> dict[str, _Table]:
    """What they did in companies: words where they are still let in, else when and to which question."""
    own: tuple[Role, ...] = COMPANY_ROLES
    advised: tuple[Role, ...] = (*COMPANY_ROLES, "advisor")
    person_id = actor.person_id
    return {
        "answers": [
            _told(actor, own, row, columns(one, "question_id", "at_utc"), _answer(one))
            for one, row in queries.answers_by(session, person_id)
        ],
        "comments": [
            _told(actor, own, row, columns(one, "question_id", "at_utc"), {"comment": one.body})
            for one, row in queries.comments_by(session, person_id)
        ],
        "files": [
            _told(actor, own, row, columns(one, "question_id", "at_utc"), columns(one, "name", "kind"))
            for one, row in queries.files_by(session, person_id)
        ],
        "steps": [
            _told(actor, advised, row, columns(one, "event", "at_utc"), columns(one, "reason"))
            for one, row in queries.steps_by(session, person_id)
        ],
        "facts": [
            {
                **columns(one, "organisation_id", "fact_id", "source", "at_utc"),
                "value": json.loads(one.value) if actor.answers_for(one.organisation_id) else None,
            }
            for one in queries.facts_by(session, person_id)
        ],
        "sections": [
            columns(one, "assessment_id", "section_id", "given_utc", "done_utc")
            for one in queries.tasks_given_to(session, person_id)
        ],
    }


def _reviewed(session: Session, actor: Actor) -> dict[str, _Table]:
    """What they made of companies' answers as an advisor, and agreed on: words where they are let in."""
    roles: tuple[Role, ...] = (*COMPANY_ROLES, "advisor")
    plain = ("question_id", "at_utc")
    return {
        "notes": [
            _told(actor, roles, row, columns(one, *plain), columns(one, "body", "is_shared"))
            for one, row in review_queries.notes_by(session, actor.person_id)
        ],
        "judgements": [
            _told(actor, roles, row, columns(one, *plain), json.loads(one.body))
            for one, row in review_queries.judgements_by(session, actor.person_id)
        ],
        "requests": [
            _told(actor, roles, row, columns(one, *plain), columns(one, "reason"))
            for one, row in asked_queries.requests_by(session, actor.person_id)
        ],
        "agreed": [
            _told(
                actor,
                roles,
                row,
                {**columns(action, "question_id"), **columns(one, "version", "at_utc")},
                json.loads(one.body),
            )
            for one, action, row in plan_queries.versions_by(session, actor.person_id)
        ],
    }


def _activities(session: Session, actor: Actor) -> dict[str, _Table]:
    """What they registered for, were at, and were reminded of."""
    person_id = actor.person_id
    return {
        "registrations": [
            {**_named(activity), **columns(one, "organisation_id", "at_utc")}
            for one, activity in activity_queries.registered_for(session, person_id)
        ],
        "attended": [
            {**_named(activity), **columns(one, "organisation_id", "at_utc")}
            for one, activity in activity_queries.was_at(session, person_id)
        ],
        "reminders": [
            {**_named(activity), **columns(one, "at_utc")}
            for one, activity in activity_queries.reminded_of(session, person_id)
        ],
    }


def _named(activity: ProgrammeActivity) -> dict[str, Any]:
    """Which activity it is."""
    return columns(activity, "programme_id", "code", "starts_utc")


def _answer(change: AnswerChange) -> dict[str, Any]:
    return {"version": change.version, "answer": json.loads(change.body)}


def _told(
    actor: Actor,
    roles: Sequence[Role],
    row: Assessment,
    plain: Mapping[str, Any],
    words: Mapping[str, Any],
) -> dict[str, Any]:
    """One thing somebody did; its words where they have one of the roles in the company."""
    told = {"organisation_id": row.organisation_id, "assessment_id": row.id, **plain}
    if actor.is_any_of(row.organisation_id, *roles):
        told |= {"questionnaire": row.questionnaire, "period": row.period, **words}
    return told
