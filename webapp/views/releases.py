"""A release of a cohort's figures for all who may see it: the report as a page, as a PDF, and as JSON."""

from __future__ import annotations

from flask import Blueprint, Response

from reports.cohort.report import build_cohort_report
from reports.render import Way, cohort_site_html, cohort_site_style
from webapp.auth import current
from webapp.auth.access import Door
from webapp.services import releasepages
from webapp.views.documentpages import attachment
from webapp.views.page import to
from webapp.views.reportstyle import other_languages, style_answer

pages = Blueprint("releases", __name__, url_prefix="/<language:lang>")


@pages.get("/cohort-figures/<release_id>")
def show_release(lang: str, release_id: str) -> Response:
    """The whole report as a page."""
    found = releasepages.open_release(current.site(), current.actor(), release_id, lang)
    words = current.words()
    if found.programme_id:
        parts = {"id_": found.programme_id, "cohort_id": found.cohort_id}
        back = Way(words.say("releases.back_desk"), to("cohortfigures.show_figures", **parts), lang)
    else:
        parts = {"id_": found.company_id, "cohort_id": found.cohort_id}
        back = Way(words.say("releases.back_company"), to("cohortanswers.show_consents", **parts), lang)
    address = to("releases.take_pdf", release_id=release_id, spoken=lang)
    ways = [back, Way(words.say("documents.as_pdf"), address, lang)]
    ways += other_languages(lambda other: to("releases.show_release", lang=other, release_id=release_id))
    report = build_cohort_report(found.material)
    style = to("releases.report_style", colour=report.accent.removeprefix("#"))
    return Response(cohort_site_html(report, style, ways), mimetype="text/html")


@pages.get("/cohort-report/<colour>.css")
def report_style(lang: str, colour: str) -> Response:  # noqa: ARG001
    """The styles of these reports in one colour."""
    return style_answer(colour, cohort_site_style)


@pages.get("/cohort-figures/<release_id>/<spoken>.pdf")
def take_pdf(lang: str, release_id: str, spoken: str) -> Response:  # noqa: ARG001
    """The document that was made of it."""
    pdf = releasepages.take_pdf(current.site(), current.actor(), release_id, spoken, current.now())
    return attachment(pdf.name, pdf.content, "application/pdf")


@pages.get("/cohort-figures/<release_id>/figures.json")
def take_json(lang: str, release_id: str) -> Response:  # noqa: ARG001
    """What was told, for other programs."""
    export = releasepages.take_json(current.site(), current.actor(), release_id)
    return attachment(export.name, export.content, export.media_type)


DOOR = Door(
    pages,
    {"show_release": "account", "report_style": "public", "take_pdf": "account", "take_json": "account"},
)
