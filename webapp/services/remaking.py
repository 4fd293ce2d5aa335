"""Making a report again from its attachments, and comparing it with the file page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar, get_args

from assessment.advice.dimension_step import dimension_steps
from assessment.assess import assess
from assessment.change.comparison import compare
from assessment.errors import AnswerFileError
from assessment.result import AssessmentResult
from assessment.review.approval import assess_as_rated
from questionnaires.values import Language
from reports.attachments import attachments
from reports.errors import PdfRefused, RenderFailed
from reports.marks import BESIDE, PROGRAM, REVIEW, branding_mark, read_marks
from reports.material import EDITIONS, Material, Previous, ReviewMaterial
from reports.maturity import build_report
from reports.render import report_html
from reports.rendering.job import PdfJob
from reports.rendering.workers import RenderPool
from reports.verifying.pdfreading import PdfContent, take_apart_limited
from reports.verifying.verification import Pages, PagesStatus
from webapp.services.reports import ReportDesk
from webapp.services.scoring import ReadAnswers

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """A file taken apart: its bytes, what it holds, and what it says of its making."""

    data: bytes
    content: PdfContent
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bench:
    """What every check needs: definitions, activities and look by the desk, a renderer, a reader of PDFs."""

    desk: ReportDesk
    pool: RenderPool
    take_apart: Callable[[bytes], PdfContent] = take_apart_limited


def compare_pages(
    found: Found, result: AssessmentResult, previous: ReadAnswers | None, bench: Bench
) -> Pages:
    """How the pages of a file compare with those this program makes from the same attachments.

    Not at all where they say something that is not attached: notes, reasons, a plan.
    """
    count, active = len(found.content.pages), found.content.active
    if BESIDE in found.marks:
        return Pages("not_compared", count, active=active, reason="beside")
    try:
        material = _material(found, result, previous, bench.desk)
        if material is None:
            return Pages("not_compared", count, active=active, reason="unmarked")
        report = build_report(material)
        made = bench.pool.render(PdfJob(report_html(report), report.identifier, attachments(material)))
        if made == found.data:
            return Pages("identical", count)
        return _compared(found, bench.take_apart(made), branding_mark(material.branding))
    except AnswerFileError:
        return Pages("not_compared", count, active=active, reason="definition")
    except (RenderFailed, PdfRefused):
        return Pages("not_compared", count, active=active, reason="render")


def _material(
    found: Found, result: AssessmentResult, previous: ReadAnswers | None, desk: ReportDesk
) -> Material | None:
    """What the report was made from, as far as the file says; None where it does not say enough."""
    languages: tuple[Language, ...] = get_args(Language)
    language = _one_of(languages, found.content.language)
    edition = _one_of(EDITIONS, found.marks.get("edition"))
    status = found.marks.get("status")
    if language is None or edition is None or status not in ("draft", "final"):
        return None
    earlier = None
    if previous is not None:
        change = compare(previous.plan, previous.answers, result.plan, result.answers)
        earlier = Previous(previous.answers, change)
    return Material(
        result=result,
        language=language,
        edition=edition,
        is_draft=status == "draft",
        activities=desk.activities(),
        steps=dimension_steps(result),
        previous=earlier,
        branding=desk.branding,
        review=remade_review(found, result),
    )


def remade_review(found: Found, result: AssessmentResult) -> ReviewMaterial | None:
    """What a file says of a review, as far as it follows from the attachments; None where it says nothing."""
    said = _one_of(("approved", "open"), found.marks.get(REVIEW))
    if said is None:
        return None
    return ReviewMaterial(
        own=assess(result.plan, result.answers, engine=result.engine),
        rated=assess_as_rated(result.plan, result.answers, result.review, engine=result.engine),
        is_approved=said == "approved",
    )


def _one_of(known: tuple[T, ...], said: str | None) -> T | None:
    return next((one for one in known if one == said), None)


def _compared(found: Found, made: PdfContent, branding: str) -> Pages:
    content = found.content
    pairs = zip_longest(content.pages, made.pages)
    differing = tuple(at for at, (page, own) in enumerate(pairs, 1) if page != own)
    if not differing:
        return Pages("differ" if content.active else "same", len(content.pages), active=content.active)
    made_with, here = _program(content, found.marks), _program(made, read_marks(made.keywords))
    status: PagesStatus = "differ" if found.marks.get("branding") == branding else "other_branding"
    if made_with != here:
        status = "other_program"
    return Pages(
        status,
        len(content.pages),
        differing,
        content.active,
        made_with=made_with,
        here=here,
    )


def _program(content: PdfContent, marks: Mapping[str, str]) -> str:
    """Program and renderer as a file names them."""
    named = (f"{PROGRAM} {marks.get(PROGRAM, '?')}", content.producer, f"Pango {marks.get('pango', '?')}")
    return ", ".join(named)
