"""What people and companies may ask of us about themselves: to be erased. (Copies: the modules beside this.)

Somebody who is the last owner of a company with others or with assessments in it cannot just go: the
company would be nobody's. They make somebody else an owner, or erase the company first. A trial has
nobody else, so it goes as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.db import queries_privacy as queries
from webapp.db.queries_organisations import organisations_named, units_of
from webapp.db.queries_retention import trials_of
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Person
from webapp.db.upkeep import compact, size_bytes
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.colleagues import owner_at_work
from webapp.services.erasing import forget_person, remove_files, remove_named, remove_organisation
from webapp.services.site import Site
from webapp.settings import MEGABYTE

COMPACT_AT_ONCE_BYTES = 20 * MEGABYTE
"""A database up to this size is written anew right after an erasure; a larger one by retention, daily."""


@dataclass(frozen=True, slots=True)
class Held:
    """A company that would be nobody's. ``colleagues``: how many others could be its owner."""

    id: str
    name: str
    colleagues: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """What erasing oneself means. ``held``: what stands in the way; ``alone``: companies that go along."""

    held: tuple[Held, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """What erasing a company means. ``units``: names of those that go with it; ``name``: to be typed."""

    id: str
    name: str
    units: tuple[str, ...]
    people: int
    assessments: int
    files: int


def look_at_leaving(site: Site, actor: Actor) -> Leaving:
    """What erasing themselves would mean to somebody."""
    with site.database.read() as session:
        held, alone = _owned_alone(session, actor.person_id, is_trial=actor.is_trial)
        names = {row.id: row.name for row in organisations_named(session, alone)}
        return Leaving(held, tuple(names.values()))


def erase_person(site: Site, person_id: str, now: datetime, *, by_operator: bool = False) -> None:
    """Erase a person: for themselves, or by the operator.

    What they answered stays the company's and is nobody's; companies they alone made and that are empty
    go with them. Raises NotThere, NotSaved, and Refused while a company would be nobody's.
    """
    with site.database.write() as session:
        person = session.get(Person, person_id, with_for_update=True)
        if person is None:
            raise NotThere
        held, alone = _owned_alone(session, person_id, is_trial=person.is_trial)
        if held:
            raise Refused("privacy.last_owner", names=", ".join(one.name or one.id for one in held))
        keys = {id_: _end(session, id_, person_id, now) for id_ in alone}
        named = forget_person(session, person)
        record(session, now, "person_erased", person_id=person_id, by_operator=int(by_operator))
    remove_named(site, named)
    _clear(site, keys)


def look_at_ending(site: Site, actor: Actor, organisation_id: str) -> Ending:
    """What erasing a company would mean, for its owners. Raises NotThere and NotAllowed."""
    actor.needs(organisation_id, "owner")
    with site.database.read() as session:
        organisation = session.get_one(Organisation, organisation_id)
        family = _family(session, organisation_id)
        return Ending(
            id=organisation_id,
            name=organisation.name,
            units=tuple(row.name for row in organisations_named(session, family[:-1])),
            people=queries.count_people(session, family),
            assessments=queries.count_assessments(session, family),
            files=queries.count_files(session, family),
        )


def erase_organisation(site: Site, actor: Actor, organisation_id: str, name: str, now: datetime) -> None:
    """Erase a company with its units and everything they have. ``name``: typed, to be sure.

    Raises NotThere, NotAllowed, NotSaved, and Refused where the name is another.
    """
    with owner_at_work(site, actor, organisation_id, now) as (session, organisation):
        if not is_same_name(name, organisation.name):
            raise Refused("privacy.other_name")
        family = _family(session, organisation_id)
        keys = {id_: _end(session, id_, actor.person_id, now) for id_ in family}
    _clear(site, keys)


def is_same_name(typed: str, name: str) -> bool:
    """Whether a name was typed as it is, however written small or large and spaced."""
    return typed.casefold().split() == name.casefold().split()


def _owned_alone(session: Session, person_id: str, *, is_trial: bool) -> tuple[tuple[Held, ...], list[str]]:
    """The companies somebody is the last owner of: those in the way, and the ids of those that go along."""
    if is_trial:
        return (), trials_of(session, person_id)
    held, alone = [], []
    for organisation in queries.owned_alone(session, person_id):
        family = _family(session, organisation.id)
        others = queries.count_others(session, family, person_id)
        if others or queries.count_assessments(session, family) or len(family) > 1:
            held.append(Held(organisation.id, organisation.name, others))
        else:
            alone.append(organisation.id)
    return tuple(held), alone


def _family(session: Session, organisation_id: str) -> list[str]:
    """A company after everything that is under it."""
    below = [id_ for unit in units_of(session, organisation_id) for id_ in _family(session, unit.id)]
    return [*below, organisation_id]


def _end(session: Session, organisation_id: str, person_id: str, now: datetime) -> list[str]:
    keys = remove_organisation(session, organisation_id)
    record(session, now, "organisation_erased", person_id=person_id, organisation_id=organisation_id)
    return keys


def _clear(site: Site, keys: dict[str, list[str]]) -> None:
    """Files after rows; then no page of the database holds what was erased."""
    for organisation_id, own in keys.items():
        remove_files(site, organisation_id, own)
    size = size_bytes(site.database)
    if size is not None and size <= COMPACT_AT_ONCE_BYTES:
        compact(site.database)
