"""The documents of what was handed in: ordered before anybody asks, found, and opened whole or not at all.

Who may have what: the company's own people its company and share editions; an advisor all three and the sheet
for the meeting, since what is the advisor's alone stands in them; programme staff the share edition, once the
company shares it. Everything else is not there.

What stands beside a hand-in may change after it was printed: notes, an approval, the plan. A document that
says something else than it would say now is ``outdated``; it is never handed out, and made again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy.orm import Session

from questionnaires.values import Language
from reports.material import EDITIONS, Material
from reports.maturity import MaturityReport, build_report
from webapp.db import queries_work as queries
from webapp.db.ids import is_id
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.gatherings import GatheringPaper
from webapp.db.tables.releases import ReleaseDocument
from webapp.db.tables.work import Document, Job
from webapp.errors import NotThere, Refused
from webapp.evidence.storage import FileMissing
from webapp.services.actor import Actor
from webapp.services.beside import KINDS, Beside, DocumentKind, beside_of, besides, mark_in
from webapp.services.blindness import refuse_unrated
from webapp.services.jobs import do_again
from webapp.services.opening import reach
from webapp.services.queueing import enqueue
from webapp.services.reports import file_stem
from webapp.services.site import Site
from webapp.services.submitted import ResultDiffers, material_of, sources_of
from webapp.words import DEFAULT_LANGUAGE, language_of

FIRST: tuple[DocumentKind, ...] = ("company", "share")
"""The editions made at once when an assessment is handed in."""

DocumentState: TypeAlias = Literal["waiting", "ready", "failed", "outdated"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as it stands. ``number``: of the hand-in; ``job_id``: of the work that makes it."""

    id: str
    edition: DocumentKind
    language: Language
    number: int
    state: DocumentState
    size_bytes: int | None
    job_id: str | None


@dataclass(frozen=True, slots=True)
class Pdf:
    """A whole document to hand out."""

    name: str
    content: bytes


def order_first_documents(
    session: Session,
    site: Site,  # noqa: ARG001  # as every use case has it
    submission_id: str,
    language: str,
    now: datetime,
) -> tuple[str, ...]:
    """Have the first documents of a hand-in made, in somebody's language; the ids of the jobs."""
    known = language_of(language) or DEFAULT_LANGUAGE
    return tuple(_order(session, submission_id, edition, known, now)[1].id for edition in FIRST)


def renew_documents(session: Session, assessment: Assessment, now: datetime) -> tuple[str, ...]:
    """Have those that were made first made again, since they say something else now; the ids of the jobs."""
    submission = queries.find_submission(session, assessment.id, None)
    rows = queries.documents_of(session, submission.id) if submission is not None else []
    return tuple(_have_made(session, row, now).id for row in rows if row.edition in FIRST)


def order_document(
    site: Site,
    actor: Actor,
    assessment_id: str,
    edition: str,
    language: str,
    *,
    now: datetime,
    number: int | None = None,
) -> Listed:
    """The document of a hand-in, the last one without a number; made where there is none yet.

    One that could not be made is tried again, and one that is outdated made again. Raises NotThere, NotSaved.
    """
    wanted = (assessment_id, edition, language)
    found = _ordered(site, actor, wanted, number)
    if found is not None:
        return found
    with site.database.write() as session:
        submission, _, known, spoken = _wanted(session, site, actor, wanted, number)
        document, job = _order(session, submission.id, known, spoken, now)
        return _seen(document, submission.number, job, is_outdated=False)


def _ordered(site: Site, actor: Actor, wanted: tuple[str, str, str], number: int | None) -> Listed | None:
    """A document that needs no more work to be ordered; None where there is something to order."""
    with site.database.read() as session:
        submission, assessment, known, spoken = _wanted(session, site, actor, wanted, number)
        document = queries.find_document(session, submission.id, known, spoken)
        if document is not None:
            beside = beside_of(session, site, submission, assessment, known)
            listed = _listed(session, document, submission, beside)
            if listed.state in ("waiting", "ready"):
                return listed
    return None


