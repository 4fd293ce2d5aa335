"""The tables of a gathering: settings and rules, a proposal, and seats changed by hand.

Gaps weigh only where the company consents to ``tables`` now; everybody who is there gets a seat. What is
computed is kept only on top of the version it was computed from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from assessment.gathering import editing
from assessment.gathering.editing import Breach, breaches
from assessment.gathering.proposing import propose as proposed
from assessment.gathering.proposing import repropose as reproposed
from assessment.gathering.reasons import TableReason, reasons
from assessment.gathering.seats import MAX_RULES, NoSuchSeat, Participant, Plan, Rule, Settings
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.gatheringresults import Brought, brought_in
from webapp.services.gatherings import (
    NO_TABLES,
    Room,
    Turn,
    changing,
    gathering_row,
    plan_json,
    room_in,
    settings_json,
)
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class Seating:
    """The tables for somebody who runs the programme. ``reasons``: one a table; ``breaches``: of the plan."""

    room: Room
    reasons: tuple[TableReason, ...]
    breaches: tuple[Breach, ...]


def open_seating(site: Site, actor: Actor, programme_id: str, activity_id: str) -> Seating:
    """Who sits where and why. Raises NotThere."""
    room, people = seated(site, actor, programme_id, activity_id)
    settings = as_asked(room)
    plan = without_absent(room)
    found = breaches(plan, people, settings) if plan.tables else ()
    return Seating(replace(room, plan=plan), reasons(plan, people), found)


def seated(
    site: Site, actor: Actor, programme_id: str, activity_id: str
) -> tuple[Room, tuple[Participant, ...]]:
    """A gathering with those present as seating sees them. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        activity, row = gathering_row(session, programme_id, activity_id)
        if row is None:
            raise NotThere
        room = room_in(session, activity, row)
        return room, _seen(session, site, room)


def _seen(session: Session, site: Site, room: Room) -> tuple[Participant, ...]:
    return participants(room, brought_in(session, site, room, room.willing))


def participants(room: Room, brought: Mapping[str, Brought]) -> tuple[Participant, ...]:
    """Those present. Whose company does not consent has neither gaps nor strengths."""
    willing = room.willing
    weighed = {id_: one.weights for id_, one in brought.items() if id_ in willing}
    return tuple(
        Participant(
            id=one.person_id,
            owner=one.owner,
            is_facilitator=one.is_facilitator,
            gaps=weighed[one.organisation_id].gaps if one.organisation_id in weighed else {},
            strengths=weighed[one.organisation_id].strengths if one.organisation_id in weighed else {},
        )
        for one in room.present
    )


def as_asked(room: Room) -> Settings:
    """The settings with companies as the owners they belong to, as seating knows them."""
    owners = {one.organisation_id: one.owner for one in room.guests if one.organisation_id}

    def told(rule: Rule) -> Rule:
        if rule.of == "people":
            return rule
        return replace(rule, members=frozenset(owners.get(id_, id_) for id_ in rule.members))

    return replace(room.settings, rules=tuple(told(rule) for rule in room.settings.rules))


def without_absent(room: Room) -> Plan:
    """The plan with those who are there; a table that nobody is left at keeps its number."""
    there = {one.person_id for one in room.present}
    tables = tuple(tuple(id_ for id_ in table if id_ in there) for table in room.plan.tables)
    return Plan(tables, room.plan.locked & there)


def save_settings(turn: Turn, settings: Settings) -> None:
    """Keep sizes and wishes; the rules stay. Raises NotThere, NotSaved, Refused."""
    with changing(turn, "gathering_settings") as (session, activity, row):
        rules = room_in(session, activity, row).settings.rules
        row.settings = settings_json(replace(settings, rules=rules))


