"""Where the files of a programme lie in the store: partners' logos, files it shows, and its own look.

The pictures of its look are put there by an operator, who names them; all others lie in a folder of ours.
"""

from __future__ import annotations

from webapp.db.ids import new_id

FOLDER = "programmes"
_OURS = "files"


def new_key(programme_id: str, ending: str = "") -> str:
    """A place for a file that was not there before."""
    return f"{FOLDER}/{programme_id}/{_OURS}/{new_id()}{ending}"


def is_made_here(key: str) -> bool:
    """Whether a key is one of those that ``new_key`` makes."""
    return key.split("/")[2:-1] == [_OURS]
