"""What is handed to the renderer: a finished page of HTML and what travels with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attached:
    """A file carried inside a PDF. ``name``: as readers show it; ``content``: its bytes, JSON in UTF-8."""

    name: str
    description: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PdfJob:
    """One document to make: everything the renderer needs, and nothing it has to look up.

    ``html``: the whole page, without addresses outside our own fonts. ``identifier``: hexadecimal
    digits that name the content, so that the same content gives the same bytes.
    """

    html: str
    identifier: str
    attached: tuple[Attached, ...] = ()
