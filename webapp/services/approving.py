"""What follows from an advisor's step: judgements that come along, and what was signed off, for ever."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.answers import AnswerSet, review_json
from assessment.jsontext import read_json
from assessment.reading import read_answers
from assessment.result import AssessmentResult, result_json
from assessment.review.approval import assess_as_rated
from assessment.review.lifecycle import Event
from webapp.db import queries_reviews as queries
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.people import Person
from webapp.db.tables.reviews import Approval
from webapp.errors import Refused
from webapp.services.actor import Actor
from webapp.services.judging import (
    UnderReview,
    carry_judgements,
    overrides_without_reason,
    reach_review,
    review_so_far,
    unrated_choices,
)
from webapp.services.people import called
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class SignedOff:
    """An approval that holds. ``level``: the approved one; ``own_level``: the company's.

    ``by``: what whoever signed is called; empty for somebody who ``is_gone``: erased, the approval kept.
    ``is_rated``: the advisor rated something, so the two levels may part.
    """

    level: int | None
    own_level: int | None
    by: str
    at_utc: datetime
    is_rated: bool
    is_gone: bool = False


def follow_up(
    session: Session, site: Site, actor: Actor, now: datetime, *, row: Assessment, event: Event
) -> None:
    """Do what belongs to a step that was just taken, in its transaction.

    Raises Refused where ratings differ from the company's and nobody has said why.
    """
    if event == "start_review" and row.submissions > 1:
        before = queries.last_judged(session, row.id, row.submissions)
        after = queries.submission_of(session, row.id, row.submissions)
        assert after is not None
        if before is not None and not queries.reviews_of(session, row.id, after.number):
            carry_judgements(session, before, after, now)
    elif event == "approve":
        _sign_off(session, site, actor, reach_review(session, site, actor, row.id), now)
    elif event == "reopen":
        held = queries.standing_approval(session, row.id)
        if held is not None:
            held.undone_utc = now


def as_rated(session: Session, site: Site, at: UnderReview) -> AssessmentResult:
    """The result an approval would have now. Raises Refused where the answers cannot be read any more."""
    review = review_so_far(session, at)
    return assess_as_rated(at.shelved.plan, _answers(site, at), review, engine=at.submission.engine)


def signed_off(session: Session, row: Assessment) -> SignedOff | None:
    """The approval of an assessment that stands approved."""
    held = queries.standing_approval(session, row.id) if row.state == "approved" else None
    submission = queries.submission_of(session, row.id, row.submissions)
    if held is None or submission is None:
        return None
    review = json.loads(held.review)
    return SignedOff(
        level=held.level,
        own_level=submission.level,
        by=review.get("by") or _called(session, held.by_person_id),
        at_utc=held.at_utc,
        is_rated="ratings" in review,
        is_gone=held.by_person_id is None,
    )


def _called(session: Session, person_id: str | None) -> str:
    """What somebody who signed without a name is called; empty where they are no longer there."""
    person = session.get(Person, person_id) if person_id else None
    return "" if person is None else called(person.name, person.email)


def _sign_off(session: Session, site: Site, actor: Actor, at: UnderReview, now: datetime) -> None:
    if unrated_choices(session, at):
        raise Refused("review.rate_first")
    missing = overrides_without_reason(session, at)
    if missing:
        raise Refused("review.reasons_missing", count=len(missing))
    review = review_so_far(session, at, by=actor.name or None, on=now.astimezone(site.zone).date())
    result = assess_as_rated(at.shelved.plan, _answers(site, at), review, engine=at.submission.engine)
    session.add(
        Approval(
            assessment_id=at.row.id,
            submission_id=at.submission.id,
            review=json.dumps(review_json(review), sort_keys=True),
            result=json.dumps(result_json(result), sort_keys=True),
            level=result.overall.level,
            by_person_id=actor.person_id,
            at_utc=now,
        )
    )
    session.flush()


def _answers(site: Site, at: UnderReview) -> AnswerSet:
    """The answers as they were handed in. Raises Refused where they cannot be read any more."""
    source = read_json(at.submission.answers.encode(), "answers.json")
    questionnaire = at.shelved.plan.questionnaire
    reading = read_answers(source, lambda _id, _number: questionnaire, site.shelf.definitions.shared_facts)
    if reading.answers is None:
        raise Refused("documents.result_differs")
    return reading.answers
