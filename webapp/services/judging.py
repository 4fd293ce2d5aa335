"""What an advisor makes of each answer: a choice of their own, and whether the documentation was seen.

The company's answers are never touched. Where a programme asks for it, an advisor chooses before the
company's choice is shown, and the first choice is kept for ever: it is what calibration compares.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from assessment.answers import Review
from assessment.review.approval import rated_score
from assessment.review.reading import rating_ids
from questionnaires.model import Question
from reports.formatting import paragraphs
from webapp.db import queries_reviews as queries
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.reviews import AcceptedDimension, QuestionReview, QuestionReviewChange
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.independence import refuse_own_company, refuse_own_hand_in
from webapp.services.opening import reach_hand_in
from webapp.services.shelf import Shelved
from webapp.services.site import Site

MAX_REASON = 2_000

BLIND_KINDS = ("single_choice", "multiple_choice", "yes_no")
"""The kinds of questions that are rated blind: there the company chooses. A figure can only be judged by
somebody who sees it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is made of one answer. ``rating``: None where the advisor has not chosen.

    ``reason``: why it is another score than the company's; empty where none is given.
    """

    rating: str | None = None
    is_confirmed: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HeldJudgement:
    """A judgement as it stands. ``version``: 0 before anything was saved.

    ``is_revealed``: the company's choice may be shown to the advisors.
    """

    judgement: Judgement = Judgement()
    version: int = 0
    by_person_id: str | None = None
    at_utc: datetime | None = None
    is_revealed: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of saving. ``clash``: what a colleague saved meanwhile; nothing is kept then."""

    version: int
    clash: HeldJudgement | None = None


def judge(
    site: Site,
    actor: Actor,
    assessment_id: str,
    question_id: str,
    now: datetime,
    *,
    judgement: Judgement,
    base: int,
    number: int | None = None,
) -> Judged:
    """Keep what an advisor makes of one answer. ``base``, ``number``: the version and hand-in a page showed.

    Raises NotThere, NotSaved, and Refused: it is not in review, or their own hand-in, the page was of another
    hand-in, the question is not rated, there is no such choice, or the reason is too long.
    """
    with site.database.write() as session:
        at = _reach_open(session, site, actor, assessment_id)
        question = at.rated_question(question_id)
        wanted = _checked(question, judgement)
        held = session.get(QuestionReview, (at.row.id, at.number, question.id))
        if number not in (None, at.row.submissions) or (held is None and base > 0):
            raise Refused("review.changed")
        is_blind = question.kind in BLIND_KINDS and queries.is_rated_blind(session, at.organisation.id)
        if held is not None and held.version != base:
            return Judged(held.version, _held(held, is_blind=is_blind))
        if wanted == (_judgement(held) if held is not None else Judgement()):
            return Judged(held.version if held is not None else 0)
        if held is None:
            held = QuestionReview(
                assessment_id=at.row.id, number=at.number, question_id=question.id, version=0, at_utc=now
            )
            session.add(held)
        if wanted.rating is not None and held.first_rating is None:
            held.first_rating, held.first_by, held.was_blind = wanted.rating, actor.person_id, is_blind
        _write(session, held, wanted, actor, now)
        _record(session, now, actor, at, "answer_judged")
        session.flush()
        return Judged(held.version)


@dataclass(frozen=True, slots=True)
class UnderReview:
    """A hand-in for one of the company's advisors. ``states``, ``scores``: the company's, by question."""

    row: Assessment
    organisation: Organisation
    submission: Submission
    shelved: Shelved
    states: Mapping[str, str]
    scores: Mapping[str, int | None]

    @property
    def number(self) -> int:
        """Which hand-in it is."""
        return self.submission.number

    def rated_question(self, question_id: str) -> Question:
        """A question that can be rated. Raises NotThere for none of ours, Refused for one without scores."""
        for planned in self.shelved.plan.questions:
            if planned.question.id == question_id and question_id in self.states:
                if planned.score is None or self.states[question_id] == "not_asked":
                    raise Refused("review.not_rated")
                return planned.question
        raise NotThere


