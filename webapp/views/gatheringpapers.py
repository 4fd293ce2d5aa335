"""The papers of a gathering: having one made, and downloading it."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.services import gatheringpapers
from webapp.views.documentpages import attachment
from webapp.views.page import go, notice

pages = Blueprint("gatheringpapers", __name__, url_prefix="/<language:lang>")


@pages.post("/programme/<id_>/activities/<activity_id>/gathering/papers")
def order(lang: str, id_: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Have a paper made that staff print."""
    form = request.form
    job_id = gatheringpapers.order_paper(
        current.site(),
        current.actor(),
        id_,
        activity_id,
        form.get("kind", ""),
        language=form.get("language", ""),
        now=current.now(),
    )
    _begun(job_id)
    return go("gatheringdesk.show_desk", id_=id_, activity_id=activity_id, _anchor="papers")


@pages.post("/gatherings/<activity_id>/papers")
def order_own(lang: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Have one's own sheet made."""
    site, language = current.site(), request.form.get("language", "")
    _begun(gatheringpapers.order_own(site, current.actor(), activity_id, language, current.now()))
    return go("gatherings.show_own", activity_id=activity_id, _anchor="papers")


@pages.get("/gathering-papers/<paper_id>")
def download(lang: str, paper_id: str) -> Response:  # noqa: ARG001
    """A PDF that is whole and up to date."""
    pdf = gatheringpapers.open_paper(current.site(), current.actor(), paper_id, current.now())
    return attachment(pdf.name, pdf.content, "application/pdf")


def _begun(job_id: str | None) -> None:
    if job_id is not None:
        current.site().queue.poke(job_id)
        notice("gatherings.paper_ordered")


DOOR = Door(pages, {"order": "account", "order_own": "account", "download": "account"})
