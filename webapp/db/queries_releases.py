"""Asking for what a cohort's figures are made of, and for what it was told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, undefer

from questionnaires.values import Depth
from webapp.db.ids import is_id
from webapp.db.queries_organisations import legal_owners, of_its_entity
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.cohorts import Cohort, CohortMember
from webapp.db.tables.organisations import Organisation, ProfileFact, Programme
from webapp.db.tables.releases import CohortRelease, CohortRound, ReleaseDocument
from webapp.db.tables.reviews import Approval


@dataclass(frozen=True, slots=True)
class HandIn:
    """A hand-in of a company that is in a cohort. ``approval_id``: of the approval that stands.

    ``owner``: whom it counts for, see :func:`~webapp.db.queries_organisations.legal_owners`. ``level``: as
    handed in; ``approved_level``: as approved.
    """

    organisation_id: str
    owner: str
    depth: Depth
    submission_id: str
    level: int | None
    approval_id: str | None
    approved_level: int | None

    @property
    def result(self) -> str:
        """Where the result that counts is found: the approval's id where there is one."""
        return self.approval_id or self.submission_id


def standing_hand_ins(session: Session, cohort_id: str, questionnaire: str, since: datetime) -> list[HandIn]:
    """What the companies of a cohort have handed in since then and not taken back, the oldest first."""
    stands = and_(Submission.number == Assessment.submissions, Assessment.state != "draft")
    approved = and_(Approval.undone_utc.is_(None), Assessment.state == "approved")
    return _hand_ins(session, cohort_id, questionnaire, and_(Submission.at_utc >= since, stands), approved)


def earlier_hand_ins(
    session: Session, cohort_id: str, questionnaire: str, since: datetime, before: datetime
) -> list[HandIn]:
    """What they handed in between two moments, whatever became of it later, the oldest first."""
    between = and_(Submission.at_utc >= since, Submission.at_utc < before)
    return _hand_ins(session, cohort_id, questionnaire, between, Approval.undone_utc.is_(None))


def _hand_ins(
    session: Session,
    cohort_id: str,
    questionnaire: str,
    condition: ColumnElement[bool],
    approved: ColumnElement[bool],
) -> list[HandIn]:
    statement = (
        select(
            Assessment.organisation_id,
            Assessment.depth,
            Submission.id,
            Submission.level,
            Approval.id,
            Approval.level,
        )
        .join(Submission, Submission.assessment_id == Assessment.id)
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .join(CohortMember, CohortMember.organisation_id == Organisation.id)
        .outerjoin(Approval, and_(Approval.submission_id == Submission.id, approved))
        .where(
            CohortMember.cohort_id == cohort_id,
            CohortMember.left_utc.is_(None),
            Assessment.questionnaire == questionnaire,
            Assessment.is_trial.is_(False),
            condition,
        )
        .order_by(Submission.at_utc, Submission.id)
    )
    rows = session.execute(statement).all()
    owners = legal_owners(session, {row[0] for row in rows})
    return [HandIn(row[0], owners[row[0]], *row[1:]) for row in rows]


