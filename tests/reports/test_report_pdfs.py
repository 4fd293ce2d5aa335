"""The PDFs themselves: every example company, edition and language is accessible and whole."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TypeAlias

import pytest

from questionnaires.values import Language
from reports.material import EDITIONS, Edition
from reports.maturity import MaturityReport, build_report
from tests.reports.boxes import lonely_headings, torn_rows
from tests.reports.making import EXAMPLES, LANGUAGES, ROOT, WORKSHOP, every_example, material_of, raw_answers
from tests.reports.pdfs import Pdf, one_line
from tests.reports.press import Press, job_of

HOSTILE = os.environ.get("KRETSLOP_HOSTILE") == "1"

PAGES: dict[Edition, dict[str, range]] = {
    "company": {"basic": range(8, 15), "advanced": range(8, 25)},
    "advisor": {"basic": range(8, 19), "advanced": range(8, 29)},
    "share": {"basic": range(2, 5), "advanced": range(2, 5)},
}
"""Most and fewest pages by edition and depth."""


def complaints(press: Press, example: str, edition: Edition, language: Language) -> list[str]:
    """Everything that is wrong with one report."""
    material = material_of(example, language, edition)
    report, job = build_report(material), job_of(material)
    pdf, sheets = press.printed(job), press.sheets(job.html)
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
        "pages of the summary": (pages_of_summary(report, pdf), 1),
        "headings left alone": (lonely_headings(sheets), []),
        "rows torn apart": (torn_rows(sheets), 0),
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


def pages_of_summary(report: MaturityReport, pdf: Pdf) -> int:
    """From where it begins to where the next part does; one in the share edition, where all stand close."""
    at = next(at for at, section in enumerate(report.sections) if section.id == "summary")
    this, following = (pdf.beginnings[section.title] for section in report.sections[at : at + 2])
    return following - this if report.contents else 1


Version: TypeAlias = tuple[Edition, Language]


def versions_of(example: str) -> list[Version]:
    """The editions an example is printed in, each in a language of its own: the next example takes the next
    language. At full count every edition in every language."""
    if HOSTILE:
        return list(itertools.product(EDITIONS, LANGUAGES))
    first = every_example().index(example) + 2  # the workshop's own edition is in nb, as below
    return [(edition, LANGUAGES[(first + at) % len(LANGUAGES)]) for at, edition in enumerate(EDITIONS)]


def test_every_edition_is_printed_in_every_language() -> None:
    printed = Counter(version for example in every_example() for version in versions_of(example))

    assert set(printed) == set(itertools.product(EDITIONS, LANGUAGES))
    assert min(printed.values()) >= 4


@pytest.mark.parametrize("example", every_example())
def test_every_edition_and_language_is_accessible_and_whole(press: Press, example: str) -> None:
    found = {
        f"{edition} {language}": wrong
        for edition, language in versions_of(example)
        if (wrong := complaints(press, example, edition, language))
    }

    assert found == {}


def reported(out: Path, folder: Path, **surroundings: str) -> bytes:
    """The report of an example as a command in a process of its own makes it."""
    source = EXAMPLES / f"{WORKSHOP}.json"
    command = [sys.executable, "-m", "webapp.cli.main", "report", "make", str(source), "-o", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings}
    subprocess.run(command, env=environment, cwd=folder, check=True, capture_output=True, timeout=120)
    return out.read_bytes()


def test_the_bytes_do_not_depend_on_the_surroundings(press: Press, tmp_path: Path) -> None:
    auckland = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LANG": "C"}
    lima = {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"}

    here = press.report(material_of(WORKSHOP)).data

    assert reported(tmp_path / "auckland.pdf", ROOT, **auckland) == here
    assert reported(tmp_path / "lima.pdf", tmp_path, **lima) == here


def test_a_draft_says_so_on_every_page_and_a_final_report_on_none(press: Press) -> None:
    draft = press.report(material_of(WORKSHOP, is_draft=True))
    final = press.report(material_of(WORKSHOP))

    assert [page for page in draft.pages if "Utkast – svarene kan bli endret" not in page] == []
    assert [page for page in final.pages if "Utkast" in page] == []
    assert [page for page in final.pages if "Endelig" not in page] == []


def test_the_contents_name_the_page_each_part_begins_on(press: Press) -> None:
    material = material_of(WORKSHOP)
    report, pdf = build_report(material), press.report(material)
    titles = [title for part in report.contents for title in (part.title, *(e.title for e in part.entries))]

    listed = {title: re.search(rf"{re.escape(title)} (\d+)", pdf.pages[1]) for title in titles}

    assert {t: int(found.group(1)) for t, found in listed.items() if found} == {
        title: pdf.beginnings[title] for title in titles
    }


def test_the_result_attached_is_the_one_printed(press: Press) -> None:
    pdf = press.report(material_of(WORKSHOP))
    result = json.loads(pdf.attachments["result.json"])

    assert result["overall"]["level"] == 2
    assert "indeks 63,0 av 100" in pdf.text


def test_without_a_day_no_time_is_in_the_file(press: Press) -> None:
    raw = raw_answers(WORKSHOP)
    del raw["completed_on"]

    data = press.report(material_of(raw)).decompressed()

    assert b"/CreationDate" not in data.split(b"/EmbeddedFile")[0]
    assert b"D:2000" in data  # an attached file must have a time; it is the same for all
