"""What only a demo has: its mail, on a page."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.auth import current
from webapp.auth.access import Door
from webapp.services.demomail import newest_letters
from webapp.views.page import show

pages = Blueprint("demo", __name__, url_prefix="/<language:lang>/demo")


@pages.get("/mail")
def inbox(lang: str) -> Response:  # noqa: ARG001
    """Every mail the demo would have sent, the newest first."""
    return show("demo/inbox.html.jinja", letters=newest_letters(current.site().settings))


DOOR = Door(pages, {"inbox": "public"})
