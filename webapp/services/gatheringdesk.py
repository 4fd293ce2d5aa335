"""Preparing a gathering, for those who run its programme: its cohort, who comes and is ready, and topics."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assessment.cohort.topics import OwnerGaps, Topic, Topics, shared_topics
from assessment.gathering.prework import Readiness
from questionnaires.programme import ProgrammeActivity
from webapp.db import queries_cohorts
from webapp.db import queries_gatherings as queries
from webapp.db.tables.activities import Attendance
from webapp.db.tables.activities import ProgrammeActivity as ActivityRow
from webapp.db.tables.gatherings import Gathering, GatheringGuest
from webapp.db.tables.organisations import Programme
from webapp.errors import NotThere, Refused
from webapp.services.activitydesk import has_begun
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.cohorts import cohort_in
from webapp.services.gatheringresults import brought_in, counting, readiness_in
from webapp.services.gatherings import (
    NO_TABLES,
    USUAL,
    Guest,
    Room,
    Turn,
    changing,
    gathering_row,
    plan_json,
    room_in,
    settings_json,
)
from webapp.services.offering import activity_in
from webapp.services.people import called
from webapp.services.programmedesk import running
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """A company that comes. ``people``: names of those who do; ``is_willing``: it consents to ``tables``."""

    id: str
    name: str
    people: tuple[str, ...]
    readiness: Readiness
    is_willing: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """A gathering on the page where it is prepared. ``room``: None before it has a cohort.

    ``cohorts``: of the programme, ids and names; ``crew``: people of the programme who do not come as guests,
    by id and name. ``topics``: None before the list is made.
    """

    programme_id: str
    programme: str
    activity_id: str
    activity: ProgrammeActivity
    has_begun: bool
    cohorts: tuple[tuple[str, str], ...]
    room: Room | None
    lines: tuple[CompanyLine, ...]
    crew: tuple[tuple[str, str], ...]
    topics: Topics | None

    @property
    def ready(self) -> int:
        """How many companies have done their pre-work."""
        return sum(line.readiness.is_ready for line in self.lines)


def open_desk(site: Site, actor: Actor, programme_id: str, activity_id: str, now: datetime) -> Desk:
    """A gathering for somebody who runs its programme. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        activity, row = gathering_row(session, programme_id, activity_id)
        room = None if row is None else room_in(session, activity, row)
        return Desk(
            programme_id=programme_id,
            programme=session.get_one(Programme, programme_id).name,
            activity_id=activity_id,
            activity=activity_in(activity),
            has_begun=has_begun(activity, now),
            cohorts=tuple((one.id, one.name) for one in queries_cohorts.cohorts_of(session, programme_id)),
            room=room,
            lines=() if room is None else _lines(session, room),
            crew=() if room is None else _crew(session, room),
            topics=None if room is None else topics_in(room.topics),
        )


def _lines(session: Session, room: Room) -> tuple[CompanyLine, ...]:
    companies, willing = room.companies, room.willing
    ready = readiness_in(session, room, companies.keys())
    people: dict[str, list[str]] = {}
    for one in room.guests:
        people.setdefault(one.organisation_id, []).append(one.name)
    return tuple(
        CompanyLine(id_, name, tuple(people[id_]), ready[id_], id_ in willing)
        for id_, name in companies.items()
    )


def _crew(session: Session, room: Room) -> tuple[tuple[str, str], ...]:
    coming = {one.person_id for one in room.guests if one.organisation_id}
    return tuple(
        (one.id, called(one.name, one.email))
        for one in queries.programme_people(session, room.programme_id)
        if one.id not in coming
    )


def choose_cohort(
    site: Site, actor: Actor, programme_id: str, activity_id: str, *, cohort_id: str, now: datetime
) -> None:
    """Begin to prepare a gathering, for a cohort of its programme; or prepare it for another one.

    Raises NotThere, NotSaved, and Refused once the topics of the first one's companies are made.
    """
    with running(site, actor, programme_id) as session:
        activity, row = gathering_row(session, programme_id, activity_id, is_locked=True)
        cohort = cohort_in(session, programme_id, cohort_id)
        if row is None:
            row = Gathering(activity_id=activity.id, version=0)
            row.settings, row.plan = settings_json(USUAL), plan_json(NO_TABLES)
            session.add(row)
        elif row.cohort_id == cohort.id:
            return
        elif row.topics is not None:
            raise Refused("gatherings.topics_made")
        row.cohort_id, row.by_person_id, row.at_utc = cohort.id, actor.person_id, now
        row.version += 1
        record(
            session,
            now,
            "gathering_cohort",
            person_id=actor.person_id,
            programme=programme_id,
            activity=activity_id,
            cohort=cohort.id,
        )


