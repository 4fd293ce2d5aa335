"""Many companies in a cohort at once: rows in bulk, with results that scoring gave to a few answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from sqlalchemy import insert

from assessment.answers import Answer, AnswerSet, to_json
from assessment.assess import assess
from assessment.result import result_json
from tests.webapp.sites import NOW, SHELF, example_answers
from webapp.db.ids import new_id
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.cohorts import CohortConsent, CohortMember
from webapp.db.tables.organisations import Organisation, Participation, ProfileFact
from webapp.services.site import Site
from webapp.services.submitting import new_receipt

CIRCULAR = "circular_business_models"
KINDS = 6
PLACES = (("Eksempelvik", "31.010"), ("Eksempelnes", "43.320"))


@dataclass(frozen=True)
class Result:
    """One of a few results. ``answers``, ``result``: JSON."""

    answers: str
    result: str
    level: int | None
    sha256: str
    engine: str


@cache
def results() -> tuple[Result, ...]:
    """Results from low to high: an example's answers moved down and up."""
    return tuple(_result(kind) for kind in range(KINDS))


def _result(kind: int) -> Result:
    plan = SHELF.open(CIRCULAR, "1.0.0").plan
    answers = _moved(example_answers(), kind - 3)
    result = assess(plan, answers)
    return Result(
        json.dumps(to_json(answers), sort_keys=True),
        json.dumps(result_json(result), sort_keys=True),
        result.overall.level,
        plan.sha256,
        result.engine,
    )


def _moved(answers: AnswerSet, by: int) -> AnswerSet:
    """Every answer that is a step, so many steps up or down, as far as there are steps."""
    return replace(answers, answers={id_: _step(answer, by) for id_, answer in answers.answers.items()})


def _step(answer: Answer, by: int) -> Answer:
    value = answer.value
    if not isinstance(value, str) or value not in ("0", "1", "2", "3", "4"):
        return answer
    return replace(answer, value=str(min(4, max(0, int(value) + by))))


def a_crowd(site: Site, programme: str, cohort: str, size: int, *, parent: str | None = None) -> list[str]:
    """The ids of so many new companies in a cohort, all of which let themselves be counted."""
    ids = [new_id() for _ in range(size)]
    since = {"since_utc": NOW, "programme_id": programme}
    joined = {"cohort_id": cohort, "joined_utc": NOW, "brought_in": True}
    said = {"cohort_id": cohort, "use": "aggregate", "is_given": True, "at_utc": NOW}
    known = {"source": "typed", "version": 1, "at_utc": NOW}
    with site.database.write() as session:
        session.execute(
            insert(Organisation),
            [
                {
                    "id": id_,
                    "name": f"Eksempel {at} AS",
                    "kind": "unit" if parent else "main",
                    "parent_id": parent,
                    "created_utc": NOW,
                    "active_utc": NOW,
                }
                for at, id_ in enumerate(ids)
            ],
        )
        session.execute(insert(Participation), [{"organisation_id": id_, **since} for id_ in ids])
        session.execute(insert(CohortMember), [{"organisation_id": id_, **joined} for id_ in ids])
        session.execute(insert(CohortConsent), [{"organisation_id": id_, **said} for id_ in ids])
        facts = [
            {"organisation_id": id_, "fact_id": fact, "value": json.dumps(value), **known}
            for at, id_ in enumerate(ids)
            for fact, value in zip(("municipality", "nace"), PLACES[at % len(PLACES)], strict=True)
        ]
        session.execute(insert(ProfileFact), facts)
    return ids


def hand_in(site: Site, companies: list[str], period: str, at_utc: datetime, up: int = 0) -> list[str]:
    """Have each company hand in; the ids of the hand-ins. ``up``: how many kinds better than its own."""
    pool = results()
    given = [pool[min(KINDS - 1, number % KINDS + up)] for number in range(len(companies))]
    assessments = [_assessment(company, period, at_utc) for company in companies]
    submissions = [
        _submission(str(assessment["id"]), one, at_utc)
        for assessment, one in zip(assessments, given, strict=True)
    ]
    with site.database.write() as session:
        session.execute(insert(Assessment), assessments)
        session.execute(insert(Submission), submissions)
    return [str(one["id"]) for one in submissions]


def _assessment(company: str, period: str, at_utc: datetime) -> dict[str, object]:
    return {
        "id": new_id(),
        "organisation_id": company,
        "questionnaire": CIRCULAR,
        "version": "1.0.0",
        "depth": "basic",
        "period": period,
        "state": "submitted",
        "round": 1,
        "started_utc": at_utc,
        "changed_utc": at_utc,
        "submissions": 1,
        "is_trial": False,
    }


def _submission(assessment: str, given: Result, at_utc: datetime) -> dict[str, object]:
    return {
        "id": new_id(),
        "assessment_id": assessment,
        "number": 1,
        "receipt": new_receipt(),
        "answers": given.answers,
        "result": given.result,
        "definition_sha256": given.sha256,
        "engine": given.engine,
        "completed_on": at_utc.date(),
        "level": given.level,
        "at_utc": at_utc,
    }
