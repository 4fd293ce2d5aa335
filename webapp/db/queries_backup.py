"""Asking which files there must be."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db.queries_gatherings import paper_keys
from webapp.db.tables.activities import ActivityFile, Partner
from webapp.db.tables.assessments import EvidenceFile
from webapp.db.tables.gatherings import GatheringPaper
from webapp.db.tables.releases import ReleaseDocument
from webapp.db.tables.work import Document


def every_key(session: Session) -> Iterator[str]:
    """The key of every file that a row names.

    Evidence, documents, releases', papers of gatherings, logos of partners, and files that activities show.
    """
    yield from session.scalars(select(EvidenceFile.key))
    yield from session.scalars(select(ActivityFile.key))
    logos = select(Partner.logo).where(Partner.logo.is_not(None))
    yield from (key for key in session.scalars(logos) if key)
    releases = select(ReleaseDocument.key).where(ReleaseDocument.key.is_not(None))
    yield from (key for key in session.scalars(releases) if key)
    yield from sorted(paper_keys(session))
    documents = select(Document.key).where(Document.key.is_not(None), Document.state == "ready").distinct()
    yield from (key for key in session.scalars(documents) if key)


def still_named(session: Session, key: str) -> bool:
    """Whether a row names a file."""
    evidence = select(EvidenceFile.id).where(EvidenceFile.key == key)
    document = select(Document.id).where(Document.key == key, Document.state == "ready")
    release = select(ReleaseDocument.release_id).where(ReleaseDocument.key == key)
    paper = select(GatheringPaper.id).where(GatheringPaper.key == key)
    shown = select(ActivityFile.id).where(ActivityFile.key == key)
    logo = select(Partner.id).where(Partner.logo == key)
    every = (evidence, document, release, paper, shown, logo)
    return any(session.scalar(statement.limit(1)) is not None for statement in every)
