"""A hand-in as one of the company's advisors goes through it: every question, and what needs a look first.

What an advisor must not see yet (:func:`webapp.services.judging.hidden_choices`) is not in an :class:`Item`:
no page has to remember to leave it out.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy.orm import Session

from assessment.advice.contradictions import Contradiction
from assessment.answers import Answer
from assessment.result import AssessmentResult
from assessment.review.approval import rated_score
from assessment.routing import Outcome
from questionnaires.model import Question
from webapp.db import queries_reviews as queries
from webapp.db.queries_assessments import last_step
from webapp.db.tables.assessments import Submission
from webapp.db.tables.people import Person
from webapp.errors import Refused
from webapp.services.actor import Actor
from webapp.services.approving import SignedOff, signed_off
from webapp.services.authors import Author, author_of
from webapp.services.judging import (
    HeldJudgement,
    UnderReview,
    held_judgements,
    hidden_choices,
    reach_review,
)
from webapp.services.notes import Note, all_notes
from webapp.services.opening import NOTHING
from webapp.services.reviewing import judged_of, last_reason, seen_of
from webapp.services.site import Site
from webapp.services.submitted import ResultDiffers, given_of, given_result

Attention: TypeAlias = Literal["contradiction", "too_high"]
Filter: TypeAlias = Literal["all", "first", "unrated", "changed", "differs"]
FILTERS: tuple[Filter, ...] = ("all", "first", "unrated", "changed", "differs")


@dataclass(frozen=True, slots=True)
class Item:
    """One question that was asked. ``outcome``: None while the choice is hidden; ``said``: without it then.

    ``attention``: why it comes first; ``differs``: rated with another score than the company's. ``request``:
    what the company is asked to look at again; ``private``, ``shared``: how many notes there are.
    """

    question: Question
    section: str
    dimension: str
    is_ratable: bool
    is_hidden: bool
    is_changed: bool
    outcome: Outcome | None
    said: Answer
    judgement: HeldJudgement
    attention: tuple[Attention, ...]
    differs: bool
    request: str
    private: int
    shared: int

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def is_rated(self) -> bool:
        """Whether an advisor has chosen."""
        return self.judgement.judgement.rating is not None

    @property
    def lacks_reason(self) -> bool:
        """Whether it is rated otherwise than the company did and nobody has said why."""
        return self.differs and not self.judgement.judgement.reason

    def is_of(self, wanted: Filter) -> bool:
        """Whether it stands in a list."""
        match wanted:
            case "all":
                return True
            case "first":
                return bool(self.attention)
            case "unrated":
                return self.is_ratable and not self.is_rated
            case "changed":
                return self.is_changed
            case "differs":
                return self.differs


@dataclass(frozen=True, slots=True)
class Flagged:
    """A dimension of which much was said not to be relevant."""

    dimension: str
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class OpenedReview:
    """Everything the pages of a review begin with. ``items``: in the order they should be looked at.

    ``result``: the company's, for what may be shown of it; ``left_blind``: choices to rate before it may be.
    ``started_by``: who began the review; ``seen``, ``judged``: what a decision on this page is about.
    """

    at: UnderReview
    items: tuple[Item, ...]
    result: AssessmentResult
    is_blind: bool
    left_blind: int
    flagged: tuple[Flagged, ...]
    notes: tuple[Note, ...]
    started_by: Author | None
    started_utc: datetime | None
    approval: SignedOff | None
    reason: str | None
    seen: str
    judged: str

    @property
    def id(self) -> str:
        """The assessment's id."""
        return self.at.row.id

    @property
    def state(self) -> str:
        """The assessment's state."""
        return self.at.row.state

    @property
    def of_profile(self) -> tuple[Contradiction, ...]:
        """What does not fit together in the company's profile, and has no question of its own."""
        return tuple(found for found in self.result.contradictions if not found.questions)

    @property
    def is_open(self) -> bool:
        """Whether ratings and requests can be written now."""
        return self.state == "in_review"

    def item(self, question_id: str) -> Item | None:
        """One question, if it was asked."""
        return next((one for one in self.items if one.id == question_id), None)

    def listed(self, wanted: Filter) -> tuple[Item, ...]:
        """Those of a list."""
        return tuple(one for one in self.items if one.is_of(wanted))

    def around(self, question_id: str, wanted: Filter) -> tuple[Item | None, Item | None]:
        """What stands before and after a question in a list, also where the question itself has left it."""
        ids = [one.id for one in self.items]
        here = ids.index(question_id)
        before = [one for one in self.items[:here] if one.is_of(wanted)]
        after = [one for one in self.items[here + 1 :] if one.is_of(wanted)]
        return (before[-1] if before else None), (after[0] if after else None)


def open_review(site: Site, actor: Actor, assessment_id: str) -> OpenedReview:
    """The review of the last hand-in. Raises NotThere, and Refused where its result cannot be recomputed."""
    with site.database.read() as session:
        return opened_review(session, site, actor, assessment_id)


