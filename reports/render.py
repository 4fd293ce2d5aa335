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
from reports.maturity import MaturityReport
from reports.sheet.meeting import MeetingSheet

FOLDER = Path(__file__).parent
STYLES = FOLDER / "styles"

_WIDTH = re.compile(r' style="width:(\d{1,3})%"')
"""The one styled attribute of the templates. No text can look like it: its quotation marks are escaped."""

_SIDEWAYS = re.compile(
    r'(<table class="(?:(?:profile|change|indicator|evidence|plan|review)-table|ratings|own)")(>)'
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
    page = _report(report, style_address=style_address, ways=tuple(ways))
    return _SIDEWAYS.sub(r'\1 tabindex="0"\2', _WIDTH.sub(r' class="w\1"', page))


def site_style(accent: str) -> str:
    """The styles of :func:`site_html`. ``accent``: ``#rrggbb``."""
    widths = "".join(f".w{share}{{width:{share}%}}" for share in range(1, 101))
    return f"{screen_style()}:root{{--accent:{accent}}}{widths}"


def blank_html(blank: BlankQuestionnaire) -> str:
    """The page of a blank questionnaire; its own styles stand in it, on top of the renderer's."""
    return _page("blank.html.jinja", blank=blank, style=blank_style())


def sheet_html(sheet: MeetingSheet) -> str:
    """The page of a meeting sheet; its own styles stand in it, on top of the renderer's."""
    return _page("meeting.html.jinja", sheet=sheet, style=sheet_style())


@cache
def sheet_style() -> str:
    """What a meeting sheet has beside the report's styles."""
    return (STYLES / "meeting.css").read_text(encoding="utf-8")


@cache
def blank_style() -> str:
    """What a blank questionnaire has beside the report's styles."""
    return (STYLES / "blank.css").read_text(encoding="utf-8")


@cache
def screen_style() -> str:
    """The styles of the page for the screen."""
    return (STYLES / "screen.css").read_text(encoding="utf-8")


def _report(
    report: MaturityReport, style: str = "", style_address: str = "", ways: tuple[Way, ...] = ()
) -> str:
    is_screen = bool(style or style_address)
    given = {"style": style, "style_address": style_address, "ways": ways, "is_screen": is_screen}
    return _page("report.html.jinja", report=report, **given)


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
    )