def _order(
    session: Session, submission_id: str, edition: DocumentKind, language: Language, now: datetime
) -> tuple[Document, Job]:
    document = queries.find_document(session, submission_id, edition, language)
    if document is None:
        document = Document(
            submission_id=submission_id, edition=edition, language=language, state="waiting", created_utc=now
        )
        session.add(document)
        session.flush()
    return document, _have_made(session, document, now)


def _have_made(session: Session, document: Document, now: datetime) -> Job:
    """Have a document made, whatever there is of it."""
    key = job_key(document.id)
    if document.state == "ready":
        document.state = "waiting"
        do_again(session, key, now)
    return enqueue(session, now, "render_document", key, document=document.id)


def job_key(document_id: str) -> str:
    """What the job that makes a document is known by."""
    return f"document:{document_id}"


def editions_open_to(actor: Actor, assessment: Assessment) -> tuple[DocumentKind, ...]:
    """The kinds of documents somebody may have of an assessment that was handed in.

    What the company has taken back is open to nobody else until it is handed in again.
    """
    organisation = assessment.organisation_id
    found: set[DocumentKind] = set()
    if actor.is_any_of(organisation, "owner", "member"):
        found |= {"company", "share"}
    is_open = assessment.state != "draft"
    if is_open and actor.is_any_of(organisation, "advisor"):
        found |= set(KINDS)
    if is_open and actor.is_any_of(organisation, "staff") and assessment.shared_utc is not None:
        found |= {"share"}
    return tuple(kind for kind in KINDS if kind in found)


def list_documents(
    site: Site, actor: Actor, assessment_id: str, number: int | None = None
) -> tuple[Listed, ...]:
    """The documents there are of a hand-in, of those somebody may have. Raises NotThere."""
    with site.database.read() as session:
        submission, assessment = _handed_in(session, site, actor, assessment_id, number=number)
        editions = editions_open_to(actor, assessment)
        beside = besides(session, site, submission, assessment, list(editions))
        return tuple(
            _listed(session, row, submission, beside[kind])
            for row in queries.documents_of(session, submission.id)
            for kind in editions
            if row.edition == kind
        )


def find_document(site: Site, actor: Actor, document_id: str) -> Listed:
    """How far a document has come. Raises NotThere."""
    with site.database.read() as session:
        return _reach(session, site, actor, document_id).listed


def open_pdf(site: Site, actor: Actor, document_id: str, now: datetime) -> Pdf:
    """A document that is whole. One that is outdated, lost or damaged is made anew, and never handed out.

    Raises NotThere, and Refused for one that is not ready or could not be made.
    """
    with site.database.read() as session:
        reached = _reach(session, site, actor, document_id)
    if reached.listed.state in ("waiting", "failed"):
        raise Refused(f"documents.{reached.listed.state}")
    content = whole_file(site, reached.document) if reached.listed.state == "ready" else None
    if content is None:
        _make_anew(site, document_id, now)
        raise Refused("documents.waiting")
    return Pdf(f"{reached.name}.pdf", content)


def is_current(document: Document, beside: Beside) -> bool:
    """Whether a ready document says what it would say now."""
    assert document.key is not None
    return mark_in(document.key) == beside.mark


def whole_file(site: Site, document: Document | GatheringPaper | ReleaseDocument) -> bytes | None:
    """The file of a document, if it is there and is what was stored."""
    if document.key is None:
        return None
    try:
        content = site.files.get(document.key)
    except FileMissing:
        return None
    is_same = len(content) == document.size_bytes and hashlib.sha256(content).hexdigest() == document.sha256
    return content if is_same and is_whole_pdf(content) else None


def is_whole_pdf(content: bytes) -> bool:
    """Whether a PDF has its beginning and its end."""
    return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")


def _make_anew(site: Site, document_id: str, now: datetime) -> None:
    with site.database.write() as session:
        document = session.get(Document, document_id, with_for_update=True)
        if document is None:
            raise NotThere
        job_id = _have_made(session, document, now).id
    site.queue.poke(job_id)


