"""Texts in which something is looked for, whatever is between its letters."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+|&nbsp;")


def plain(text: str) -> str:
    """A text without spaces and capitals: numbers come with many kinds of spaces."""
    return _SPACES.sub("", text).casefold()
