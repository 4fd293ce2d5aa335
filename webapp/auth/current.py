"""The request at hand: its site, its time, its language, and who is signed in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from flask import current_app, g, request

from questionnaires.values import Language
from webapp.services.actor import Actor
from webapp.services.sessions import SignedIn
from webapp.services.site import Site
from webapp.words import DEFAULT_LANGUAGE, Words, language_of, words_of

SITE = "kretslop.site"


class SignInNeeded(Exception):
    """The page is for people who are signed in."""


def site() -> Site:
    """The installation this process serves."""
    return cast(Site, current_app.extensions[SITE])


def now() -> datetime:
    """The time of the request, the same all through it."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    return cast(datetime, g.now)


def signed_in() -> SignedIn | None:
    """The session of whoever is signed in."""
    return cast("SignedIn | None", g.get("signed_in"))


def find_actor() -> Actor | None:
    """Who is signed in, if anybody is."""
    found = signed_in()
    return None if found is None else found.actor


def actor() -> Actor:
    """Who is signed in. Raises SignInNeeded when nobody is."""
    found = find_actor()
    if found is None:
        raise SignInNeeded
    return found


def language() -> Language:
    """The language of the page: what its address says, else what the person or the browser prefers."""
    named = language_of((request.view_args or {}).get("lang"))
    return named or language_of(request.path.split("/")[1]) or preferred_language()


def preferred_language() -> Language:
    """What a person has chosen, else the first of ours their browser asks for; ``no`` is bokmål."""
    found = find_actor()
    if found is not None and (own := language_of(found.language)) is not None:
        return own
    for wanted, _ in request.accept_languages:
        short = wanted.lower().split("-")[0]
        known = language_of("nb" if short == "no" else short)
        if known is not None:
            return known
    return site().settings.language or DEFAULT_LANGUAGE


def words() -> Words:
    """The texts of the page's language."""
    return words_of(language())
