"""Turning mail off from a mail: by a link, without signing in. Reading changes nothing."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.services import mailchoice
from webapp.views.page import go, show

pages = Blueprint("mailchoice", __name__, url_prefix="/<language:lang>/mail")


@pages.get("/<token>")
def ask(lang: str, token: str) -> Response:  # noqa: ARG001
    """What turning it off means, and a button; or that it is off."""
    return show("mailchoice/off.html.jinja", token=token, is_on=mailchoice.gets_mail(current.site(), token))


@pages.post("/<token>")
def turn_off(lang: str, token: str) -> AnyResponse:  # noqa: ARG001
    """Send no more mail."""
    mailchoice.turn_off(current.site(), token, current.now())
    return go("mailchoice.ask", token=token)


DOOR = Door(pages, {"ask": "public", "turn_off": "public"})
