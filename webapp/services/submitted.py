"""What was handed in, as the material of a report: the same for the page, for the PDF, years later too."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy.orm import Session

from assessment.advice.dimension_step import dimension_steps
from assessment.answers import AnswerSet
from assessment.assess import assess
from assessment.change.comparison import compare
from assessment.errors import UnknownEngine
from assessment.jsontext import read_json
from assessment.reading import read_answers
from assessment.result import AssessmentResult, result_json
from assessment.review.approval import assess_as_rated
from assessment.review.reading import read_review
from questionnaires.model import Questionnaire
from questionnaires.values import Language
from reports.branding import (
    MAX_LOGO_BYTES,
    MAX_PARTNERS,
    NO_BRANDING,
    Branding,
    Partner,
    Unreadable,
    read_branding,
)
from reports.errors import ImageRefused
from reports.images import Logo, reencode_limited
from reports.marks import branding_mark, program_version
from reports.material import Material, Previous, ReviewMaterial
from webapp.db import queries_work as queries
from webapp.db.queries_activities import partners_of
from webapp.db.tables.assessments import Assessment, Submission
from webapp.db.tables.organisations import Programme
from webapp.evidence.storage import BadKey, FileMissing
from webapp.services.beside import NOTHING_BESIDE, Beside, DocumentKind
from webapp.services.learning import offer_in
from webapp.services.programmefiles import FOLDER as PROGRAMMES
from webapp.services.shelf import Shelved
from webapp.services.site import Site

log = logging.getLogger(__name__)


class ResultDiffers(Exception):
    """What was handed in does not give the result any more that it gave then; nothing may be shown of it."""


@dataclass(frozen=True, slots=True)
class Given:
    """The answers of one hand-in with the version they belong to. ``answers``, ``result``: JSON."""

    questionnaire: str
    version: str
    answers: str
    result: str
    definition_sha256: str
    engine: str


@dataclass(frozen=True, slots=True)
class Look:
    """A programme's look as it lies in the database. ``text``: JSON of a branding file.

    ``logos``: the names of partners with the keys of their pictures.
    """

    programme_id: str
    text: str
    logos: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything a report is made from. ``earlier``: of the round before, as it stood at the hand-in."""

    given: Given
    earlier: Given | None
    look: Look | None


def sources_of(session: Session, submission: Submission, assessment: Assessment) -> Sources:
    """What the report of a hand-in is made from."""
    earlier = None
    if assessment.previous_id is not None:
        before = session.get(Assessment, assessment.previous_id)
        last = queries.submission_before(session, assessment.previous_id, submission.at_utc)
        if before is not None and last is not None:
            earlier = given_of(last, before)
    programme = queries.branded_programme(session, assessment.organisation_id)
    return Sources(given_of(submission, assessment), earlier, look_of(session, programme))


def look_of(session: Session, programme: Programme | None) -> Look | None:
    """A programme's look as it lies in the database, and its partners' logos; None without a programme."""
    if programme is None:
        return None
    logos = ((one.name, one.logo) for one in partners_of(session, programme.id) if one.logo)
    return Look(programme.id, programme.branding or "{}", tuple(logos))


def given_of(submission: Submission, assessment: Assessment) -> Given:
    """One hand-in with the version it belongs to."""
    return Given(
        assessment.questionnaire,
        assessment.version,
        submission.answers,
        submission.result,
        submission.definition_sha256,
        submission.engine,
    )


def material_of(
    site: Site,
    sources: Sources,
    language: Language,
    kind: DocumentKind,
    beside: Beside = NOTHING_BESIDE,
) -> Material:
    """The material of a report, or of a meeting sheet. Raises ResultDiffers."""
    own = given_result(site, sources.given)
    result, review = _reviewed(own, beside) if beside.has_review else (own, None)
    return Material(
        result=result,
        language=language,
        edition="advisor" if kind == "meeting" else kind,
        activities=site.shelf.definitions.activities(),
        steps=dimension_steps(result),
        previous=_previous(site, sources.earlier, result),
        branding=branding_of(site, sources.look),
        review=review,
        plan=beside.plan,
        offer=offer_in(beside.offer),
    )


