"""What every page shares: words, numbers, addresses, notices, and the way a template is rendered."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, flash, redirect, render_template, request, url_for
from flask.globals import request_ctx
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from questionnaires.values import LANGUAGES
from reports.formatting import Voice
from reports.translations.report import REPORT_WORDS
from webapp.auth import current
from webapp.services.demomail import has_inbox
from webapp.views.navigation import list_address, places_of

STATIC = Path(__file__).parents[1] / "static"
DAYS_A_YEAR = 365
_MARKS = re.compile(r"(?<=\S[@.])(?=\S)")
"""Where an address may break: after an @ or a dot within it."""

QUESTION_ID = r"[a-z0-9_]+\.[a-z0-9_]+"
"""The id of a question as addresses have it: two words and a dot, so that other pages may stand beside."""


def furnish(app: Flask) -> None:
    """Give every template what the pages share."""
    app.context_processor(_shared)
    app.jinja_env.globals["static_url"] = static_url
    app.jinja_env.filters["breakable"] = breakable


def show(template: str, status: int = 200, **values: Any) -> Response:
    """A page."""
    return Response(render_template(template, **values), status=status, mimetype="text/html")


def show_unsaved(template: str, **values: Any) -> Response:
    """The page of a form again, with what was typed, after the database did not take it."""
    return show(template, 503, form_is_unsaved=True, **values)


def go(endpoint: str, **parts: Any) -> AnyResponse:
    """Send the browser on to another page, in the same language."""
    return redirect(url_for(endpoint, lang=current.language(), **parts), code=303)


def notice(key: str, **parts: str | int) -> None:
    """Have the next page say something that went well."""
    flash({"key": key, "parts": parts}, "notice")  # type: ignore[arg-type]  # kept as JSON; said in the next page's language


def voice() -> Voice:
    """Numbers and dates as the page's language writes them."""
    language = current.language()
    return Voice(language, REPORT_WORDS[language], {})


def local_time(moment: datetime) -> datetime:
    """A moment as clocks where the people are show it."""
    return moment.astimezone(current.site().zone)


def clock(moment: datetime) -> str:
    """A time of day, 14:05."""
    return local_time(moment).strftime("%H:%M")


def day(moment: datetime) -> str:
    """A day as people write it."""
    return voice().date(local_time(moment).date())


def span(days: int) -> str:
    """Days as people say them: whole years as years."""
    words, years = current.words(), days // DAYS_A_YEAR
    is_whole = days % DAYS_A_YEAR == 0 and years > 0
    return words.plural("common.years", years) if is_whole else words.plural("common.days", days)


def breakable(text: str) -> Markup:
    """A text whose addresses may break after their marks and nowhere else first."""
    parts = (escape(part) for part in _MARKS.split(text))
    return Markup("<wbr>").join(parts)


def session_end() -> str | None:
    """When the session ends unless something is done, for scripts; None when nobody is signed in."""
    found = current.signed_in()
    return None if found is None else found.ends_utc.isoformat()


@cache
def static_url(name: str) -> str:
    """The address of a file of ours, new whenever its content is."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def _shared() -> dict[str, Any]:
    words = current.words()
    found = current.signed_in()
    return {
        "form_is_unsaved": False,
        "lang": words.language,
        "say": words.say,
        "plural": words.plural,
        "voice": voice(),
        "day": day,
        "clock": clock,
        "span": span,
        "actor": found.actor if found else None,
        "places": places_of(found.actor) if found else [],
        "session_ends": found.ends_utc if found else None,
        "settings": current.site().settings,
        "has_inbox": has_inbox(current.site().settings),
        "alternates": _alternates(),
        "to": to,
        "back_to_list": list_address,
    }


def to(endpoint: str, **parts: Any) -> str:
    """The address of a page in the page's own language."""
    return url_for(endpoint, lang=parts.pop("lang", None) or current.language(), **parts)


def _alternates() -> list[tuple[str, str]]:
    """The same place in every language, with what was asked of it."""
    endpoint, view = _place()
    query = f"?{urlencode(list(request.args.items(multi=True)))}" if endpoint == request.endpoint else "?"
    return [
        (language, url_for(endpoint, **{**view, "lang": language}) + query.rstrip("?"))
        for language in LANGUAGES
    ]


def _place() -> tuple[str, Mapping[str, Any]]:
    """Where the reader is: the page's address, or the nearest one above it that can be read."""
    view = request.view_args or {}
    if request.endpoint is None or request_ctx.url_adapter is None or "lang" not in view:
        return "start.front", {}
    if request.method in ("GET", "HEAD"):
        return request.endpoint, view
    path = request.path
    while path.strip("/"):
        try:
            endpoint, parts = request_ctx.url_adapter.match(path, method="GET")
        except HTTPException:
            path = path.rpartition("/")[0]
        else:
            return endpoint, parts
    return "start.front", {}
