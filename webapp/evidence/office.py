"""Workbooks and text documents of the office formats: zip files that are what they say, and hold no program.

Run in a process with limits (:mod:`webapp.evidence.judging`). What may lie in one stands in
:mod:`webapp.evidence.officeparts`, what may point elsewhere in :mod:`webapp.evidence.officelinks`.
Source: ECMA-376, parts 1 (parts of a document) and 2 (packaging conventions).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Literal, TypeAlias

from webapp.evidence.kinds import FileKind
from webapp.evidence.officeparts import is_picture, is_program, is_xml, sort_of
from webapp.evidence.officetexts import PartReader
from webapp.evidence.pdfs import SIGNATURE as PDF
from webapp.evidence.pdfs import check_pdf
from webapp.evidence.problems import FileCode, FileRefused

SIGNATURE: Final = b"PK\x03\x04"
MAX_ENTRIES: Final = 5_000
MAX_UNPACKED_BYTES: Final = 200_000_000
MAX_XML_BYTES: Final = 5_000_000
"""Of the list of contents, and of those of what belongs to what."""
MAX_DEPTH: Final = 2
"""How deep one office file may lie in another: the figures of a chart of a document in a document."""

_OfficeKind: TypeAlias = FileKind | Literal["pptx"]

_CONTENTS = "[content_types].xml"
_MAIN_TYPES: Final[Mapping[str, _OfficeKind]] = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
}
_MACRO_TYPES = ("macro", "vbaproject", "vbadata", "activex")
_TELLING: Final[tuple[FileCode, ...]] = ("macro", "remote", "commands", "unpacked", "limits")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_PIECE = 1 << 20


@dataclass
class _Left:
    """What a file and those in it may still have."""

    entries: int = MAX_ENTRIES
    unpacked_bytes: int = MAX_UNPACKED_BYTES


def office_kind(data: bytes) -> FileKind:
    """Whether a file is a workbook or a text document. Raises FileRefused."""
    kind = _kind(data, _Left(), MAX_DEPTH)
    if kind == "pptx":
        raise FileRefused("unknown_type")
    return kind


def _kind(data: bytes, left: _Left, depth: int) -> _OfficeKind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            entries = _checked_entries(opened, len(data), left)
            kind = _declared_kind(opened, entries)
            for name, entry in entries.items():
                _check_part(opened, name, entry, left, depth)
            return kind
    except FileRefused:
        raise
    except MemoryError as error:
        raise FileRefused("limits") from error
    except Exception as error:  # what reads zip files raises whatever a damaged one leads it to
        raise FileRefused("broken") from error


def _checked_entries(opened: zipfile.ZipFile, size: int, left: _Left) -> dict[str, zipfile.ZipInfo]:
    """The entries by name in small letters, once it is sure that there is one way to read them."""
    listed = opened.infolist()
    left.entries -= len(listed)
    left.unpacked_bytes -= sum(entry.file_size for entry in listed)
    if left.entries < 0 or left.unpacked_bytes < 0:
        raise _too_much()
    if any(entry.flag_bits & _ENCRYPTED for entry in listed):
        raise FileRefused("encrypted")
    entries = {entry.filename.lower(): entry for entry in listed}
    overlaps = sum(entry.compress_size for entry in listed) > size
    if overlaps or len(entries) != len(listed) or not all(map(_is_plain, listed)):
        raise FileRefused("broken")
    if min((entry.header_offset for entry in listed), default=-1) != 0:
        raise FileRefused("broken")
    return entries


def _too_much() -> FileRefused:
    return FileRefused("unpacked", limit=MAX_UNPACKED_BYTES // 1_000_000)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.split("/")
    return (
        entry.compress_type in _METHODS
        and entry.filename == entry.orig_filename
        and not entry.filename.startswith("/")
        and ".." not in parts
        and "\\" not in entry.filename
        and not (entry.filename.endswith("/") and entry.file_size)
    )


def _declared_kind(opened: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> _OfficeKind:
    """What a file says it is in its list of contents."""
    if _CONTENTS not in entries:
        raise FileRefused("unknown_type")
    contents = PartReader(_CONTENTS)
    _read_xml(opened, entries[_CONTENTS], contents)
    if any(word in type_ for _, type_ in contents.types for word in _MACRO_TYPES):
        raise FileRefused("macro")
    kinds = {_MAIN_TYPES[type_] for part, type_ in contents.types if type_ in _MAIN_TYPES and part in entries}
    if len(kinds) != 1:
        raise FileRefused("unknown_type")
    return kinds.pop()


def _check_part(opened: zipfile.ZipFile, name: str, entry: zipfile.ZipInfo, left: _Left, depth: int) -> None:
    """Unpack a part, which shows that it is whole, and refuse what does not belong there."""
    sort = sort_of(name)
    if sort == "xml":
        _read_xml(opened, entry, PartReader(name))
    elif sort != "folder":
        content = opened.read(entry)
        if is_xml(content):  # whatever it is called, a program that is led to it may read it
            PartReader(name, may_name_doctype=True).read([content])
        if sort == "office":
            _check_inner(content, left, depth)
        elif sort == "picture":
            _check_picture(content)
        elif is_program(content):
            raise FileRefused("embedded")


def _read_xml(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, reader: PartReader) -> None:
    if reader.name.endswith((".rels", _CONTENTS)) and entry.file_size > MAX_XML_BYTES:
        raise _too_much()
    reader.read(_pieces(opened, entry))


def _pieces(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with opened.open(entry) as part:
        while piece := part.read(_PIECE):
            yield piece


def _check_inner(content: bytes, left: _Left, depth: int) -> None:
    """Refuse an office file in another that could not come alone."""
    if not depth:
        raise FileRefused("embedded")
    try:
        _kind(content, left, depth - 1)
    except FileRefused as refused:
        raise refused if refused.code in _TELLING else FileRefused("embedded") from refused


def _check_picture(content: bytes) -> None:
    """Refuse what is no picture; a Mac keeps drawings as PDF."""
    if not content.startswith(PDF):
        if not is_picture(content):
            raise FileRefused("embedded")
        return
    try:
        check_pdf(content)
    except FileRefused as refused:
        raise FileRefused("embedded") from refused
