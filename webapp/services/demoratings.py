"""A programme of the demo whose companies have been rated blind, for its method owner to look at.

Dozens of hand-ins, so they are written at once and not by the use cases people use; every result is the one
its answers give. Nobody signs in as these companies or their advisors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from assessment.answers import Answer, AnswerSet, Organisation, answer_json, to_json
from assessment.assess import assess
from assessment.result import AssessmentResult, result_json
from assessment.review.approval import rated_score
from assessment.review.reading import rating_ids
from questionnaires.model import Question
from webapp.db.ids import new_id
from webapp.db.tables.assessments import AnswerChange, Assessment, StateChange, StoredAnswer, Submission
from webapp.db.tables.organisations import Organisation as Company
from webapp.db.tables.organisations import Participation, Programme, ProgrammeAdvisor, ProgrammeStaff
from webapp.db.tables.people import Person
from webapp.db.tables.reviews import QuestionReview, QuestionReviewChange
from webapp.services.judging import BLIND_KINDS
from webapp.services.scoring import open_answers
from webapp.services.site import Site
from webapp.services.submitting import new_receipt

PROGRAMME = "Kalibrering (eksempelprogram)"
METHOD_OWNER = "metodeeier@fylke.example"
QUESTIONNAIRE = "circular_business_models"
COMPANIES = 36
_ADVISORS = ("Solveig Eksempel", "Tor Eksempel", "Una Eksempel")
_STRICT = 1
"""Which of the advisors takes a step off now and then where the others do not."""

_EXAMPLES = ("mobelverksted", "metallverksted", "butikk", "bygg", "matforedling")
_HIGHEST = 4
_PARTINGS: Mapping[str, tuple[int, ...]] = {
    "alike": (0, 0, 0, 0, 0, 0, 0, 1, -1),
    "higher": (0, 0, 1, 1, 1, 1, 2),
    "apart": (0, 0, 1, -1, 2, -2, -1),
}
"""How far the company is above its advisor, by how a question is read."""

_READINGS = ("alike", "alike", "alike", "alike", "higher", "alike", "apart")


@dataclass(frozen=True, slots=True)
class _Rated:
    """One hand-in with what an advisor would have chosen, by question."""

    result: AssessmentResult
    ratings: Mapping[str, str]
    advisor: str


def make_ratings(site: Site, examples: Path, now: datetime) -> None:
    """The programme, its method owner and advisors, and companies that have been rated."""
    files = [examples / f"eksempel_{name}" / f"{QUESTIONNAIRE}.json" for name in _EXAMPLES]
    answered = [open_answers(file, site.shelf.definitions).answers for file in files]
    with site.database.write() as session:
        programme, advisors = _people(session, now)
        layers: tuple[list[object], ...] = ([], [], [])
        for number in range(COMPANIES):
            answers = _varied(answered[number % len(answered)], number, site)
            at = number % len(advisors)
            rated = _rated(site, answers, advisors[at], number, is_strict=at == _STRICT)
            rows = _rows(programme, rated, now - timedelta(days=60, minutes=-number))
            for layer, some in zip(layers, rows, strict=True):
                layer.extend(some)
        for layer in layers:
            session.add_all(layer)
            session.flush()


def _people(session: Session, now: datetime) -> tuple[str, list[str]]:
    programme = Programme(
        name=PROGRAMME,
        controller="Eksempel fylkeskommune",
        contact="personvern@fylke.example",
        purpose="Formålet er å gjøre spørsmålene bedre.",
        retention_days=1095,
        rates_blind=True,
        created_utc=now,
    )
    times = {"created_utc": now, "seen_utc": now}
    owner = Person(name="Mona Eksempel", email=METHOD_OWNER, **times)
    advisors = [
        Person(name=name, email=f"{name.partition(' ')[0].lower()}@eksempel.no", wants_mail=False, **times)
        for name in _ADVISORS
    ]
    session.add_all([programme, owner, *advisors])
    session.flush()
    place = {"programme_id": programme.id, "person_id": owner.id}
    session.add(ProgrammeStaff(**place, is_method_owner=True, since_utc=now))
    session.add_all(
        ProgrammeAdvisor(programme_id=programme.id, person_id=one.id, since_utc=now) for one in advisors
    )
    return programme.id, [one.id for one in advisors]


def _chance(*about: object) -> int:
    """A number that looks like chance and is the same every time."""
    return int.from_bytes(hashlib.sha256(repr(about).encode()).digest()[:4])


def _varied(answers: AnswerSet, number: int, site: Site) -> AnswerSet:
    """An example's answers, some a step up or down."""
    plan = site.shelf.open(answers.questionnaire, answers.version).plan
    plain = {one.question.id for one in plan.questions if _is_plain(one.question)}
    varied = {
        id_: _stepped(answer, _chance("own", number, id_) % 5 - 2) if id_ in plain else answer
        for id_, answer in answers.answers.items()
    }
    company = Organisation(f"Eksempelbedrift {number + 1} AS", None)
    return replace(answers, organisation=company, answers=varied)


