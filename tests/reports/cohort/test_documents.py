"""The pages and the PDF: three languages, nothing from outside, accessible, and calm with long names."""

from __future__ import annotations

import os
import re
from dataclasses import replace

import pytest

from questionnaires.values import Language
from reports.cohort.material import CohortMaterial
from reports.cohort.report import build_cohort_report
from reports.render import (
    Way,
    cohort_job,
    cohort_report_html,
    cohort_screen_html,
    cohort_site_html,
    cohort_site_style,
)
from reports.rendering.pdf import Renderer
from tests.reports.cohort.releases import LARGE, SMALL, long_names, material, release
from tests.reports.making import LANGUAGES, words_of
from tests.reports.pdfs import Pdf
from tests.reports.press import Press

HOSTILE = os.environ.get("KRETSLOP_HOSTILE") == "1"
PRINTED: tuple[Language, ...] = LANGUAGES if HOSTILE else ("nb",)

TOLD = {
    "large": material(),
    "small": material(release=release(SMALL, owners=25)),
    "nothing": material(release=release({}, owners=12)),
    "long": long_names(),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("told", TOLD)
def test_paper_and_screen_say_the_same_in_every_language(told: str, language: Language) -> None:
    report = build_cohort_report(_in(TOLD[told], language))
    paper, screen = cohort_report_html(report), cohort_screen_html(report)

    assert f'<html lang="{language}">' in paper
    assert [section.title for section in report.contents if f'id="{section.id}"' not in paper] == []
    assert set(words_of(paper).split()) - set(words_of(screen).split()) == set()
    assert re.findall(r'(?:src|href)="(?!data:image/png|#)', screen) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_in_a_chart_stands_in_a_table(language: Language) -> None:
    page = cohort_report_html(build_cohort_report(material(language=language)))
    tables = words_of("".join(re.findall(r"<table.*?</table>", page, re.DOTALL)))
    pieces = re.findall(r'text-anchor="middle" fill="#1d211f".*?>(.*?)</text>', page)

    assert len(pieces) > 30
    assert {piece.rpartition(": ")[2] for piece in pieces} <= set(tables.split())
    assert page.count("<svg") == page.count("<title>") - 1 == page.count("<desc>")


def test_a_page_of_a_site_holds_no_style_of_its_own_and_its_wide_tables_take_focus() -> None:
    ways = (Way("Tilbake", "/program", "nb"),)
    page = cohort_site_html(build_cohort_report(material()), "/style.css", ways)
    wide = re.findall(r'<table class="(?:grid steps-\d|questions|spread|effect)"(.*?)>', page)

    assert "<style" not in page
    assert "style=" not in page
    assert '<a href="/program" lang="nb" hreflang="nb">Tilbake</a>' in page
    assert len(wide) == 9  # levels, spread, coverage, gaps, strengths, development, region, sector, effect
    assert set(wide) == {' tabindex="0"'}
    assert ".grid" in cohort_site_style("#7a1f3d")


def test_names_are_text_and_nothing_else() -> None:
    given = material(cohort="<script>x</script>", programme='"><img src=x>', regions={"north": "<b>Nord</b>"})
    page = cohort_screen_html(build_cohort_report(given))

    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;b&gt;Nord&lt;/b&gt;" in page


@pytest.mark.parametrize("language", PRINTED)
def test_the_pdf_is_accessible_and_carries_the_released_figures(press: Press, language: Language) -> None:
    report = build_cohort_report(_in(long_names(), language))
    pdf = press.printed(cohort_job(report))

    assert pdf.failures == []
    assert (pdf.language, pdf.title, pdf.tags.count("H1")) == (language, report.title, 1)
    assert [section.title for section in report.contents if section.title not in pdf.bookmarks] == []
    assert pdf.attachments == {file.name: file.content for file in report.attached}
    assert pdf.beginnings[report.contents[0].title] == 2  # the cover is one page whatever its names are
    assert pdf.beginnings[report.words["levels_title"]] == 4  # and so is the summary


@pytest.mark.skipif(not HOSTILE, reason="prints every release")
@pytest.mark.parametrize("told", [LARGE, SMALL, {}], ids=["large", "small", "nothing"])
def test_every_release_is_accessible_and_the_same_bytes_each_time(press: Press, told: object) -> None:
    job = cohort_job(build_cohort_report(material(told)))  # type: ignore[arg-type]
    first = press.render(job)

    assert Pdf(first).failures == []
    assert Renderer().render(job) == first


def _in(given: CohortMaterial, language: Language) -> CohortMaterial:
    return replace(given, language=language)
