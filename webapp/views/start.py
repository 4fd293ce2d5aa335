"""The front page, and trying without an account."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.auth.cookies import give_session
from webapp.services.trial import start_trial
from webapp.views.navigation import places_of
from webapp.views.page import go, show

pages = Blueprint("start", __name__)
DAY_SECONDS = 86_400


@pages.get("/")
def root() -> AnyResponse:
    """To the front page in the reader's language."""
    return go("start.front")


@pages.get("/<language:lang>/")
def front(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """What this is, for visitors; people who are signed in come to what they work with."""
    if (actor := current.find_actor()) is not None:
        return redirect(places_of(actor)[0].address, code=303)
    return show("start/front.html.jinja", offered=current.site().shelf.offered)


@pages.post("/<language:lang>/try")
def begin_trial(lang: str) -> AnyResponse:
    """Start without an account, with a questionnaire chosen or none; who is signed in just goes on."""
    site, settings = current.site(), current.site().settings
    wanted = request.form.get("questionnaire", "")
    chosen = {"questionnaire": wanted} if wanted in {one.id for one in site.shelf.offered} else {}
    if current.find_actor() is not None:
        return go("assessments.choose", **chosen)
    asker = request.remote_addr or ""
    token = start_trial(site.database, lang, current.now(), settings, asker=asker)
    answer = go("assessments.choose", **chosen)
    give_session(answer, token, settings.trial_days * DAY_SECONDS, settings)  # type: ignore[arg-type]  # a redirect is a response
    return answer


DOOR = Door(pages, {"root": "public", "front": "public", "begin_trial": "public"})
