"""What people are called."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from webapp.db.tables.people import Person
from webapp.services.site import Site


def names_of(site: Site, person_ids: Iterable[str | None]) -> dict[str, str]:
    """The names of people by id: their own, else what stands before the @ in their address."""
    wanted = {id_ for id_ in person_ids if id_}
    if not wanted:
        return {}
    with site.database.read() as session:
        rows = session.execute(select(Person.id, Person.name, Person.email).where(Person.id.in_(wanted)))
        return {id_: called(name, email) for id_, name, email in rows}


def called(name: str, email: str | None) -> str:
    """What somebody is called on a page; empty for a trial, who is nobody else's colleague."""
    return name or (email or "").partition("@")[0]
