"""The directory of support for the companies of a programme: looking somebody up, and a page each."""

from __future__ import annotations

from flask import Blueprint, Response, request

from webapp.auth import current
from webapp.auth.access import Door
from webapp.forms.support import read_wanted
from webapp.services import directory
from webapp.views.page import show
from webapp.views.supportpages import actor_view, help_choices, theme_choices

pages = Blueprint("support", __name__, url_prefix="/<language:lang>/support")


@pages.get("")
def show_list(lang: str) -> Response:  # noqa: ARG001
    """Those who help with what the address asks for."""
    wanted = read_wanted(request.args)
    found = directory.look_up(current.site(), current.actor(), wanted, current.language())
    return show(
        "support/list.html.jinja",
        found=found,
        wanted=wanted,
        actors=[actor_view(one) for one in found.found],
        themes=theme_choices(),
        helps=help_choices(),
        areas=[(area, area) for area in found.areas],
    )


@pages.get("/<id_>")
def show_actor(lang: str, id_: str) -> Response:  # noqa: ARG001
    """One of them."""
    found = directory.open_actor(current.site(), current.actor(), id_)
    return show("support/actor.html.jinja", one=actor_view(found))


DOOR = Door(pages, {"show_list": "account", "show_actor": "account"})
