"""What an advisor wants to see of their list, as it stands in the address. It changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.forms.organisation import squeezed
from webapp.forms.texts import showable

CHOICES = ("state", "waits", "questionnaire", "programme")
MAX_TEXT = 100
_MAX_DIGITS = 5
"""Of the number of a page."""


def read_wish(args: Mapping[str, Any]) -> dict[str, str]:
    """What was asked for by field, without what was left open."""
    found = {name: str(args.get(name, ""))[:MAX_TEXT] for name in CHOICES}
    found["name"] = str(squeezed(showable(str(args.get("name", ""))[:MAX_TEXT])))
    return {name: value for name, value in found.items() if value}


def read_page(text: str) -> int:
    """Which page; the first where none is named."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS
    return max(1, int(text)) if is_one else 1
