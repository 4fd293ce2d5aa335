"""The companies an advisor follows, and the programmes somebody runs."""

from __future__ import annotations

from flask import Blueprint, Response, request

from webapp.auth import current
from webapp.auth.access import Door
from webapp.forms.portfolio import read_page, read_wish
from webapp.services.portfolio import Wish, open_portfolio
from webapp.services.programme import open_programme
from webapp.views.navigation import find_followed
from webapp.views.page import show, to
from webapp.views.portfoliopage import place_of, portfolio_page
from webapp.views.remembering import remember

pages = Blueprint("portfolio", __name__, url_prefix="/<language:lang>")


@pages.get("/portfolio")
def show_portfolio(lang: str) -> Response:  # noqa: ARG001
    """What needs attention first, of those that were asked for; and programmes."""
    wish = Wish(**read_wish(request.args), page=read_page(request.args.get("page", "")))
    found = open_portfolio(current.site(), current.actor(), current.now(), wish)
    remember(place_of(found))
    return show("portfolio/portfolio.html.jinja", **portfolio_page(found))


@pages.get("/programme/<id_>")
def show_programme(lang: str, id_: str) -> Response:  # noqa: ARG001
    """How far the companies of a programme have come: no answer, and no level of a single one."""
    asked = read_wish(request.args).get("name", "")
    found = open_programme(
        current.site(), current.actor(), id_, sought=asked, page=read_page(request.args.get("page", ""))
    )
    chosen = {"name": asked} if asked else {}

    def at_page(number: int) -> str:
        return to("portfolio.show_programme", id_=id_, **chosen, page=number)

    return show(
        "portfolio/programme.html.jinja",
        found=found,
        followed=find_followed(current.actor()),
        at_page=at_page,
    )


DOOR = Door(pages, {"show_portfolio": "account", "show_programme": "account"})
