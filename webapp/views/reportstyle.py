"""What reports on a page of the site share: their styles, and the ways on from them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from flask import Response

from questionnaires.values import LANGUAGES
from reports.render import Way
from webapp.auth import current
from webapp.errors import NotThere
from webapp.views.page import STATIC, to

_COLOUR = re.compile("[0-9a-f]{6}")
_DAY_SECONDS = 86_400


def other_languages(address: Callable[[str], str]) -> list[Way]:
    """The same report in the other languages, and help. ``address``: of the report in a language."""
    words, own = current.words(), current.language()
    ways = [
        Way(words.say(f"common.language_{other}"), address(other), other)
        for other in LANGUAGES
        if other != own
    ]
    return [*ways, Way(words.say("common.help"), to("pages.help_page"), own)]


def style_answer(colour: str, style: Callable[[str], str]) -> Response:
    """The styles of reports in one colour. Raises NotThere for what is no colour."""
    if not _COLOUR.fullmatch(colour):
        raise NotThere
    answer = Response(_faces() + style(f"#{colour}"), mimetype="text/css")
    answer.cache_control.public = True
    answer.cache_control.max_age = _DAY_SECONDS
    return answer


@cache
def _faces() -> str:
    """The typefaces of the site, which a report on a screen has too."""
    lines = (STATIC / "css" / "site.css").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if line.startswith("@font-face")).replace(
        "../vendor", "/static/vendor"
    )