def opened_review(session: Session, site: Site, actor: Actor, assessment_id: str) -> OpenedReview:
    """As ``open_review``, within a transaction."""
    at = reach_review(session, site, actor, assessment_id)
    try:
        result = given_result(site, given_of(at.submission, at.row))
    except ResultDiffers as error:
        raise Refused("documents.result_differs") from error
    hidden, notes = hidden_choices(session, at), all_notes(session, actor, at)
    items = _Items(session, at, result, hidden, notes).make()
    started = last_step(session, at.row.id, "start_review") if at.row.state != "submitted" else None
    return OpenedReview(
        at=at,
        items=items,
        result=result,
        is_blind=queries.is_rated_blind(session, at.organisation.id),
        left_blind=len(hidden),
        flagged=_flagged(session, at, result, items),
        notes=notes,
        started_by=author_of(_person(session, started.by_person_id)) if started else None,
        started_utc=started.at_utc if started else None,
        approval=signed_off(session, at.row),
        reason=last_reason(session, at.row),
        seen=seen_of(at.row),
        judged=judged_of(session, at.row),
    )


def _person(session: Session, id_: str | None) -> Person | None:
    return session.get(Person, id_) if id_ else None


def _flagged(
    session: Session, at: UnderReview, result: AssessmentResult, items: tuple[Item, ...]
) -> tuple[Flagged, ...]:
    """Of dimensions in which nothing is hidden: how much is not relevant tells what was chosen."""
    hidden = {one.dimension for one in items if one.is_hidden}
    accepted = queries.accepted_of(session, at.row.id, at.number)
    return tuple(
        Flagged(id_, id_ in accepted)
        for id_, score in result.scores.dimensions.items()
        if score.flags and id_ not in hidden
    )


class _Items:
    """Puts together what is known of each question of one hand-in."""

    def __init__(
        self,
        session: Session,
        at: UnderReview,
        result: AssessmentResult,
        hidden: frozenset[str],
        notes: tuple[Note, ...],
    ) -> None:
        self.at, self.result, self.hidden = at, result, hidden
        self.held = held_judgements(session, at)
        self.requests = queries.requests_of(session, at.row.id, at.number)
        self.changed = changed_since(queries.submission_of(session, at.row.id, at.number - 1), at.submission)
        self.notes = Counter((note.question_id, note.is_shared) for note in notes if not note.is_removed)
        self.sections = {
            question.id: section.id for section, question in at.shelved.plan.questionnaire.questions()
        }

    def make(self) -> tuple[Item, ...]:
        """Every question that was asked.

        Those that do not fit together come first, then those that are too high for their evidence, then
        the rest as they were asked. While anything is hidden all stand as they were asked: the order
        would tell.
        """
        items = {o.id: self._item(o) for o in self.result.routed.outcomes if o.state != "not_asked"}
        first: tuple[str, ...] = ()
        if not self.hidden:
            apart = (id_ for found in self.result.contradictions for id_ in found.questions)
            first = (*apart, *self.result.too_high)
        order = dict.fromkeys((*(id_ for id_ in first if id_ in items), *items))
        return tuple(items[id_] for id_ in order)

    def _item(self, outcome: Outcome) -> Item:
        id_, is_hidden = outcome.id, outcome.id in self.hidden
        judgement = self.held.get(id_, HeldJudgement(is_revealed=not is_hidden))
        asked = self.requests.get(id_)
        return Item(
            question=outcome.planned.question,
            section=self.sections[id_],
            dimension=outcome.planned.dimension,
            is_ratable=outcome.planned.score is not None,
            is_hidden=is_hidden,
            is_changed=id_ in self.changed,
            outcome=None if is_hidden else outcome,
            said=_shown(self.result.answers.answers.get(id_, NOTHING), is_hidden=is_hidden),
            judgement=judgement,
            attention=self._attention(id_),
            differs=not is_hidden and _differs(outcome, judgement),
            request=asked.reason if asked is not None else "",
            private=self.notes[id_, False],
            shared=self.notes[id_, True],
        )

    def _attention(self, id_: str) -> tuple[Attention, ...]:
        apart = any(id_ in found.questions for found in open_contradictions(self.result, self.hidden))
        is_high = id_ in self.result.too_high and id_ not in self.hidden
        return (*(("contradiction",) if apart else ()), *(("too_high",) if is_high else ()))


def open_contradictions(result: AssessmentResult, hidden: frozenset[str]) -> tuple[Contradiction, ...]:
    """The contradictions that tell nothing of an answer that is hidden."""
    return tuple(found for found in result.contradictions if hidden.isdisjoint(found.questions))


def changed_since(before: Submission | None, after: Submission) -> frozenset[str]:
    """The questions of which anything is another than in the hand-in before; none where there was none."""
    if before is None:
        return frozenset()
    old, new = (json.loads(one.answers)["answers"] for one in (before, after))
    told, tells = (_standings(one) for one in (before, after))
    return frozenset(id_ for id_ in tells if old.get(id_) != new.get(id_) or told.get(id_) != tells[id_])


def _standings(submission: Submission) -> dict[str, tuple[str, int | None]]:
    return {
        question["id"]: (question["state"], question["score"])
        for dimension in json.loads(submission.result)["dimensions"]
        for question in dimension["questions"]
    }


def _shown(answer: Answer, *, is_hidden: bool) -> Answer:
    """What may be shown of an answer: of a hidden one its comment and its evidence, which a rating needs."""
    return Answer("missing", comment=answer.comment, evidence=answer.evidence) if is_hidden else answer


def _differs(outcome: Outcome, held: HeldJudgement) -> bool:
    rating = held.judgement.rating
    company = 0 if outcome.state == "unknown" else outcome.score
    return rating is not None and rated_score(outcome.planned.question, rating) != company
