"""A release as it is shown: on a page, as a document, as JSON. Only what was told is read.

Who may see it: those who run its programme, and the people of companies that are in its cohort now. For
everybody else it is not there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from assessment.cohort.members import Tag
from assessment.cohort.publishing import Release
from assessment.cohort.stored import read_told
from questionnaires.values import Language
from reports.cohort.material import CohortMaterial
from webapp.db import queries_releases as queries
from webapp.db.queries_activities import activities_of
from webapp.db.queries_work import find_job
from webapp.db.tables.cohorts import Cohort
from webapp.db.tables.organisations import Programme
from webapp.db.tables.releases import CohortRelease, ReleaseDocument
from webapp.errors import NotThere, Refused
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.cohortlayouts import SECTORS, layout_in
from webapp.services.documents import DocumentState, Pdf, whole_file
from webapp.services.exports import Export
from webapp.services.jobs import do_again
from webapp.services.offering import activity_in
from webapp.services.releasing import document_key, have_document_made
from webapp.services.reports import slug
from webapp.services.shelf import Shelved
from webapp.services.site import Site
from webapp.services.submitted import branding_of, look_of
from webapp.words import language_of, words_of

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release in a list. ``owners``: how many are counted; ``documents``: how far each has come."""

    id: str
    shelved: Shelved
    round: int
    owners: int
    released_utc: datetime
    documents: Mapping[str, DocumentState]


@dataclass(frozen=True, slots=True)
class OpenedRelease:
    """A release with everything its page is made from.

    ``programme_id``: empty for who does not run it; ``company_id``: the reader's own in the cohort, or empty.
    """

    id: str
    material: CohortMaterial
    programme_id: str
    company_id: str
    cohort_id: str


def lines_in(session: Session, site: Site, cohort_id: str) -> tuple[ReleaseLine, ...]:
    """The releases of a cohort, the newest first. Access is decided elsewhere."""
    return tuple(_line(session, site, row) for row in queries.releases_of(session, cohort_id))


def _line(session: Session, site: Site, row: CohortRelease) -> ReleaseLine:
    documents = queries.documents_of(session, row.id)
    return ReleaseLine(
        id=row.id,
        shelved=site.shelf.open(row.questionnaire, row.version),
        round=row.round,
        owners=json.loads(row.told)["owners"],
        released_utc=row.released_utc,
        documents={language: _state(session, one) for language, one in documents.items()},
    )


def _state(session: Session, document: ReleaseDocument) -> DocumentState:
    if document.key is not None:
        return "ready"
    job = find_job(session, document_key(document.release_id, document.language))
    return "failed" if job is None or job.state == "failed" else "waiting"


def open_release(site: Site, actor: Actor, release_id: str, language: str) -> OpenedRelease:
    """A release for somebody who may see it. Raises NotThere."""
    with site.database.read() as session:
        row, cohort, programme = _reach(session, actor, release_id)
        material = material_in(session, site, (row, cohort, programme), _spoken(language))
        runs = cohort.programme_id in actor.programmes
        company = _own_company(session, actor, cohort)
        return OpenedRelease(row.id, material, cohort.programme_id if runs else "", company, cohort.id)


def take_json(site: Site, actor: Actor, release_id: str) -> Export:
    """What was told, to the letter that its checksum is of. Raises NotThere."""
    with site.database.read() as session:
        row, cohort, _ = _reach(session, actor, release_id)
        return Export(f"{_stem(row, cohort)}.json", row.told.encode("ascii"), JSON)


def take_pdf(site: Site, actor: Actor, release_id: str, language: str, now: datetime) -> Pdf:
    """The document of a release. One that is lost or damaged is made anew, and never handed out.

    Raises NotThere, NotSaved, and Refused for one that is not ready or could not be made.
    """
    with site.database.read() as session:
        row, cohort, _ = _reach(session, actor, release_id)
        document = _document(session, row, language)
        state = _state(session, document)
    if state != "ready":
        raise Refused(f"documents.{state}")
    content = whole_file(site, document)
    if content is None:
        _make_anew(site, document, now)
        raise Refused("documents.waiting")
    return Pdf(f"{_stem(row, cohort)}-{document.language}.pdf", content)


def order_pdf(site: Site, actor: Actor, release_id: str, language: str, now: datetime) -> str | None:
    """Have a document that could not be made tried again; the id of the job, None where there is no need.

    Raises NotThere, NotSaved.
    """
    with site.database.write() as session:
        row, _, _ = _reach(session, actor, release_id)
        document = _document(session, row, language)
        if _state(session, document) != "failed":
            return None
        return have_document_made(session, document, now)


def material_in(
    session: Session, site: Site, found: tuple[CohortRelease, Cohort, Programme], language: Language
) -> CohortMaterial:
    """What the report of a release is made from. Access is decided elsewhere."""
    row, cohort, programme = found
    shelved, words = site.shelf.open(row.questionnaire, row.version), words_of(language)
    tags: dict[str, Tag] = {
        id_: lack for id_, lack in site.shelf.lacks(row.questionnaire).items() if lack != "none"
    }
    return CohortMaterial(
        release=told_in(row, cohort),
        questionnaire=shelved.plan.questionnaire,
        language=language,
        programme=programme.name,
        cohort=cohort.name,
        released_on=_day(site, row.released_utc),
        sectors={id_: words.say(f"releases.sector_{id_}") for id_ in SECTORS},
        activities={
            one.id: getattr(activity_in(one).title, language)
            for one in activities_of(session, [programme.id])
        },
        tags=tags,
        branding=branding_of(site, look_of(session, programme)),
    )


def told_in(row: CohortRelease, cohort: Cohort) -> Release:
    """What was told, without what it was made of."""
    held = layout_in(cohort, row.questionnaire)
    assert held is not None  # a release settles it
    return read_told(row.told, held.layout)


def _day(site: Site, moment: datetime) -> date:
    return moment.astimezone(site.zone).date()


def _reach(session: Session, actor: Actor, release_id: str) -> tuple[CohortRelease, Cohort, Programme]:
    """A release somebody may see. Raises NotThere."""
    found = queries.find_release(session, release_id)
    if found is None:
        raise NotThere
    _, cohort, programme = found
    if programme.id not in actor.programmes and not _own_company(session, actor, cohort):
        raise NotThere
    return found


def _own_company(session: Session, actor: Actor, cohort: Cohort) -> str:
    """One of the actor's companies that is in a cohort now; empty where there is none."""
    return queries.first_in(session, cohort.id, actor.organisations(*COMPANY_ROLES)) or ""


def _document(session: Session, row: CohortRelease, language: str) -> ReleaseDocument:
    """Raises NotThere."""
    found = queries.documents_of(session, row.id).get(_spoken(language))
    if found is None:
        raise NotThere
    return found


def _spoken(language: str) -> Language:
    """Raises NotThere."""
    found = language_of(language)
    if found is None:
        raise NotThere
    return found


def _stem(row: CohortRelease, cohort: Cohort) -> str:
    return f"{slug(cohort.name) or 'cohort'}-{row.questionnaire}-round-{row.round}"


def _make_anew(site: Site, document: ReleaseDocument, now: datetime) -> None:
    key = document_key(document.release_id, document.language)
    with site.database.write() as session:
        held = session.get(ReleaseDocument, (document.release_id, document.language), with_for_update=True)
        if held is None:
            raise NotThere
        if held.key is not None:
            held.key = held.sha256 = held.size_bytes = held.ready_utc = None
            do_again(session, key, now)
        job_id = have_document_made(session, held, now)
    site.queue.poke(job_id)
