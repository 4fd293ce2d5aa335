"""An organisation's own page: what it is, who belongs to it, and who else sees what of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from sqlalchemy.orm import Session

from assessment.answers import FactValue
from webapp.db import queries_organisations as queries
from webapp.db.queries_assessments import facts_of
from webapp.db.queries_evidence import stored_bytes
from webapp.db.tables.organisations import Organisation
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.colleagues import Colleague, colleagues_in
from webapp.services.outsiders import Advisor, advisors_in
from webapp.services.site import Site

RegisterField: TypeAlias = Literal["nace", "employees", "municipality", "legal_form"]


@dataclass(frozen=True, slots=True)
class Unit:
    """Another organisation beside this one: its parent, or one under it."""

    id: str
    name: str
    orgnr: str | None


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact the register named. ``source_on``: as of which day; None where people typed another value."""

    field: RegisterField
    value: FactValue
    source_on: date | None


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme that sees how far the organisation has come. ``controller``: who answers for its data."""

    name: str
    controller: str
    since_utc: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything its page shows. ``parent``: whose ``parent_people`` answer for it too.

    ``is_owner``: whether the reader may change anything. ``own_role``: theirs by themselves, not through
    the parent; empty where they have none.
    """

    id: str
    name: str
    orgnr: str | None
    kind: str
    register_utc: datetime | None
    parent: Unit | None
    parent_people: int
    sees_parent: bool
    units: tuple[Unit, ...]
    facts: tuple[KnownFact, ...]
    colleagues: tuple[Colleague, ...]
    advisors: tuple[Advisor, ...]
    programmes: tuple[Programme, ...]
    stored_bytes: int
    is_owner: bool
    own_role: str

    @property
    def may_have_units(self) -> bool:
        """Whether others can stand under it."""
        return self.parent is None and self.kind != "trial"


def open_organisation(site: Site, actor: Actor, organisation_id: str, now: datetime) -> Overview:
    """An organisation for one of its own people. Raises NotThere and NotAllowed."""
    actor.needs(organisation_id, *COMPANY_ROLES)
    with site.database.read() as session:
        row = session.get_one(Organisation, organisation_id)
        parent = session.get_one(Organisation, row.parent_id) if row.parent_id else None
        own = queries.find_membership(session, row.id, actor.person_id)
        return Overview(
            id=row.id,
            name=row.name,
            orgnr=row.orgnr,
            kind=row.kind,
            register_utc=row.register_utc,
            parent=None if parent is None else _unit(parent),
            parent_people=0 if parent is None else len(queries.people_of(session, parent.id)),
            sees_parent=parent is not None and actor.answers_for(parent.id),
            units=tuple(_unit(unit) for unit in queries.units_of(session, row.id)),
            facts=tuple(_known_facts(session, site, row.id)),
            colleagues=colleagues_in(session, row),
            advisors=advisors_in(session, site, row.id, now),
            programmes=_programmes(session, row.id),
            stored_bytes=stored_bytes(session, row.id),
            is_owner=actor.is_any_of(row.id, "owner"),
            own_role="" if own is None else own.role,
        )


def _unit(row: Organisation) -> Unit:
    return Unit(row.id, row.name, row.orgnr)


def _known_facts(session: Session, site: Site, organisation_id: str) -> list[KnownFact]:
    """What stands in the profile of those facts that a register can name, in the order they are asked."""
    asked = {fact.id: fact for one in site.shelf.offered for fact in one.plan.questionnaire.facts}
    held = facts_of(session, organisation_id)
    return [
        KnownFact(fact.register_field, json.loads(held[id_].value), held[id_].source_on)
        for id_, fact in asked.items()
        if fact.register_field is not None and id_ in held
    ]


def _programmes(session: Session, organisation_id: str) -> tuple[Programme, ...]:
    rows = queries.programmes_of(session, organisation_id)
    return tuple(
        Programme(programme.name, programme.controller, participation.since_utc)
        for participation, programme in rows
    )
