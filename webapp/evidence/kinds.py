"""The kinds of files that can show an answer to be so: what they are called, and what a name may end in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

FileKind: TypeAlias = Literal["pdf", "png", "jpeg", "xlsx", "docx", "csv"]
KINDS: Final[tuple[FileKind, ...]] = get_args(FileKind)

MEDIA_TYPES: Final[Mapping[FileKind, str]] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
}
"""What a file is served as. Source: IANA, media types."""

ENDINGS: Final[Mapping[FileKind, tuple[str, ...]]] = {
    "pdf": ("pdf",),
    "png": ("png",),
    "jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "xlsx": ("xlsx",),
    "docx": ("docx",),
    "csv": ("csv", "tsv", "txt"),
}
"""The endings of names by kind; the first is the one we give."""

ACCEPT: Final = ",".join(f".{ending}" for kind in KINDS for ending in ENDINGS[kind] if ending != "txt")
"""For the ``accept`` of a file input: a help to choose, never a check."""

_IMAGES: Final = ("png", "jpeg")


def kind_of_ending(ending: str) -> FileKind | None:
    """The kind a name promises by its ending, which has no dot; None where it promises none of ours."""
    return next((kind for kind in KINDS if ending.lower() in ENDINGS[kind]), None)


def is_promised(kind: FileKind, ending: str) -> bool:
    """Whether a file may be of a kind although its name has that ending.

    An ending that promises none of our kinds says nothing, and images are mixed up so often that it means
    nothing; table text must be promised, since nothing in it says what it is.
    """
    promised = kind_of_ending(ending)
    if kind in _IMAGES:
        return promised is None or promised in _IMAGES
    return promised == kind or (promised is None and kind != "csv")
