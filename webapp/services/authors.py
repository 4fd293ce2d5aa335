"""Who wrote, answered or uploaded something, as it is said beside it."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.db.tables.people import Person
from webapp.services.people import called


@dataclass(frozen=True, slots=True)
class Author:
    """``name``: empty for a trial, and for somebody who ``is_gone``: erased, their deeds kept."""

    name: str = ""
    is_gone: bool = False


def author_of(person: Person | None) -> Author:
    """Who that is."""
    return Author(is_gone=True) if person is None else Author(called(person.name, person.email))
