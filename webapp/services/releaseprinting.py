"""What a worker does for the document of a release: it is made before anybody asks for it.

A worker may be killed anywhere: a document has a key only after its file lies whole in the store, and doing
it all again gives the same file.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from reports.cohort.report import build_cohort_report
from reports.render import cohort_job
from reports.rendering.job import PdfJob
from webapp.db import queries_releases as queries
from webapp.db.tables.releases import ReleaseDocument
from webapp.services.documents import is_whole_pdf
from webapp.services.jobs import Body, JobFailed
from webapp.services.putting import forget_file
from webapp.services.releasepages import material_in
from webapp.services.site import Site
from webapp.words import DEFAULT_LANGUAGE, language_of

FOLDER = "releases"


def prepare(site: Site, body: Body) -> PdfJob | None:
    """What the renderer gets; None where there is nothing left to do."""
    release_id, language = str(body["release"]), language_of(body["language"]) or DEFAULT_LANGUAGE
    with site.database.read() as session:
        found = queries.find_release(session, release_id)
        document = session.get(ReleaseDocument, (release_id, language))
        if found is None or document is None or document.key is not None:
            return None
        material = material_in(session, site, found, language)
    return cohort_job(build_cohort_report(material))


def keep(site: Site, body: Body, pdf: bytes, now: datetime) -> None:
    """Store what was rendered, then say where it is. Raises JobFailed for half a PDF."""
    if not is_whole_pdf(pdf):
        raise JobFailed("not_whole")
    release_id, language = str(body["release"]), str(body["language"])
    key = f"{FOLDER}/{release_id}/{language}.pdf"
    site.files.put(key, pdf)
    with site.database.write() as session:
        document = session.get(ReleaseDocument, (release_id, language), with_for_update=True)
        if document is not None:
            document.key, document.sha256 = key, hashlib.sha256(pdf).hexdigest()
            document.size_bytes, document.ready_utc = len(pdf), now
    if document is None:
        forget_file(site, key)