def facts_in(session: Session, cohort_id: str, facts: Collection[str]) -> list[tuple[str, str, str]]:
    """Some facts of the companies of a cohort: company, fact, value as JSON."""
    statement = (
        select(ProfileFact.organisation_id, ProfileFact.fact_id, ProfileFact.value)
        .join(CohortMember, CohortMember.organisation_id == ProfileFact.organisation_id)
        .where(CohortMember.cohort_id == cohort_id, ProfileFact.fact_id.in_(facts))
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def newest_round(session: Session, cohort_id: str) -> tuple[CohortRound, ...]:
    """The last round that was begun and the one before it, the last one first; the first has no row."""
    statement = select(CohortRound).where(CohortRound.cohort_id == cohort_id)
    return tuple(session.scalars(statement.order_by(CohortRound.number.desc()).limit(2)))


def releases_of(session: Session, cohort_id: str) -> list[CohortRelease]:
    """What a cohort was told, the newest first."""
    statement = select(CohortRelease).where(CohortRelease.cohort_id == cohort_id)
    order = (CohortRelease.released_utc.desc(), CohortRelease.questionnaire, CohortRelease.id)
    return list(session.scalars(statement.order_by(*order)))


def releases_with_basis(
    session: Session, cohort_id: str, questionnaire: str | None = None, last: int | None = None
) -> list[CohortRelease]:
    """What a cohort was told with what it was made of, the oldest first; of one questionnaire, or of all.

    ``last``: only so many of the newest.
    """
    statement = select(CohortRelease).where(CohortRelease.cohort_id == cohort_id)
    if questionnaire is not None:
        statement = statement.where(CohortRelease.questionnaire == questionnaire)
    newest = statement.order_by(CohortRelease.number.desc()).limit(last)
    return list(reversed(session.scalars(newest.options(undefer(CohortRelease.basis))).all()))


def releases_beside(
    session: Session, cohort_id: str, questionnaire: str
) -> list[tuple[CohortRelease, Cohort]]:
    """What all other cohorts were told of a questionnaire with what it was made of, the oldest first."""
    statement = (
        select(CohortRelease, Cohort)
        .join(Cohort, Cohort.id == CohortRelease.cohort_id)
        .where(CohortRelease.cohort_id != cohort_id, CohortRelease.questionnaire == questionnaire)
        .order_by(CohortRelease.released_utc, CohortRelease.id)
        .options(undefer(CohortRelease.basis))
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def ids_beside(session: Session, cohort_id: str, questionnaire: str) -> set[str]:
    """The ids of what all other cohorts were told of a questionnaire."""
    statement = select(CohortRelease.id).where(
        CohortRelease.cohort_id != cohort_id, CohortRelease.questionnaire == questionnaire
    )
    return set(session.scalars(statement))


def find_release(session: Session, release_id: str) -> tuple[CohortRelease, Cohort, Programme] | None:
    """A release with whose it is."""
    if not is_id(release_id):
        return None
    statement = (
        select(CohortRelease, Cohort, Programme)
        .join(Cohort, Cohort.id == CohortRelease.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(CohortRelease.id == release_id)
    )
    row = session.execute(statement).first()
    return None if row is None else (row[0], row[1], row[2])


def release_in(session: Session, cohort_id: str, questionnaire: str, round_: int) -> CohortRelease | None:
    """What a cohort was told of a questionnaire in a round."""
    return session.scalar(
        select(CohortRelease).where(
            CohortRelease.cohort_id == cohort_id,
            CohortRelease.questionnaire == questionnaire,
            CohortRelease.round == round_,
        )
    )


def newest_in_programme(session: Session, programme_id: str) -> list[tuple[CohortRelease, Cohort]]:
    """The newest release of each questionnaire in a programme, by questionnaire."""
    statement = (
        select(CohortRelease, Cohort)
        .join(Cohort, Cohort.id == CohortRelease.cohort_id)
        .where(Cohort.programme_id == programme_id)
        .order_by(CohortRelease.released_utc, CohortRelease.id)
    )
    newest = {row[0].questionnaire: (row[0], row[1]) for row in session.execute(statement)}
    return [newest[id_] for id_ in sorted(newest)]


def documents_of(session: Session, release_id: str) -> dict[str, ReleaseDocument]:
    """The documents of a release by language."""
    statement = select(ReleaseDocument).where(ReleaseDocument.release_id == release_id)
    return {one.language: one for one in session.scalars(statement)}


def document_keys(session: Session, release_id: str) -> set[str]:
    """Where the file store has the documents of a release."""
    return {row.key for row in documents_of(session, release_id).values() if row.key}


def first_in(session: Session, cohort_id: str, organisations: Collection[str]) -> str | None:
    """The first of some companies that is in a cohort now, by id."""
    statement = select(CohortMember.organisation_id).where(
        CohortMember.cohort_id == cohort_id,
        CohortMember.left_utc.is_(None),
        CohortMember.organisation_id.in_(organisations),
    )
    return session.scalar(statement.order_by(CohortMember.organisation_id).limit(1))


def cohorts_counting(session: Session, organisation_id: str) -> list[str]:
    """The cohorts with releases that a company is or was in, or one it may have stood for."""
    statement = (
        select(CohortMember.cohort_id)
        .join(CohortRelease, CohortRelease.cohort_id == CohortMember.cohort_id)
        .where(CohortMember.organisation_id.in_(of_its_entity(session, organisation_id)))
    )
    return sorted(set(session.scalars(statement)))


def results_named(session: Session, organisation_id: str) -> set[str]:
    """The ids of everything a company and those under it have handed in, and of what was approved of it."""
    handed_in = (
        select(Submission.id)
        .join(Assessment, Assessment.id == Submission.assessment_id)
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .where(or_(Organisation.id == organisation_id, Organisation.parent_id == organisation_id))
    )
    approved = select(Approval.id).where(Approval.submission_id.in_(handed_in))
    return {*session.scalars(handed_in), *session.scalars(approved)}
