"""Asking for everything that is somebody's, or a company's."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from webapp.db.queries_people import people_by_id
from webapp.db.tables.assessments import (
    AnswerChange,
    Assessment,
    Comment,
    EvidenceFile,
    SectionTask,
    StateChange,
    Submission,
)
from webapp.db.tables.organisations import (
    AdvisorAssignment,
    Organisation,
    ProfileFact,
    Programme,
    ProgrammeAdvisor,
    ProgrammeStaff,
)
from webapp.db.tables.people import AddressChange, BrowserSession, Invitation, Membership, Person, SigninLink
from webapp.db.tables.work import AuditEvent, Document


def owned_alone(session: Session, person_id: str) -> list[Organisation]:
    """The companies, not their units, whose only owner is that person."""
    owners = (
        select(Membership.organisation_id)
        .where(Membership.role == "owner")
        .group_by(Membership.organisation_id)
        .having(func.count() == 1)
    )
    statement = (
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(
            Membership.person_id == person_id,
            Membership.role == "owner",
            Organisation.parent_id.is_(None),
            Organisation.id.in_(owners),
        )
    )
    return list(session.scalars(statement.order_by(Organisation.name, Organisation.id)))


def count_people(session: Session, organisations: Collection[str]) -> int:
    """How many people belong to some organisations."""
    statement = select(func.count(func.distinct(Membership.person_id)))
    return session.scalar(statement.where(Membership.organisation_id.in_(organisations))) or 0


def count_others(session: Session, organisations: Collection[str], person_id: str) -> int:
    """How many people besides one belong to some organisations."""
    statement = select(func.count(func.distinct(Membership.person_id))).where(
        Membership.organisation_id.in_(organisations), Membership.person_id != person_id
    )
    return session.scalar(statement) or 0


def count_assessments(session: Session, organisations: Collection[str]) -> int:
    """How many assessments some organisations have."""
    statement = select(func.count()).select_from(Assessment)
    return session.scalar(statement.where(Assessment.organisation_id.in_(organisations))) or 0


def count_files(session: Session, organisations: Collection[str]) -> int:
    """How many evidence files some organisations have."""
    statement = select(func.count()).select_from(EvidenceFile)
    return session.scalar(statement.where(EvidenceFile.organisation_id.in_(organisations))) or 0


def memberships_of(session: Session, person_id: str) -> list[tuple[Membership, Organisation]]:
    """The companies a person belongs to."""
    statement = select(Membership, Organisation).join(
        Organisation, Organisation.id == Membership.organisation_id
    )
    rows = session.execute(statement.where(Membership.person_id == person_id).order_by(Membership.since_utc))
    return [(row[0], row[1]) for row in rows]


def advised_by(session: Session, person_id: str) -> list[tuple[AdvisorAssignment, Organisation]]:
    """The companies a person advises, or has advised."""
    statement = select(AdvisorAssignment, Organisation).join(
        Organisation, Organisation.id == AdvisorAssignment.organisation_id
    )
    rows = session.execute(
        statement.where(AdvisorAssignment.person_id == person_id).order_by(AdvisorAssignment.from_utc)
    )
    return [(row[0], row[1]) for row in rows]


def run_by(session: Session, person_id: str) -> list[tuple[ProgrammeStaff, Programme]]:
    """The programmes a person runs."""
    statement = select(ProgrammeStaff, Programme).join(Programme, Programme.id == ProgrammeStaff.programme_id)
    rows = session.execute(statement.where(ProgrammeStaff.person_id == person_id))
    return [(row[0], row[1]) for row in rows]


def advisor_in(session: Session, person_id: str) -> list[tuple[ProgrammeAdvisor, Programme]]:
    """The programmes whose advisor team a person is in."""
    statement = select(ProgrammeAdvisor, Programme).join(
        Programme, Programme.id == ProgrammeAdvisor.programme_id
    )
    rows = session.execute(statement.where(ProgrammeAdvisor.person_id == person_id))
    return [(row[0], row[1]) for row in rows]


def sessions_of(session: Session, person_id: str) -> list[BrowserSession]:
    """The browsers a person is signed in with."""
    statement = select(BrowserSession).where(BrowserSession.person_id == person_id)
    return list(session.scalars(statement.order_by(BrowserSession.created_utc)))


def links_of(session: Session, person: Person) -> list[SigninLink]:
    """The sign-in links a person asked for or was given."""
    is_theirs = or_(SigninLink.person_id == person.id, SigninLink.email == person.email)
    return list(session.scalars(select(SigninLink).where(is_theirs).order_by(SigninLink.created_utc)))


def address_changes_of(session: Session, person_id: str) -> list[AddressChange]:
    """The addresses a person has asked to have."""
    statement = select(AddressChange).where(AddressChange.person_id == person_id)
    return list(session.scalars(statement.order_by(AddressChange.created_utc)))


def received_invitations(session: Session, email: str) -> list[tuple[Invitation, Organisation]]:
    """Invitations to an address, used or not."""
    statement = select(Invitation, Organisation).join(
        Organisation, Organisation.id == Invitation.organisation_id
    )
    rows = session.execute(statement.where(Invitation.email == email).order_by(Invitation.created_utc))
    return [(row[0], row[1]) for row in rows]


def sent_invitations(session: Session, person_id: str) -> list[Invitation]:
    """Invitations a person has sent."""
    statement = select(Invitation).where(Invitation.by_person_id == person_id)
    return list(session.scalars(statement.order_by(Invitation.created_utc)))


def answers_by(session: Session, person_id: str) -> list[tuple[AnswerChange, Assessment]]:
    """Every answer a person has saved, the oldest first."""
    statement = select(AnswerChange, Assessment).join(Assessment, Assessment.id == AnswerChange.assessment_id)
    rows = session.execute(statement.where(AnswerChange.by_person_id == person_id).order_by(AnswerChange.id))
    return [(row[0], row[1]) for row in rows]


def comments_by(session: Session, person_id: str) -> list[tuple[Comment, Assessment]]:
    """Every comment a person has written and not removed, the oldest first."""
    statement = select(Comment, Assessment).join(Assessment, Assessment.id == Comment.assessment_id)
    statement = statement.where(Comment.person_id == person_id, Comment.removed_utc.is_(None))
    return [(row[0], row[1]) for row in session.execute(statement.order_by(Comment.at_utc, Comment.id))]


def files_by(session: Session, person_id: str) -> list[tuple[EvidenceFile, Assessment]]:
    """Every file a person has uploaded, the oldest first."""
    statement = select(EvidenceFile, Assessment).join(Assessment, Assessment.id == EvidenceFile.assessment_id)
    rows = session.execute(
        statement.where(EvidenceFile.by_person_id == person_id).order_by(EvidenceFile.at_utc)
    )
    return [(row[0], row[1]) for row in rows]


def steps_by(session: Session, person_id: str) -> list[tuple[StateChange, Assessment]]:
    """Every step of an assessment's life a person took, the oldest first."""
    statement = select(StateChange, Assessment).join(Assessment, Assessment.id == StateChange.assessment_id)
    rows = session.execute(statement.where(StateChange.by_person_id == person_id).order_by(StateChange.id))
    return [(row[0], row[1]) for row in rows]


