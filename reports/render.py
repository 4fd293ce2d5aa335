"""From a report's values to one page of HTML: for the renderer of PDFs, or for the screen."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.blank.questionnaire import BlankQuestionnaire
from reports.maturity import MaturityReport

FOLDER = Path(__file__).parent
STYLES = FOLDER / "styles"


def report_html(report: MaturityReport) -> str:
    """The page the PDF is made from; its styles are the renderer's."""
    return _page("report.html.jinja", report=report, style="")


def screen_html(report: MaturityReport) -> str:
    """The same report as a page of its own for the screen: no address in it leads anywhere else."""
    return _page("report.html.jinja", report=report, style=screen_style())


def blank_html(blank: BlankQuestionnaire) -> str:
    """The page of a blank questionnaire; its own styles stand in it, on top of the renderer's."""
    return _page("blank.html.jinja", blank=blank, style=blank_style())


@cache
def blank_style() -> str:
    """What a blank questionnaire has beside the report's styles."""
    return (STYLES / "blank.css").read_text(encoding="utf-8")


@cache
def screen_style() -> str:
    """The styles of the page for the screen."""
    return (STYLES / "screen.css").read_text(encoding="utf-8")


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
