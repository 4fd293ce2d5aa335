"""Setting up organisations: by number with the register's help, by name without it, with units under them.

A number proves nothing and finds nobody: two people who type the same one get an organisation each, and
neither learns of the other. People come into an organisation by invitation alone (decision 0023).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.db import queries_organisations as queries
from webapp.db.queries_assessments import facts_of
from webapp.db.queries_people import roles_of
from webapp.db.tables.organisations import Organisation
from webapp.db.tables.people import Membership, Person
from webapp.errors import NotAllowed, NotThere, Refused
from webapp.register.port import RegisterEntry, RegisterUnavailable
from webapp.register.prefill import prefill
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.audit import record
from webapp.services.colleagues import owner_at_work
from webapp.services.profile import write_fact
from webapp.services.site import Site

MAX_ORGANISATIONS = 200
"""How many one person may answer for: more than the largest group has, fewer than a script would make."""


@dataclass(frozen=True, slots=True)
class _Work:
    """One transaction, for whom it is, and when."""

    session: Session
    site: Site
    actor: Actor
    now: datetime

    def own(self) -> list[str]:
        """The organisations they answer for as things stand; until the end they come by no other one.

        Raises NotThere.
        """
        if self.session.get(Person, self.actor.person_id, with_for_update=True) is None:
            raise NotThere
        roles = roles_of(self.session, self.actor.person_id, self.now)
        return list(dict.fromkeys(id_ for id_, role in roles if role in COMPANY_ROLES))

    def record(self, organisation: Organisation, deed: str) -> None:
        record(self.session, self.now, deed, person_id=self.actor.person_id, organisation_id=organisation.id)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the register says of a number. ``entry``: None where it has none, or does not answer.

    ``units``: those under it; empty for one that is a unit itself.
    """

    orgnr: str
    entry: RegisterEntry | None
    units: tuple[RegisterEntry, ...] = ()
    is_available: bool = True

    def among(self, numbers: Iterable[str]) -> tuple[RegisterEntry, ...]:
        """The units with these numbers."""
        wanted = set(numbers)
        return tuple(unit for unit in self.units if unit.orgnr in wanted)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be set up. ``name``: where the register says none; ``numbers``: whom to answer for.

    ``parent_id``: the organisation whose people answer for it.
    """

    looked: Looked | None
    name: str = ""
    numbers: frozenset[str] = frozenset()
    parent_id: str | None = None

    @property
    def orgnr(self) -> str | None:
        """The number that was asked for."""
        return None if self.looked is None else self.looked.orgnr

    @property
    def entry(self) -> RegisterEntry | None:
        """What the register has under the number."""
        return None if self.looked is None else self.looked.entry

    @property
    def units(self) -> tuple[RegisterEntry, ...]:
        """The units to answer for."""
        return () if self.looked is None or self.parent_id else self.looked.among(self.numbers)

    @property
    def is_whole(self) -> bool:
        """Whether they answer for the organisation as such, not only for units of it."""
        return not self.units or self.orgnr in self.numbers


def look_up(site: Site, orgnr: str) -> Looked:
    """What the register says of a number, whether or not it answers."""
    try:
        entry = site.register.find(orgnr)
        units = site.register.sub_units(orgnr) if entry is not None and entry.kind == "main" else ()
    except RegisterUnavailable:
        return Looked(orgnr, None, is_available=False)
    return Looked(orgnr, entry, tuple(unit for unit in units if not unit.is_ended))


def find_own(site: Site, actor: Actor, orgnr: str) -> str | None:
    """The id of the organisation with a number among an actor's own."""
    with site.database.read() as session:
        found = queries.numbered(session, actor.organisations(*COMPANY_ROLES), orgnr)
        return None if found is None else found.id


def name_of(site: Site, actor: Actor, organisation_id: str) -> str:
    """What an organisation of an actor's is called. Raises NotThere and NotAllowed."""
    actor.needs(organisation_id, "owner")
    with site.database.read() as session:
        return session.get_one(Organisation, organisation_id).name


def set_up(site: Site, actor: Actor, wanted: Wanted, now: datetime) -> str:
    """Set an organisation up with the actor as its owner, and units under it; the id of the first.

    Units chosen without the organisation itself stand alone. Raises NotThere, NotAllowed, NotSaved, and
    Refused: they have the number already, a unit cannot have units, or it would be too many.
    """
    if actor.is_trial:
        raise NotAllowed
    if wanted.parent_id is not None:
        return _set_up_under(site, actor, wanted.parent_id, wanted, now)
    with site.database.write() as session:
        work = _Work(session, site, actor, now)
        whole = [wanted.orgnr] if wanted.is_whole else []
        _refuse_known(work, [*whole, *(unit.orgnr for unit in wanted.units)])
        if not wanted.is_whole:
            alone = [_own(work, _listed(work, unit)) for unit in wanted.units]
            return alone[0]
        first = _new(work, wanted)
        for unit in wanted.units:
            _listed(work, unit, first)
        return _own(work, first)


def _set_up_under(site: Site, actor: Actor, parent_id: str, wanted: Wanted, now: datetime) -> str:
    with owner_at_work(site, actor, parent_id, now) as (session, parent):
        work = _Work(session, site, actor, now)
        _refuse_depth(parent)
        _refuse_known(work, [wanted.orgnr])
        return _new(work, wanted, parent).id


