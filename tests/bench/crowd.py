"""Filling a database with companies, each with all that one company at work has in it.

People, sessions, memberships, assessments and hand-ins with their documents and jobs are made in batches;
answers, their history, facts and the record are then copied from a company that was worked in for real.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Insert, insert, select
from sqlalchemy.orm import Session, aliased

from tests.bench.table import progress
from tests.webapp.sites import NOW
from webapp.db.ids import new_id
from webapp.db.tables.assessments import AnswerChange, Assessment, StateChange, StoredAnswer, Submission
from webapp.db.tables.organisations import AdvisorAssignment, Organisation, ProfileFact
from webapp.db.tables.people import BrowserSession, Membership, Person
from webapp.db.tables.work import AuditEvent, Document, Job
from webapp.services.site import Site
from webapp.services.tokens import hash_of, new_token

BATCH = 2_000
HANDED_IN = 3
"""Every third assessment is handed in."""

EDITIONS = ("company", "share")
FOLLOWED = 20
"""How many companies an advisor follows, and companies with one."""


@dataclass(frozen=True)
class Model:
    """The company whose work everybody has. ``questions``: whose answers are copied."""

    assessment_id: str
    organisation_id: str
    questions: Sequence[str]


def fill(site: Site, model: Model, size: int, advisor_id: str) -> None:
    """Add that many companies; the first ones that handed in something are an advisor's."""
    for start in range(0, size, BATCH):
        progress(f"filling a database: {start:,} of {size:,}")
        with site.database.write() as session:
            companies = _add_companies(session, min(BATCH, size - start))
            if start == 0:
                _give_advisor(session, advisor_id, companies[::HANDED_IN][:FOLLOWED])
    for copy in (_answers, _changes, _facts, _record):
        progress(f"filling a database: {copy.__name__.strip('_')} of {size:,}")
        with site.database.write() as session:
            session.execute(copy(model))
    progress("")


def _add_companies(session: Session, number: int) -> list[str]:
    companies = [new_id() for _ in range(number)]
    people = [new_id() for _ in range(number)]
    assessments = [new_id() for _ in range(number)]
    session.execute(insert(Organisation), [_company(id_) for id_ in companies])
    session.execute(insert(Person), [_person(id_) for id_ in people])
    pairs = list(zip(companies, people, assessments, strict=True))
    session.execute(insert(Membership), [_membership(company, person) for company, person, _ in pairs])
    session.execute(insert(BrowserSession), [_signed_in(person) for person in people])
    rows = [_assessment(one, at % HANDED_IN == 0) for at, one in enumerate(pairs)]
    session.execute(insert(Assessment), rows)
    handed_in = [new_id() for _ in assessments[::HANDED_IN]]
    submissions = [_submission(*one) for one in zip(handed_in, assessments[::HANDED_IN], strict=True)]
    session.execute(insert(Submission), submissions)
    session.execute(insert(StateChange), [_step(id_) for id_ in assessments[::HANDED_IN]])
    documents = [_document(id_, edition) for id_ in handed_in for edition in EDITIONS]
    session.execute(insert(Document), documents)
    session.execute(insert(Job), [_job(document["id"]) for document in documents])
    return companies


def _company(id_: str) -> dict[str, Any]:
    return {
        "id": id_,
        "name": f"Eksempel {id_[:6]} AS",
        "kind": "main",
        "created_utc": NOW,
        "active_utc": NOW,
    }


def _person(id_: str) -> dict[str, Any]:
    return {
        "id": id_,
        "email": f"{id_.lower()}-{id_[:2]}@eksempel.no",
        "name": "Ola Nordmann",
        "created_utc": NOW,
        "seen_utc": NOW,
    }


def _membership(company: str, person: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "organisation_id": company,
        "person_id": person,
        "role": "owner",
        "since_utc": NOW,
    }


def _signed_in(person: str) -> dict[str, Any]:
    times = {"created_utc": NOW, "seen_utc": NOW, "ends_utc": NOW + timedelta(days=7)}
    return {"hash": hash_of(new_token()), "person_id": person, **times}


