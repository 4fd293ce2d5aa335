"""The same report in two pages: ours, and a plain one as it is written without knowing the renderer's costs.

The plain page is made from the same report with our templates, except for those in ``plain/``. It must hold
the same words, so that only mark-up and styles are compared.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from reports.attachments import attachments
from reports.maturity import MaturityReport
from reports.render import FOLDER, report_html
from reports.rendering.job import Attached, PdfJob
from tests.bench.table import ROOT
from webapp.services.definitions import Definitions
from webapp.services.reports import Order, ReportDesk

PLAIN = Path(__file__).parent / "plain"
PLAIN_STYLE = PLAIN / "plain.css"
FONTS = FOLDER / "vendor" / "fonts"
EXAMPLES = {
    "basic, circular": "eksempel_butikk/circular_business_models",
    "basic, reporting": "eksempel_bygg/sustainability_reporting",
    "advanced, circular": "eksempel_metallverksted/circular_business_models",
    "advanced, reporting": "eksempel_metallverksted/sustainability_reporting",
}


class WordsDiffer(Exception):
    """The two pages of one report do not say the same, so their speeds must not be compared."""


@dataclass(frozen=True, slots=True)
class Pages:
    """One report as our job and as a plain page."""

    job: PdfJob
    plain: str
    attached: tuple[Attached, ...]


@cache
def desk() -> ReportDesk:
    """Prepares reports for companies in nb."""
    return ReportDesk(Order(), Definitions())


def example_path(name: str) -> Path:
    """The answer file of an example."""
    return ROOT / "questionnaires" / "examples" / f"{name}.json"


def pages_of(name: str) -> Pages:
    """Both pages of an example. Raises WordsDiffer."""
    prepared = desk().prepare(example_path(name))
    ours, plain = report_html(prepared.report), plain_html(prepared.report)
    check_words(ours, plain)
    attached = attachments(prepared.material)
    return Pages(PdfJob(ours, prepared.report.identifier, attached), plain, attached)


def plain_html(report: MaturityReport) -> str:
    """The plain page of a report."""
    text: str = _environment().get_template("report.html.jinja").render(report=report, style="")
    return text


@cache
def _environment() -> Environment:
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(PLAIN), FileSystemLoader(FOLDER / "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def check_words(ours: str, plain: str) -> None:
    """Raises WordsDiffer unless both pages say the same words as often, heads of tables aside."""
    mine, theirs = Counter(words(ours)), Counter(words(plain))
    if mine != theirs:
        raise WordsDiffer(f"only in our page: {mine - theirs}; only in the plain one: {theirs - mine}")


def words(page: str) -> list[str]:
    """The words a reader sees, without those in heads of tables, which are a matter of mark-up."""
    reader = _Reader()
    reader.feed(page)
    return re.findall(r"\w+", " ".join(reader.found))


class _Reader(HTMLParser):
    """Gathers the text outside styles and heads of tables."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._left_out = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self._left_out += tag in ("style", "thead")

    def handle_endtag(self, tag: str) -> None:
        self._left_out -= tag in ("style", "thead")

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.found.append(data)
