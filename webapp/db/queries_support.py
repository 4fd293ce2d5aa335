"""Asking for a programme's directory of support, and for referrals to it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.db.queries_people import people_by_id
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.people import Person
from webapp.db.tables.support import Referral, ReferralOutcome, SupportActor, SupportLink


def actors_of(session: Session, programme_ids: Collection[str]) -> list[SupportActor]:
    """The directories of programmes, by name."""
    statement = select(SupportActor).where(SupportActor.programme_id.in_(list(programme_ids)))
    return list(session.scalars(statement.order_by(func.lower(SupportActor.name), SupportActor.id)))


def lock_actor(session: Session, actor_id: str) -> SupportActor | None:
    """One of a directory; nobody else changes it while this goes on."""
    return session.get(SupportActor, actor_id, with_for_update=True, populate_existing=True)


def links_of(session: Session, actor_ids: Collection[str]) -> list[SupportLink]:
    """What was found at the addresses of a directory."""
    statement = select(SupportLink).where(SupportLink.actor_id.in_(list(actor_ids)))
    return list(session.scalars(statement.order_by(SupportLink.actor_id, SupportLink.address)))


def referrals_for(session: Session, row: Assessment) -> list[Referral]:
    """The referrals over an assessment and the company's earlier rounds of it, the newest first."""
    statement = (
        select(Referral)
        .join(Assessment, Assessment.id == Referral.assessment_id)
        .where(
            Referral.organisation_id == row.organisation_id,
            Assessment.questionnaire == row.questionnaire,
            Assessment.started_utc <= row.started_utc,
        )
        .order_by(Referral.at_utc.desc(), Referral.id)
    )
    return list(session.scalars(statement))


def own_referrals(session: Session, assessment_id: str) -> list[Referral]:
    """The referrals over one assessment, the oldest first."""
    statement = select(Referral).where(Referral.assessment_id == assessment_id)
    return list(session.scalars(statement.order_by(Referral.at_utc, Referral.id)))


def outcomes_of(session: Session, referrals: Collection[str]) -> list[tuple[ReferralOutcome, Person | None]]:
    """What came of referrals with who said so, the oldest first."""
    statement = (
        select(ReferralOutcome, Person)
        .outerjoin(Person, Person.id == ReferralOutcome.by_person_id)
        .where(ReferralOutcome.referral_id.in_(list(referrals)))
        .order_by(ReferralOutcome.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def people_behind(session: Session, referrals: Collection[Referral]) -> dict[str, Person]:
    """Who made referrals, by id; those who are gone are not among them."""
    return people_by_id(session, (one.by_person_id for one in referrals))


def referrals_by(session: Session, person_id: str) -> list[tuple[Referral, Assessment]]:
    """The referrals somebody made, the oldest first."""
    statement = (
        select(Referral, Assessment)
        .join(Assessment, Assessment.id == Referral.assessment_id)
        .where(Referral.by_person_id == person_id)
        .order_by(Referral.at_utc, Referral.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def outcomes_by(session: Session, person_id: str) -> list[tuple[ReferralOutcome, Referral]]:
    """What somebody said came of referrals, the oldest first."""
    statement = (
        select(ReferralOutcome, Referral)
        .join(Referral, Referral.id == ReferralOutcome.referral_id)
        .where(ReferralOutcome.by_person_id == person_id)
        .order_by(ReferralOutcome.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]
