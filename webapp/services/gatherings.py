"""A gathering as one value: who comes, for which company, whose consent holds now, and who sits where.

Of a company without the consent ``tables`` nobody of another company hears: neither a name nor a gap.
Consent is asked for at each use, never kept. Source: decisions 0039 and 0043.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.gathering.seats import Plan, Rule, Settings
from questionnaires.programme import ProgrammeActivity
from questionnaires.values import Depth
from webapp.db import queries_activities, queries_cohorts
from webapp.db import queries_gatherings as queries
from webapp.db.ids import is_id
from webapp.db.queries_organisations import legal_owners
from webapp.db.tables.activities import ProgrammeActivity as ActivityRow
from webapp.db.tables.gatherings import Gathering
from webapp.db.tables.organisations import Programme
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.cohorts import prework_of
from webapp.services.offering import activity_in
from webapp.services.people import called
from webapp.services.places import with_a_place
from webapp.services.programmedesk import running
from webapp.services.site import Site

KIND = "gathering"
USUAL = Settings(min_seats=4, max_seats=8)
"""The sizes of tables until somebody says something else."""

NO_TABLES = Plan(())


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who comes. ``organisation_id``, ``organisation``: empty for people of the programme.

    ``owner``: the company, or the group it belongs to; for people of the programme they themselves.
    ``is_open``: others may see their name: their company consents to ``tables``, or they are the programme's.
    """

    person_id: str
    name: str
    organisation_id: str
    organisation: str
    owner: str
    is_facilitator: bool
    is_absent: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Room:
    """A gathering. ``guests``: all who have a place, and facilitators, by name; ``topics``: JSON, once made.

    ``prework``: the questionnaires that the gathering asks for, or else its cohort, with their depth.
    """

    activity_id: str
    activity: ProgrammeActivity
    programme_id: str
    programme: str
    cohort_id: str
    cohort: str
    prework: dict[str, Depth]
    version: int
    settings: Settings
    plan: Plan
    is_published: bool
    topics: str | None
    guests: tuple[Guest, ...]

    @property
    def present(self) -> tuple[Guest, ...]:
        """Those who are there."""
        return tuple(one for one in self.guests if not one.is_absent)

    @property
    def companies(self) -> dict[str, str]:
        """The names of the companies of those who come, by id, in the order of their names."""
        found = {one.organisation_id: one.organisation for one in self.guests if one.organisation_id}
        return dict(sorted(found.items(), key=lambda item: (item[1].casefold(), item[0])))

    @property
    def willing(self) -> frozenset[str]:
        """The companies that consent to ``tables`` now, of those that come."""
        return frozenset(one.organisation_id for one in self.guests if one.organisation_id and one.is_open)

    def guest(self, person_id: str) -> Guest | None:
        """Somebody who comes."""
        return next((one for one in self.guests if one.person_id == person_id), None)


def settings_json(settings: Settings) -> str:
    """Settings as they are kept."""
    return json.dumps(
        {
            "min_seats": settings.min_seats,
            "max_seats": settings.max_seats,
            "tables": settings.tables,
            "mode": settings.mode,
            "colleagues": settings.colleagues,
            "rules": [
                {"kind": one.kind, "of": one.of, "members": sorted(one.members)} for one in settings.rules
            ],
        },
        sort_keys=True,
    )


def settings_in(text: str) -> Settings:
    """Settings as they were kept."""
    said = json.loads(text)
    rules = tuple(Rule(one["kind"], frozenset(one["members"]), one["of"]) for one in said.pop("rules"))
    return Settings(**said, rules=rules)


def plan_json(plan: Plan) -> str:
    """A plan as it is kept."""
    return json.dumps({"tables": plan.tables, "locked": sorted(plan.locked)}, sort_keys=True)


def plan_in(text: str) -> Plan:
    """A plan as it was kept."""
    said = json.loads(text)
    return Plan(tuple(tuple(table) for table in said["tables"]), frozenset(said["locked"]))


