"""Trying without an account: a person and an organisation without address, kept for some days."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.db.engine import Database
from webapp.db.queries_people import hand_over
from webapp.db.tables.assessments import Assessment
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Membership, Person, SigninLink
from webapp.services.audit import record
from webapp.services.limits import count_trial, network_hash
from webapp.services.sessions import end_sessions_of, open_session
from webapp.settings import Settings


def start_trial(
    database: Database, language: str, now: datetime, settings: Settings, *, asker: str | None = None
) -> str:
    """The token of a session for somebody who only wants to try.

    ``asker``: where they ask from; None for trials that nobody asks for. Raises TooOften.
    """
    with database.write() as session:
        if asker is not None:
            count_trial(session, settings, network_hash(settings, asker), now)
        person = Person(language=language, is_trial=True, created_utc=now, seen_utc=now)
        organisation = Organisation(name="", kind="trial", created_utc=now, active_utc=now)
        session.add_all([person, organisation])
        session.flush()
        session.add(
            Membership(organisation_id=organisation.id, person_id=person.id, role="owner", since_utc=now)
        )
        record(session, now, "trial_started", person_id=person.id, organisation_id=organisation.id)
        return open_session(session, person, now, settings)


def find_trial(session: Session, person_id: str | None) -> Person | None:
    """Somebody who tries still; nobody else makes an account of them until the transaction ends."""
    found = (
        session.get(Person, person_id, with_for_update=True, populate_existing=True) if person_id else None
    )
    return found if found is not None and found.is_trial else None


def keep_trial(session: Session, trial: Person, person: Person | None, email: str, now: datetime) -> Person:
    """Turn a trial into an account; what it holds goes to the person who has the address already, if any.

    Every session of the trial ends: whoever else had its cookie is not let into the account.
    """
    end_sessions_of(session, trial.id)
    owned = list(session.scalars(select(Membership.organisation_id).where(Membership.person_id == trial.id)))
    session.execute(
        update(Organisation)
        .where(Organisation.id.in_(owned), Organisation.kind == "trial")
        .values(kind="main", active_utc=now)
    )
    session.execute(update(Assessment).where(Assessment.organisation_id.in_(owned)).values(is_trial=False))
    record(session, now, "trial_kept", person_id=(person or trial).id, trial=trial.id)
    if person is None:
        trial.email, trial.is_trial = email, False
        session.flush()
        return trial
    _merge(session, trial, person)
    return person


def _merge(session: Session, trial: Person, person: Person) -> None:
    """Have everything that was a trial's be a person's; the trial is gone."""
    session.execute(update(Membership).where(Membership.person_id == trial.id).values(person_id=person.id))
    session.execute(update(SigninLink).where(SigninLink.person_id == trial.id).values(person_id=None))
    hand_over(session, trial.id, person.id)
    session.delete(trial)
    session.flush()