def add_rule(turn: Turn, rule: Rule) -> None:
    """Add a rule about people or companies that come.

    Raises NotThere, NotSaved, and Refused: it is about too few, or there are too many.
    """
    with changing(turn, "gathering_rule_added") as (session, activity, row):
        room = room_in(session, activity, row)
        known = {one.person_id for one in room.guests} if rule.of == "people" else room.companies.keys()
        kept = replace(rule, members=rule.members & known)
        is_one_company = len(kept.members) == 1 and kept.kind == "together" and kept.of == "owners"
        if len(kept.members) < 2 and not is_one_company:
            raise Refused("gatherings.rule_needs_two")
        if len(room.settings.rules) >= MAX_RULES:
            raise Refused("gatherings.too_many_rules", limit=MAX_RULES)
        if kept not in room.settings.rules:
            row.settings = settings_json(replace(room.settings, rules=(*room.settings.rules, kept)))


def remove_rule(turn: Turn, at: int) -> None:
    """Take a rule out, by its place in the list. Raises NotThere, NotSaved, Refused."""
    with changing(turn, "gathering_rule_removed") as (session, activity, row):
        settings = room_in(session, activity, row).settings
        if not 0 <= at < len(settings.rules):
            raise NotThere
        rules = settings.rules[:at] + settings.rules[at + 1 :]
        row.settings = settings_json(replace(settings, rules=rules))


def propose(turn: Turn, *, keeps_locked: bool = True) -> None:
    """Seat everybody who is there, around the locked seats or from nothing.

    Raises NotThere, NotSaved, SeatingRefused where the rules and sizes cannot be kept, and Refused: nobody is
    there, or somebody changed something meanwhile.
    """
    room, people = seated(turn.site, turn.actor, turn.programme_id, turn.activity_id)
    if room.version != turn.base:
        raise Refused("gatherings.changed_meanwhile")
    if not people:
        raise Refused("gatherings.nobody")
    before = without_absent(room) if keeps_locked else NO_TABLES
    settings = as_asked(room)
    found = reproposed(before, people, settings) if before.locked else proposed(people, settings)
    with changing(turn, "gathering_proposed") as (session, activity, row):
        if _seen(session, turn.site, room_in(session, activity, row)) != people:  # such as a consent
            raise Refused("gatherings.changed_meanwhile")
        row.plan = plan_json(found.plan)


def move(turn: Turn, person: str, table: int) -> None:
    """Put somebody at a table by its index, or at a new one. Raises NotThere, NotSaved, Refused.

    Whoever has come since the tables were made gets their seat so.
    """
    _edit(turn, (person,), lambda plan: editing.move(plan, person, table))


def swap(turn: Turn, one: str, other: str) -> None:
    """Have two people change places. Raises NotThere, NotSaved, Refused."""
    _edit(turn, (one, other), lambda plan: editing.swap(plan, one, other))


def keep_seats(turn: Turn, people: Collection[str]) -> None:
    """Lock the seats of these people and no other. Raises NotThere, NotSaved, Refused."""
    _edit(turn, people, lambda plan: editing.lock(editing.unlock(plan, plan.locked), people))


def _edit(turn: Turn, people: Collection[str], deed: Callable[[Plan], Plan]) -> None:
    """Change the plan by hand. Raises Refused where there are no tables, or somebody has no seat."""
    with changing(turn, "gathering_edited") as (session, activity, row):
        room = room_in(session, activity, row)
        there = {one.person_id for one in room.present}
        if not room.plan.tables or not there.issuperset(people):
            raise Refused("gatherings.no_seat")
        try:
            row.plan = plan_json(deed(without_absent(room)))
        except NoSuchSeat as error:
            raise Refused("gatherings.no_seat") from error


def publish(turn: Turn, *, is_open: bool) -> None:
    """Show people their tables, or no longer. Raises NotThere, NotSaved, and Refused where there are none."""
    deed = "gathering_published" if is_open else "gathering_unpublished"
    with changing(turn, deed) as (session, activity, row):
        if is_open and not room_in(session, activity, row).plan.tables:
            raise Refused("gatherings.no_tables")
        row.published_utc = turn.now if is_open else None
