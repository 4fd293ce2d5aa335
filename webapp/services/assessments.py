"""Starting assessments, and the list of them that each person sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.change.moving import move_answers
from assessment.review.lifecycle import State, is_editable
from questionnaires.model import asked_at
from questionnaires.values import Depth
from webapp.db import queries_assessments as queries
from webapp.db.tables.assessments import AnswerChange, Assessment, StateChange, StoredAnswer
from webapp.db.tables.organisations import Organisation
from webapp.errors import Refused
from webapp.services.actor import Actor
from webapp.services.answering import lock_for_answers
from webapp.services.audit import record
from webapp.services.opening import answer_set, held_answers
from webapp.services.people import names_of
from webapp.services.shelf import Shelved
from webapp.services.site import Site

MAX_ROUNDS = 50
REASONED: tuple[State, ...] = ("sent_back", "reopened")
"""The states in which the last reason is what the company has to read."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of somebody's list. ``is_theirs``: they answer for it, not only read it.

    ``due_on``: until when it should be handed in; None where it waits for nothing from the company.
    """

    id: str
    organisation: str
    organisation_id: str
    questionnaire: str
    title_of: Shelved
    depth: Depth
    period: str
    state: State
    round: int
    changed_utc: datetime
    submissions: int
    is_theirs: bool
    is_shared: bool
    due_on: date | None


@dataclass(frozen=True, slots=True)
class SentBack:
    """Why an assessment is the company's to change again. ``by``: empty where they are no longer there."""

    state: State
    reason: str
    by: str
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an assessment is started with. ``carry_from``: the assessment whose answers are its start."""

    organisation_id: str
    questionnaire: str
    depth: Depth
    period: str
    carry_from: str | None = None


def start_assessment(site: Site, actor: Actor, wanted: Wanted, now: datetime) -> str:
    """The id of a new assessment in the newest version of a questionnaire.

    Raises NotThere, NotAllowed, and Refused: no such questionnaire, or one is open for that period.
    """
    with site.database.write() as session:
        return start_in(session, site, actor, wanted, now)


def start_in(session: Session, site: Site, actor: Actor, wanted: Wanted, now: datetime) -> str:
    """As ``start_assessment``, within a transaction."""
    actor.needs(wanted.organisation_id, "owner", "member")
    shelved = site.shelf.newest(wanted.questionnaire)
    if shelved is None:
        raise Refused("assessments.no_questionnaire")
    row = _new_row(session, actor, wanted, shelved, now)
    if wanted.carry_from is not None:
        _carry_over(session, site, row, wanted.carry_from)
    return row.id


def _new_row(session: Session, actor: Actor, wanted: Wanted, shelved: Shelved, now: datetime) -> Assessment:
    organisation = session.get_one(Organisation, wanted.organisation_id)
    earlier = queries.earlier_assessments(session, organisation.id, wanted.questionnaire)
    row = Assessment(
        organisation_id=organisation.id,
        questionnaire=wanted.questionnaire,
        version=shelved.number,
        depth=wanted.depth,
        period=wanted.period,
        state="draft",
        round=_next_round(session, wanted),
        previous_id=earlier[0].id if earlier else None,
        is_trial=organisation.kind == "trial",
        started_by=actor.person_id,
        started_utc=now,
        changed_utc=now,
        submissions=0,
    )
    session.add(row)
    organisation.active_utc = now
    session.flush()
    who = actor.person_id
    session.add(StateChange(assessment_id=row.id, event="start", state="draft", by_person_id=who, at_utc=now))
    where = {"organisation_id": organisation.id, "assessment_id": row.id}
    started = {"questionnaire": wanted.questionnaire, "version": shelved.number}
    record(session, now, "assessment_started", person_id=who, **where, **started)
    return row


def _next_round(session: Session, wanted: Wanted) -> int:
    """Raises Refused while a round of that period is open, and after too many."""
    rounds = _rounds(session, wanted)
    if any(is_editable(row.state) for row in rounds):
        raise Refused("assessments.already_open")
    if len(rounds) >= MAX_ROUNDS:
        raise Refused("assessments.too_many_rounds")
    return len(rounds) + 1


def _rounds(session: Session, wanted: Wanted) -> list[Assessment]:
    statement = select(Assessment).where(
        Assessment.organisation_id == wanted.organisation_id,
        Assessment.questionnaire == wanted.questionnaire,
        Assessment.period == wanted.period,
    )
    return list(session.scalars(statement))


def _carry_over(session: Session, site: Site, row: Assessment, source_id: str) -> None:
    """Start from the answers of an earlier assessment of the same organisation; each is marked so."""
    found = queries.find_assessment(session, source_id)
    if found is None or found[1].id != row.organisation_id or found[0].questionnaire != row.questionnaire:
        raise Refused("assessments.nothing_to_carry")
    source, organisation = found
    old = site.shelf.open(source.questionnaire, source.version)
    new = site.shelf.open(row.questionnaire, row.version)
    held = held_answers(session, source.id, old)
    answers = answer_set(session, source, organisation, old, held)
    moved = move_answers(answers, old.plan.questionnaire, new.plan.questionnaire, row.version)
    asked = {p.question.id for p in new.plan.questions if asked_at(p.question, row.depth)}
    stored = queries.answers_of(session, source.id)
    for id_ in moved.carried:
        if id_ in asked and id_ in stored:
            session.add_all(_carried(row, stored[id_]))


def _carried(row: Assessment, before: StoredAnswer) -> Iterable[object]:
    """Last time's answer as the first of this one, by whoever gave it, when they did."""
    same = {
        "assessment_id": row.id,
        "question_id": before.question_id,
        "version": 1,
        "body": before.body,
        "by_person_id": before.by_person_id,
        "at_utc": before.at_utc,
    }
    yield StoredAnswer(**same, is_carried=True)
    yield AnswerChange(**same)


