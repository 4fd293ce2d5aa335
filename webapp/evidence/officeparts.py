"""What may lie in an office file: its own parts, pictures, fonts, other office files, no program.

Source: ECMA-376 part 1 (parts of a document) and part 2 (packaging); the folders are those that Word, Excel,
LibreOffice, Google and the common libraries use.
"""

from __future__ import annotations

import re
import zlib
from typing import Final, Literal, TypeAlias
from xml.parsers import expat

from webapp.evidence.problems import FileRefused

Sort: TypeAlias = Literal["folder", "xml", "picture", "office", "other"]

_PROGRAM_NAMES = (
    "vbaproject",
    "vbadata",
    "macrosheets/",
    "activex/",
    "jsaproject",
    "customui/",
    "attachedtoolbars",
)
_PICTURE_ENDINGS = (
    "png|jpe?g|jpe|jfif|gif|bmp|dib|tiff?|emf|wmf|emz|wmz|wdp|hdp|jxr|webp|heic|avif|ico|svg|pict?"
)

_SORTS: Final[tuple[tuple[str, Sort], ...]] = (
    (r".*/", "folder"),
    (r".+\.(xml|vml)|(.*/)?_rels/[^/]*\.rels", "xml"),
    (r"(.*/)?media/[^/]+", "picture"),
    (rf".+\.({_PICTURE_ENDINGS})", "picture"),
    (r".+\.(xlsx|docx|pptx)", "office"),
    (r".+/fonts/[^/]+\.(odttf|ttf|otf|fntdata)", "other"),
    (r".+/printersettings[^/]*(/[^/]+)?\.bin", "other"),
    (r"xl/customproperty[^/]*(/[^/]+)?\.bin", "other"),
    (r"(xl|word|ppt)/metadata", "other"),
    (r".+\.(sigs|cer)", "other"),
    (r"\[trash\]/[^/]+\.dat", "other"),
)

_BEGINNINGS: Final = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"II\xbc\x01",
    b"\xd7\xcd\xc6\x9a",
    b"\x01\x00\x09\x00\x00",
    b"\x02\x00\x09\x00\x00",
    b"\x00\x00\x01\x00",
)
_PROGRAMS: Final = (
    b"MZ",
    b"\x7fELF",
    b"PK",
    b"#!",
    b"\xd0\xcf\x11\xe0",
    b"\xfe\xed\xfa",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
)
_BEFORE_XML = b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"
_GZIP = b"\x1f\x8b"
_BITMAP_HEADS = (12, 40, 52, 56, 64, 108, 124)
_PHOTOGRAPHS = (b"heic", b"heix", b"mif1", b"avif")


def sort_of(name: str) -> Sort:
    """What a part is by its name, in small letters. Raises FileRefused for what no office program writes."""
    if any(word in name for word in _PROGRAM_NAMES):
        raise FileRefused("macro")
    for pattern, sort in _SORTS:
        if re.fullmatch(pattern, name):
            return sort
    raise FileRefused("embedded")


def is_program(content: bytes) -> bool:
    """Whether bytes whose form we do not know begin like a program or a file that holds others."""
    return content.startswith(_PROGRAMS)


def is_xml(content: bytes) -> bool:
    """Whether bytes begin like XML, in any encoding."""
    return content.lstrip(_BEFORE_XML).startswith(b"<")


def is_picture(content: bytes) -> bool:
    """Whether bytes begin as a picture of a common format does, or are a drawing (SVG) that does nothing."""
    head = content[:64]
    if head.startswith(_GZIP):
        head = _unpacked_head(content)
    return (
        head.startswith(_BEGINNINGS) or _is_known_inside(head) or _is_old_mac(content) or is_drawing(content)
    )


def _unpacked_head(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(content, 64)
    except zlib.error:
        return b""


def _is_known_inside(head: bytes) -> bool:
    """Formats that say what they are after their first bytes."""
    return (
        head[40:44] == b" EMF"
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and head[8:12] in _PHOTOGRAPHS)
        or (head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BITMAP_HEADS)
    )


def _is_old_mac(content: bytes) -> bool:
    return not any(content[:512]) and content[522:526] == b"\x00\x11\x02\xff"


def is_drawing(content: bytes) -> bool:
    """Whether bytes are a drawing (SVG) that runs and fetches nothing."""
    if not is_xml(content):
        return False
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler = _DrawingElement()
    parser.StartDoctypeDeclHandler = _refuse_own_entities
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError, FileRefused):
        return False
    return True


class _DrawingElement:
    """Refuses elements of a drawing that do something."""

    def __init__(self) -> None:
        self._is_first = True

    def __call__(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("|")[2].lower()
        is_wrong = local != "svg" if self._is_first else local in _DOING
        self._is_first = False
        if is_wrong or any(_does_something(local, *attribute) for attribute in attributes.items()):
            raise FileRefused("embedded")


_DOING = ("script", "iframe", "object", "embed", "handler", "link", "meta", "base", "form")


def _does_something(element: str, name: str, value: str) -> bool:
    local, plain = name.rpartition("|")[2].lower(), value.strip().lower()
    if local in ("href", "src"):
        is_link = element == "a" and plain.startswith(("http://", "https://"))
        return not (is_link or plain.startswith(("#", "data:image/")))
    return local.startswith("on")


def _refuse_own_entities(_name: str, _system: str | None, _public: str | None, has_own: int) -> None:
    if has_own:
        raise FileRefused("embedded")
