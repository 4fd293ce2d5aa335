"""One digest for each page of a PDF: equal digests mean that the pages draw the same.

A digest covers what the page says (its decoded content), what that draws with (the fonts, pictures and
colours it names, bytes and all), its measures and its annotations. How a file is packed, the order
of its objects and compression do not matter. Tags, bookmarks and metadata are not covered.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import pikepdf

MAX_DEPTH: Final = 40

_PACKING = frozenset(("/Length", "/Filter", "/DecodeParms"))
_ELSEWHERE = frozenset(("/Parent", "/Contents", "/Resources"))
_NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
_CIRCLE = b"circle"

Key: TypeAlias = tuple[int, int]
"""The number and generation of an object; (0, 0) for one that stands inside another."""


class TooDeep(Exception):
    """Objects lie deeper within each other than in any report."""


def page_prints(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """The digest of every page, 64 hexadecimal digits each. Raises what a damaged file leads to."""
    printer = _Printer({page.obj.objgen: at for at, page in enumerate(pdf.pages)})
    return tuple(printer.page(page.obj).hex() for page in pdf.pages)


class _Printer:
    """Digests of objects, each made once."""

    def __init__(self, pages: Mapping[Key, int]) -> None:
        self._pages = pages
        self._known: dict[Key, bytes] = {}

    def page(self, page: pikepdf.Object) -> bytes:
        contents = page.get("/Contents")
        streams: Iterable[object] = contents if isinstance(contents, pikepdf.Array) else [contents]
        said = b"\n".join(_decoded(stream) for stream in streams if isinstance(stream, pikepdf.Stream))
        return self._drawn(page, said, 0)

    def of(self, value: object, depth: int) -> bytes:
        """The digest, or the plain bytes, of any object; of a page its number."""
        if depth > MAX_DEPTH:
            raise TooDeep
        if not isinstance(value, pikepdf.Object):
            return repr(value).encode()
        key = value.objgen
        if key in self._pages:
            return b"page %d" % self._pages[key]
        if key == (0, 0):
            return self._content(value, depth)
        if key not in self._known:
            self._known[key] = _CIRCLE
            self._known[key] = self._content(value, depth)
        return self._known[key]

    def _content(self, value: pikepdf.Object, depth: int) -> bytes:
        match value:
            case pikepdf.Stream() if value.get("/Subtype") == "/Form":
                return self._drawn(value, _decoded(value), depth)
            case pikepdf.Stream():
                return _digest(b"stream", *self._entries(value, _PACKING, depth), _decoded(value))
            case pikepdf.Dictionary():
                return _digest(b"dictionary", *self._entries(value, frozenset(), depth))
            case pikepdf.Array():
                return _digest(b"array", *(self.of(item, depth + 1) for item in value))
            case pikepdf.Name():
                return _digest(b"name", str(value).encode("utf-8", "surrogateescape"))
            case _:
                return _digest(b"other", bytes(value))

    def _drawn(self, owner: pikepdf.Object, said: bytes, depth: int) -> bytes:
        """A page or form: its entries, what it says, and those of its resources that are named in it."""
        named = {"/" + name.decode("latin-1") for name in _NAME.findall(said)}
        parts = [b"drawn", said, *self._entries(owner, _PACKING | _ELSEWHERE, depth)]
        resources = owner.get("/Resources")
        if isinstance(resources, pikepdf.Dictionary):
            for kind in sorted(resources.keys()):
                group = resources[kind]
                parts.append(kind.encode())
                if isinstance(group, pikepdf.Dictionary):
                    unnamed = frozenset(group.keys()) - named
                    parts += self._entries(group, unnamed, depth + 1)
                else:
                    parts.append(self.of(group, depth + 1))
        return _digest(*parts)

    def _entries(self, dictionary: pikepdf.Object, without: frozenset[str], depth: int) -> list[bytes]:
        found: list[bytes] = []
        for name in sorted(dictionary.keys()):
            if name not in without:
                found += (name.encode("utf-8", "surrogateescape"), self.of(dictionary[name], depth + 1))
        return found


def _decoded(stream: pikepdf.Object) -> bytes:
    """The bytes of a stream; as they are where its coding is one that we never use."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return repr(stream.get("/Filter")).encode() + stream.read_raw_bytes()


def _digest(*parts: bytes) -> bytes:
    """One digest of several parts, with the length of each, so that none can pass for two."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8))
        found.update(part)
    return found.digest()
