"""Questions about cohorts: who is invited, who takes part, what they consent to, how far they have come."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from assessment.review.lifecycle import State
from questionnaires.values import Depth
from webapp.db.ids import is_id
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.cohorts import Cohort, CohortConsent, CohortInvitation, CohortMember, CohortReminder
from webapp.db.tables.organisations import AdvisorAssignment, Organisation, Programme
from webapp.db.tables.people import Membership, Person


@dataclass(frozen=True, slots=True)
class Work:
    """How far one assessment of a company has come. ``at_utc``: when it was begun."""

    organisation_id: str
    questionnaire: str
    depth: Depth
    state: State
    submissions: int
    at_utc: datetime


def find_cohort(session: Session, id_: str, *, is_locked: bool = False) -> Cohort | None:
    """A cohort by its id; locked until the end where somebody changes who is in it."""
    if not is_id(id_):
        return None
    return session.get(Cohort, id_, with_for_update=is_locked or None, populate_existing=is_locked)


def cohorts_of(session: Session, programme_id: str) -> list[Cohort]:
    """The cohorts of a programme, the newest first."""
    statement = select(Cohort).where(Cohort.programme_id == programme_id)
    return list(session.scalars(statement.order_by(Cohort.opens_on.desc(), Cohort.name, Cohort.id)))


def count_members(session: Session, cohorts: Collection[str]) -> dict[str, int]:
    """How many companies are in each of these cohorts now."""
    statement = (
        select(CohortMember.cohort_id, func.count())
        .where(CohortMember.cohort_id.in_(cohorts), CohortMember.left_utc.is_(None))
        .group_by(CohortMember.cohort_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def count_unanswered(session: Session, cohorts: Collection[str]) -> dict[str, int]:
    """How many invitations to each of these cohorts wait for an answer."""
    statement = (
        select(CohortInvitation.cohort_id, func.count())
        .where(CohortInvitation.cohort_id.in_(cohorts), *_UNANSWERED)
        .group_by(CohortInvitation.cohort_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


_UNANSWERED = (CohortInvitation.used_utc.is_(None), CohortInvitation.declined_utc.is_(None))


def invitations_in(session: Session, cohort_id: str) -> list[CohortInvitation]:
    """Every invitation to a cohort."""
    statement = select(CohortInvitation).where(CohortInvitation.cohort_id == cohort_id)
    return list(session.scalars(statement.order_by(CohortInvitation.name, CohortInvitation.id)))


def untold(session: Session, cohort_id: str) -> list[str]:
    """The ids of invitations that no mail was ordered for yet."""
    statement = select(CohortInvitation.id).where(
        CohortInvitation.cohort_id == cohort_id, CohortInvitation.told_utc.is_(None), *_UNANSWERED
    )
    return list(session.scalars(statement.order_by(CohortInvitation.id)))


def find_by_hash(session: Session, hash_: str) -> CohortInvitation | None:
    """The invitation a link belongs to."""
    return session.scalar(select(CohortInvitation).where(CohortInvitation.hash == hash_))


def waiting_for(session: Session, email: str, now: datetime) -> list[tuple[CohortInvitation, Cohort]]:
    """The invitations that somebody with an address can answer."""
    statement = (
        select(CohortInvitation, Cohort)
        .join(Cohort, Cohort.id == CohortInvitation.cohort_id)
        .where(CohortInvitation.email == email, CohortInvitation.ends_utc > now, *_UNANSWERED)
        .order_by(CohortInvitation.created_utc, CohortInvitation.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def members_in(
    session: Session, cohort_id: str, only: str | None = None
) -> list[tuple[CohortMember, Organisation]]:
    """Every company that is or was in a cohort; ``only``: one of them."""
    statement = (
        select(CohortMember, Organisation)
        .join(Organisation, Organisation.id == CohortMember.organisation_id)
        .where(CohortMember.cohort_id == cohort_id)
        .order_by(Organisation.name, Organisation.id)
    )
    if only is not None:
        statement = statement.where(CohortMember.organisation_id == only)
    return [(row[0], row[1]) for row in session.execute(statement)]


def memberships_of(
    session: Session, organisation_id: str, programme_id: str | None = None
) -> list[tuple[CohortMember, Cohort, Programme]]:
    """The cohorts a company is in now, of one programme or of all."""
    statement = (
        select(CohortMember, Cohort, Programme)
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(CohortMember.organisation_id == organisation_id, CohortMember.left_utc.is_(None))
        .order_by(CohortMember.joined_utc, Cohort.id)
    )
    if programme_id is not None:
        statement = statement.where(Cohort.programme_id == programme_id)
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def every_membership(session: Session, organisation_id: str) -> list[tuple[CohortMember, Cohort]]:
    """The cohorts a company is or was in."""
    statement = (
        select(CohortMember, Cohort)
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .where(CohortMember.organisation_id == organisation_id)
        .order_by(CohortMember.joined_utc, Cohort.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def work_in(session: Session, cohort_id: str, only: str | None = None) -> list[Work]:
    """The assessments of the companies in a cohort; nothing of what they answered."""
    statement = (
        select(
            Assessment.organisation_id,
            Assessment.questionnaire,
            Assessment.depth,
            Assessment.state,
            Assessment.submissions,
            Assessment.started_utc,
        )
        .join(CohortMember, CohortMember.organisation_id == Assessment.organisation_id)
        .where(
            CohortMember.cohort_id == cohort_id,
            CohortMember.left_utc.is_(None),
            Assessment.is_trial.is_(False),
        )
    )
    if only is not None:
        statement = statement.where(Assessment.organisation_id == only)
    return [Work(*row) for row in session.execute(statement)]


def advised_in(session: Session, cohort_id: str, now: datetime) -> set[str]:
    """The companies of a cohort that have an advisor now."""
    until = AdvisorAssignment.until_utc
    statement = (
        select(AdvisorAssignment.organisation_id)
        .join(CohortMember, CohortMember.organisation_id == AdvisorAssignment.organisation_id)
        .where(
            CohortMember.cohort_id == cohort_id,
            AdvisorAssignment.from_utc <= now,
            or_(until.is_(None), until > now),
        )
    )
    return set(session.scalars(statement))


def consents_of(session: Session, cohort_id: str, organisation_id: str) -> list[CohortConsent]:
    """Everything a company has said about its answers in a cohort, the oldest first."""
    statement = select(CohortConsent).where(
        CohortConsent.cohort_id == cohort_id, CohortConsent.organisation_id == organisation_id
    )
    return list(session.scalars(statement.order_by(CohortConsent.id)))


def all_consents(session: Session, organisation_id: str) -> list[CohortConsent]:
    """Everything a company has said in any cohort, the oldest first."""
    statement = select(CohortConsent).where(CohortConsent.organisation_id == organisation_id)
    return list(session.scalars(statement.order_by(CohortConsent.id)))


def consenting(session: Session, cohort_id: str, use: str) -> set[str]:
    """The companies in a cohort whose newest word on a use is yes."""
    newest = (
        select(func.max(CohortConsent.id))
        .where(CohortConsent.cohort_id == cohort_id, CohortConsent.use == use)
        .group_by(CohortConsent.organisation_id)
    )
    statement = (
        select(CohortConsent.organisation_id)
        .join(
            CohortMember,
            (CohortMember.organisation_id == CohortConsent.organisation_id)
            & (CohortMember.cohort_id == CohortConsent.cohort_id),
        )
        .where(
            CohortConsent.id.in_(newest), CohortConsent.is_given.is_(True), CohortMember.left_utc.is_(None)
        )
    )
    return set(session.scalars(statement))


def owners_in(session: Session, organisations: Collection[str]) -> list[tuple[str, Person]]:
    """Who answers for these companies, with the company each answers for."""
    statement = (
        select(Membership.organisation_id, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id.in_(organisations), Membership.role == "owner")
        .order_by(Membership.organisation_id, Membership.since_utc, Person.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def parents_of(session: Session, organisations: Collection[str]) -> dict[str, str]:
    """The organisation above each of these that has one."""
    statement = select(Organisation.id, Organisation.parent_id).where(
        Organisation.id.in_(organisations), Organisation.parent_id.is_not(None)
    )
    return {id_: parent for id_, parent in session.execute(statement) if parent is not None}


def told_since(session: Session, since: datetime) -> set[str]:
    """The addresses that were reminded or invited by any cohort after a time."""
    reminded = (
        select(Person.email)
        .join(CohortReminder, CohortReminder.person_id == Person.id)
        .where(CohortReminder.at_utc > since, Person.email.is_not(None))
    )
    invited = select(CohortInvitation.email).where(CohortInvitation.told_utc > since)
    return {email for email in (*session.scalars(reminded), *session.scalars(invited)) if email}


def was_told(session: Session, email: str, since: datetime) -> bool:
    """Whether an address was reminded or invited by any cohort after a time."""
    reminded = (
        select(CohortReminder.id)
        .join(Person, Person.id == CohortReminder.person_id)
        .where(Person.email == email, CohortReminder.at_utc > since)
    )
    invited = select(CohortInvitation.id).where(
        CohortInvitation.email == email, CohortInvitation.told_utc > since
    )
    return session.scalar(reminded.limit(1)) is not None or session.scalar(invited.limit(1)) is not None


def unwilling(session: Session, emails: Iterable[str]) -> set[str]:
    """Those of some addresses whose people want no mail they need not have."""
    statement = select(Person.email).where(Person.email.in_(list(emails)), Person.wants_mail.is_(False))
    return {email for email in session.scalars(statement) if email}


def reminders_of(session: Session, person_id: str) -> list[tuple[CohortReminder, Cohort]]:
    """When somebody was reminded of which cohort."""
    statement = (
        select(CohortReminder, Cohort)
        .join(Cohort, Cohort.id == CohortReminder.cohort_id)
        .where(CohortReminder.person_id == person_id)
        .order_by(CohortReminder.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def invitations_to_address(session: Session, email: str) -> list[tuple[CohortInvitation, Cohort]]:
    """Every invitation to an address, answered or not."""
    statement = (
        select(CohortInvitation, Cohort)
        .join(Cohort, Cohort.id == CohortInvitation.cohort_id)
        .where(CohortInvitation.email == email)
        .order_by(CohortInvitation.created_utc, CohortInvitation.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def consents_by(session: Session, person_id: str) -> list[CohortConsent]:
    """What somebody said for companies."""
    statement = select(CohortConsent).where(CohortConsent.by_person_id == person_id)
    return list(session.scalars(statement.order_by(CohortConsent.id)))


def near_deadline(session: Session, first: date, last: date) -> list[Cohort]:
    """The cohorts that nobody has closed, with a deadline on one of these days."""
    statement = select(Cohort).where(Cohort.deadline_on.between(first, last), Cohort.closed_utc.is_(None))
    return list(session.scalars(statement.order_by(Cohort.id)))


def with_untold(session: Session) -> list[Cohort]:
    """The cohorts with invitations that no mail was ordered for."""
    waiting = select(CohortInvitation.cohort_id).where(CohortInvitation.told_utc.is_(None), *_UNANSWERED)
    return list(session.scalars(select(Cohort).where(Cohort.id.in_(waiting)).order_by(Cohort.id)))
