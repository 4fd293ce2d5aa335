"""What a company is asked to look at again, question by question.

Collected while a hand-in is in review, for the advisors alone; the company has them once it is sent back.
"""

from __future__ import annotations

from datetime import datetime

from reports.formatting import paragraphs
from webapp.db.tables.reviews import ReviewRequest
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.judging import reach_review
from webapp.services.site import Site

MAX_REQUEST = 2_000
"""Characters."""


def request_again(
    site: Site, actor: Actor, assessment_id: str, question_id: str, now: datetime, *, reason: str
) -> bool:
    """Note what the company should look at again, in place of what was noted; whether anything is noted now.

    Nothing written takes it back. Raises NotThere, NotSaved, and Refused: it is not in review, or too long.
    """
    body = "\n".join(paragraphs(reason))
    if len(body) > MAX_REQUEST:
        raise Refused("review.request_long", limit=MAX_REQUEST)
    with site.database.write() as session:
        at = reach_review(session, site, actor, assessment_id)
        session.refresh(at.row, with_for_update=True)
        if at.states.get(question_id, "not_asked") == "not_asked":
            raise NotThere
        if at.row.state != "in_review":
            raise Refused("review.not_now")
        held = session.get(ReviewRequest, (at.row.id, at.number, question_id))
        if (held.reason if held is not None else "") == body:
            return bool(body)
        if held is None:
            held = ReviewRequest(assessment_id=at.row.id, number=at.number, question_id=question_id)
            session.add(held)
        held.reason, held.by_person_id, held.at_utc = body, actor.person_id, now
        if not body:
            session.delete(held)
        record(
            session,
            now,
            "request_written" if body else "request_removed",
            person_id=actor.person_id,
            organisation_id=at.organisation.id,
            assessment_id=at.row.id,
            number=at.number,
        )
        return bool(body)
