"""The result of an assessment: the page, the whole report, files to take away, sharing, taking back."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from reports.render import Way, site_html, site_style
from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import Refused
from webapp.services import exports, results, reviewing, sharing
from webapp.services.blindness import RATE_FIRST
from webapp.services.documents import report_of
from webapp.views.documentpages import attachment, editions_of
from webapp.views.page import go, notice, show, to
from webapp.views.reportstyle import other_languages, style_answer
from webapp.views.resultpages import result_page

pages = Blueprint("result", __name__, url_prefix="/<language:lang>")


@pages.get("/assessments/<id_>/result")
def show_result(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Where the company stands, why, and what to do next; an advisor who is to rate first is sent there."""
    try:
        result = results.open_result(current.site(), current.actor(), id_, current.language())
    except Refused as refused:
        if refused.code != RATE_FIRST:
            raise
        return go("review.overview", id_=id_)
    return show("result/result.html.jinja", **result_page(result), editions=editions_of(result))


@pages.get("/assessments/<id_>/preview")
def preview(lang: str, id_: str) -> Response:  # noqa: ARG001
    """What the answers so far come to."""
    result = results.open_preview(current.site(), current.actor(), id_, current.language())
    return show("result/preview.html.jinja", **result_page(result))


@pages.get("/assessments/<id_>/report")
def show_report(lang: str, id_: str) -> Response:
    """The whole report as a page."""
    edition = request.args.get("edition", "company")
    report = report_of(current.site(), current.actor(), id_, lang, edition)
    own = {"id_": id_, "edition": edition}
    words = current.words()
    if edition == "share":
        ways = [Way(words.say("documents.as_pdf"), to("documents.show_documents", id_=id_), lang)]
    else:
        ways = [Way(words.say("result.back"), to("result.show_result", id_=id_), lang)]
    ways += other_languages(lambda other: to("result.show_report", lang=other, **own))
    style = to("result.report_style", colour=report.accent.removeprefix("#"))
    return Response(site_html(report, style, ways), mimetype="text/html")


@pages.get("/report/<colour>.css")
def report_style(lang: str, colour: str) -> Response:  # noqa: ARG001
    """The styles of reports in one colour."""
    return style_answer(colour, site_style)


@pages.get("/assessments/<id_>/export.json")
def take_json(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Answers and result for other programs."""
    export = exports.export_json(current.site(), current.actor(), id_, current.language())
    return attachment(export.name, export.content, export.media_type)


@pages.get("/assessments/<id_>/export.xlsx")
def take_xlsx(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Answers and result as a spreadsheet."""
    export = exports.export_xlsx(current.site(), current.actor(), id_, current.language())
    return attachment(export.name, export.content, export.media_type)


@pages.post("/assessments/<id_>/result/sharing")
def change_sharing(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Let the programme have the short edition, or take that back."""
    is_shared = request.form.get("shared") == "yes"
    sharing.share(current.site(), current.actor(), id_, current.now(), is_shared=is_shared)
    notice("result.shared_now" if is_shared else "result.unshared_now")
    return go("result.show_result", id_=id_, _anchor="share")


@pages.post("/assessments/<id_>/result/withdraw")
def withdraw(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Take back what was handed in, to change it."""
    reviewing.withdraw(current.site(), current.actor(), id_, current.now())
    notice("result.withdrawn")
    return go("assessments.tasks", id_=id_)


DOOR = Door(
    pages,
    {
        "show_result": "signed_in",
        "preview": "signed_in",
        "show_report": "signed_in",
        "report_style": "public",
        "take_json": "signed_in",
        "take_xlsx": "signed_in",
        "change_sharing": "account",
        "withdraw": "signed_in",
    },
)
