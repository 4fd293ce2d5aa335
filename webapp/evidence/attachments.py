"""Files that may lie in a PDF: documents, pictures and text that are what their names say.

Our own reports carry their answers as JSON, invoices carry XML. Run in a process with limits
(:mod:`webapp.evidence.judging`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers import expat

from webapp.evidence.names import ending_of
from webapp.evidence.officeparts import is_picture
from webapp.evidence.problems import FileRefused
from webapp.evidence.tables import check_table, checked_text

_HTML: Final = ("html", "svg", "script", "hta", "xsl", "stylesheet", "transform", "package", "scriptlet")
"""Elements with which XML begins that a browser or Windows shows as a page or runs."""


def check_attached(name: str, content: bytes, check_pdf: Callable[[bytes], None]) -> None:
    """Say nothing of a file that harms nobody who opens it. Raises FileRefused with ``embedded``."""
    ending = ending_of(name)
    check = check_pdf if ending == "pdf" else _CHECKS.get(ending)
    if check is None:
        raise FileRefused("embedded")
    try:
        check(content)
    except FileRefused as refused:
        raise FileRefused("embedded") from refused


def _check_picture(content: bytes) -> None:
    if content.lstrip().startswith(b"<") or not is_picture(content):
        raise FileRefused("unknown_type")


def _check_json(content: bytes) -> None:
    try:
        json.loads(content)
    except (ValueError, RecursionError) as error:
        raise FileRefused("broken") from error


def _check_xml(content: bytes) -> None:
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler = _RootOnly()
    parser.ProcessingInstructionHandler = _refuse_style
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FileRefused("broken") from error


class _RootOnly:
    """Refuses XML that begins as a page or a program does."""

    def __init__(self) -> None:
        self._is_first = True

    def __call__(self, name: str, _attributes: dict[str, str]) -> None:
        if self._is_first and name.rpartition("|")[2].lower() in _HTML:
            raise FileRefused("markup")
        self._is_first = False


def _refuse_style(target: str, _text: str) -> None:
    if target.lower() == "xml-stylesheet":
        raise FileRefused("markup")


def _refuse(*_said: object) -> None:
    raise FileRefused("broken")


def _check_text(content: bytes) -> None:
    checked_text(content)


_CHECKS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "png": _check_picture,
    "jpg": _check_picture,
    "jpeg": _check_picture,
    "json": _check_json,
    "xml": _check_xml,
    "csv": check_table,
    "tsv": check_table,
    "txt": _check_text,
}
