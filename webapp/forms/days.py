"""Days as people write them: ``1.3.2026``, ``01.03.2026`` and ``2026-03-01``."""

from __future__ import annotations

import re
from datetime import date

from webapp.forms.wrong import Wrong, quoted

FIRST_YEAR = 1000

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")


def read_day(text: str) -> date | Wrong | None:
    """The day a text stands for; None when nothing is written."""
    text = text.strip()
    if not text:
        return None
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DOTTED.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        return Wrong("date_form", {"text": quoted(text)})
    if year < FIRST_YEAR:
        return Wrong("date_year", {"text": quoted(text)})
    try:
        return date(year, month, day)
    except ValueError:
        return Wrong("date_unreal", {"text": quoted(text)})
