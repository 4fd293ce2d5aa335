"""What one edit of ``good.json`` is."""

from __future__ import annotations

from typing import NamedTuple


class Edit(NamedTuple):
    """``old`` stands once in the good file and is replaced by ``new``."""

    id: str
    old: str
    new: str
    code: str
    path: str
    line: int
    message: str
    allowed: str = ""
