"""From a report's values to one page of HTML: for the renderer of PDFs, or for the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.blank.questionnaire import BlankQuestionnaire
from reports.cohort.report import CohortReport
from reports.compiled import compiled_templates
from reports.gathering.pack import PackDocument
from reports.maturity import MaturityReport
from reports.rendering.job import PdfJob
from reports.sheet.meeting import MeetingSheet

FOLDER = Path(__file__).parent
STYLES = FOLDER / "styles"

_WIDTH = re.compile(r' style="width:(\d{1,3})%"')
"""The one styled attribute of the templates. No text can look like it: its quotation marks are escaped."""

_SIDEWAYS = re.compile(
    r'(<table class="(?:(?:profile|change|indicator|evidence|plan|review)-table|ratings|own'
    r'|grid steps-\d|questions|spread|effect)")(>)'
)
"""What is wider than a phone and moves sideways there: by keyboard too, once it can take focus."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link out of a report on a site. ``language``: of the page it leads to."""

    text: str
    address: str
    language: str


def report_html(report: MaturityReport) -> str:
    """The page the PDF is made from; its styles are the renderer's."""
    return _report(report, style="")


def screen_html(report: MaturityReport) -> str:
    """The same report as a page of its own for the screen: no address in it leads anywhere else."""
    return _report(report, style=screen_style())


def site_html(report: MaturityReport, style_address: str, ways: Iterable[Way]) -> str:
    """The same report as a page of a site: links around it, and nothing in it that a strict policy refuses.

    ``style_address``: where the site serves :func:`site_style` of the report's accent.
    """
    return _for_site(_report(report, style_address=style_address, ways=tuple(ways)))


def site_style(accent: str) -> str:
    """The styles of :func:`site_html`. ``accent``: ``#rrggbb``."""
    return _site_style(screen_style(), accent)


def blank_html(blank: BlankQuestionnaire) -> str:
    """The page of a blank questionnaire; its own styles stand in it, on top of the renderer's."""
    return _page("blank.html.jinja", blank=blank, style=blank_style())


def sheet_html(sheet: MeetingSheet) -> str:
    """The page of a meeting sheet; its own styles stand in it, on top of the renderer's."""
    return _page("meeting.html.jinja", sheet=sheet, style=sheet_style())


def cohort_report_html(report: CohortReport) -> str:
    """The page the PDF of a cohort report is made from; its own styles are on top of the renderer's."""
    return _cohort(report, style=_style("cohort.css"))


def cohort_screen_html(report: CohortReport) -> str:
    """The same cohort report as a page of its own for the screen: no address in it leads anywhere else."""
    return _cohort(report, style=_cohort_screen_style(), is_screen=True)


def cohort_site_html(report: CohortReport, style_address: str, ways: Iterable[Way]) -> str:
    """The same cohort report as a page of a site; see :func:`site_html`.

    ``style_address``: where the site serves :func:`cohort_site_style` of the report's accent.
    """
    return _for_site(_cohort(report, style_address=style_address, ways=tuple(ways), is_screen=True))


def cohort_site_style(accent: str) -> str:
    """The styles of :func:`cohort_site_html`. ``accent``: ``#rrggbb``."""
    return _site_style(_cohort_screen_style(), accent)


def cohort_job(report: CohortReport) -> PdfJob:
    """The cohort report for the renderer, with the released figures attached."""
    return PdfJob(cohort_report_html(report), report.identifier, report.attached)


def gathering_html(document: PackDocument) -> str:
    """The page a document of a gathering pack is made from; its own styles are on top of the renderer's."""
    return _page("gathering.html.jinja", document=document, style=_style("gathering.css"))


def gathering_job(document: PackDocument) -> PdfJob:
    """A document of a gathering pack for the renderer."""
    return PdfJob(gathering_html(document), document.identifier)


def sheet_style() -> str:
    """What a meeting sheet has beside the report's styles."""
    return _style("meeting.css")


def blank_style() -> str:
    """What a blank questionnaire has beside the report's styles."""
    return _style("blank.css")


def screen_style() -> str:
    """The styles of the page for the screen."""
    return _style("screen.css")


@cache
def _style(name: str) -> str:
    return (STYLES / name).read_text(encoding="utf-8")


def _report(
    report: MaturityReport, style: str = "", style_address: str = "", ways: tuple[Way, ...] = ()
) -> str:
    is_screen = bool(style or style_address)
    given = {"style": style, "style_address": style_address, "ways": ways, "is_screen": is_screen}
    return _page("report.html.jinja", report=report, **given)


def _cohort(
    report: CohortReport,
    style: str = "",
    style_address: str = "",
    ways: tuple[Way, ...] = (),
    is_screen: bool = False,
) -> str:
    given = {"style": style, "style_address": style_address, "ways": ways, "is_screen": is_screen}
    return _page("cohort.html.jinja", report=report, **given)


def _cohort_screen_style() -> str:
    return screen_style() + _style("cohort-screen.css")


def _for_site(page: str) -> str:
    return _SIDEWAYS.sub(r'\1 tabindex="0"\2', _WIDTH.sub(r' class="w\1"', page))


def _site_style(style: str, accent: str) -> str:
    widths = "".join(f".w{share}{{width:{share}%}}" for share in range(1, 101))
    return f"{style}:root{{--accent:{accent}}}{widths}"


def _page(template: str, **values: Any) -> str:
    text: str = environment().get_template(template).render(values)
    return text


@cache
def environment() -> Environment:
    """The templates: everything is escaped, and a name that does not exist is an error."""
    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled_templates(),
    )
