"""Free text as it is kept: one kind of line end, nothing that a database or a document cannot hold."""

from __future__ import annotations

import re

from webapp.forms.wrong import Wrong

_LINE_ENDS = re.compile(r"\r\n?")
_NOT_KEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and line end, lone surrogates, and what is no character at all."""


def read_text(text: str, limit: int) -> str | Wrong | None:
    """The text without white space around it; None when nothing is written."""
    text = plain_lines(text).strip()
    if not text:
        return None
    if len(text) > limit:
        return Wrong("text_too_long", {"length": len(text), "limit": limit})
    if _NOT_KEPT.search(text):
        return Wrong("text_signs")
    return text


def as_kept(text: object) -> str:
    """A field's text as it is kept, as a filter of WTForms; empty for what is no text."""
    return showable(plain_lines(text)).strip() if isinstance(text, str) else ""


def plain_lines(text: str) -> str:
    """The text with line feeds only; browsers send a carriage return before each."""
    return _LINE_ENDS.sub("\n", text)


def showable(text: str) -> str:
    """The text as a page can show it: what cannot be kept as a sign that stands out."""
    return _NOT_KEPT.sub("\N{REPLACEMENT CHARACTER}", text) if _NOT_KEPT.search(text) else text
