"""The profile of an organisation: facts asked once, for all questionnaires."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from assessment.answers import FactValue
from questionnaires.model import Fact, Questionnaire
from webapp.db import queries_assessments as queries
from webapp.db.tables.organisations import Organisation, ProfileFact
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class HeldFact:
    """One fact as it stands. ``source``: ``typed`` or ``register``, then with its day."""

    value: FactValue
    version: int
    source: str
    source_on: date | None
    by_person_id: str | None
    at_utc: datetime


@dataclass(frozen=True, slots=True)
class SaidFact:
    """What a form says of one fact; ``value`` None: left empty. ``base``: the version it was made from.

    ``is_touched``: somebody has just changed it; a whole form that comes in with its button does not tell.
    """

    fact_id: str
    value: FactValue | None
    base: int
    is_touched: bool = False


@dataclass(frozen=True, slots=True)
class FactClash:
    """Two people said different things."""

    fact_id: str
    mine: FactValue | None
    theirs: HeldFact


def waived(questionnaire: Questionnaire, organisation: Organisation) -> frozenset[str]:
    """Facts that need not be known: whoever only tries it out looks up no code of a register."""
    if organisation.kind != "trial":
        return frozenset()
    return frozenset(fact.id for fact in questionnaire.facts if fact.register_field == "nace")


def facts_for(questionnaire: Questionnaire, organisation: Organisation) -> tuple[Fact, ...]:
    """The facts of a questionnaire, those that are waived not required."""
    free = waived(questionnaire, organisation)
    return tuple(
        fact.model_copy(update={"required": False}) if fact.id in free else fact
        for fact in questionnaire.facts
    )


def open_profile(site: Site, actor: Actor, organisation_id: str) -> dict[str, HeldFact]:
    """The facts of an organisation by id. Raises NotThere and NotAllowed."""
    actor.needs(organisation_id, "owner", "member")
    with site.database.read() as session:
        return held_facts(session, organisation_id)


def held_facts(session: Session, organisation_id: str) -> dict[str, HeldFact]:
    """As ``open_profile``, within a transaction and without asking who wants to know."""
    return {id_: _held(fact) for id_, fact in queries.facts_of(session, organisation_id).items()}


def _held(fact: ProfileFact) -> HeldFact:
    return HeldFact(
        json.loads(fact.value), fact.version, fact.source, fact.source_on, fact.by_person_id, fact.at_utc
    )


def save_profile(
    site: Site, actor: Actor, organisation_id: str, said: list[SaidFact], now: datetime
) -> tuple[FactClash, ...]:
    """Keep what was said, but for what somebody else has changed meanwhile: those clashes come back.

    A fact left empty keeps its value: what is known is not taken away by a form that did not ask.
    Raises NotThere, NotAllowed, NotSaved.
    """
    actor.needs(organisation_id, "owner", "member")
    with site.database.write() as session:
        organisation = session.get_one(Organisation, organisation_id, with_for_update=True)
        return save_facts(session, organisation, actor.person_id, said, now)


def save_facts(
    session: Session, organisation: Organisation, person_id: str, said: list[SaidFact], now: datetime
) -> tuple[FactClash, ...]:
    """As ``save_profile``, within a transaction that holds the organisation and knows who may do so."""
    clashes: list[FactClash] = []
    stored = queries.facts_of(session, organisation.id)
    changed = 0
    for one in said:
        fact = stored.get(one.fact_id)
        if one.value is None or (fact is not None and json.loads(fact.value) == one.value):
            continue
        if fact is not None and one.base != fact.version and not _is_own(one, fact, person_id):
            clashes.append(FactClash(one.fact_id, one.value, _held(fact)))
            continue
        write_fact(session, stored, organisation.id, one.fact_id, one.value, person_id=person_id, now=now)
        changed += 1
    if changed:
        organisation.active_utc = now
        who, where = person_id, organisation.id
        record(session, now, "profile_saved", person_id=who, organisation_id=where, count=changed)
    return tuple(clashes)


def _is_own(said: SaidFact, fact: ProfileFact, person_id: str) -> bool:
    """Whether somebody goes on writing over what they wrote themselves."""
    return said.is_touched and fact.by_person_id == person_id


def write_fact(
    session: Session,
    stored: Mapping[str, ProfileFact],
    organisation_id: str,
    fact_id: str,
    value: FactValue,
    *,
    person_id: str | None,
    now: datetime,
    source: str = "typed",
    source_on: date | None = None,
) -> None:
    """Set one fact within a transaction."""
    fact = stored.get(fact_id)
    if fact is None:
        fact = ProfileFact(organisation_id=organisation_id, fact_id=fact_id, version=0)
        session.add(fact)
    fact.value, fact.version = json.dumps(value), fact.version + 1
    fact.source, fact.source_on = source, source_on
    fact.by_person_id, fact.at_utc = person_id, now
