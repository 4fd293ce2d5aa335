"""Taking people and organisations out of the tables and the file store.

Who may ask for it is decided elsewhere.
"""

from __future__ import annotations

import json
import logging

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from webapp.db import queries_gatherings as gathering_queries
from webapp.db import queries_retention as queries
from webapp.db import queries_reviews as reviews
from webapp.db.tables.assessments import SectionTask
from webapp.db.tables.cohorts import CohortInvitation
from webapp.db.tables.gatherings import GatheringPaper
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import AddressChange, Invitation, Person, SigninLink
from webapp.errors import OutOfReach
from webapp.services.holders import end_invitations
from webapp.services.releaseforgetting import forget_company
from webapp.services.site import Site

log = logging.getLogger(__name__)


def forget_person(session: Session, person: Person) -> list[str]:
    """Erase a person; the keys of the files that may say their name, for ``remove_named``.

    What they answered, wrote and decided stays with the company, as nobody's. Nobody uses an invitation they
    sent any more: there is nobody left who stands for it.
    """
    keys = _take_name_off(session, person.id)
    end_invitations(session, Invitation.by_person_id == person.id, Invitation.used_utc.is_(None))
    if person.email is not None:
        forget_address(session, person.email)
    tasks = update(SectionTask).where(SectionTask.person_id == person.id)
    session.execute(tasks.values(person_id=None, email=None, by_person_id=None, given_utc=None))
    session.execute(delete(Person).where(Person.id == person.id))
    return keys


def _take_name_off(session: Session, person_id: str) -> list[str]:
    """Keep what somebody signed without their name, and no document with it; the keys of their files.

    Documents are made again when somebody asks for them.
    """
    for approval in reviews.approvals_by(session, person_id):
        said = {key: value for key, value in json.loads(approval.review).items() if key != "by"}
        approval.review = json.dumps(said, sort_keys=True)
    papers = _forget_papers(session, gathering_queries.papers_naming(session, person_id=person_id))
    named = reviews.documents_naming(session, person_id)
    for document in named:
        session.delete(document)
    session.flush()
    return sorted({document.key for document in named if document.key is not None} | papers)


def _forget_papers(session: Session, papers: list[GatheringPaper]) -> set[str]:
    """Erase papers of gatherings, to be made again when somebody asks; the keys of their files."""
    keys = {paper.key for paper in papers if paper.key is not None}
    for paper in papers:
        session.delete(paper)
    session.flush()
    return keys


def remove_named(site: Site, keys: list[str]) -> None:
    """Erase the files that may say an erased person's name; what is left then, retention finds."""
    try:
        for key in keys:
            site.files.delete(key)
    except OutOfReach:
        log.warning("documents with an erased name are left to the sweep: the store does not answer")


def forget_address(session: Session, email: str) -> None:
    """Erase whatever was sent to an address."""
    session.execute(delete(SigninLink).where(SigninLink.email == email))
    session.execute(delete(Invitation).where(Invitation.email == email))
    session.execute(delete(CohortInvitation).where(CohortInvitation.email == email))
    session.execute(delete(AddressChange).where(AddressChange.email == email))
    session.execute(update(AddressChange).where(AddressChange.old_email == email).values(old_email=None))
    tasks = update(SectionTask).where(SectionTask.email == email, SectionTask.person_id.is_(None))
    session.execute(tasks.values(email=None, by_person_id=None, given_utc=None))
    session.execute(update(SectionTask).where(SectionTask.email == email).values(email=None))


def remove_organisation(session: Session, organisation_id: str) -> list[str]:
    """Erase an organisation and everything that is its own; the keys of its files, for ``remove_files``.

    In what figures of cohorts were made of it becomes a stranger.
    """
    forget_company(session, organisation_id)
    papers = gathering_queries.papers_naming(session, organisation_id=organisation_id)
    keys = [*queries.keys_of(session, organisation_id), *_forget_papers(session, papers)]
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
