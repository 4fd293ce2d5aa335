"""A release of a cohort's figures for all who may see it: the report as a page, as a PDF, and as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from reports.cohort.report import build_cohort_report
from reports.render import Way, cohort_site_html, cohort_site_style
from webapp.auth import current
from webapp.auth.access import Door
from webapp.services import releasepages
from webapp.services.releasepages import OpenedRelease
from webapp.views.documentpages import attachment
from webapp.views.page import go, notice, to
from webapp.views.reportstyle import other_languages, style_answer

pages = Blueprint("releases", __name__, url_prefix="/<language:lang>")


@pages.get("/cohort-figures/<release_id>")
def show_release(lang: str, release_id: str) -> Response:
    """The whole report as a page."""
    found = releasepages.open_release(current.site(), current.actor(), release_id, lang)
    words = current.words()
    endpoint, parts = _list_with(found)
    label = "releases.back_desk" if found.programme_id else "releases.back_company"
    back = Way(words.say(label), to(endpoint, **parts), lang)
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


@pages.post("/cohort-figures/<release_id>/documents")
def order_pdf(lang: str, release_id: str) -> AnyResponse:
    """Have a document tried again that could not be made."""
    site, actor = current.site(), current.actor()
    language = request.form.get("language", "")
    job_id = releasepages.order_pdf(site, actor, release_id, language, current.now())
    if job_id is not None:
        site.queue.poke(job_id)
        notice("documents.ordered")
    endpoint, parts = _list_with(releasepages.open_release(site, actor, release_id, lang))
    return go(endpoint, **parts)


@pages.get("/cohort-figures/<release_id>/figures.json")
def take_json(lang: str, release_id: str) -> Response:  # noqa: ARG001
    """What was told, for other programs."""
    export = releasepages.take_json(current.site(), current.actor(), release_id)
    return attachment(export.name, export.content, export.media_type)


def _list_with(found: OpenedRelease) -> tuple[str, dict[str, str]]:
    """The page that lists a release for its reader, as an endpoint and its parts."""
    if found.programme_id:
        return "cohortfigures.show_figures", {"id_": found.programme_id, "cohort_id": found.cohort_id}
    return "cohortanswers.show_consents", {"id_": found.company_id, "cohort_id": found.cohort_id}


DOOR = Door(
    pages,
    {
        "show_release": "account",
        "report_style": "public",
        "take_pdf": "account",
        "order_pdf": "account",
        "take_json": "account",
    },
)
