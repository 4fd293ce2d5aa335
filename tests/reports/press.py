"""Printing in this process, each document once for all tests of a run."""

from __future__ import annotations

from typing import Any

from weasyprint import Document

from reports.attachments import attachments
from reports.material import Material
from reports.maturity import build_report
from reports.render import report_html
from reports.rendering.job import PdfJob
from reports.rendering.pdf import Renderer
from tests.reports.pdfs import Pdf


class Press(Renderer):
    """Remembers what it printed, and how it laid out the last document."""

    def __init__(self) -> None:
        super().__init__()
        self._printed: dict[PdfJob, Pdf] = {}
        self._last: tuple[str, Document] | None = None

    def lay_out(self, html: str) -> Document:
        """The page set on sheets of paper, before it is drawn."""
        document = super().lay_out(html)
        self._last = (html, document)
        return document

    def printed(self, job: PdfJob) -> Pdf:
        """The PDF of a job, made when it is first asked for."""
        if job not in self._printed:
            self._printed[job] = Pdf(self.render(job))
        return self._printed[job]

    def report(self, material: Material) -> Pdf:
        """The PDF of a report."""
        return self.printed(job_of(material))

    def beginnings(self, html: str) -> dict[str, int]:
        """Every bookmark of a page that is only laid out, with the sheet it leads to, from 1."""
        pages = self.lay_out(html).pages
        return {label: at for at, page in enumerate(pages, 1) for _, label, *_ in page.bookmarks}

    def sheets(self, html: str) -> list[Any]:
        """The laid out sheets of a page; the document printed last is not laid out again."""
        document = self._last[1] if self._last and self._last[0] == html else self.lay_out(html)
        return [page._page_box for page in document.pages]


def job_of(material: Material) -> PdfJob:
    """What is printed of a report."""
    report = build_report(material)
    return PdfJob(report_html(report), report.identifier, attachments(material))
