"""What a worker does for a document: gather what it is made from, and keep the file when it is there.

Between the two stands the renderer, and no transaction. A worker may be killed anywhere: a document is
ready only after its file lies whole in the store, and doing it all again gives the same file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from questionnaires.values import Language
from reports.material import Material
from reports.maturity import build_report
from reports.render import sheet_html
from reports.rendering.job import PdfJob
from reports.sheet.meeting import build_sheet
from webapp.db import queries_work as queries
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.work import Document
from webapp.services.beside import Beside, DocumentKind, beside_of, file_key, has_reader, mark_in
from webapp.services.documents import is_whole_pdf, whole_file
from webapp.services.jobs import JobFailed
from webapp.services.putting import forget_file
from webapp.services.reports import Prepared, pdf_job
from webapp.services.site import Site
from webapp.services.submitted import ResultDiffers, Sources, content_hash, material_of, sources_of


@dataclass(frozen=True, slots=True)
class _File:
    """A PDF in the store."""

    key: str
    sha256: str | None
    size_bytes: int | None


@dataclass(frozen=True, slots=True)
class ToPrint:
    """A document to be made. ``key``: where its file goes; the same content has the same one."""

    document_id: str
    content_sha256: str
    key: str
    job: PdfJob


@dataclass(frozen=True, slots=True)
class _Asked:
    id: str
    kind: DocumentKind
    language: Language
    organisation_id: str
    sources: Sources
    beside: Beside


def prepare_document(site: Site, document_id: str, now: datetime) -> ToPrint | None:
    """What the renderer gets for a document; None where there is nothing left to do.

    That is so for one that is ready or gone, and for one whose content was rendered before. Raises
    JobFailed where what was handed in does not give its result any more, where nobody is left to read it, and
    where something else came to stand beside it in this moment.
    """
    asked = _asked(site, document_id, now)
    if asked is None:
        return None
    try:
        material = material_of(site, asked.sources, asked.language, asked.kind, asked.beside)
    except ResultDiffers as error:
        raise JobFailed("result_differs", is_final=True) from error
    digest = content_hash(asked.sources, material, asked.kind, asked.beside)
    if _take_over(site, asked, digest, now):
        return None
    return ToPrint(
        document_id=document_id,
        content_sha256=digest,
        key=file_key(asked.organisation_id, digest, asked.beside),
        job=_job(material, asked.kind, document_id),
    )


def _job(material: Material, kind: DocumentKind, document_id: str) -> PdfJob:
    if kind == "meeting":
        sheet = build_sheet(material)
        return PdfJob(sheet_html(sheet), sheet.identifier)
    return pdf_job(Prepared(material, build_report(material), document_id))


def _asked(site: Site, document_id: str, now: datetime) -> _Asked | None:
    with site.database.read() as session:
        found = queries.whole_document(session, document_id)
        if found is None or found[0].state == "ready":
            return None
        document, submission, assessment, organisation = found
        kind = _check_reader(session, document, organisation.id, now)
        return _Asked(
            document.id,
            kind,
            document.language,  # type: ignore[arg-type]  # and languages
            organisation.id,
            sources_of(session, submission, assessment),
            beside_of(session, site, submission, assessment, kind),
        )


def _check_reader(session: Session, document: Document, organisation_id: str, now: datetime) -> DocumentKind:
    """The kind of a document somebody may read. Raises JobFailed where the last assignment has ended."""
    kind: DocumentKind = document.edition  # type: ignore[assignment]  # the table holds kinds only
    if not has_reader(session, organisation_id, kind, now):
        raise JobFailed("no_reader", is_final=True)
    return kind


def _take_over(site: Site, asked: _Asked, digest: str, now: datetime) -> bool:
    """Use the file of another document of the organisation with the same content, if it is whole."""
    with site.database.read() as session:
        like = queries.document_like(session, asked.organisation_id, digest)
    if like is None or whole_file(site, like) is None:
        return False
    assert like.key is not None
    if not _attach(site, asked.id, digest, _File(like.key, like.sha256, like.size_bytes), now):
        raise JobFailed("changed_meanwhile")
    return True


def keep_document(site: Site, to_print: ToPrint, pdf: bytes, now: datetime) -> None:
    """Store what was rendered and mark the document as ready.

    Raises JobFailed for half a PDF, where meanwhile the last who may read it has gone, and where something
    else stands beside it by now: then it is made anew.
    """
    if not is_whole_pdf(pdf):
        raise JobFailed("not_whole")
    with site.database.read() as session:
        found = queries.whole_document(session, to_print.document_id)
        if found is not None:
            _check_reader(session, found[0], found[3].id, now)
    site.files.put(to_print.key, pdf)
    file = _File(to_print.key, hashlib.sha256(pdf).hexdigest(), len(pdf))
    if not _attach(site, to_print.document_id, to_print.content_sha256, file, now):
        raise JobFailed("changed_meanwhile")


def _attach(site: Site, document_id: str, content_sha256: str, file: _File, now: datetime) -> bool:
    """Have the file be the document's; False where something else stands beside it by now.

    What no document has any more leaves the store: the file before, or this one where it is not taken.
    """
    with site.database.write() as session:
        found = queries.whole_document(session, document_id)
        document = None if found is None else found[0]
        is_current = found is not None and mark_in(file.key) == _beside_now(session, site, *found[:3]).mark
        left = file.key
        if document is not None and is_current:
            left = document.key or file.key
            document.content_sha256 = content_sha256
            document.key, document.sha256, document.size_bytes = file.key, file.sha256, file.size_bytes
            document.state, document.ready_utc = "ready", now
        is_unused = not queries.uses_of(session, left)
    if is_unused:  # not before the end of the transaction: a store may let one wait
        forget_file(site, left)
    return document is None or is_current


def _beside_now(session: Session, site: Site, document: Document, of: Submission, at: Assessment) -> Beside:
    kind: DocumentKind = document.edition  # type: ignore[assignment]  # the table holds kinds only
    return beside_of(session, site, of, at, kind)
