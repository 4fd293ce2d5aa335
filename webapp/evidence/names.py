"""Names of files that strangers gave, made safe to show and to save under."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from webapp.evidence.kinds import ENDINGS, FileKind, kind_of_ending

MAX_NAME: Final = 150
MAX_NAME_BYTES: Final = 240
"""In UTF-8; most file systems stop at 255. Source: Linux, ``limits.h``, NAME_MAX."""

_SEPARATORS = re.compile(r"[/\\]")
_RESERVED_SIGNS = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
"""Names that mean devices. Source: Microsoft, Naming Files, Paths, and Namespaces."""

_SPACES = re.compile(r"\s+")
_EDGES = " .-_~"


def safe_name(name: str, kind: FileKind) -> str:
    """A name to show and to save under: no path, no invisible or reserved signs, the ending of its kind."""
    plain = _plain(name)
    stem, dot, ending = plain.rpartition(".")
    if not dot or kind_of_ending(ending) is None:
        stem, ending = plain, ENDINGS[kind][0]
    elif ending.lower() not in ENDINGS[kind]:
        ending = ENDINGS[kind][0]
    ending = ending.lower()
    stem = _shortened(stem.strip(_EDGES), len(ending) + 1) or kind
    if _RESERVED.match(stem):
        stem = f"_{stem[: MAX_NAME - len(ending) - 2]}"
    return f"{stem}.{ending}"


def shown_name(name: str) -> str:
    """A name as it was given, safe to show in a message; may be empty."""
    return _shortened(_plain(name), 0)


def ending_of(name: str) -> str:
    """What a name ends in, in small letters and without the dot; empty where it has no ending."""
    return _plain(name).rpartition(".")[2].lower() if "." in _plain(name) else ""


def _plain(name: str) -> str:
    """The last part of a path, without signs that are not seen or that a file system gives a meaning."""
    last = _SEPARATORS.split(name)[-1][: 10 * MAX_NAME]
    composed = unicodedata.normalize("NFC", last)
    spaced = _SPACES.sub(" ", "".join(" " if _is_space(sign) else sign for sign in composed))
    seen = "".join(sign for sign in spaced if sign == " " or unicodedata.category(sign)[0] not in "CZ")
    return _RESERVED_SIGNS.sub("-", seen).strip(" .")


def _is_space(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign)[0] == "Z"


def _shortened(text: str, taken: int) -> str:
    """The beginning of a text that leaves room for so many plain signs."""
    short = text[: MAX_NAME - taken]
    while len(short.encode()) > MAX_NAME_BYTES - taken:
        short = short[:-1]
    return short.rstrip(_EDGES)