def add_units(
    site: Site, actor: Actor, parent_id: str, looked: Looked, *, numbers: Iterable[str], now: datetime
) -> int:
    """Answer for units of an organisation too; how many are new.

    ``looked``: what the register says of the organisation; ``numbers``: which of its units. Raises as
    ``set_up`` does, and Refused where it has another number by now.
    """
    units = looked.among(numbers)
    with owner_at_work(site, actor, parent_id, now) as (session, parent):
        work = _Work(session, site, actor, now)
        _refuse_depth(parent)
        if parent.orgnr != looked.orgnr:
            raise Refused("organisation.renumbered")
        there = {unit.orgnr for unit in queries.units_of(session, parent_id)}
        new = [unit for unit in units if unit.orgnr not in there]
        _refuse_known(work, [unit.orgnr for unit in new])
        for unit in new:
            _listed(work, unit, parent)
        return len(new)


def identify(site: Site, actor: Actor, organisation_id: str, wanted: Wanted, now: datetime) -> None:
    """Give an organisation that exists its name and number; facts that people typed stay.

    Raises NotThere, NotAllowed, NotSaved, and Refused: another of theirs has the number.
    """
    with owner_at_work(site, actor, organisation_id, now) as (session, organisation):
        work, entry = _Work(session, site, actor, now), wanted.entry
        others = [id_ for id_ in work.own() if id_ != organisation_id]
        if wanted.orgnr and queries.numbered(session, others, wanted.orgnr) is not None:
            raise Refused("organisation.already_yours")
        organisation.name = wanted.name if entry is None else entry.name
        organisation.orgnr, organisation.entity_orgnr = wanted.orgnr, None
        if organisation.kind != "trial":
            organisation.kind = "main" if entry is None else entry.kind
        organisation.active_utc = now
        _fill(work, organisation, entry)
        work.record(organisation, "organisation_named")


def fetch_again(site: Site, actor: Actor, organisation_id: str, now: datetime) -> bool:
    """Renew what came from the register; whether it answered.

    Raises NotThere, NotAllowed, NotSaved, and Refused where the organisation has another number by now.
    """
    actor.needs(organisation_id, "owner")
    with site.database.read() as session:
        orgnr = session.get_one(Organisation, organisation_id).orgnr
    looked = look_up(site, orgnr) if orgnr else None
    if looked is None or looked.entry is None:
        return False
    with owner_at_work(site, actor, organisation_id, now) as (session, organisation):
        if organisation.orgnr != looked.orgnr:
            raise Refused("organisation.renumbered")
        work = _Work(session, site, actor, now)
        organisation.name = looked.entry.name
        _fill(work, organisation, looked.entry)
        work.record(organisation, "organisation_fetched")
    return True


def _refuse_depth(parent: Organisation) -> None:
    if parent.parent_id is not None or parent.kind == "trial":
        raise Refused("organisation.no_units_here")


def _refuse_known(work: _Work, numbers: Iterable[str | None]) -> None:
    own = work.own()
    for number in numbers:
        if number is not None and queries.numbered(work.session, own, number) is not None:
            raise Refused("organisation.already_yours")
    if len(own) >= MAX_ORGANISATIONS:
        raise Refused("organisation.too_many")


def _listed(work: _Work, entry: RegisterEntry, parent: Organisation | None = None) -> Organisation:
    """A new organisation as the register has it."""
    return _new(work, Wanted(Looked(entry.orgnr, entry)), parent)


def _new(work: _Work, wanted: Wanted, parent: Organisation | None = None) -> Organisation:
    entry = wanted.entry
    organisation = Organisation(
        name=wanted.name if entry is None else entry.name,
        orgnr=wanted.orgnr,
        kind="main" if entry is None else entry.kind,
        parent_id=None if parent is None else parent.id,
        created_utc=work.now,
        active_utc=work.now,
    )
    work.session.add(organisation)
    work.session.flush()
    _fill(work, organisation, entry)
    work.record(organisation, "organisation_registered")
    return organisation


def _own(work: _Work, organisation: Organisation) -> str:
    work.session.add(
        Membership(
            organisation_id=organisation.id,
            person_id=work.actor.person_id,
            role="owner",
            since_utc=work.now,
        )
    )
    return organisation.id


def _fill(work: _Work, organisation: Organisation, entry: RegisterEntry | None) -> None:
    keep_facts_of(work.session, work.site, organisation, entry, by=work.actor.person_id, now=work.now)


def keep_facts_of(
    session: Session,
    site: Site,
    organisation: Organisation,
    entry: RegisterEntry | None,
    *,
    by: str,
    now: datetime,
) -> None:
    """Keep the facts the register knows, but for those that people have typed. ``by``: who asked it."""
    if entry is None:
        return
    organisation.register_utc = now
    organisation.entity_orgnr = entry.parent_orgnr
    stored = facts_of(session, organisation.id)
    facts = {fact.id: fact for one in site.shelf.offered for fact in one.plan.questionnaire.facts}
    day = now.astimezone(site.zone).date()
    for id_, value in prefill(entry, facts.values()).items():
        held = stored.get(id_)
        if held is not None and held.source != "register":
            continue
        if held is not None and json.loads(held.value) == value:
            held.source_on = day
            continue
        write_fact(
            session,
            stored,
            organisation.id,
            id_,
            value,
            person_id=by,
            now=now,
            source="register",
            source_on=day,
        )
