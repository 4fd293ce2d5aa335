"""An assessment as it stands, for whoever may see it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import TypeAlias

from sqlalchemy.orm import Session

from assessment.answers import Answer, AnswerSet, Evidence, FactValue, Organisation
from assessment.reading import MAX_EVIDENCE, read_answer
from assessment.review.lifecycle import is_editable
from questionnaires.model import Question
from questionnaires.profile import resolve_facts
from questionnaires.values import Depth
from webapp.db import queries_assessments as queries
from webapp.db.ids import is_id
from webapp.db.queries_evidence import file_rows
from webapp.db.queries_work import find_submission
from webapp.db.tables import assessments as tables
from webapp.db.tables import organisations as organisation_tables
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.shelf import Shelved
from webapp.services.site import Site

NOTHING = Answer("missing")

Files: TypeAlias = Mapping[str, Sequence[Evidence]]
"""Uploaded files by question, as evidence."""


@dataclass(frozen=True, slots=True)
class Held:
    """One answer as it stands. ``version``: 0 before anything was saved. ``is_carried``: from last time."""

    answer: Answer = NOTHING
    version: int = 0
    by_person_id: str | None = None
    at_utc: datetime | None = None
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """An assessment with everything its pages show. ``answers``: with uploaded files as evidence.

    ``files``: those, by question. ``done``: sections marked as done. ``is_editable``: for this reader, now.
    """

    id: str
    row: tables.Assessment
    organisation: organisation_tables.Organisation
    shelved: Shelved
    held: Mapping[str, Held]
    answers: AnswerSet
    files: Files
    done: frozenset[str]
    is_editable: bool

    def with_held(self, held: Mapping[str, Held]) -> Opened:
        """The same with some answers as they have been saved since."""
        all_held = {**self.held, **held}
        answers = replace(self.answers, answers=_documented_all(all_held, self.files))
        return replace(self, held=all_held, answers=answers)

    @property
    def depth(self) -> Depth:
        """Which questions are asked."""
        return self.answers.depth


def open_assessment(site: Site, actor: Actor, assessment_id: str) -> Opened:
    """An assessment for one of the company's own people. Raises NotThere and NotAllowed."""
    with site.database.read() as session:
        return opened_in(session, site, actor, assessment_id)


def opened_in(session: Session, site: Site, actor: Actor, assessment_id: str) -> Opened:
    """As ``open_assessment``, within a transaction."""
    row, organisation = reach(session, actor, assessment_id)
    actor.needs(organisation.id, "owner", "member")
    shelved = site.shelf.open(row.questionnaire, row.version)
    held = held_answers(session, row.id, shelved)
    files = _files(session, row.id)
    return Opened(
        id=row.id,
        row=row,
        organisation=organisation,
        shelved=shelved,
        held=held,
        answers=_answer_set(session, row, organisation, shelved, _documented_all(held, files)),
        files=files,
        done=queries.sections_done(session, row.id),
        is_editable=is_editable(row.state) and shelved.is_intact,
    )


def reach(
    session: Session, actor: Actor, assessment_id: str, *, is_locked: bool = False
) -> tuple[tables.Assessment, organisation_tables.Organisation]:
    """An assessment the actor has something to do with: a company's own, or one that was handed in.

    What the company has taken back is its own again. ``is_locked``: nobody else changes it until the
    transaction ends. Raises NotThere.
    """
    if not is_id(assessment_id):
        raise NotThere
    found = queries.find_assessment(session, assessment_id, is_locked=is_locked)
    if found is None or found[1].id not in actor.roles:
        raise NotThere
    row, organisation = found
    if row.state == "draft" and not actor.answers_for(organisation.id):
        raise NotThere
    return row, organisation


def reach_hand_in(
    session: Session, actor: Actor, assessment_id: str
) -> tuple[tables.Assessment, organisation_tables.Organisation, tables.Submission]:
    """What was handed in last, for those who may read every answer of it. Raises NotThere."""
    row, organisation = reach(session, actor, assessment_id)
    submission = find_submission(session, row.id, None)
    if submission is None or not actor.is_any_of(organisation.id, "owner", "member", "advisor"):
        raise NotThere
    return row, organisation, submission


def held_answers(session: Session, assessment_id: str, shelved: Shelved) -> dict[str, Held]:
    """Every answer that was ever saved, by question."""
    questions = {planned.question.id: planned.question for planned in shelved.plan.questions}
    return {
        id_: Held(stored_answer(questions[id_], body), version, who, at, is_carried)
        for id_, body, version, who, at, is_carried in queries.answer_rows(session, assessment_id)
        if id_ in questions
    }


def held_answer(question: Question, row: tables.StoredAnswer) -> Held:
    """One answer as it is stored."""
    answer = stored_answer(question, row.body)
    return Held(answer, row.version, row.by_person_id, row.at_utc, row.is_carried)


@lru_cache(maxsize=20_000)
def stored_answer(question: Question, body: str) -> Answer:
    """What was stored, as a value; nothing where the question would not take it any more."""
    answer, problems = read_answer(question, body)
    return NOTHING if problems else answer


def answer_set(
    session: Session,
    row: tables.Assessment,
    organisation: organisation_tables.Organisation,
    shelved: Shelved,
    held: Mapping[str, Held],
    *,
    completed_on: date | None = None,
) -> AnswerSet:
    """The answers as the scoring takes them, with the profile as it is and uploaded files as evidence."""
    documented = _documented_all(held, _files(session, row.id))
    return _answer_set(session, row, organisation, shelved, documented, completed_on=completed_on)


def _answer_set(
    session: Session,
    row: tables.Assessment,
    organisation: organisation_tables.Organisation,
    shelved: Shelved,
    answers: Mapping[str, Answer],
    *,
    completed_on: date | None = None,
) -> AnswerSet:
    profile = {id_: json.loads(value) for id_, value in queries.fact_rows(session, organisation.id)}
    return AnswerSet(
        questionnaire=row.questionnaire,
        version=row.version,
        depth=row.depth,
        period=row.period,
        completed_on=completed_on,
        organisation=Organisation(organisation.name or None, organisation.orgnr),
        profile=_own_facts(shelved, profile),
        answers=answers,
    )


def _own_facts(shelved: Shelved, profile: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """The facts this questionnaire asks for and that are asked, given the others."""
    facts = shelved.plan.questionnaire.facts
    named = resolve_facts(facts, profile)
    return {
        fact.id: profile[fact.id]
        for fact in facts
        if fact.derived is None and fact.id in profile and named.get(f"profile.{fact.id}") == profile[fact.id]
    }


def _files(session: Session, assessment_id: str) -> Files:
    files: dict[str, list[Evidence]] = {}
    for question, name, at in file_rows(session, assessment_id):
        files.setdefault(question, []).append(Evidence(name, "file", at.date()))
    return files


def _documented_all(held: Mapping[str, Held], files: Files) -> dict[str, Answer]:
    answers = {id_: one.answer for id_, one in held.items() if one.answer != NOTHING}
    return {id_: _documented(answer, files.get(id_, ())) for id_, answer in answers.items()}


def _documented(answer: Answer, files: Sequence[Evidence]) -> Answer:
    if not files:
        return answer
    return Answer(
        status=answer.status,
        value=answer.value,
        reason=answer.reason,
        comment=answer.comment,
        evidence=(*answer.evidence, *files)[:MAX_EVIDENCE],
        estimate=answer.estimate,
    )
