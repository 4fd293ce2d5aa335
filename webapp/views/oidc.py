"""Signing in with the identity provider: off to it, back from it, and a button that signs in.

Coming back is a request the provider makes the browser send, so it changes nothing: it only hands the code
to a page of ours, whose form signs in. Between the two the browser keeps the code, signed, in its cookie.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotThere
from webapp.services.linking import Arrival, enter_identified
from webapp.services.oidc import ATTEMPT_FOR, CALLBACK, Attempt, IdentityProvider, NotIdentified
from webapp.views.errors import error_page
from webapp.views.page import show
from webapp.views.signin import safe_path, welcome
from webapp.words import language_of

pages = Blueprint("oidc", __name__)
_KEPT = "provider"
MAX_CODE = 2000


def _provider() -> IdentityProvider:
    found = current.site().identity
    if found is None:
        raise NotThere
    return found


@pages.get("/<language:lang>/signin/provider")
def begin(lang: str) -> AnyResponse:
    """Send the browser to the provider."""
    now = current.now()
    try:
        address, attempt = _provider().begin(lang, now)
    except NotIdentified as error:
        return _not_identified(error.code)
    session[_KEPT] = {
        "state": attempt.state,
        "nonce": attempt.nonce,
        "verifier": attempt.verifier,
        "language": lang,
        "next": safe_path(request.args.get("next", "")),
        "ends": int((now + ATTEMPT_FOR).timestamp()),
    }
    return redirect(address, code=303)


@pages.get(CALLBACK)
def come_back() -> Response | AnyResponse:
    """Take the provider's answer to the page that signs in, if it answers what this browser asked."""
    provider, kept = _provider(), _kept()
    answered = request.args.get("state", "")
    if not kept or not secrets.compare_digest(answered.encode(), str(kept["state"]).encode()):
        return _not_identified("expired")
    if request.args.get("error"):
        return _not_identified("cancelled")
    code = request.args.get("code", "")
    if not code or len(code) > MAX_CODE or not provider.is_from_here(request.args.get("iss")):
        return _not_identified("refused")
    session[_KEPT] = {**kept, "code": code}
    language = language_of(kept["language"]) or current.language()
    return redirect(url_for("oidc.finish", lang=language), code=303)


@pages.get("/<language:lang>/signin/provider/finish")
def finish(lang: str) -> Response:  # noqa: ARG001
    """A button that signs in; with JavaScript it presses itself."""
    _provider()
    if "code" not in _kept():
        return _not_identified("expired")
    return show("signin/provider.html.jinja")


@pages.post("/<language:lang>/signin/provider/finish")
def enter(lang: str) -> Response | AnyResponse:
    """Exchange the code for who somebody is, and sign them in."""
    provider, kept = _provider(), _kept()
    session.pop(_KEPT, None)
    if "code" not in kept:
        return _not_identified("expired")
    attempt = Attempt(kept["state"], kept["nonce"], kept["verifier"])
    try:
        identity = provider.redeem(kept["code"], attempt, current.now())
    except NotIdentified as error:
        return _not_identified(error.code)
    asking = current.find_actor()
    trial_id = asking.person_id if asking is not None and asking.is_trial else None
    arrival = Arrival(identity, lang, kept["next"], trial_id)
    return welcome(enter_identified(current.site(), arrival, current.now()))


def _kept() -> dict[str, Any]:
    """What this browser keeps of its attempt, while that lasts."""
    kept: dict[str, Any] = session.get(_KEPT) or {}
    return kept if kept and kept["ends"] > current.now().timestamp() else {}


def _not_identified(code: str) -> Response:
    return error_page(503 if code == "unreachable" else 400, f"provider_{code}")


DOOR = Door(pages, {"begin": "public", "come_back": "public", "finish": "public", "enter": "public"})
