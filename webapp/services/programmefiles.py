"""Where the files of a programme lie in the store: partners' logos, files it shows, and its own look.

The pictures of its look are put there by an operator under names of their own; all others have names we made.
"""

from __future__ import annotations

from webapp.db.ids import is_id, new_id

FOLDER = "programmes"


def new_key(programme_id: str, ending: str = "") -> str:
    """A place for a file that was not there before."""
    return f"{FOLDER}/{programme_id}/{new_id()}{ending}"


def is_made_here(key: str) -> bool:
    """Whether a key is one of those that ``new_key`` makes."""
    return is_id(key.rpartition("/")[2].partition(".")[0])
