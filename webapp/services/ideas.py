"""Ideas from the tables of a gathering: captured by those who are there, kept with owner, next step and date.

Who sees one: those who run the programme; the company that wrote it, and the one that goes on with it; and
the companies at its table, where the company that wrote it consents to ``tables``. Source: decision 0043.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from assessment.gathering.ideas import IdeaState
from questionnaires.programme import ProgrammeActivity
from webapp.db import queries_gatherings as queries
from webapp.db.ids import is_id, new_id
from webapp.db.queries_organisations import organisations_named
from webapp.db.queries_people import people_by_id
from webapp.db.tables.gatherings import GatheringIdea
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.gatheringreader import Reader, reader_of
from webapp.services.people import called
from webapp.services.site import Site

MAX_IDEAS = 1_000
"""How many one gathering has at most."""


@dataclass(frozen=True, slots=True)
class WantedIdea:
    """What somebody writes. ``owner_id``: who of those present goes on with it; empty: ``owner`` as written.

    ``table``: from 1; None for none.
    """

    text: str
    table: int | None
    owner_id: str
    owner: str
    next_step: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Followed:
    """How far an idea has come, and its text as it is now. ``base``: the version the page showed."""

    state: IdeaState
    text: str
    next_step: str
    due_on: date | None
    base: int


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea for a reader. ``owner``, ``by``, ``company``: empty where they must not see it, or gone."""

    id: str
    table: int | None
    text: str
    owner: str
    next_step: str
    due_on: date | None
    is_overdue: bool
    state: IdeaState
    by: str
    company: str
    at_utc: datetime
    version: int
    may_change: bool


@dataclass(frozen=True, slots=True)
class IdeaPage:
    """The page of ideas for a reader. ``table``: where they sit, None for nowhere, or not published yet.

    ``tables``: how many there are; ``owners``: who can go on with an idea, by id and name, the reader first;
    ``is_early``: ideas are for the day itself and after; ``token``: of a form that is made now.
    """

    activity_id: str
    activity: ProgrammeActivity
    programme_id: str
    table: int | None
    tables: int
    owners: tuple[tuple[str, str], ...]
    ideas: tuple[Idea, ...]
    is_early: bool
    is_guest: bool
    is_staff: bool
    token: str

    @property
    def may_write(self) -> bool:
        """Whether the reader can add one."""
        return not self.is_early and (self.is_guest or self.is_staff)


@dataclass(frozen=True, slots=True)
class _Names:
    """What people and companies are called, by id."""

    people: dict[str, str]
    companies: dict[str, str]


def open_ideas(site: Site, actor: Actor, activity_id: str, now: datetime) -> IdeaPage:
    """The ideas of a gathering that somebody may see, the newest first. Raises NotThere."""
    with site.database.read() as session:
        reader = reader_of(session, site, actor, activity_id, now)
        room = reader.room
        return IdeaPage(
            activity_id=activity_id,
            activity=room.activity,
            programme_id=room.programme_id,
            table=reader.table,
            tables=len(room.plan.tables),
            owners=tuple(_owners(reader)),
            ideas=_seen(session, reader),
            is_early=reader.is_early,
            is_guest=reader.own is not None,
            is_staff=reader.is_staff,
            token=new_id(),
        )


def _owners(reader: Reader) -> Iterable[tuple[str, str]]:
    """The reader, then those at their table whose names they may know; to staff, all who are there."""
    room, own = reader.room, reader.own
    if own is not None:
        yield own.person_id, own.name
    at = room.plan.table_of(reader.actor.person_id) if room.is_published else None
    table = set(room.plan.tables[at]) if at is not None else set()
    for one in room.present:
        is_near = reader.is_staff or one.person_id in table or one.organisation_id in reader.companies
        if one is not own and is_near and reader.sees_name(one):
            yield one.person_id, one.name


def _is_own(reader: Reader, row: GatheringIdea) -> bool:
    """Whether an idea is one of the reader's company, or of themselves."""
    people = {row.by_person_id, row.owner_person_id}
    companies = {row.organisation_id, row.owner_organisation_id}
    return reader.actor.person_id in people or not companies.isdisjoint(reader.companies)


def _is_seen(reader: Reader, row: GatheringIdea) -> bool:
    if reader.is_staff or _is_own(reader, row):
        return True
    is_open = row.organisation_id is None or row.organisation_id in reader.room.willing
    return is_open and row.table_number in reader.tables


def _seen(session: Session, reader: Reader) -> tuple[Idea, ...]:
    rows = [row for row in queries.ideas_at(session, reader.room.activity_id) if _is_seen(reader, row)]
    people = people_by_id(session, (id_ for row in rows for id_ in (row.by_person_id, row.owner_person_id)))
    companies = organisations_named(session, {row.organisation_id for row in rows if row.organisation_id})
    names = _Names(
        {one.id: called(one.name, one.email) for one in people.values()},
        {one.id: one.name for one in companies},
    )
    return tuple(_idea(reader, row, names) for row in reversed(rows))


