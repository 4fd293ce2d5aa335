"""Texts in which something is looked for, whatever is between its letters."""

from __future__ import annotations


def plain(text: str) -> str:
    """A text without spaces and capitals: numbers come with many kinds of spaces."""
    return "".join(text.split()).replace("&nbsp;", "").casefold()
