"""What an advisor decides about an assessment that was handed in, and taking back what nobody has begun on.

Each deed is one step of :mod:`assessment.review.lifecycle`. The row is held while it is taken: of two who
decide at once, one does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from assessment.errors import IllegalTransition, ReasonMissing
from assessment.review.lifecycle import EVENTS, Event, Party, move
from reports.formatting import paragraphs
from webapp.db import queries_assessments as queries
from webapp.db.queries_reviews import accepted_of, reviews_of
from webapp.db.tables.assessments import Assessment, StateChange
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.approving import follow_up
from webapp.services.assessments import REASONED
from webapp.services.audit import record
from webapp.services.documents import renew_documents
from webapp.services.independence import refuse_own_company, refuse_own_hand_in
from webapp.services.mailing import order_reopened, order_sent_back
from webapp.services.opening import reach
from webapp.services.site import Site

MAX_REASON = 2_000

_ACTIONS: Mapping[Event, str] = {
    "start_review": "review_started",
    "send_back": "assessment_sent_back",
    "approve": "assessment_approved",
    "reopen": "assessment_reopened",
    "withdraw": "assessment_withdrawn",
}
"""What the record calls each deed."""


def decide(
    site: Site,
    actor: Actor,
    assessment_id: str,
    event: str,
    now: datetime,
    *,
    reason: str | None = None,
    seen: str | None = None,
    judged: str | None = None,
    due_on: date | None = None,
) -> tuple[str, ...]:
    """Take an advisor's step; the ids of the jobs that wait for it.

    ``seen``: what the advisor decided on, as :func:`seen_of` has it, and ``judged``: what had been made
    of the answers, as :func:`judged_of` has it, where a page showed them. ``due_on``: until when the
    company should hand it in again.
    Raises NotThere, NotAllowed, NotSaved, and Refused: not now, no reason, too long a reason, a rating that
    differs from the company's without one, or it is the advisor's own company or hand-in.
    """
    with site.database.write() as session:
        row, organisation = reach(session, actor, assessment_id)
        refuse_own_company(actor, organisation.id)
        if not actor.is_any_of(organisation.id, "advisor"):
            raise NotAllowed if actor.answers_for(organisation.id) else NotThere
        refuse_own_hand_in(actor, queries.last_submission(session, row.id))
        known = _known(event)
        _take(session, row, actor, known, by="advisor", now=now, reason=_read_reason(reason), seen=seen)
        if judged is not None and judged != judged_of(session, row):
            raise Refused("review.changed")
        if row.state in REASONED:
            row.due_on = due_on
        follow_up(session, site, actor, now, row=row, event=known)
        if row.state == "approved":
            return renew_documents(session, row, now)
        if row.state == "reopened":
            return order_reopened(session, row, now)
        return order_sent_back(session, row, now) if row.state == "sent_back" else ()


def withdraw(site: Site, actor: Actor, assessment_id: str, now: datetime) -> None:
    """Take back what was handed in, to change it. Raises NotThere, NotAllowed, NotSaved and Refused."""
    with site.database.write() as session:
        row, organisation = reach(session, actor, assessment_id)
        if not actor.is_any_of(organisation.id, "owner"):
            raise NotAllowed if actor.answers_for(organisation.id) else NotThere
        _take(session, row, actor, "withdraw", by="company", now=now)


def seen_of(row: Assessment) -> str:
    """What a decision is about: the state, and which hand-in."""
    return f"{row.state} {row.submissions}"


def judged_of(session: Session, row: Assessment) -> str:
    """What an approval is of: how often something was made of an answer, and the dimensions accepted.

    The first only grows; a dimension can be taken back, so that a count of them could come to the same again.
    """
    versions = sum(one.version for one in reviews_of(session, row.id, row.submissions).values())
    return " ".join((str(versions), *sorted(accepted_of(session, row.id, row.submissions))))


def last_reason(session: Session, assessment: Assessment) -> str | None:
    """Why an assessment was sent back or opened again; None where it waits for nothing from the company."""
    if assessment.state not in REASONED:
        return None
    return queries.reasons_of(session, [assessment.id]).get(assessment.id)


def _known(event: str) -> Event:
    found = next((known for known in EVENTS if known == event and known in _ACTIONS), None)
    if found is None:
        raise Refused("review.not_now")
    return found


def _read_reason(text: str | None) -> str | None:
    """A reason as plain lines that can be kept. Raises Refused for one that is too long."""
    found = "\n".join(paragraphs(text))
    if len(found) > MAX_REASON:
        raise Refused("review.reason_long", limit=MAX_REASON)
    return found or None


def _take(
    session: Session,
    row: Assessment,
    actor: Actor,
    event: Event,
    *,
    by: Party,
    now: datetime,
    reason: str | None = None,
    seen: str | None = None,
) -> None:
    session.refresh(row, with_for_update=True)
    if seen is not None and seen != seen_of(row):
        raise Refused("review.changed")
    try:
        row.state = move(row.state, event, by, reason)
    except IllegalTransition as error:
        raise Refused("review.not_now") from error
    except ReasonMissing as error:
        raise Refused("review.reason_missing") from error
    row.changed_utc = now
    session.add(
        StateChange(
            assessment_id=row.id,
            event=event,
            state=row.state,
            reason=reason,
            by_person_id=actor.person_id,
            at_utc=now,
        )
    )
    record(
        session,
        now,
        _ACTIONS[event],
        person_id=actor.person_id,
        organisation_id=row.organisation_id,
        assessment_id=row.id,
    )
    session.flush()