def _idea(reader: Reader, row: GatheringIdea, names: _Names) -> Idea:
    is_near = reader.is_staff or (row.organisation_id or "") in reader.companies
    return Idea(
        id=row.id,
        table=row.table_number,
        text=row.body,
        owner=_owner(reader, row, names),
        next_step=row.next_step,
        due_on=row.due_on,
        is_overdue=row.state == "open" and row.due_on is not None and row.due_on < reader.today,
        state=row.state,  # type: ignore[arg-type]  # the table holds states only
        by=names.people.get(row.by_person_id or "", "") if is_near else "",
        company=names.companies.get(row.organisation_id or "", "") if is_near else "",
        at_utc=row.at_utc,
        version=row.version,
        may_change=reader.is_staff or _is_own(reader, row),
    )


def _owner(reader: Reader, row: GatheringIdea, names: _Names) -> str:
    """Who goes on with an idea, as far as the reader may know."""
    if row.owner_person_id is None:
        return row.owner
    guest = reader.room.guest(row.owner_person_id)
    is_known = guest is not None and reader.sees_name(guest)
    is_own = row.owner_organisation_id in reader.companies
    return names.people[row.owner_person_id] if is_known or reader.is_staff or is_own else ""


def add_idea(
    site: Site, actor: Actor, activity_id: str, *, token: str, wanted: WantedIdea, now: datetime
) -> None:
    """Keep an idea; one that the same form has sent before is kept once. ``token``: of the form.

    Raises NotThere, also for those who do not come, NotSaved, and Refused: too early, or too many.
    """
    token = token if is_id(token) else new_id()
    with site.database.write() as session:
        reader = reader_of(session, site, actor, activity_id, now)
        if reader.own is None and not reader.is_staff:
            raise NotThere
        if reader.is_early:
            raise Refused("gatherings.ideas_early")
        sent = queries.idea_sent_as(session, activity_id, actor.person_id, token)
        if sent is not None and sent.body == wanted.text:
            return
        if queries.count_ideas(session, activity_id) >= MAX_IDEAS:
            raise Refused("gatherings.too_many_ideas", limit=MAX_IDEAS)
        is_used = sent is not None  # somebody went back to the form and wrote another one
        _put(session, reader, new_id() if is_used else token, wanted, now)


def _put(session: Session, reader: Reader, token: str, wanted: WantedIdea, now: datetime) -> None:
    own, room = reader.own, reader.room
    owner_id = wanted.owner_id if wanted.owner_id in dict(_owners(reader)) else None
    owner = room.guest(owner_id) if owner_id else None
    is_table = wanted.table is not None and 1 <= wanted.table <= len(room.plan.tables)
    row = GatheringIdea(
        activity_id=room.activity_id,
        token=token,
        organisation_id=(own.organisation_id or None) if own else None,
        by_person_id=reader.actor.person_id,
        table_number=wanted.table if is_table else None,
        body=wanted.text,
        owner="" if owner else wanted.owner,
        owner_person_id=owner_id,
        owner_organisation_id=(owner.organisation_id or None) if owner else None,
        next_step=wanted.next_step,
        due_on=wanted.due_on,
        state="open",
        at_utc=now,
        changed_utc=now,
    )
    session.add(row)
    session.flush()
    _record(session, reader, row, "idea_added", now)


def follow_up(
    site: Site, actor: Actor, activity_id: str, idea_id: str, *, said: Followed, now: datetime
) -> None:
    """Say how far an idea has come, in better words if need be: staff, and the companies it belongs to.

    Raises NotThere, NotSaved, and Refused where somebody else has changed it since.
    """
    with site.database.write() as session:
        reader = reader_of(session, site, actor, activity_id, now)
        row = queries.find_idea(session, idea_id)
        if row is None or row.activity_id != activity_id or not (reader.is_staff or _is_own(reader, row)):
            raise NotThere
        if row.version != said.base:
            raise Refused("gatherings.changed_meanwhile")
        row.state, row.body = said.state, said.text
        row.next_step, row.due_on = said.next_step, said.due_on
        row.version += 1
        row.changed_utc = now
        _record(session, reader, row, "idea_followed_up", now)


def _record(session: Session, reader: Reader, row: GatheringIdea, action: str, now: datetime) -> None:
    record(
        session,
        now,
        action,
        person_id=reader.actor.person_id,
        organisation_id=row.organisation_id,
        programme=reader.room.programme_id,
        activity=row.activity_id,
        idea=row.id,
    )
