"""The report as a page of a site: nothing in it that a strict policy refuses, and a way out."""

from __future__ import annotations

import re

import pytest

from questionnaires.values import Language
from reports.material import Edition
from reports.maturity import build_report
from reports.render import Way, report_html, site_html, site_style
from tests.reports.making import LANGUAGES, WORKSHOP, material_of, raw_answers

WAYS = (Way("Til resultatet", "/nb/tilbake", "nb"), Way("English", "/en/report?edition=share", "en"))


def page_of(language: Language = "nb", edition: Edition = "company") -> str:
    return site_html(build_report(material_of(WORKSHOP, language, edition)), "/styles.css", WAYS)


@pytest.mark.parametrize("edition", ["company", "advisor", "share"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_style_and_no_script_stands_in_it(language: Language, edition: Edition) -> None:
    page = page_of(language, edition)

    assert re.findall(r"<style|<script| style=| on[a-z]+=", page) == []
    assert page.count('<link rel="stylesheet" href="/styles.css">') == 1


def test_its_widths_are_classes_that_the_styles_know() -> None:
    classes = set(re.findall(r'class="(w\d+)"', page_of()))

    style = site_style("#123456")

    assert classes
    assert [name for name in classes if f".{name}{{width:{name[1:]}%}}" not in style] == []
    assert ":root{--accent:#123456}" in style


def test_what_moves_sideways_takes_focus() -> None:
    page = page_of()

    assert '<table class="profile-table" tabindex="0">' in page
    assert '<table class="facts">' in page


def test_a_skip_link_leads_past_the_ways_to_the_report() -> None:
    page = page_of()

    assert re.search(r'<body[^>]*>\s*<a class="skip" href="#main">Hopp til rapporten</a>', page)
    assert re.search(r'</nav>\s*<main id="main" tabindex="-1">', page)
    assert re.search(r"</main>\s*</body>", page)


def test_a_narrow_screen_has_the_chart_line_by_line_with_the_same_figures() -> None:
    page = page_of()

    lines = re.findall(r'<span class="name">(.*?)</span> <span class="value">(.*?)</span>', page)

    assert len(lines) == 9
    assert lines[-1] == ("Samlet", "nivå 2, 2,52")
    assert ("Måling og kompetanse", "nivå 0, 0,33") in lines


def test_the_page_of_the_pdf_has_neither() -> None:
    page = report_html(build_report(material_of(WORKSHOP)))

    assert 'class="skip"' not in page
    assert "profile-rows" not in page
    assert "<main" not in page


def test_dark_colours_are_for_screens_that_are_dark_alone() -> None:
    assert "@media screen and (prefers-color-scheme:dark)" in site_style("#123456")


def test_ways_lead_out_of_it() -> None:
    page = page_of()

    assert '<a href="/nb/tilbake" lang="nb" hreflang="nb">Til resultatet</a>' in page
    assert '<a href="/en/report?edition=share" lang="en" hreflang="en">English</a>' in page


def test_beside_that_it_is_the_page_of_the_pdf() -> None:
    report = build_report(material_of(WORKSHOP))

    def body(page: str) -> str:
        inner = page.partition("<body")[2].partition(">")[2]
        inner = re.sub(r'(?s)<nav class="ways">.*?</nav>|<a class="skip".*?</a>|</?main\b[^>]*>', "", inner)
        inner = re.sub(r'(?s)<ul class="profile-rows".*?</ul>', "", inner)
        return re.sub(r' (style="width:\d+%"|class="w\d+"|tabindex="0")', "", "".join(inner.split("\n")))

    assert body(site_html(report, "/styles.css", WAYS)) == body(report_html(report))


def test_what_somebody_wrote_is_not_taken_for_a_width() -> None:
    raw = raw_answers(WORKSHOP)
    raw["answers"]["strategy.ambition"]["comment"] = '<col style="width:99%"> style="width:98%"'

    page = site_html(build_report(material_of(raw)), "/styles.css", ())

    assert "w99" not in page
    assert "w98" not in page
    assert "width:98%" in page
