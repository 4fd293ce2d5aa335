"""One question of a hand-in with everything an advisor rates it by, and what was said and rated before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.advice.contradictions import Contradiction
from assessment.answers import Answer
from questionnaires.model import Question, Questionnaire
from webapp.db import queries_reviews as queries
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.people import Person
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.authors import Author, author_of
from webapp.services.evidence import Filed, open_binder
from webapp.services.judging import Judgement
from webapp.services.notes import Note
from webapp.services.opening import NOTHING
from webapp.services.review import Item, OpenedReview, open_contradictions, opened_review
from webapp.services.site import Site
from webapp.services.submitted import Given, ResultDiffers, given_answers, given_of, sources_of


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered the round before, by the questionnaire of that time."""

    period: str
    questionnaire: Questionnaire
    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Told:
    """The answer as it was in one hand-in."""

    number: int
    at_utc: datetime
    answer: Answer


@dataclass(frozen=True, slots=True)
class Rated:
    """One version of what the advisors made of an answer. ``number``: of the hand-in."""

    number: int
    judgement: Judgement
    by: Author
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """A question for its page.

    Of a hidden choice there is nothing in ``before``, ``told`` and ``contradictions``. ``told``: the newest
    first, and only where it was handed in more than once; ``rated``: likewise the newest first.
    ``asked``: what the company was asked when the hand-in before was sent back; empty for nothing.
    """

    opened: OpenedReview
    item: Item
    by: Author | None
    before: Before | None
    told: tuple[Told, ...]
    rated: tuple[Rated, ...]
    asked: str
    contradictions: tuple[Contradiction, ...]
    files: tuple[Filed, ...]
    notes: tuple[Note, ...]


def open_reviewed_question(
    site: Site, actor: Actor, assessment_id: str, question_id: str
) -> ReviewedQuestion:
    """A question of the last hand-in. Raises NotThere for one that was not asked, and Refused."""
    found = _open(site, actor, assessment_id, question_id)
    return replace(found, files=open_binder(site, actor, assessment_id).beside(question_id))


def _open(site: Site, actor: Actor, assessment_id: str, question_id: str) -> ReviewedQuestion:
    """All of it but the files."""
    with site.database.read() as session:
        opened = opened_review(session, site, actor, assessment_id)
        item = opened.item(question_id)
        if item is None:
            raise NotThere
        is_open, at, by_id = not item.is_hidden, opened.at, item.judgement.by_person_id
        hidden = frozenset(one.id for one in opened.items if one.is_hidden)
        found = open_contradictions(opened.result, hidden)
        return ReviewedQuestion(
            opened=opened,
            item=item,
            by=author_of(session.get(Person, by_id) if by_id else None) if item.judgement.version else None,
            before=_before(session, site, opened, question_id) if is_open else None,
            told=tuple(_told(session, site, at.row, item.question, at.number)) if is_open else (),
            asked=_asked(session, at.row.id, at.number - 1, question_id),
            rated=tuple(_rated(session, at.row.id, at.number, question_id)),
            contradictions=tuple(one for one in found if question_id in one.questions),
            files=(),
            notes=tuple(note for note in opened.notes if note.question_id == question_id),
        )


def _before(session: Session, site: Site, opened: OpenedReview, question_id: str) -> Before | None:
    """What was answered last time; None where there was none, or it cannot be read any more."""
    earlier = sources_of(session, opened.at.submission, opened.at.row).earlier
    if earlier is None:
        return None
    questionnaire = site.shelf.open(earlier.questionnaire, earlier.version).plan.questionnaire
    question = next((one for _, one in questionnaire.questions() if one.id == question_id), None)
    answer = _answer(site, earlier, question_id)
    if question is None or answer is None:
        return None
    return Before(str(json.loads(earlier.answers)["period"]), questionnaire, question, answer)


def _told(session: Session, site: Site, row: Assessment, question: Question, last: int) -> Iterator[Told]:
    """The answer in each hand-in in which it was another than in the one before, the newest first."""
    found: list[Told] = []
    for number in range(1, last + 1):
        submission = queries.submission_of(session, row.id, number)
        answer = _answer(site, given_of(submission, row), question.id) if submission is not None else None
        if submission is not None and answer is not None and (not found or found[-1].answer != answer):
            found.append(Told(number, submission.at_utc, answer))
    yield from reversed(found if len(found) > 1 else [])


def _answer(site: Site, given: Given, question_id: str) -> Answer | None:
    """One answer of a hand-in; None where its answers cannot be read any more."""
    try:
        return given_answers(site, given).answers.get(question_id, NOTHING)
    except ResultDiffers:
        return None


def _asked(session: Session, assessment_id: str, number: int, question_id: str) -> str:
    asked = queries.requests_of(session, assessment_id, number).get(question_id)
    return "" if asked is None else asked.reason


def _rated(session: Session, assessment_id: str, last: int, question_id: str) -> Iterator[Rated]:
    for number in range(last, 0, -1):
        for row, person in reversed(queries.changes_of(session, assessment_id, number, question_id)):
            said = json.loads(row.body)
            judgement = Judgement(said["rating"], said["is_confirmed"], said["reason"])
            yield Rated(number, judgement, author_of(person), row.at_utc)