def submitted_material(
    site: Site, actor: Actor, assessment_id: str, language: str, edition: str, *, number: int | None = None
) -> Material:
    """What the report of a hand-in is made from, for a page that shows it.

    Raises NotThere, and Refused where the stored result cannot be recomputed.
    """
    with site.database.read() as session:
        submission, assessment, known, spoken = _wanted(
            session, site, actor, (assessment_id, edition, language), number
        )
        if known not in EDITIONS:
            raise NotThere
        sources = sources_of(session, submission, assessment)
        beside = beside_of(session, site, submission, assessment, known)
    try:
        return material_of(site, sources, spoken, known, beside)
    except ResultDiffers as error:
        raise Refused("documents.result_differs") from error


def report_of(
    site: Site, actor: Actor, assessment_id: str, language: str, edition: str, *, number: int | None = None
) -> MaturityReport:
    """The report of a hand-in as values: what the PDF says, at once. Raises as ``submitted_material``."""
    return build_report(submitted_material(site, actor, assessment_id, language, edition, number=number))


def count_unfinished(site: Site) -> int:
    """How many documents are being made or wait for it."""
    with site.database.read() as session:
        return queries.count_unfinished_jobs(session, "render_document")


def _handed_in(
    session: Session, site: Site, actor: Actor, assessment_id: str, *, number: int | None
) -> tuple[Submission, Assessment]:
    assessment, _ = reach(session, actor, assessment_id)
    refuse_unrated(session, site, actor, assessment)
    submission = queries.find_submission(session, assessment.id, number)
    if submission is None or not editions_open_to(actor, assessment):
        raise NotThere
    return submission, assessment


def _wanted(
    session: Session, site: Site, actor: Actor, wanted: tuple[str, str, str], number: int | None
) -> tuple[Submission, Assessment, DocumentKind, Language]:
    """The hand-in and the kind of document somebody asks for by assessment, edition and language."""
    assessment_id, edition, language = wanted
    submission, assessment = _handed_in(session, site, actor, assessment_id, number=number)
    known = next((one for one in editions_open_to(actor, assessment) if one == edition), None)
    spoken = language_of(language)
    if known is None or spoken is None:
        raise NotThere
    return submission, assessment, known, spoken


@dataclass(frozen=True, slots=True)
class _Reached:
    """A document somebody may have. ``name``: of its file without ending."""

    document: Document
    listed: Listed
    name: str


def _reach(session: Session, site: Site, actor: Actor, document_id: str) -> _Reached:
    """A document with where it stands. Raises NotThere, Refused."""
    found = queries.whole_document(session, document_id) if is_id(document_id) else None
    if found is None:
        raise NotThere
    document, submission, assessment, organisation = found
    kind = next((one for one in editions_open_to(actor, assessment) if one == document.edition), None)
    language = language_of(document.language)
    if kind is None or language is None:
        raise NotThere
    refuse_unrated(session, site, actor, assessment)
    listed = _listed(session, document, submission, beside_of(session, site, submission, assessment, kind))
    name = file_stem(organisation.name, assessment.questionnaire, language, kind)
    return _Reached(document, listed, name)


def _listed(session: Session, document: Document, submission: Submission, beside: Beside) -> Listed:
    is_outdated = document.state == "ready" and not is_current(document, beside)
    job = queries.find_job(session, job_key(document.id))
    return _seen(document, submission.number, job, is_outdated=is_outdated)


def _seen(document: Document, number: int, job: Job | None, *, is_outdated: bool) -> Listed:
    state: DocumentState = "ready" if document.state == "ready" else "waiting"
    if is_outdated:
        state = "outdated"
    elif state == "waiting" and (job is None or job.state == "failed"):
        state = "failed"
    return Listed(
        id=document.id,
        edition=document.edition,  # type: ignore[arg-type]  # the table holds kinds only
        language=document.language,  # type: ignore[arg-type]  # and languages
        number=number,
        state=state,
        size_bytes=document.size_bytes,
        job_id=job.id if job else None,
    )
