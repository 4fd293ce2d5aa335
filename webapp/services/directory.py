"""The directory of support for those who may look something up in it: companies, their advisors, staff."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.support.matching import Wanted, areas_of, find_actors
from questionnaires.support import SupportActor
from questionnaires.values import Language
from webapp.db import queries_support as queries
from webapp.db.ids import is_id
from webapp.db.queries_activities import programmes_with_family
from webapp.errors import NotThere
from webapp.services.activities import programmes_for
from webapp.services.actor import Actor
from webapp.services.offering import actor_in
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation that helps. ``id``: of its row; ``dead``: addresses that cannot be reached now."""

    id: str
    programme: str
    actor: SupportActor
    dead: frozenset[str]


@dataclass(frozen=True, slots=True)
class Directory:
    """What was found. ``total``: how many there are; ``areas``: the places to choose among."""

    found: tuple[Listed, ...]
    total: int
    areas: tuple[str, ...]
    has_several: bool


def look_up(site: Site, actor: Actor, wanted: Wanted, language: Language) -> Directory:
    """Those who help with what is wanted. Raises NotThere for who is in no programme with a directory."""
    with site.database.read() as session:
        listed = _open_to(session, actor)
    if not listed:
        raise NotThere
    fitting = {
        one.id: found
        for one in listed
        if (found := next(iter(find_actors([one.actor], wanted, language)), None)) is not None
    }
    return Directory(
        found=tuple(
            Listed(one.id, one.programme, fitting[one.id], one.dead) for one in listed if one.id in fitting
        ),
        total=len(listed),
        areas=areas_of(one.actor for one in listed),
        has_several=len({one.programme for one in listed}) > 1,
    )


def open_actor(site: Site, actor: Actor, actor_id: str) -> Listed:
    """One of them on its page. Raises NotThere."""
    with site.database.read() as session:
        for one in _open_to(session, actor) if is_id(actor_id) else ():
            if one.id == actor_id:
                return one
    raise NotThere


def directory_of(session: Session, organisation_id: str) -> dict[str, SupportActor]:
    """Who can help a company, by the id of the row: those with offers, of the programmes it takes part in."""
    ids = [one.id for one in programmes_with_family(session, organisation_id)]
    found = {row.id: actor_in(row) for row in queries.actors_of(session, ids)}
    return {id_: one for id_, one in found.items() if one.offers}


def _open_to(session: Session, actor: Actor) -> list[Listed]:
    names = {one.id: one.name for one in programmes_for(session, actor)}
    rows = queries.actors_of(session, list(names))
    dead: dict[str, set[str]] = {}
    for link in queries.links_of(session, [row.id for row in rows]):
        if link.dead_since_utc is not None:
            dead.setdefault(link.actor_id, set()).add(link.address)
    listed = (
        Listed(row.id, names[row.programme_id], actor_in(row), frozenset(dead.get(row.id, ())))
        for row in rows
    )
    return [one for one in listed if one.actor.offers]