def reach_review(session: Session, site: Site, actor: Actor, assessment_id: str) -> UnderReview:
    """The last hand-in of a company one advises. Raises NotThere, and Refused for one's own company."""
    row, organisation, submission = reach_hand_in(session, actor, assessment_id)
    refuse_own_company(actor, organisation.id)
    if not actor.is_any_of(organisation.id, "advisor"):
        raise NotThere
    questions = [
        question
        for dimension in json.loads(submission.result)["dimensions"]
        for question in dimension["questions"]
    ]
    return UnderReview(
        row=row,
        organisation=organisation,
        submission=submission,
        shelved=site.shelf.open(row.questionnaire, row.version),
        states={one["id"]: one["state"] for one in questions},
        scores={one["id"]: one["score"] for one in questions},
    )


def _reach_open(session: Session, site: Site, actor: Actor, assessment_id: str) -> UnderReview:
    """One that can be rated now, held until the transaction ends. Raises NotThere and Refused."""
    at = reach_review(session, site, actor, assessment_id)
    refuse_own_hand_in(actor, at.submission)
    session.refresh(at.row, with_for_update=True)
    if at.row.state != "in_review":
        raise Refused("review.not_now")
    return at


def held_judgements(session: Session, at: UnderReview) -> dict[str, HeldJudgement]:
    """What is made of each answer so far, by question; those nothing is made of are left out."""
    hidden = hidden_choices(session, at)
    rows = queries.reviews_of(session, at.row.id, at.number)
    return {id_: _held(row, is_blind=id_ in hidden) for id_, row in rows.items()}


def hidden_choices(session: Session, at: UnderReview) -> frozenset[str]:
    """The questions of which no advisor may see yet what the company chose: nobody has rated them.

    None where no programme rates blind, and once the hand-in has been approved: then all of it was shown.
    """
    return frozenset() if at.row.state in ("approved", "reopened") else unrated_choices(session, at)


def unrated_choices(session: Session, at: UnderReview) -> frozenset[str]:
    """The questions that have to be rated before anything is decided; none where no programme rates blind."""
    if not queries.is_rated_blind(session, at.organisation.id):
        return frozenset()
    rated = {
        id_
        for id_, row in queries.reviews_of(session, at.row.id, at.number).items()
        if row.first_rating is not None
    }
    return choices_to_rate(at.shelved, at.states) - rated


def choices_to_rate(shelved: Shelved, states: Mapping[str, str]) -> frozenset[str]:
    """The questions that are rated blind where a programme asks for it. ``states``: of all, by question."""
    return frozenset(
        planned.question.id
        for planned in shelved.plan.questions
        if planned.score is not None
        and planned.question.kind in BLIND_KINDS
        and states.get(planned.question.id, "not_asked") != "not_asked"
    )


def accept_dimension(
    site: Site, actor: Actor, assessment_id: str, dimension_id: str, now: datetime, *, is_accepted: bool
) -> None:
    """Say that so much of a dimension really is not relevant, or take that back.

    Raises NotThere, NotSaved, and Refused when it is not in review, or their own hand-in.
    """
    with site.database.write() as session:
        at = _reach_open(session, site, actor, assessment_id)
        if dimension_id not in {planned.dimension.id for planned in at.shelved.plan.dimensions}:
            raise NotThere
        held = session.get(AcceptedDimension, (at.row.id, at.number, dimension_id))
        if is_accepted is (held is not None):
            return
        if held is not None:
            session.delete(held)
        else:
            session.add(
                AcceptedDimension(
                    assessment_id=at.row.id,
                    number=at.number,
                    dimension_id=dimension_id,
                    by_person_id=actor.person_id,
                    at_utc=now,
                )
            )
        _record(session, now, actor, at, "dimension_accepted" if is_accepted else "dimension_not_accepted")