def facts_by(session: Session, person_id: str) -> list[ProfileFact]:
    """The lines of companies' profiles a person filled in last."""
    statement = select(ProfileFact).where(ProfileFact.by_person_id == person_id)
    return list(session.scalars(statement.order_by(ProfileFact.at_utc, ProfileFact.fact_id)))


def tasks_given_to(session: Session, person_id: str) -> list[SectionTask]:
    """The sections a person was given."""
    return list(session.scalars(select(SectionTask).where(SectionTask.person_id == person_id)))


def events_by(session: Session, person_id: str) -> list[AuditEvent]:
    """What the record says a person did, the oldest first."""
    return list(
        session.scalars(select(AuditEvent).where(AuditEvent.person_id == person_id).order_by(AuditEvent.id))
    )


def events_about(session: Session, organisation_id: str) -> list[AuditEvent]:
    """What the record says about a company, the oldest first."""
    statement = select(AuditEvent).where(AuditEvent.organisation_id == organisation_id)
    return list(session.scalars(statement.order_by(AuditEvent.id)))


def names_in(session: Session, organisation_id: str, assessments: Collection[str]) -> dict[str, Person]:
    """Everybody who belongs to a company or has done something in its assessments, by id."""
    ids = set(
        session.scalars(select(Membership.person_id).where(Membership.organisation_id == organisation_id))
    )
    for column, table in (
        (AnswerChange.by_person_id, AnswerChange),
        (Comment.person_id, Comment),
        (EvidenceFile.by_person_id, EvidenceFile),
        (StateChange.by_person_id, StateChange),
        (SectionTask.person_id, SectionTask),
    ):
        statement = select(column).where(table.assessment_id.in_(assessments)).distinct()
        ids |= {id_ for id_ in session.scalars(statement) if id_}
    return people_by_id(session, ids)


def assessments_in(session: Session, organisation_id: str) -> list[Assessment]:
    """The assessments of a company, the oldest first."""
    statement = select(Assessment).where(Assessment.organisation_id == organisation_id)
    return list(session.scalars(statement.order_by(Assessment.started_utc, Assessment.id)))


def history_in(session: Session, assessment_id: str) -> list[AnswerChange]:
    """Every version of every answer of an assessment, in the order they were saved."""
    statement = select(AnswerChange).where(AnswerChange.assessment_id == assessment_id)
    return list(session.scalars(statement.order_by(AnswerChange.id)))


def comments_in(session: Session, assessment_id: str) -> list[Comment]:
    """Every comment of an assessment that was not removed."""
    statement = select(Comment).where(Comment.assessment_id == assessment_id, Comment.removed_utc.is_(None))
    return list(session.scalars(statement.order_by(Comment.at_utc, Comment.id)))


def steps_in(session: Session, assessment_id: str) -> list[StateChange]:
    """Every step of an assessment's life."""
    statement = select(StateChange).where(StateChange.assessment_id == assessment_id)
    return list(session.scalars(statement.order_by(StateChange.id)))


def hand_ins_of(session: Session, assessment_id: str) -> list[Submission]:
    """Every hand-in of an assessment, the first first."""
    statement = select(Submission).where(Submission.assessment_id == assessment_id)
    return list(session.scalars(statement.order_by(Submission.number)))


def ready_documents(session: Session, submission_id: str) -> Iterator[Document]:
    """The PDFs there are of a hand-in."""
    statement = select(Document).where(Document.submission_id == submission_id, Document.state == "ready")
    yield from session.scalars(statement.order_by(Document.edition, Document.language))
