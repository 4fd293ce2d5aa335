"""Which person of ours somebody is whom the identity provider has identified.

Whoever came that way before is who they were. Else an address that the provider has verified leads to its
account, unless that account belongs to somebody else at a provider. In every other case they are a person
of their own, without an address: an address that nobody verified proves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db.queries_people import find_person_by_email
from webapp.db.tables.people import Person
from webapp.services.audit import record
from webapp.services.oidc import Identity
from webapp.services.sessions import open_session
from webapp.services.signin import Entered
from webapp.services.site import Site
from webapp.services.trial import find_trial, keep_trial


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who was identified. ``trial_id``: a trial of the same browser, whose answers come along."""

    identity: Identity
    language: str
    next_path: str = ""
    trial_id: str | None = None


def enter_identified(site: Site, arrival: Arrival, now: datetime) -> Entered:
    """Sign somebody in who was identified. Raises NotSaved."""
    identity = arrival.identity
    with site.database.write() as session:
        person = _known(session, identity, now) or _new(session, identity, arrival.language, now)
        trial = find_trial(session, arrival.trial_id)
        if trial is not None:
            person = keep_trial(session, trial, person, person.email or "", now)
        person.name = person.name or identity.name
        record(session, now, "signed_in", person_id=person.id, way="provider")
        token = open_session(session, person, now, site.settings)
        return Entered(token, arrival.next_path, person.language)


def _known(session: Session, identity: Identity, now: datetime) -> Person | None:
    person = session.scalar(select(Person).where(Person.subject == identity.subject))
    if person is not None or identity.email is None:
        return person
    holder = find_person_by_email(session, identity.email)
    if holder is None or holder.subject is not None:
        return None
    holder.subject = identity.subject
    record(session, now, "provider_linked", person_id=holder.id)
    return holder


def _new(session: Session, identity: Identity, language: str, now: datetime) -> Person:
    is_free = identity.email is not None and find_person_by_email(session, identity.email) is None
    person = Person(
        email=identity.email if is_free else None,
        subject=identity.subject,
        language=language,
        created_utc=now,
        seen_utc=now,
    )
    session.add(person)
    session.flush()
    record(session, now, "person_registered", person_id=person.id)
    return person