def review_so_far(session: Session, at: UnderReview, *, by: str | None = None, on: Any = None) -> Review:
    """Everything the advisors have said about a hand-in, as a review file has it."""
    rows = queries.reviews_of(session, at.row.id, at.number)
    return Review(
        confirmed=frozenset(id_ for id_, row in rows.items() if row.is_confirmed),
        accepted=queries.accepted_of(session, at.row.id, at.number),
        ratings={id_: row.rating for id_, row in sorted(rows.items()) if row.rating is not None},
        by=by,
        on=on,
    )


def overrides_without_reason(session: Session, at: UnderReview) -> list[str]:
    """The questions rated with another score than the company's for which nobody has said why, in order."""
    rows = queries.reviews_of(session, at.row.id, at.number)
    found = []
    for planned in at.shelved.plan.questions:
        row = rows.get(planned.question.id)
        if row is None or row.rating is None or row.reason:
            continue
        if rated_score(planned.question, row.rating) != at.scores.get(planned.question.id):
            found.append(planned.question.id)
    return found


def carry_judgements(session: Session, before: Submission, after: Submission, now: datetime) -> int:
    """Take over what was made of the answers that have not changed since the hand-in before; how many.

    The first choice stays who made it: nobody rates the same answer twice as if for the first time.
    """
    old, new = (json.loads(one.answers)["answers"] for one in (before, after))
    kept = 0
    for id_, row in queries.reviews_of(session, before.assessment_id, before.number).items():
        if old.get(id_) != new.get(id_):
            continue
        session.add(
            QuestionReview(
                assessment_id=row.assessment_id,
                number=after.number,
                question_id=id_,
                rating=row.rating,
                reason=row.reason,
                is_confirmed=row.is_confirmed,
                first_rating=row.first_rating,
                first_by=row.first_by,
                was_blind=False,
                version=1,
                by_person_id=row.by_person_id,
                at_utc=now,
            )
        )
        kept += 1
    return kept


def _checked(question: Question, said: Judgement) -> Judgement:
    if said.rating is not None and said.rating not in rating_ids(question):
        raise Refused("review.no_such_rating")
    reason = "\n".join(paragraphs(said.reason))
    if len(reason) > MAX_REASON:
        raise Refused("review.reason_long", limit=MAX_REASON)
    return Judgement(said.rating, said.is_confirmed, reason)


def _write(session: Session, held: QuestionReview, wanted: Judgement, actor: Actor, now: datetime) -> None:
    """Save a judgement as the next version of what stands, and remember that version."""
    held.rating, held.is_confirmed, held.reason = wanted.rating, wanted.is_confirmed, wanted.reason or None
    held.version += 1
    held.by_person_id, held.at_utc = actor.person_id, now
    body = {"rating": wanted.rating, "is_confirmed": wanted.is_confirmed, "reason": wanted.reason}
    session.add(
        QuestionReviewChange(
            assessment_id=held.assessment_id,
            number=held.number,
            question_id=held.question_id,
            version=held.version,
            body=json.dumps(body, sort_keys=True),
            by_person_id=actor.person_id,
            at_utc=now,
        )
    )


def _held(row: QuestionReview, *, is_blind: bool) -> HeldJudgement:
    return HeldJudgement(
        judgement=_judgement(row),
        version=row.version,
        by_person_id=row.by_person_id,
        at_utc=row.at_utc,
        is_revealed=not is_blind or row.first_rating is not None,
    )


def _judgement(row: QuestionReview) -> Judgement:
    return Judgement(row.rating, row.is_confirmed, row.reason or "")


def _record(session: Session, now: datetime, actor: Actor, at: UnderReview, action: str) -> None:
    record(
        session,
        now,
        action,
        person_id=actor.person_id,
        organisation_id=at.organisation.id,
        assessment_id=at.row.id,
        number=at.number,
    )
