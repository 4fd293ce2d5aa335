"""Asking which files there must be."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db.queries_gatherings import paper_keys
from webapp.db.tables.assessments import EvidenceFile
from webapp.db.tables.gatherings import GatheringPaper
from webapp.db.tables.releases import ReleaseDocument
from webapp.db.tables.work import Document


def every_key(session: Session) -> Iterator[str]:
    """The key of every file that a row names: evidence, documents, releases', and papers of gatherings."""
    yield from session.scalars(select(EvidenceFile.key))
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
    every = (evidence, document, release, paper)
    return any(session.scalar(statement.limit(1)) is not None for statement in every)
