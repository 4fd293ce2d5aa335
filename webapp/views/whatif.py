"""Trying other answers: what the levels would be. Nothing of it is stored."""

from __future__ import annotations

from flask import Blueprint, Response, request

from webapp.auth import current
from webapp.auth.access import Door
from webapp.services.results import open_result
from webapp.views.page import show
from webapp.views.whatifpages import first_page, tried_page

pages = Blueprint("whatif", __name__, url_prefix="/<language:lang>/assessments/<id_>/what-if")


@pages.get("")
def show_what_if(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The questions to begin with, as they were answered."""
    result = open_result(current.site(), current.actor(), id_, current.language())
    return show("result/whatif.html.jinja", **first_page(result))


@pages.post("")
def try_out(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The levels with the answers of the form; a page and no redirect, since nothing has changed."""
    result = open_result(current.site(), current.actor(), id_, current.language())
    return show("result/whatif.html.jinja", **tried_page(result, dict(request.form.lists())))


DOOR = Door(pages, {"show_what_if": "signed_in", "try_out": "signed_in"})
