"""Handing an assessment in: exactly once, with the result it gave at that moment."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from sqlalchemy.orm import Session

from assessment.answers import AnswerSet, to_json
from assessment.assess import assess
from assessment.progress import profile_progress
from assessment.result import AssessmentResult, result_json
from assessment.review.lifecycle import Event, move
from webapp.db import queries_assessments as queries
from webapp.db.tables.assessments import Assessment, StateChange, Submission
from webapp.db.tables.organisations import Organisation
from webapp.errors import NotAllowed, Refused, TooOften
from webapp.services.actor import Actor
from webapp.services.answering import lock_for_answers
from webapp.services.audit import record
from webapp.services.documents import order_first_documents
from webapp.services.mailing import order_handed_in
from webapp.services.opening import answer_set, held_answers, reach
from webapp.services.profile import waived
from webapp.services.shelf import Shelved
from webapp.services.site import Site
from webapp.services.tokens import new_code

HAND_INS_AN_HOUR = 20
"""How often one organisation may hand in, all its assessments together."""

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What people get for handing in. ``code``: to quote; ``is_new``: this request did it.

    ``jobs``: work that waits for it, by id.
    """

    submission_id: str
    code: str
    at_utc: datetime
    is_new: bool
    jobs: tuple[str, ...] = ()


def submit(site: Site, actor: Actor, assessment_id: str, after: int, now: datetime) -> Receipt:
    """Hand in what stands; the same request again gives the same receipt.

    ``after``: how many times it had been handed in when the page was made. Raises NotThere, NotAllowed,
    NotSaved, TooOften, and Refused: something required is missing, or it cannot be handed in now.
    """
    with site.database.write() as session:
        row, organisation = reach(session, actor, assessment_id)
        actor.needs(organisation.id, "owner", "member")
        if not actor.is_any_of(organisation.id, "owner"):
            raise NotAllowed
        session.refresh(row, with_for_update=True)
        if row.submissions > after and (last := queries.last_submission(session, row.id)) is not None:
            return Receipt(last.id, last.receipt, last.at_utc, is_new=False)
        lock_for_answers(session, site, actor, assessment_id)
        _limit(session, organisation.id, now)
        submission = hand_in(session, site, actor, row, organisation, now=now)
        jobs = order_first_documents(session, site, submission.id, actor.language, now)
        jobs += order_handed_in(session, submission, row, now)
        return Receipt(submission.id, submission.receipt, submission.at_utc, is_new=True, jobs=jobs)


def hand_in(
    session: Session, site: Site, actor: Actor, row: Assessment, organisation: Organisation, *, now: datetime
) -> Submission:
    """Hand in what stands, within a transaction that holds it; nobody is told, and nothing is printed.

    Raises Refused: something required is missing.
    """
    shelved = site.shelf.open(row.questionnaire, row.version)
    answers = _answers_on(session, row, organisation, shelved, now.astimezone(site.zone).date())
    questionnaire = shelved.plan.questionnaire
    free = waived(questionnaire, organisation)
    if not profile_progress(questionnaire, answers.profile, free).is_complete:
        raise Refused("submit.profile_missing")
    return _hand_in(session, actor, row, assess(shelved.plan, answers), now)


def _limit(session: Session, organisation_id: str, now: datetime) -> None:
    """Each hand-in has reports made: nobody keeps everybody else's waiting."""
    times = queries.hand_in_times(session, organisation_id, now - _HOUR)
    if len(times) >= HAND_INS_AN_HOUR:
        waits = times[-HAND_INS_AN_HOUR] + _HOUR - now
        raise TooOften(max(1, ceil(waits.total_seconds() / 60)))


def _answers_on(
    session: Session, row: Assessment, organisation: Organisation, shelved: Shelved, today: date
) -> AnswerSet:
    held = held_answers(session, row.id, shelved)
    return answer_set(session, row, organisation, shelved, held, completed_on=today)


def _hand_in(
    session: Session, actor: Actor, row: Assessment, result: AssessmentResult, now: datetime
) -> Submission:
    event: Event = "submit" if row.submissions == 0 or row.state == "draft" else "resubmit"
    row.state = move(row.state, event, "company")
    row.submissions += 1
    row.due_on = None
    row.changed_utc = now
    assert result.answers.completed_on is not None
    submission = Submission(
        assessment_id=row.id,
        number=row.submissions,
        receipt=new_receipt(),
        answers=json.dumps(to_json(result.answers), sort_keys=True),
        result=json.dumps(result_json(result), sort_keys=True),
        definition_sha256=result.plan.sha256,
        engine=result.engine,
        completed_on=result.answers.completed_on,
        level=result.overall.level,
        by_person_id=actor.person_id,
        at_utc=now,
    )
    session.add(submission)
    session.add(
        StateChange(
            assessment_id=row.id, event=event, state=row.state, by_person_id=actor.person_id, at_utc=now
        )
    )
    record(
        session,
        now,
        "assessment_submitted",
        person_id=actor.person_id,
        organisation_id=row.organisation_id,
        assessment_id=row.id,
        number=row.submissions,
    )
    session.flush()
    return submission


def new_receipt() -> str:
    """A code such as ``K7M3-PX9T-2WQB``: short enough to read aloud, too long to guess."""
    letters = new_code() + new_code()
    return "-".join(letters[at : at + 4] for at in range(0, 12, 4))
