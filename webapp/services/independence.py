"""Nobody reviews themselves: what an advisor is refused because the work is their own. Decision 0030."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webapp.db.queries_people import roles_of
from webapp.db.tables.assessments import Submission
from webapp.errors import Refused
from webapp.services.actor import COMPANY_ROLES, Actor


def refuse_own_company(actor: Actor, organisation_id: str) -> None:
    """Raises Refused for an advisor of a company they belong to."""
    if actor.would_review_themselves(organisation_id):
        raise Refused("review.own_company")


def refuse_own_hand_in(actor: Actor, submission: Submission | None) -> None:
    """Raises Refused for whoever handed this in, also after they have left the company."""
    if submission is not None and submission.by_person_id == actor.person_id:
        raise Refused("review.own_hand_in")


def refuse_own_people(session: Session, person_id: str, organisation_id: str, now: datetime) -> None:
    """Raises Refused where somebody is to be given a company to advise that they belong to."""
    held = roles_of(session, person_id, now)
    if any(id_ == organisation_id and role in COMPANY_ROLES for id_, role in held):
        raise Refused("team.own_company")
