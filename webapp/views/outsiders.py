"""The advisors a company lets in: what ending an advisor's access means, and doing it."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.services import outsiders
from webapp.views.page import go, notice, show

pages = Blueprint("outsiders", __name__, url_prefix="/<language:lang>/organisations/<id_>/advisors")


@pages.get("/<person_id>")
def think(lang: str, id_: str, person_id: str) -> Response:  # noqa: ARG001
    """What ending somebody's access means."""
    site, actor, now = current.site(), current.actor(), current.now()
    company, one = outsiders.get_advisor(site, actor, id_, person_id, now)
    return show("organisation/advisor.html.jinja", id_=id_, company=company, one=one)


@pages.post("/<person_id>")
def end_access(lang: str, id_: str, person_id: str) -> AnyResponse:  # noqa: ARG001
    """End it, from the advisor's next request on."""
    outsiders.end_access(current.site(), current.actor(), id_, person_id, current.now())
    notice("organisation.advisor_ended")
    return go("organisation.show_organisation", id_=id_)


DOOR = Door(pages, {"think": "account", "end_access": "account"})