def _assessment(one: tuple[str, str, str], is_handed_in: bool) -> dict[str, Any]:
    company, person, id_ = one
    return {
        "id": id_,
        "organisation_id": company,
        "questionnaire": "circular_business_models",
        "version": "1.0.0",
        "depth": "basic",
        "period": "2025",
        "state": "submitted" if is_handed_in else "draft",
        "submissions": int(is_handed_in),
        "started_by": person,
        "started_utc": NOW,
        "changed_utc": NOW,
    }


def _submission(id_: str, assessment: str) -> dict[str, Any]:
    return {
        "id": id_,
        "assessment_id": assessment,
        "number": 1,
        "receipt": id_[:20],
        "answers": "{}",
        "result": "{}",
        "definition_sha256": "0" * 64,
        "engine": "1",
        "completed_on": NOW.date(),
        "level": 2,
        "at_utc": NOW,
    }


def _step(assessment: str) -> dict[str, Any]:
    return {"assessment_id": assessment, "event": "submit", "state": "submitted", "at_utc": NOW}


def _document(submission: str, edition: str) -> dict[str, Any]:
    own = {"id": new_id(), "submission_id": submission, "edition": edition, "language": "nb"}
    return {**own, "state": "ready", "key": f"documents/{submission}-{edition}.pdf", "created_utc": NOW}


def _job(document: str) -> dict[str, Any]:
    key = {
        "id": new_id(),
        "kind": "render_document",
        "key": f"render:{document}",
        "body": "{}",
        "state": "done",
    }
    return {**key, "due_utc": NOW, "created_utc": NOW, "ended_utc": NOW}


def _give_advisor(session: Session, advisor_id: str, companies: Sequence[str]) -> None:
    rows = [
        {"id": new_id(), "organisation_id": id_, "person_id": advisor_id, "from_utc": NOW}
        for id_ in companies
    ]
    session.execute(insert(AdvisorAssignment), rows)


def _answers(model: Model) -> Insert:
    own = aliased(StoredAnswer)
    values: dict[str, Any] = {
        "assessment_id": Assessment.id,
        "question_id": own.question_id,
        "body": own.body,
        "version": own.version,
        "is_carried": own.is_carried,
        "at_utc": own.at_utc,
    }
    wanted = (own.assessment_id == model.assessment_id, own.question_id.in_(model.questions))
    return _copied(StoredAnswer, values, model, (*wanted, own.assessment_id != Assessment.id))


def _changes(model: Model) -> Insert:
    own = aliased(AnswerChange)
    values: dict[str, Any] = {
        "assessment_id": Assessment.id,
        "question_id": own.question_id,
        "version": own.version,
        "body": own.body,
        "at_utc": own.at_utc,
    }
    wanted = (own.assessment_id == model.assessment_id, own.question_id.in_(model.questions))
    return _copied(AnswerChange, values, model, (*wanted, own.assessment_id != Assessment.id))


def _facts(model: Model) -> Insert:
    own = aliased(ProfileFact)
    values: dict[str, Any] = {
        "organisation_id": Assessment.organisation_id,
        "fact_id": own.fact_id,
        "value": own.value,
        "source": own.source,
        "version": own.version,
        "at_utc": own.at_utc,
    }
    wanted = own.organisation_id == model.organisation_id
    return _copied(ProfileFact, values, model, (wanted, own.organisation_id != Assessment.organisation_id))


def _record(model: Model) -> Insert:
    own = aliased(AuditEvent)
    values: dict[str, Any] = {
        "at_utc": own.at_utc,
        "action": own.action,
        "person_id": Assessment.started_by,
        "organisation_id": Assessment.organisation_id,
        "assessment_id": Assessment.id,
        "detail": own.detail,
    }
    wanted = own.organisation_id == model.organisation_id
    return _copied(AuditEvent, values, model, (wanted, own.organisation_id != Assessment.organisation_id))


def _copied(
    table: Any, values: dict[str, Any], model: Model, wanted: tuple[ColumnElement[bool], ...]
) -> Insert:
    """What stands in the model's rows, once for every assessment of everybody else."""
    others = Assessment.organisation_id != model.organisation_id
    rows = select(*values.values()).where(*wanted, others)
    return insert(table).from_select(list(values), rows, include_defaults=False)
