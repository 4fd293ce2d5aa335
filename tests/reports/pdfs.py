"""Reading PDFs in tests: text, bookmarks, tags, attachments."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cached_property

import page
import pikepdf
import pypdfium2


class Pdf:
    """A PDF by its bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._raw = pikepdf.open(io.BytesIO(data))

    @cached_property
    def failures(self) -> list[str]:
        """What breaks PDF/UA-1."""
        report = page.validate_pdf_bytes(self.data, profile="ua1")
        return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]

    @cached_property
    def pages(self) -> list[str]:
        """The text of every page, with single spaces."""
        with pypdfium2.PdfDocument(self.data) as opened:
            return [one_line(found.get_textpage().get_text_range()) for found in opened]

    @property
    def text(self) -> str:
        """The text of all pages."""
        return " ".join(self.pages)

    @property
    def language(self) -> str:
        """The document's language."""
        return str(self._raw.Root.Lang)

    @property
    def title(self) -> str:
        """The document's title."""
        return str(self._raw.docinfo["/Title"])

    @cached_property
    def beginnings(self) -> dict[str, int]:
        """Every bookmark in order, whatever its level, with the page it leads to, from 1."""
        with pypdfium2.PdfDocument(self.data) as opened:
            return {mark.get_title(): mark.get_dest().get_index() + 1 for mark in opened.get_toc()}

    @property
    def bookmarks(self) -> list[str]:
        """Every bookmark's title."""
        return list(self.beginnings)

    @property
    def attachments(self) -> dict[str, bytes]:
        """The attached files by name."""
        return {name: file.get_file().read_bytes() for name, file in self._raw.attachments.items()}

    @cached_property
    def _structure(self) -> list[tuple[str, str]]:
        return list(_walk(self._raw.Root.StructTreeRoot))

    @property
    def tags(self) -> list[str]:
        """Every structure element in reading order."""
        return [kind.removeprefix("/") for kind, _ in self._structure]

    @property
    def links(self) -> int:
        """How many links there are inside the document."""
        found = [a for sheet in self._raw.pages for a in sheet.get("/Annots", [])]
        return sum(a.get("/Subtype") == "/Link" for a in found)

    @property
    def alternatives(self) -> list[str]:
        """The alternative text of every figure."""
        return [text for kind, text in self._structure if kind == "/Figure"]

    def decompressed(self) -> bytes:
        """Every stream of the file, unpacked, one after another."""
        parts = [self.data]
        for found in self._raw.objects:
            if isinstance(found, pikepdf.Stream):
                parts.append(found.read_bytes())
        return b"\n".join(parts)


def one_line(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.replace("\u00a0", " ").split())


def _walk(element: pikepdf.Object) -> Iterator[tuple[str, str]]:
    kids = element.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S), str(kid.get("/Alt", ""))
            yield from _walk(kid)
