"""What an advisor is not shown before they have rated, on any page: decision 0029.

Where a programme rates blind, the company's result, its report and its documents are closed to the advisor
until every choice has been rated; the review pages show each answer as soon as it is.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.db.queries_reviews import is_rated_blind
from webapp.db.tables.assessments import Assessment
from webapp.errors import Refused
from webapp.services.actor import Actor
from webapp.services.judging import hidden_choices, reach_review
from webapp.services.site import Site

RATE_FIRST = "review.rate_first"
"""The code of the refusal."""


def refuse_unrated(session: Session, site: Site, actor: Actor, row: Assessment) -> None:
    """Raises Refused (``RATE_FIRST``) for an advisor who would see what they are to rate blind."""
    if unrated_blind(session, site, actor, row):
        raise Refused("review.rate_first")


def unrated_blind(session: Session, site: Site, actor: Actor, row: Assessment) -> int:
    """How many choices of a hand-in an advisor has to rate before they see the company's.

    0 for the company's own people, and for whoever is not its advisor.
    """
    is_reader = actor.is_any_of(row.organisation_id, "advisor")
    if not is_reader or row.submissions == 0 or not is_rated_blind(session, row.organisation_id):
        return 0
    return len(hidden_choices(session, reach_review(session, site, actor, row.id)))