def gathering_row(
    session: Session, programme_id: str, activity_id: str, *, is_locked: bool = False
) -> tuple[ActivityRow, Gathering | None]:
    """An activity of the programme that is a gathering, and what was prepared of it. Raises NotThere."""
    found = queries_activities.find_activity(session, activity_id) if is_id(activity_id) else None
    if found is None or found[0].programme_id != programme_id or found[0].kind != KIND:
        raise NotThere
    return found[0], queries.find_gathering(session, activity_id, is_locked=is_locked)


def room_in(session: Session, activity: ActivityRow, row: Gathering) -> Room:
    """A gathering as it stands."""
    said = activity_in(activity)
    cohort = queries_cohorts.find_cohort(session, row.cohort_id)
    assert cohort is not None
    asked = prework_of(cohort)
    own: dict[str, Depth] = {id_: asked.get(id_, "basic") for id_ in said.prework}
    return Room(
        activity_id=activity.id,
        activity=said,
        programme_id=activity.programme_id,
        programme=session.get_one(Programme, activity.programme_id).name,
        cohort_id=cohort.id,
        cohort=cohort.name,
        prework=own or asked,
        version=row.version,
        settings=settings_in(row.settings),
        plan=plan_in(row.plan),
        is_published=row.published_utc is not None,
        topics=row.topics,
        guests=tuple(sorted(_guests(session, activity, row), key=_order)),
    )


def _guests(session: Session, activity: ActivityRow, row: Gathering) -> Iterator[Guest]:
    said = queries.guests_of(session, activity.id)
    numbers = {one.number for one in with_a_place(session, activity)}
    coming = [
        one for one in queries_activities.registered_people(session, activity.id) if one[0].number in numbers
    ]
    willing = queries_cohorts.consenting(session, row.cohort_id, "tables")
    owners = legal_owners(session, {company.id for _, _, company in coming})
    for _, person, company in coming:
        held = said.get(person.id)
        yield Guest(
            person.id,
            called(person.name, person.email),
            company.id,
            company.name,
            owners[company.id],
            is_facilitator=held is not None and held.is_facilitator,
            is_absent=held is not None and held.is_absent,
            is_open=company.id in willing,
        )
    there = {person.id for _, person, _ in coming}
    for person in queries.programme_people(session, activity.programme_id):
        held = said.get(person.id)
        if held is not None and held.is_facilitator and person.id not in there:
            name = called(person.name, person.email)
            yield Guest(person.id, name, "", "", person.id, True, held.is_absent, True)


def _order(guest: Guest) -> tuple[str, str]:
    return guest.name.casefold(), guest.person_id


def open_room(site: Site, actor: Actor, programme_id: str, activity_id: str) -> Room:
    """A gathering for somebody who runs its programme. Raises NotThere, also before it is begun."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        activity, row = gathering_row(session, programme_id, activity_id)
        if row is None:
            raise NotThere
        return room_in(session, activity, row)


@dataclass(frozen=True, slots=True)
class Turn:
    """Who changes which gathering, and what they saw of it. ``base``: the version of their page."""

    site: Site
    actor: Actor
    programme_id: str
    activity_id: str
    base: int
    now: datetime


@contextmanager
def changing(turn: Turn, deed: str) -> Iterator[tuple[Session, ActivityRow, Gathering]]:
    """A transaction that changes a gathering as it was, and records the deed.

    Raises NotThere, NotSaved, and Refused where somebody else has changed it since.
    """
    with running(turn.site, turn.actor, turn.programme_id) as session:
        activity, row = gathering_row(session, turn.programme_id, turn.activity_id, is_locked=True)
        if row is None:
            raise NotThere
        if row.version != turn.base:
            raise Refused("gatherings.changed_meanwhile")
        yield session, activity, row
        row.version += 1
        row.by_person_id, row.at_utc = turn.actor.person_id, turn.now
        record(
            session,
            turn.now,
            deed,
            person_id=turn.actor.person_id,
            programme=turn.programme_id,
            activity=turn.activity_id,
            version=row.version,
        )
