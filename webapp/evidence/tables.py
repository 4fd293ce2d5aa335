"""Text tables (CSV): text and nothing else, with columns, no page, and no formula that calls out."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from typing import Final

from webapp.evidence.formulas import cell_calls_out
from webapp.evidence.problems import FileRefused

_ENCODINGS: Final = ("utf-8-sig", "cp1252")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKUP = re.compile(
    r"<\s*/?\s*(html|head|body|script|iframe|object|embed|svg|style|img|form|meta|link|base|math|template)\b"
    r"|<!doctype|<!--|<\?(xml|php|=)",
    re.IGNORECASE,
)
_BEGINNINGS = ("#!", "%!", "{\\rtf", "<")
_REACHING = re.compile(r"[|!#\[\\(]|//")
"""Without any of these no formula reaches anywhere."""

_SAID = re.compile(r"\s*\"?sep=(.)", re.IGNORECASE)
"""How a table tells Excel its separator."""

_UNQUOTED: Final = (";,\t", ";\t", ",\t")
_NONE: Final = "\x01"
_TOGETHER: Final = str.maketrans(",\t", ";;")
_SEPARATORS: Final = ";\t,|"
_LINES: Final = 50
_BEGINNING: Final = 100_000


def check_table(data: bytes) -> None:
    """Say nothing of a text table. Raises FileRefused."""
    text = checked_text(data)
    if not _has_columns(text):
        raise FileRefused("unknown_type")
    if _REACHING.search(text) and any(map(cell_calls_out, _cells(text))):
        raise FileRefused("commands")


def checked_text(data: bytes) -> str:
    """Bytes as text, where they are text and neither a page nor a program. Raises FileRefused."""
    text = _text(data)
    if _UNSEEN.search(text):
        raise FileRefused("unknown_type")
    if text.lstrip().startswith(_BEGINNINGS) or _MARKUP.search(text):
        raise FileRefused("markup")
    return text


def _text(data: bytes) -> str:
    if data.startswith(_UTF_16):
        return _decoded(data, "utf-16")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused("unknown_type")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused("unknown_type") from error


_NO_LIMIT = 2**31 - 1
"""Of a cell. It holds for the whole process: one that followed this text would refuse the next one's."""


def _cells(text: str) -> Iterator[str]:
    """Every cell, in every way that a spreadsheet may divide the text into cells.

    Which separator counts depends on the language of the reader's machine, on the first line, and on what
    they choose; LibreOffice takes several together. Quotes may be minded or not.
    """
    csv.field_size_limit(_NO_LIMIT)
    said = _SAID.match(text)
    asked = dict.fromkeys(_SEPARATORS + (said[1] if said else ""))
    found = [separator for separator in asked if separator in text]
    for separator in [*found, _NONE]:
        yield from _divided(text, separator)
    if sum(separator in text for separator in ";,\t") > 1:
        yield from _divided(text.translate(_TOGETHER), ";")
    for separators in {"".join(one for one in several if one in text) for several in _UNQUOTED}:
        yield from re.split(f"[{separators}\r\n]", text)


def _divided(text: str, separator: str) -> Iterator[str]:
    if separator in '"\r\n ':
        return iter(())
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return itertools.chain.from_iterable(lines)


def _has_columns(text: str) -> bool:
    """Whether one and the same separator stands in half of the first lines or more."""
    lines = [line for line in text[:_BEGINNING].splitlines() if line.strip()][:_LINES]
    return any(2 * sum(separator in line for line in lines) >= len(lines) > 0 for separator in _SEPARATORS)
