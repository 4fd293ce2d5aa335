"""Documents made without a renderer: a stand-in for a PDF, the same for the same page."""

from __future__ import annotations

import hashlib

from reports.rendering.job import PdfJob
from tests.webapp.sites import NOW
from webapp.services.actor import Actor
from webapp.services.documents import list_documents
from webapp.services.printing import keep_document, prepare_document
from webapp.services.site import Site


def stand_in(job: PdfJob) -> bytes:
    """What looks like a whole PDF of a page."""
    parts = [job.html.encode(), *(attached.content for attached in job.attached)]
    digest = hashlib.sha256(b"".join(parts)).hexdigest()
    return f"%PDF-1.7\n{job.identifier} {digest}\n%%EOF\n".encode()


def printed(site: Site, document_id: str) -> str | None:
    """Make a document; the page it was made from, None where nothing had to be rendered."""
    to_print = prepare_document(site, document_id, NOW)
    if to_print is None:
        return None
    keep_document(site, to_print, stand_in(to_print.job), NOW)
    return to_print.job.html


def print_all(site: Site, actor: Actor, assessment_id: str) -> None:
    """Make every document of an assessment's last hand-in that somebody may have."""
    for listed in list_documents(site, actor, assessment_id):
        printed(site, listed.id)