def _is_plain(question: Question) -> bool:
    return question.kind == "single_choice" and not question.options


def _stepped(answer: Answer, steps: int) -> Answer:
    if answer.status != "answered":
        return answer
    return Answer("answered", str(_within(int(str(answer.value)) + steps)))


def _within(score: int) -> int:
    return min(_HIGHEST, max(0, score))


def _rated(site: Site, answers: AnswerSet, advisor: str, number: int, *, is_strict: bool) -> _Rated:
    result = assess(site.shelf.open(answers.questionnaire, answers.version).plan, answers)
    ratings = {}
    for question, score in _scored(result):
        partings = _PARTINGS[_READINGS[_chance("reading", question.id) % len(_READINGS)]]
        parting = partings[_chance("other", number, question.id) % len(partings)]
        parting += is_strict and _chance("strict", number, question.id) % 3 == 0
        ratings[question.id] = _rating(question, _within(score - parting))
    return _Rated(result, ratings, advisor)


def _scored(result: AssessmentResult) -> Iterator[tuple[Question, int]]:
    """What the company has chosen, of what is rated blind."""
    for outcome in result.routed.outcomes:
        question = outcome.planned.question
        if outcome.state == "answered" and outcome.score is not None and question.kind in BLIND_KINDS:
            yield question, outcome.score


def _rating(question: Question, score: int) -> str:
    """The choice that comes nearest to a score."""
    return min(rating_ids(question), key=lambda id_: abs(rated_score(question, id_) - score))


def _rows(programme: str, rated: _Rated, at: datetime) -> tuple[Iterable[object], ...]:
    """Everything about one company, each layer pointing at those before it."""
    answers = rated.result.answers
    company = Company(
        id=new_id(), name=answers.organisation.name or "", kind="main", created_utc=at, active_utc=at
    )
    row = Assessment(
        id=new_id(),
        organisation_id=company.id,
        questionnaire=answers.questionnaire,
        version=answers.version,
        depth=answers.depth,
        period=answers.period,
        state="in_review",
        started_utc=at,
        changed_utc=at,
        submissions=1,
    )
    taking_part = Participation(programme_id=programme, organisation_id=company.id, since_utc=at)
    rest = [*_history(row.id, rated, at), *_answers(row.id, answers, at), *_reviews(row.id, rated, at)]
    return [company], [taking_part, row], rest


def _history(id_: str, rated: _Rated, at: datetime) -> Iterable[object]:
    result = rated.result
    for event, state in (("start", "draft"), ("submit", "submitted"), ("start_review", "in_review")):
        yield StateChange(assessment_id=id_, event=event, state=state, at_utc=at)
    yield Submission(
        assessment_id=id_,
        number=1,
        receipt=new_receipt(),
        answers=json.dumps(to_json(result.answers), sort_keys=True),
        result=json.dumps(result_json(result), sort_keys=True),
        definition_sha256=result.plan.sha256,
        engine=result.engine,
        completed_on=result.answers.completed_on or at.date(),
        level=result.overall.level,
        at_utc=at,
    )


def _answers(id_: str, answers: AnswerSet, at: datetime) -> Iterable[object]:
    for question, answer in answers.answers.items():
        body = json.dumps(answer_json(answer), sort_keys=True)
        same = {"assessment_id": id_, "question_id": question, "version": 1, "body": body, "at_utc": at}
        yield StoredAnswer(**same)
        yield AnswerChange(**same)


def _reviews(id_: str, rated: _Rated, at: datetime) -> Iterable[object]:
    for question, rating in rated.ratings.items():
        same = {"assessment_id": id_, "number": 1, "question_id": question, "version": 1, "at_utc": at}
        same["by_person_id"] = rated.advisor
        yield QuestionReview(
            **same, rating=rating, first_rating=rating, first_by=rated.advisor, was_blind=True
        )
        body = {"rating": rating, "is_confirmed": False, "reason": ""}
        yield QuestionReviewChange(**same, body=json.dumps(body, sort_keys=True))
