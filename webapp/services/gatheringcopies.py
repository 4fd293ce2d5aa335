"""What copies say of gatherings: a company's ideas, and what is kept of a person who came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.db import queries_gatherings as queries
from webapp.db.tables.activities import ProgrammeActivity
from webapp.db.tables.gatherings import GatheringIdea
from webapp.services.actor import Actor

_Table = list[dict[str, Any]]


def company_ideas(session: Session, organisation_id: str, names: Mapping[str, str]) -> _Table:
    """The ideas that a company's people wrote or go on with. ``names``: of its people, by id."""
    return [
        {
            **_idea(one, activity),
            "by": names.get(one.by_person_id or ""),
            "owner": names.get(one.owner_person_id or "") or one.owner,
        }
        for one, activity in queries.ideas_of_company(session, organisation_id)
    ]


def personal_gatherings(session: Session, actor: Actor) -> dict[str, _Table]:
    """The ideas somebody wrote or goes on with, and what staff said of them where they came."""
    person_id = actor.person_id
    return {
        "ideas": [
            {
                **(_idea(one, activity) if _is_let_in(actor, one) else _when(one, activity)),
                "is_writer": one.by_person_id == person_id,
                "is_owner": one.owner_person_id == person_id,
            }
            for one, activity in queries.ideas_of_person(session, person_id)
        ],
        "gatherings": [
            {
                "code": activity.code,
                "starts_utc": activity.starts_utc,
                "is_facilitator": one.is_facilitator,
                "is_absent": one.is_absent,
            }
            for one, activity in queries.said_of(session, person_id)
        ],
    }


def _is_let_in(actor: Actor, one: GatheringIdea) -> bool:
    """Whether the words are for them: an idea of nobody's company, or of one that still lets them in."""
    companies = (one.organisation_id, one.owner_organisation_id)
    return one.organisation_id is None or any(actor.answers_for(id_) for id_ in companies if id_)


def _when(one: GatheringIdea, activity: ProgrammeActivity) -> dict[str, Any]:
    return {"code": activity.code, "starts_utc": activity.starts_utc, "at_utc": one.at_utc}


def _idea(one: GatheringIdea, activity: ProgrammeActivity) -> dict[str, Any]:
    return {
        **_when(one, activity),
        "table": one.table_number,
        "idea": one.body,
        "next_step": one.next_step,
        "due_on": one.due_on,
        "state": one.state,
    }
