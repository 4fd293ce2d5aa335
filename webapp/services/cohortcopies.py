"""What copies say of cohorts: a company's copy of its own, and a person's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.db import queries_cohorts as queries
from webapp.db.tables.cohorts import Cohort
from webapp.services.actor import Actor

_Table = list[dict[str, Any]]


def company_cohorts(session: Session, organisation_id: str, names: Mapping[str, str]) -> _Table:
    """The cohorts a company is or was in, with everything it has said about its answers. ``names``: by id."""
    said = queries.all_consents(session, organisation_id)
    return [
        {
            "cohort": cohort.name,
            "joined_utc": member.joined_utc,
            "left_utc": member.left_utc,
            "consents": [
                {
                    "use": one.use,
                    "is_given": one.is_given,
                    "by": names.get(one.by_person_id or ""),
                    "at_utc": one.at_utc,
                }
                for one in said
                if one.cohort_id == cohort.id
            ],
        }
        for member, cohort in queries.every_membership(session, organisation_id)
    ]


def personal_cohorts(session: Session, actor: Actor) -> dict[str, _Table]:
    """The invitations to somebody's address, what they said for companies, and when they were reminded."""
    invitations = queries.invitations_to_address(session, actor.email) if actor.email else []
    return {
        "cohort_invitations": [
            {
                "cohort": cohort.name,
                "company": one.name,
                "orgnr": one.orgnr,
                "contact": one.contact,
                "email": one.email,
                "created_utc": one.created_utc,
                "told_utc": one.told_utc,
                "used_utc": one.used_utc,
                "declined_utc": one.declined_utc,
            }
            for one, cohort in invitations
        ],
        "consents": [
            {
                "organisation_id": one.organisation_id,
                "cohort": session.get_one(Cohort, one.cohort_id).name,
                "use": one.use,
                "is_given": one.is_given,
                "at_utc": one.at_utc,
            }
            for one in queries.consents_by(session, actor.person_id)
        ],
        "cohort_reminders": [
            {"cohort": cohort.name, "at_utc": one.at_utc}
            for one, cohort in queries.reminders_of(session, actor.person_id)
        ],
    }
