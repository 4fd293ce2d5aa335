"""How the pages are set: no heading left alone at the foot of a page, no row of a table torn apart."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from weasyprint import Document

from reports.errors import RenderFailed
from reports.material import EDITIONS, Edition
from reports.maturity import MaturityReport, build_report
from reports.render import report_html
from reports.rendering.job import PdfJob
from reports.rendering.pdf import Renderer
from reports.rendering.workers import Limits, RenderPool
from tests.reports.making import EXAMPLES, LARGEST, ROOT, WORKSHOP, every_example, material_of
from tests.reports.pdfs import Pdf

HEADINGS = ("h1", "h2", "h3", "h4")
QUESTIONS = 200
TIMES = 12 if os.environ.get("KRETSLOP_HOSTILE") == "1" else 5
COMMENT = (
    "Vi har målt i tre år, og tallene står i kvalitetssystemet. ",
    "Neste år tar vi med leverandørene. ",
) * TIMES


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


def longest() -> MaturityReport:
    """The largest example with its questions repeated to 200, each with a long comment."""
    report = build_report(material_of(LARGEST))
    at = next(n for n, section in enumerate(report.sections) if section.id == "dimensions")
    views = report.sections[at].body.dimensions
    answers = cycle([replace(a, comment=COMMENT) for view in views for a in view.answers])
    longer = tuple(replace(view, answers=tuple(islice(answers, QUESTIONS // len(views)))) for view in views)
    section = replace(report.sections[at], body=replace(report.sections[at].body, dimensions=longer))
    return replace(report, sections=(*report.sections[:at], section, *report.sections[at + 1 :]))


def pages_of(renderer: Renderer, report: MaturityReport) -> list[Any]:
    """The laid out pages."""
    return [page._page_box for page in renderer.lay_out(report_html(report)).pages]


def boxes(box: Any) -> Iterator[Any]:
    """A box and all within it, in reading order."""
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


def lonely_headings(pages: list[Any]) -> list[str]:
    """Headings after which nothing more stands on their page."""
    found = []
    for page in pages[:-1]:
        seen = [box for box in boxes(page.children[0]) if is_seen(box)]
        if seen and seen[-1].element_tag in HEADINGS:
            found.append(seen[-1].text)
    return found


def is_seen(box: Any) -> bool:
    """Whether a box is text, or an empty line to write on."""
    has_line = box.element_tag == "div" and not box.children and box.border_bottom_width > 0
    return bool(getattr(box, "text", "").strip()) or has_line


def torn_rows(pages: list[Any]) -> int:
    """Rows of table bodies that stand on more than one page."""
    seen: dict[int, set[int]] = {}
    for number, page in enumerate(pages):
        for group in boxes(page):
            if group.element_tag == "tbody":
                for row in (box for box in boxes(group) if box.element_tag == "tr"):
                    seen.setdefault(id(row.element), set()).add(number)
    return sum(len(numbers) > 1 for numbers in seen.values())


@pytest.mark.parametrize("example", every_example())
def test_no_heading_is_left_alone_and_no_row_is_torn(renderer: Renderer, example: str) -> None:
    pages = pages_of(renderer, build_report(material_of(example, "nb", "advisor")))

    assert lonely_headings(pages) == []
    assert torn_rows(pages) == 0


class Keeping(Renderer):
    """Keeps the pages of what it prints."""

    def lay_out(self, html: str) -> Document:
        self.document = super().lay_out(html)
        return self.document

    @property
    def pages(self) -> list[Any]:
        return [page._page_box for page in self.document.pages]


def test_two_hundred_questions_with_long_comments_give_a_good_document() -> None:
    report, renderer = longest(), Keeping()

    pdf = Pdf(renderer.render(PdfJob(report_html(report), report.identifier)))

    pages = renderer.pages

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


def test_a_lonely_heading_would_be_seen(renderer: Renderer) -> None:
    html = (
        "<!doctype html><html lang=nb><title>t</title><body>" + "<h3>x</h3><p style='break-before:page'>y</p>"
    )
    pages = [page._page_box for page in renderer.lay_out(html).pages]

    assert lonely_headings(pages) == ["x"]


@pytest.mark.parametrize(
    ("limits", "code"), [(Limits(seconds=0.05), "render_time"), (Limits(memory_mb=110), "render_memory")]
)
def test_a_document_beyond_a_limit_fails_and_the_pool_goes_on(limits: Limits, code: str) -> None:
    report = longest()
    job = PdfJob(report_html(report), report.identifier)

    with RenderPool(1, limits) as pool:
        results = dict(pool.render_all([("a", job), ("b", job)]))

    assert [r.code for r in results.values() if isinstance(r, RenderFailed)] == [code, code]


def reported(out: Path, folder: Path, **surroundings: str) -> bytes:
    """The report of an example as a command in a process of its own makes it."""
    source = EXAMPLES / f"{WORKSHOP}.json"
    command = [sys.executable, "-m", "webapp.cli.main", "report", "make", str(source), "-o", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings}
    subprocess.run(command, env=environment, cwd=folder, check=True, capture_output=True, timeout=120)
    return out.read_bytes()


def test_the_bytes_do_not_depend_on_the_surroundings(tmp_path: Path) -> None:
    auckland = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LANG": "C"}
    lima = {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"}

    here = reported(tmp_path / "here.pdf", ROOT)

    assert reported(tmp_path / "auckland.pdf", tmp_path, **auckland) == here
    assert reported(tmp_path / "lima.pdf", tmp_path, **lima) == here
