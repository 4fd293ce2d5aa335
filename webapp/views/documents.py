"""The documents of an assessment: which there are, having one made, and downloading it."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.services import documents
from webapp.services.handins import hand_ins_of
from webapp.views.documentpages import HandInView, attachment, edition_views
from webapp.views.navigation import find_followed
from webapp.views.page import go, notice, show

pages = Blueprint("documents", __name__, url_prefix="/<language:lang>")
MAX_NUMBER = 5
"""How many digits the number of a hand-in has at most."""


@pages.get("/assessments/<id_>/documents")
def show_documents(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Every hand-in with its documents."""
    site, actor = current.site(), current.actor()
    found = hand_ins_of(site, actor, id_)
    hand_ins = [
        HandInView(one, edition_views(found.editions, documents.list_documents(site, actor, id_, one.number)))
        for one in found.hand_ins
    ]
    followed = find_followed(actor)
    return show("documents/list.html.jinja", found=found, hand_ins=hand_ins, followed=followed)


@pages.post("/assessments/<id_>/documents")
def order(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Have a document made, or tried again."""
    site, form = current.site(), request.form
    listed = documents.order_document(
        site,
        current.actor(),
        id_,
        form.get("edition", ""),
        form.get("language", ""),
        now=current.now(),
        number=_number(form.get("number", "")),
    )
    if listed.state == "waiting" and listed.job_id is not None:
        site.queue.poke(listed.job_id)
        notice("documents.ordered")
    if form.get("from") == "result":
        return go("result.show_result", id_=id_, _anchor="documents")
    return go("documents.show_documents", id_=id_, _anchor=f"hand-in-{listed.number}")


@pages.get("/documents/<document_id>")
def download(lang: str, document_id: str) -> Response:  # noqa: ARG001
    """A PDF that is whole."""
    pdf = documents.open_pdf(current.site(), current.actor(), document_id, current.now())
    return attachment(pdf.name, pdf.content, "application/pdf")


def _number(text: str) -> int | None:
    """Which hand-in; the last one where none is named."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= MAX_NUMBER
    return int(text) if is_one else None


DOOR = Door(pages, {"show_documents": "signed_in", "order": "signed_in", "download": "signed_in"})
