"""Asking for assessments, their answers and what stands beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from webapp.db.tables.assessments import (
    AnswerChange,
    Assessment,
    SectionTask,
    StateChange,
    StoredAnswer,
    Submission,
)
from webapp.db.tables.organisations import Organisation, ProfileFact
from webapp.db.tables.people import Person

AnswerRow: TypeAlias = Row[str, str, int, str | None, datetime, bool]

# What every request of the wizard asks is put into words once: that takes as long as asking.
_ASSESSMENT = (
    select(Assessment, Organisation)
    .join(Organisation, Organisation.id == Assessment.organisation_id)
    .where(Assessment.id == bindparam("id"))
)
_ASSESSMENT_HELD = _ASSESSMENT.with_for_update(of=Assessment).execution_options(populate_existing=True)
_ANSWER_ROWS = select(
    StoredAnswer.question_id,
    StoredAnswer.body,
    StoredAnswer.version,
    StoredAnswer.by_person_id,
    StoredAnswer.at_utc,
    StoredAnswer.is_carried,
).where(StoredAnswer.assessment_id == bindparam("id"))
_FACT_ROWS = select(ProfileFact.fact_id, ProfileFact.value).where(
    ProfileFact.organisation_id == bindparam("id")
)
_SECTIONS_DONE = select(SectionTask.section_id).where(
    SectionTask.assessment_id == bindparam("id"), SectionTask.done_utc.is_not(None)
)


def find_assessment(
    session: Session, id_: str, *, is_locked: bool = False
) -> tuple[Assessment, Organisation] | None:
    """An assessment with its organisation. ``is_locked``: nobody else changes it while this goes on."""
    row = session.execute(_ASSESSMENT_HELD if is_locked else _ASSESSMENT, {"id": id_}).first()
    return None if row is None else (row[0], row[1])


def assessments_of(session: Session, organisations: Iterable[str]) -> list[Assessment]:
    """The assessments of some organisations, the one changed last first."""
    statement = select(Assessment).where(Assessment.organisation_id.in_(list(organisations)))
    return list(session.scalars(statement.order_by(Assessment.changed_utc.desc(), Assessment.id)))


def answers_of(
    session: Session, assessment_id: str, questions: Iterable[str] | None = None
) -> dict[str, StoredAnswer]:
    """The answers of an assessment by question: all of them, or those to some questions."""
    statement = select(StoredAnswer).where(StoredAnswer.assessment_id == assessment_id)
    if questions is not None:
        statement = statement.where(StoredAnswer.question_id.in_(list(questions)))
    return {answer.question_id: answer for answer in session.scalars(statement)}


def answer_rows(session: Session, assessment_id: str) -> Sequence[AnswerRow]:
    """Every answer of an assessment as a plain row: question, body, version, whose, when, whether carried."""
    return session.execute(_ANSWER_ROWS, {"id": assessment_id}).all()


def fact_rows(session: Session, organisation_id: str) -> Sequence[Row[str, str]]:
    """The profile of an organisation as plain rows: fact, value."""
    return session.execute(_FACT_ROWS, {"id": organisation_id}).all()


def sections_done(session: Session, assessment_id: str) -> frozenset[str]:
    """The sections that are marked as done."""
    return frozenset(session.scalars(_SECTIONS_DONE, {"id": assessment_id}))


def changes_of(session: Session, assessment_id: str, question_id: str) -> list[AnswerChange]:
    """Every version of one answer, the newest first."""
    statement = select(AnswerChange).where(
        AnswerChange.assessment_id == assessment_id, AnswerChange.question_id == question_id
    )
    return list(session.scalars(statement.order_by(AnswerChange.version.desc())))


def find_change(session: Session, assessment_id: str, question_id: str, version: int) -> AnswerChange | None:
    """One version of one answer."""
    return session.scalar(
        select(AnswerChange).where(
            AnswerChange.assessment_id == assessment_id,
            AnswerChange.question_id == question_id,
            AnswerChange.version == version,
        )
    )


def facts_of(session: Session, organisation_id: str) -> dict[str, ProfileFact]:
    """The profile of an organisation by fact."""
    statement = select(ProfileFact).where(ProfileFact.organisation_id == organisation_id)
    return {fact.fact_id: fact for fact in session.scalars(statement)}


def tasks_of(session: Session, assessment_id: str) -> dict[str, SectionTask]:
    """What is known of each section as a task, by section."""
    statement = select(SectionTask).where(SectionTask.assessment_id == assessment_id)
    return {task.section_id: task for task in session.scalars(statement)}


def last_submission(session: Session, assessment_id: str) -> Submission | None:
    """What was handed in last."""
    statement = select(Submission).where(Submission.assessment_id == assessment_id)
    return session.scalar(statement.order_by(Submission.number.desc()).limit(1))


def hand_in_times(session: Session, organisation_id: str, since: datetime) -> list[datetime]:
    """When an organisation has handed something in since a moment, the first first."""
    statement = (
        select(Submission.at_utc)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(Assessment.organisation_id == organisation_id, Submission.at_utc > since)
    )
    return list(session.scalars(statement.order_by(Submission.at_utc)))


def earlier_assessments(session: Session, organisation_id: str, questionnaire: str) -> list[Assessment]:
    """An organisation's handed-in assessments in one questionnaire, the newest first."""
    statement = select(Assessment).where(
        Assessment.organisation_id == organisation_id,
        Assessment.questionnaire == questionnaire,
        Assessment.submissions > 0,
    )
    return list(session.scalars(statement.order_by(Assessment.changed_utc.desc(), Assessment.id)))


def reasons_of(session: Session, assessment_ids: Iterable[str]) -> dict[str, str]:
    """The last reason given for each assessment."""
    statement = select(StateChange.assessment_id, StateChange.reason).where(
        StateChange.assessment_id.in_(list(assessment_ids)), StateChange.reason.is_not(None)
    )
    return {id_: str(reason) for id_, reason in session.execute(statement.order_by(StateChange.id))}


def last_step(session: Session, assessment_id: str, event: str) -> StateChange | None:
    """The last time something was done with an assessment; None where it never was."""
    statement = select(StateChange).where(
        StateChange.assessment_id == assessment_id, StateChange.event == event
    )
    return session.scalar(statement.order_by(StateChange.id.desc()).limit(1))


def last_reasoned(session: Session, assessment_id: str) -> StateChange | None:
    """The last step of an assessment that was given a reason."""
    statement = select(StateChange).where(
        StateChange.assessment_id == assessment_id, StateChange.reason.is_not(None)
    )
    return session.scalar(statement.order_by(StateChange.id.desc()).limit(1))


def given_to(session: Session, assessment_id: str) -> dict[str, str]:
    """Whom each section was given to: a name, else an address."""
    statement = (
        select(SectionTask.section_id, Person.name, Person.email, SectionTask.email)
        .outerjoin(Person, Person.id == SectionTask.person_id)
        .where(SectionTask.assessment_id == assessment_id, SectionTask.given_utc.is_not(None))
    )
    return {
        section: name or email or sent_to or ""
        for section, name, email, sent_to in session.execute(statement)
    }


def submissions_with(session: Session, ids: Collection[str]) -> list[tuple[Submission, Assessment]]:
    """Hand-ins with what they belong to."""
    statement = (
        select(Submission, Assessment)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .where(Submission.id.in_(ids))
    )
    return [(row[0], row[1]) for row in session.execute(statement)]
