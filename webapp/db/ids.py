"""Names for rows that have an address: random, so that nobody can guess the next one."""

from __future__ import annotations

import re
import secrets

ID_LENGTH = 22
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


def new_id() -> str:
    """22 characters with 128 random bits that can stand in an address, and after a command.

    None begins with a hyphen: a command would take it for an option.
    """
    while (found := secrets.token_urlsafe(16)).startswith("-"):
        pass
    return found


def is_id(text: str) -> bool:
    """Whether a text can be the id of a row at all."""
    return _ID.fullmatch(text) is not None