def _reviewed(own: AssessmentResult, beside: Beside) -> tuple[AssessmentResult, ReviewMaterial]:
    """A result with what its advisors have made of it. Raises ResultDiffers where it is not as signed."""
    plan, answers = own.plan, own.answers
    source = read_json((beside.review or "{}").encode(), "review.json")
    review, _ = read_review(source, plan.questionnaire)
    if review is None:
        log.error("a review of %s@%s cannot be read", answers.questionnaire, answers.version)
        raise ResultDiffers
    rated = assess_as_rated(plan, answers, review, engine=own.engine)
    if beside.approved is not None and _figures(json.dumps(result_json(rated))) != _figures(beside.approved):
        log.error("an approved result of %s@%s cannot be recomputed", answers.questionnaire, answers.version)
        raise ResultDiffers
    held = ReviewMaterial(
        own=own,
        rated=rated,
        is_approved=beside.approved is not None,
        reasons=dict(beside.reasons),
        notes=beside.notes,
        asked_again=beside.asked_again,
    )
    return assess(plan, answers, review, engine=own.engine), held


def content_hash(sources: Sources, material: Material, kind: DocumentKind, beside: Beside) -> str:
    """Names everything that goes into a page: two reports with the same one are the same report."""
    earlier = sources.earlier
    parts = (
        program_version(),
        kind,
        material.language,
        branding_mark(material.branding),
        *_marks(sources.given),
        *(_marks(earlier) if earlier else ()),
        repr(material.activities),
        *([beside.mark] if beside.mark else []),
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _marks(given: Given) -> tuple[str, ...]:
    return (
        given.questionnaire,
        given.version,
        given.definition_sha256,
        given.answers,
        given.result,
        given.engine,
    )


def given_result(site: Site, given: Given) -> AssessmentResult:
    """The result as it was; a definition that has changed since may change its words, not its figures.

    Raises ResultDiffers.
    """
    shelved = site.shelf.open(given.questionnaire, given.version)
    try:
        result = assess(shelved.plan, given_answers(site, given), engine=given.engine)
    except UnknownEngine as error:
        raise ResultDiffers from error
    if _figures(json.dumps(result_json(result))) != _figures(given.result):
        log.error("a stored result of %s@%s cannot be recomputed", given.questionnaire, given.version)
        raise ResultDiffers
    return result


def _figures(result: str) -> dict[str, object]:
    return {key: value for key, value in json.loads(result).items() if key != "definition_sha256"}


def given_answers(site: Site, given: Given) -> AnswerSet:
    """The answers as they were stored. Raises ResultDiffers where they are not answers any more."""

    def find(id_: str, number: str) -> Questionnaire:
        return site.shelf.open(id_, number).plan.questionnaire

    source = read_json(given.answers.encode(), "answers.json")
    reading = read_answers(source, find, site.shelf.definitions.shared_facts)
    if reading.answers is None:
        log.error("stored answers of %s@%s cannot be read", given.questionnaire, given.version)
        raise ResultDiffers
    return reading.answers


def _previous(site: Site, earlier: Given | None, result: AssessmentResult) -> Previous | None:
    """The round before; left out where it can no longer be read, since the report stands without it."""
    if earlier is None:
        return None
    shelved: Shelved = site.shelf.open(earlier.questionnaire, earlier.version)
    try:
        old = given_answers(site, earlier)
    except ResultDiffers:
        return None
    return Previous(old, compare(shelved.plan, old, result.plan, result.answers))


def branding_of(site: Site, look: Look | None) -> Branding:
    """A programme's look; ours where it cannot be read: no report waits for a logo."""
    if look is None:
        return NO_BRANDING

    def load(name: str) -> bytes | Unreadable:
        try:
            content = site.files.get(f"{PROGRAMMES}/{look.programme_id}/{name}")
        except (FileMissing, BadKey):
            return Unreadable("cannot_read", {"reason": "it is not there"})
        if len(content) > MAX_LOGO_BYTES:
            return Unreadable("file_too_large", {"size": len(content), "limit": MAX_LOGO_BYTES})
        return content

    found, problems = read_branding(read_json(look.text.encode(), "branding.json"), load, _reencoded)
    if found is None:
        log.error("the look of programme %s cannot be used: %d problems", look.programme_id, len(problems))
    return _with_partners(site, found or NO_BRANDING, look)


def _with_partners(site: Site, branding: Branding, look: Look) -> Branding:
    """A look with the logos of the programme's partners; one that cannot be read is left out."""
    partners = list(branding.partners)
    for name, key in look.logos:
        try:
            partners.append(Partner(name, _reencoded(site.files.get(key))))
        except (FileMissing, BadKey, ImageRefused):
            log.error("a logo of programme %s cannot be used", look.programme_id)
    return replace(branding, partners=tuple(partners[:MAX_PARTNERS]))


@lru_cache(maxsize=32)
def _reencoded(logo: bytes) -> Logo:
    """A logo made clean once. Raises ImageRefused."""
    return reencode_limited(logo)