def list_assessments(site: Site, actor: Actor) -> list[Listed]:
    """What an actor may open: all of their own companies', and what others have handed in or shared."""
    with site.database.read() as session:
        rows = queries.assessments_of(session, actor.roles)
        organisations = {row.organisation_id for row in rows}
        names = session.execute(
            select(Organisation.id, Organisation.name).where(Organisation.id.in_(organisations))
        )
        name_of = {row.id: row.name for row in names}
    return [_listed(site, actor, row, name_of[row.organisation_id]) for row in rows if may_list(actor, row)]


def may_list(actor: Actor, row: Assessment) -> bool:
    """Whether an assessment stands in somebody's list: a draft is the company's alone."""
    if actor.answers_for(row.organisation_id):
        return True
    return actor.is_any_of(row.organisation_id, "advisor", "staff") and row.state != "draft"


def _listed(site: Site, actor: Actor, row: Assessment, name: str) -> Listed:
    return Listed(
        id=row.id,
        organisation=name,
        organisation_id=row.organisation_id,
        questionnaire=row.questionnaire,
        title_of=site.shelf.open(row.questionnaire, row.version),
        depth=row.depth,
        period=row.period,
        state=row.state,
        round=row.round,
        changed_utc=row.changed_utc,
        submissions=row.submissions,
        is_theirs=actor.answers_for(row.organisation_id),
        is_shared=row.shared_utc is not None,
        due_on=row.due_on if is_editable(row.state) else None,
    )


def change_depth(site: Site, actor: Actor, assessment_id: str, depth: Depth, now: datetime) -> None:
    """Ask more or fewer questions; no answer is lost. Raises as saving answers does."""
    with site.database.write() as session:
        row, organisation, _ = lock_for_answers(session, site, actor, assessment_id)
        if row.depth != depth:
            row.depth, row.changed_utc = depth, now
            record(
                session,
                now,
                "depth_changed",
                person_id=actor.person_id,
                organisation_id=organisation.id,
                assessment_id=row.id,
                depth=depth,
            )


def reasons_of(site: Site, assessment_ids: list[str]) -> dict[str, str]:
    """Why assessments were sent back or opened again, by id, as the advisor put it last."""
    with site.database.read() as session:
        return queries.reasons_of(session, assessment_ids)


def find_sent_back(site: Site, assessment: Assessment) -> SentBack | None:
    """Why an assessment was sent back or opened again; None where it waits for nothing from the company."""
    if assessment.state not in REASONED:
        return None
    with site.database.read() as session:
        step = queries.last_reasoned(session, assessment.id)
    if step is None:
        return None
    by = names_of(site, [step.by_person_id]).get(step.by_person_id or "", "")
    return SentBack(assessment.state, str(step.reason), by, step.at_utc)


def given_to(site: Site, assessment_id: str) -> dict[str, str]:
    """Whom sections were given to, by section: a name, else an address."""
    with site.database.read() as session:
        return queries.given_to(session, assessment_id)
