"""What copies say of referrals: a company's copy of its own, and a person's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.db import queries_support as queries
from webapp.db.tables.assessments import Assessment
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.people import called

_Table = list[dict[str, Any]]


def company_referrals(session: Session, row: Assessment, names: Mapping[str, str]) -> _Table:
    """To whom a company was referred over an assessment, and what came of it. ``names``: by id."""
    own = queries.own_referrals(session, row.id)
    people = queries.people_behind(session, own)
    came = queries.outcomes_of(session, [one.id for one in own])
    return [
        {
            "actor": one.actor,
            "offer": one.offer,
            "url": one.url,
            "question_id": one.question_id,
            "note": one.note,
            "at_utc": one.at_utc,
            "by": names.get(one.by_person_id or "") or _name(people.get(one.by_person_id or "")),
            "outcomes": [
                {
                    "outcome": then.outcome,
                    "note": then.note,
                    "at_utc": then.at_utc,
                    "by": names.get(then.by_person_id or "") or _name(by),
                }
                for then, by in came
                if then.referral_id == one.id
            ],
        }
        for one in own
    ]


def personal_referrals(session: Session, actor: Actor) -> dict[str, _Table]:
    """The referrals somebody made and followed up; the words where they are let in still."""
    return {
        "referrals": [
            {
                "organisation_id": one.organisation_id,
                "assessment_id": one.assessment_id,
                "at_utc": one.at_utc,
                **_words(
                    actor,
                    one.organisation_id,
                    {"actor": one.actor, "offer": one.offer, "note": one.note},
                ),
            }
            for one, _ in queries.referrals_by(session, actor.person_id)
        ],
        "referral_outcomes": [
            {
                "organisation_id": one.organisation_id,
                "assessment_id": one.assessment_id,
                "at_utc": then.at_utc,
                **_words(actor, one.organisation_id, {"outcome": then.outcome, "note": then.note}),
            }
            for then, one in queries.outcomes_by(session, actor.person_id)
        ],
    }


def _words(actor: Actor, organisation_id: str, words: Mapping[str, Any]) -> Mapping[str, Any]:
    return words if actor.is_any_of(organisation_id, *COMPANY_ROLES, "advisor") else {}


def _name(person: Any) -> str | None:
    return None if person is None else called(person.name, None)