def save_guests(
    turn: Turn,
    *,
    there: Collection[str],
    facilitators: Collection[str],
    asked: Collection[str] | None = None,
) -> None:
    """Say who is there and who leads a table, by person, in place of what was said.

    ``asked``: whom the page asked about, None for all; of who has come since, nothing is said. Once it has
    begun, those who are there have attended it too. Raises NotThere, NotSaved, Refused.
    """
    with changing(turn, "gathering_guests") as (session, activity, row):
        room = room_in(session, activity, row)
        crew = {id_ for id_, _ in _crew(session, room)}
        known = crew | {one.person_id for one in room.guests}
        said = known if asked is None else known.intersection(asked)
        about = GatheringGuest.person_id.not_in(known - said)
        session.execute(delete(GatheringGuest).where(GatheringGuest.activity_id == activity.id, about))
        for id_ in sorted(said):
            leads, is_absent = id_ in facilitators, id_ not in there and id_ not in crew
            if leads or is_absent:
                session.add(
                    GatheringGuest(
                        activity_id=activity.id, person_id=id_, is_facilitator=leads, is_absent=is_absent
                    )
                )
        session.flush()
        if has_begun(activity, turn.now):
            guests = room_in(session, activity, row).guests
            _attend(session, turn, activity, [one for one in guests if one.person_id in said])


def _attend(session: Session, turn: Turn, activity: ActivityRow, guests: Iterable[Guest]) -> None:
    """Have it stand who of the companies' people was there, in place of what was said of them."""
    coming = [one for one in guests if one.organisation_id]
    about = Attendance.person_id.in_([one.person_id for one in coming])
    session.execute(delete(Attendance).where(Attendance.activity_id == activity.id, about))
    for one in coming:
        if not one.is_absent:
            session.add(
                Attendance(
                    activity_id=activity.id,
                    organisation_id=one.organisation_id,
                    person_id=one.person_id,
                    by_person_id=turn.actor.person_id,
                    at_utc=turn.now,
                )
            )


def make_topics(turn: Turn) -> None:
    """Make the list of shared topics, once for the gathering, of companies that let themselves be counted.

    A hand-in counts in one list only, whoever is ticked and in whichever gathering: two lists of almost the
    same companies would tell one from the other. Raises NotThere, NotSaved, and Refused where there is one.
    """
    with turn.site.database.read() as session:  # worked out and remembered before others have to wait for it
        activity, row = gathering_row(session, turn.programme_id, turn.activity_id)
        if row is not None:
            room = room_in(session, activity, row)
            brought_in(session, turn.site, room, {one.organisation_id for one in room.present})
    with changing(turn, "gathering_topics") as (session, activity, row):
        if row.topics is not None:
            raise Refused("gatherings.topics_made")
        room = room_in(session, activity, row)
        counted = queries_cohorts.consenting(session, room.cohort_id, "aggregate")
        owners = {one.organisation_id: one.owner for one in room.present if one.organisation_id in counted}
        marks = _hand_in_marks(session, room, owners)
        told = {mark for text in queries.topics_made(session) for mark in json.loads(text).get("counted", ())}
        new = [id_ for id_ in owners if told.isdisjoint(marks[id_])]
        brought = brought_in(session, turn.site, room, new)
        found = shared_topics(
            OwnerGaps(owners[id_], frozenset(gap.topic for gap in one.sheet.gaps))
            for id_, one in brought.items()
        )
        held = sorted(mark for id_ in brought for mark in marks[id_]) if found.topics else []
        row.topics = json.dumps({**asdict(found), "counted": held})
        row.topics_utc = turn.now


def _hand_in_marks(session: Session, room: Room, companies: Collection[str]) -> dict[str, list[str]]:
    """What hand-ins that count are known by in lists, by company: it says nothing once they are erased."""
    return {
        id_: [hashlib.sha256(one.submission_id.encode()).hexdigest() for one in held.values()]
        for id_, held in counting(session, companies, room.prework).items()
    }


def topics_in(text: str | None) -> Topics | None:
    """The list as it was kept; None before it is made."""
    if text is None:
        return None
    said = json.loads(text)
    return Topics(said["owners"], tuple(Topic(**one) for one in said["topics"]))
