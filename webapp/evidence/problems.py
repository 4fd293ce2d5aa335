"""Why a file cannot be taken; the words stand in ``webapp/translations/evidence``, under ``file``."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

from webapp.errors import WebappError

FileCode: TypeAlias = Literal[
    "missing",
    "empty",
    "too_large",
    "quota_full",
    "unknown_type",
    "name_differs",
    "encrypted",
    "old_office",
    "heic",
    "macro",
    "embedded",
    "remote",
    "script",
    "markup",
    "commands",
    "unpacked",
    "pixels",
    "broken",
    "limits",
    "busy",
]
CODES: Final[tuple[FileCode, ...]] = get_args(FileCode)


class FileRefused(WebappError):
    """A file that cannot be taken. ``code``: why; ``parts``: for its words.

    The parts are ``name`` (as shown), ``limit`` (MB, or million pixels) and ``kind`` (what it is), where
    the words of the code have them.
    """

    def __init__(self, code: FileCode, **parts: object) -> None:
        self.code: FileCode = code
        self.parts = parts
        super().__init__(code)
