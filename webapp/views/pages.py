"""Pages about the service: help, privacy, accessibility."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.auth import current
from webapp.auth.access import Door
from webapp.services.programmes import notices
from webapp.views.page import show

pages = Blueprint("pages", __name__, url_prefix="/<language:lang>/about")

QUESTIONS = ("saved", "phone", "together", "unknown", "change", "level", "delete", "signin")
"""What people ask, as keys of the words on the help page."""


@pages.get("/help")
def help_page(lang: str) -> Response:  # noqa: ARG001
    """What people ask, and whom to ask else."""
    return show("pages/help.html.jinja", questions=QUESTIONS)


@pages.get("/privacy")
def privacy(lang: str) -> Response:  # noqa: ARG001
    """What is kept of whom, for what, by whom, for how long."""
    found = current.find_actor()
    programmes = notices(current.site(), found) if found is not None else ()
    return show("pages/privacy.html.jinja", programmes=programmes)


@pages.get("/accessibility")
def accessibility(lang: str) -> Response:  # noqa: ARG001
    """How far everybody can use the service, and what to do where somebody cannot."""
    return show("pages/accessibility.html.jinja")


DOOR = Door(pages, {"help_page": "public", "privacy": "public", "accessibility": "public"})
