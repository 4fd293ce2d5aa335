"""Taking people and organisations out of the tables and the file store.

Who may ask for it is decided elsewhere.
"""

from __future__ import annotations

import logging

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from webapp.db import queries_retention as queries
from webapp.db.tables.assessments import SectionTask
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import AddressChange, Invitation, Person, SigninLink
from webapp.errors import OutOfReach
from webapp.services.holders import end_invitations
from webapp.services.site import Site

log = logging.getLogger(__name__)


def forget_person(session: Session, person: Person) -> None:
    """Erase a person. What they answered and wrote stays with the company, as nobody's.

    Nobody uses an invitation they sent any more: there is nobody left who stands for it.
    """
    end_invitations(session, Invitation.by_person_id == person.id, Invitation.used_utc.is_(None))
    if person.email is not None:
        forget_address(session, person.email)
    tasks = update(SectionTask).where(SectionTask.person_id == person.id)
    session.execute(tasks.values(person_id=None, email=None, by_person_id=None, given_utc=None))
    session.execute(delete(Person).where(Person.id == person.id))


def forget_address(session: Session, email: str) -> None:
    """Erase whatever was sent to an address."""
    session.execute(delete(SigninLink).where(SigninLink.email == email))
    session.execute(delete(Invitation).where(Invitation.email == email))
    session.execute(delete(AddressChange).where(AddressChange.email == email))
    session.execute(update(AddressChange).where(AddressChange.old_email == email).values(old_email=None))
    tasks = update(SectionTask).where(SectionTask.email == email, SectionTask.person_id.is_(None))
    session.execute(tasks.values(email=None, by_person_id=None, given_utc=None))
    session.execute(update(SectionTask).where(SectionTask.email == email).values(email=None))


def remove_organisation(session: Session, organisation_id: str) -> list[str]:
    """Erase an organisation and everything that is its own; the keys of its files, for ``remove_files``."""
    keys = queries.keys_of(session, organisation_id)
    session.execute(delete(Organisation).where(Organisation.id == organisation_id))
    return keys


def remove_files(site: Site, organisation_id: str, keys: list[str]) -> None:
    """Erase an organisation's files once its rows are gone; what is left then, retention finds."""
    try:
        for key in keys:
            site.files.delete(key)
        for folder in folders_of(organisation_id):
            site.files.delete_folder(folder)
    except OutOfReach:
        log.warning("files of an erased organisation are left to the sweep: the store does not answer")


def folders_of(organisation_id: str) -> tuple[str, ...]:
    """Where the store keeps the files of an organisation."""
    return (f"documents/{organisation_id}", f"evidence/{organisation_id}")
