"""How the pages are set: no heading left alone at the foot of a page, no row of a table torn apart."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import cycle, islice

import pytest

from reports.errors import RenderFailed
from reports.material import EDITIONS, Edition
from reports.maturity import MaturityReport, build_report
from reports.render import report_html
from reports.rendering.job import PdfJob
from reports.rendering.workers import Limits, RenderPool
from tests.reports.boxes import lonely_headings
from tests.reports.making import LARGEST, material_of
from tests.reports.press import Press

QUESTIONS = 200
TIMES = 12 if os.environ.get("KRETSLOP_HOSTILE") == "1" else 5
COMMENT = (
    "Vi har målt i tre år, og tallene står i kvalitetssystemet. ",
    "Neste år tar vi med leverandørene. ",
) * TIMES


def longest() -> MaturityReport:
    """The largest example with its questions repeated to 200, each with a long comment."""
    report = build_report(material_of(LARGEST))
    at = next(n for n, section in enumerate(report.sections) if section.id == "dimensions")
    views = report.sections[at].body.dimensions
    answers = cycle([replace(a, comment=COMMENT) for view in views for a in view.answers])
    longer = tuple(replace(view, answers=tuple(islice(answers, QUESTIONS // len(views)))) for view in views)
    section = replace(report.sections[at], body=replace(report.sections[at].body, dimensions=longer))
    return replace(report, sections=(*report.sections[:at], section, *report.sections[at + 1 :]))


def test_two_hundred_questions_with_long_comments_give_a_good_document(press: Press) -> None:
    report = longest()
    job = PdfJob(report_html(report), report.identifier)

    pdf = press.printed(job)
    pages = press.sheets(job.html)

    assert len(pages) == len(pdf.pages) > 40
    assert pdf.text.count("Neste år tar vi med leverandørene.") == QUESTIONS * TIMES
    assert pdf.failures == []
    assert lonely_headings(pages) == []
    assert [text for text in pdf.pages if len(text) < 150] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_text_ends_in_a_space_before_an_inline_element(edition: Edition) -> None:
    """The renderer would break such a text after its first word where all but the space fits on the line."""
    page = report_html(build_report(material_of(LARGEST, "nn", edition)))

    assert re.findall(r">[^<>]{40,} <(?:span|b|a|i)\b", page) == []


def test_a_lonely_heading_would_be_seen(press: Press) -> None:
    html = (
        "<!doctype html><html lang=nb><title>t</title><body>" + "<h3>x</h3><p style='break-before:page'>y</p>"
    )

    assert lonely_headings(press.sheets(html)) == ["x"]


@pytest.mark.parametrize(
    ("limits", "code"), [(Limits(seconds=0.05), "render_time"), (Limits(memory_mb=110), "render_memory")]
)
def test_a_document_beyond_a_limit_fails_and_the_pool_goes_on(limits: Limits, code: str) -> None:
    report = longest()
    job = PdfJob(report_html(report), report.identifier)

    with RenderPool(1, limits) as pool:
        results = dict(pool.render_all([("a", job), ("b", job)]))

    assert [r.code for r in results.values() if isinstance(r, RenderFailed)] == [code, code]
