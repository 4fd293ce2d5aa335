"""The PDFs themselves: every example company, edition and language is accessible and whole."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

import pytest

from questionnaires.values import Language
from reports.attachments import attachments
from reports.material import EDITIONS, Edition, Material
from reports.maturity import MaturityReport, build_report
from reports.render import report_html
from reports.rendering.job import PdfJob
from reports.rendering.workers import RenderPool
from tests.reports.making import LANGUAGES, LARGEST, WORKSHOP, every_example, material_of, raw_answers
from tests.reports.pdfs import Pdf, one_line

HOSTILE = os.environ.get("KRETSLOP_HOSTILE") == "1"

PAGES: dict[Edition, dict[str, range]] = {
    "company": {"basic": range(8, 15), "advanced": range(8, 25)},
    "advisor": {"basic": range(8, 19), "advanced": range(8, 29)},
    "share": {"basic": range(2, 5), "advanced": range(2, 5)},
}
"""Most and fewest pages by edition and depth."""


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with RenderPool(1) as found:
        yield found


def job_of(material: Material) -> tuple[MaturityReport, PdfJob]:
    report = build_report(material)
    return report, PdfJob(report_html(report), report.identifier, attachments(material))


def pdf_of(pool: RenderPool, material: Material) -> Pdf:
    return Pdf(pool.render(job_of(material)[1]))


def complaints(pool: RenderPool, example: str, edition: Edition, language: Language) -> list[str]:
    """Everything that is wrong with one report."""
    material = material_of(example, language, edition)
    report, job = job_of(material)
    pdf = Pdf(pool.render(job))
    notes = report.words["notes_title"]
    wanted = {
        "language": (pdf.language, language),
        "title": (pdf.title, report.title),
        "attachments": (pdf.attachments, {file.name: file.content for file in job.attached}),
        "one document heading": (pdf.tags.count("H1"), 1),
        "page count": (len(pdf.pages) in PAGES[edition][material.result.answers.depth], True),
        "empty pages": ([text for text in pdf.pages if len(text) < 100 and notes not in text], []),
        "skipped heading levels": (skipped(pdf.tags), []),
        "figures without words": ([text for text in pdf.alternatives if len(text) < 1], []),
        "tables without headers": (pdf.tags.count("TH") > pdf.tags.count("Table"), True),
        "parts without bookmark": ([s.title for s in report.sections if s.title not in pdf.bookmarks], []),
        "parts without link": (pdf.links >= len(report.contents), True),
        "chart figures not in the text": (figures_missing(report, pdf.text), []),
    }
    found = [f"{what}: {got!r}, not {want!r}" for what, (got, want) in wanted.items() if got != want]
    return [*pdf.failures, *found]


def skipped(tags: list[str]) -> list[tuple[int, int]]:
    """Headings that go down more than one level at once."""
    levels = [int(tag[1]) for tag in tags if re.fullmatch("H[1-6]", tag)]
    return [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]


def figures_missing(report: MaturityReport, text: str) -> list[str]:
    """Figures written in a chart that cannot be found in the text."""
    charts = [s.body.chart for s in report.sections if hasattr(s.body, "chart")]
    figures = {one_line(part) for chart in charts for row in chart.rows for part in (row.figure, row.level)}
    return [figure for figure in figures if figure not in text]


Version: TypeAlias = tuple[Edition, Language]


def versions_of(example: str) -> list[Version]:
    """The editions an example is printed in, each in a language of its own: the next example takes the next
    language. At full count every edition in every language."""
    if HOSTILE:
        return list(itertools.product(EDITIONS, LANGUAGES))
    first = every_example().index(example)
    return [(edition, LANGUAGES[(first + at) % len(LANGUAGES)]) for at, edition in enumerate(EDITIONS)]


def test_every_edition_is_printed_in_every_language() -> None:
    printed = Counter(version for example in every_example() for version in versions_of(example))

    assert set(printed) == set(itertools.product(EDITIONS, LANGUAGES))
    assert min(printed.values()) >= 4


@pytest.mark.parametrize("example", every_example())
def test_every_edition_and_language_is_accessible_and_whole(pool: RenderPool, example: str) -> None:
    found = {
        f"{edition} {language}": wrong
        for edition, language in versions_of(example)
        if (wrong := complaints(pool, example, edition, language))
    }

    assert found == {}


def test_the_same_input_gives_the_same_bytes(pool: RenderPool) -> None:
    job = job_of(material_of(WORKSHOP))[1]

    with RenderPool(1) as other:
        assert pool.render(job) == other.render(job)


def test_a_draft_says_so_on_every_page_and_a_final_report_on_none(pool: RenderPool) -> None:
    draft = pdf_of(pool, material_of(WORKSHOP, is_draft=True))
    final = pdf_of(pool, material_of(WORKSHOP))

    assert [page for page in draft.pages if "Utkast – svarene kan bli endret" not in page] == []
    assert [page for page in final.pages if "Utkast" in page] == []
    assert [page for page in final.pages if "Endelig" not in page] == []


def test_the_contents_name_the_page_each_part_begins_on(pool: RenderPool) -> None:
    report, job = job_of(material_of(WORKSHOP))
    pdf = Pdf(pool.render(job))
    titles = [title for part in report.contents for title in (part.title, *(e.title for e in part.entries))]

    listed = {title: re.search(rf"{re.escape(title)} (\d+)", pdf.pages[1]) for title in titles}

    assert {t: int(found.group(1)) for t, found in listed.items() if found} == {
        title: pdf.beginnings[title] for title in titles
    }


def test_the_result_attached_is_the_one_printed(pool: RenderPool) -> None:
    pdf = pdf_of(pool, material_of(WORKSHOP))
    result = json.loads(pdf.attachments["result.json"])

    assert result["overall"]["level"] == 2
    assert "indeks 63,0 av 100" in pdf.text


def test_without_a_day_no_time_is_in_the_file(pool: RenderPool) -> None:
    raw = raw_answers(WORKSHOP)
    del raw["completed_on"]

    data = pdf_of(pool, material_of(raw)).decompressed()

    assert b"/CreationDate" not in data.split(b"/EmbeddedFile")[0]
    assert b"D:2000" in data  # an attached file must have a time; it is the same for all


def test_the_summary_fits_on_one_page(pool: RenderPool) -> None:
    pages = pdf_of(pool, material_of(LARGEST)).pages

    assert pages[2].startswith("Endelig Sammendrag") or "Sammendrag" in pages[2]
    assert "Neste steg" in pages[3]
