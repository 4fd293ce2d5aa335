"""What those who run a programme do about its activities: write them, cancel them, mark who was there."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assessment.advice.offers import is_over
from questionnaires.errors import DefinitionError, Problem
from questionnaires.programme import ProgrammeActivity
from questionnaires.programme_file import parse_template
from webapp.db import queries_activities as queries
from webapp.db.ids import is_id
from webapp.db.queries_portfolio import participants_of
from webapp.db.tables.activities import ActivityLink, Attendance
from webapp.db.tables.activities import ProgrammeActivity as ActivityRow
from webapp.db.tables.organisations import Programme
from webapp.errors import NotThere, Refused
from webapp.services.activitymailing import order_activity_mail
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.boxes import ticked
from webapp.services.offering import activity_in, in_code_order, put_activity
from webapp.services.people import called
from webapp.services.places import tell_who_moved_up, with_a_place
from webapp.services.programmedesk import running
from webapp.services.site import Site

FILE = "activity"
"""What problems call an activity that is being written."""

LETTERS: Mapping[str, str] = {"webinar": "W", "recording": "V", "gathering": "G", "guide": "V"}
MAX_ACTIVITIES = 200


@dataclass(frozen=True, slots=True)
class Dead:
    """An address that cannot be reached. ``outcome``: why, a code; ``since_utc``: since when."""

    activity_id: str
    title: Any
    address: str
    outcome: str
    since_utc: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """An activity in the list of those who run the programme. ``attended``: how many companies."""

    id: str
    activity: ProgrammeActivity
    is_over: bool
    registered: int
    attended: int


@dataclass(frozen=True, slots=True)
class ActivityDesk:
    """The activities of a programme, in the order of their codes, and addresses that cannot be reached."""

    programme_id: str
    programme: str
    lines: tuple[Line, ...]
    dead: tuple[Dead, ...]


@dataclass(frozen=True, slots=True)
class OpenForm:
    """One activity to be written. ``version``: 0 for a new one; ``others``: of the programme."""

    programme_id: str
    programme: str
    id: str
    activity: ProgrammeActivity | None
    version: int
    registered: int
    others: tuple[ProgrammeActivity, ...]


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who registered, or a company that is in the programme. ``person_id``: empty for a company."""

    organisation_id: str
    organisation: str
    person_id: str
    name: str
    waits: bool
    was_there: bool

    @property
    def key(self) -> str:
        """What a form calls them."""
        return f"{self.organisation_id}.{self.person_id}"


@dataclass(frozen=True, slots=True)
class GuestList:
    """Everybody who registered for an activity, and the other companies of the programme."""

    programme_id: str
    programme: str
    id: str
    activity: ProgrammeActivity
    registered: tuple[Guest, ...]
    companies: tuple[Guest, ...]
    has_begun: bool


class ActivityProblems(Exception):
    """An activity that cannot be as it was written. ``problems``: all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


def open_list(site: Site, actor: Actor, programme_id: str, now: datetime) -> ActivityDesk:
    """The activities for somebody who runs the programme. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        programme = session.get_one(Programme, programme_id)
        rows = in_code_order(queries.activities_of(session, [programme_id]))
        counts = queries.count_registered(session, [row.id for row in rows])
        lines = tuple(
            Line(
                id=row.id,
                activity=(activity := activity_in(row)),
                is_over=is_over(activity, now),
                registered=counts.get(row.id, 0),
                attended=len({one.organisation_id for one in queries.attendance_of(session, row.id)}),
            )
            for row in rows
        )
        titles = {line.id: line.activity.title for line in lines}
        dead = tuple(
            Dead(one.activity_id, titles[one.activity_id], one.address, one.outcome, one.dead_since_utc)
            for one in queries.links_of(session, list(titles))
            if one.dead_since_utc is not None
        )
        return ActivityDesk(programme.id, programme.name, lines, dead)


def open_form(site: Site, actor: Actor, programme_id: str, activity_id: str | None = None) -> OpenForm:
    """An activity to be written, a new one without an id. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        programme = session.get_one(Programme, programme_id)
        row = None if activity_id is None else _own(session, programme_id, activity_id)
        others = [one for one in queries.activities_of(session, [programme_id]) if one is not row]
        return OpenForm(
            programme_id=programme.id,
            programme=programme.name,
            id="" if row is None else row.id,
            activity=None if row is None else activity_in(row),
            version=0 if row is None else row.version,
            registered=0 if row is None else len(queries.registrations_of(session, row.id)),
            others=tuple(
                activity_in(one) for one in in_code_order(others) if row is None or one.id != row.id
            ),
        )


def free_code(form: OpenForm, kind: str) -> str:
    """A code that no activity of the programme has."""
    taken, letter = {one.id for one in form.others}, LETTERS[kind]
    return next(code for number in range(1, 10_000) if (code := f"{letter}{number}") not in taken)


def checked(site: Site, form: OpenForm, written: Mapping[str, Any]) -> ProgrammeActivity:
    """What was written, as an activity among the others. Raises ActivityProblems with every mistake."""
    others = [one.model_dump(mode="json", include={"id", "title", "depth", "kind"}) for one in form.others]
    said = {"nb": FILE, "nn": FILE, "en": FILE}
    content = {
        "format": 1,
        "name": said,
        "parts": {part: {"title": said} for part in ("basic", "advanced")},
        "activities": [dict(written), *others],
    }
    text = json.dumps(content, ensure_ascii=False, indent=0)
    try:
        template = parse_template(text, FILE, [one.plan.questionnaire for one in site.shelf.offered])
    except DefinitionError as error:
        raise ActivityProblems(tuple(error.problems)) from error
    return template.activities[0]


def save(
    site: Site,
    actor: Actor,
    programme_id: str,
    activity_id: str | None,
    activity: ProgrammeActivity,
    *,
    base: int,
    now: datetime,
) -> tuple[str, tuple[str, ...]]:
    """Keep an activity that was checked; its id, and those of the mails to who has a place now.

    ``base``: the version the page showed. Raises NotThere, NotSaved, and Refused: somebody else saved it
    meanwhile, its code is taken, there are too many, or more people than places have registered.
    """
    with running(site, actor, programme_id) as session:
        row = None if activity_id is None else _own(session, programme_id, activity_id, is_locked=True)
        held = queries.activity_with_code(session, programme_id, activity.id)
        if held is not None and held is not row:
            raise Refused("activities.code_taken", id=activity.id)
        if row is None:
            if len(queries.activities_of(session, [programme_id])) >= MAX_ACTIVITIES:
                raise Refused("activities.too_many", limit=MAX_ACTIVITIES)
            row, before, was = ActivityRow(programme_id=programme_id, version=0), [], None
            session.add(row)
        else:
            if row.version != base:
                raise Refused("activities.changed_meanwhile")
            before, was = with_a_place(session, row), activity_in(row)
            if activity.capacity is not None and activity.capacity < len(before):
                raise Refused("activities.too_few_places", count=len(before))
        put_activity(row, activity, actor.person_id, now)
        row.version += 1
        session.flush()
        _forget_links(session, row, activity)
        deed = "activity_added" if activity_id is None else "activity_changed"
        _record(session, actor, row, deed, now, version=row.version)
        told = _tell_of_move(session, row, was, now)
        return row.id, (*told, *tell_who_moved_up(session, row, before, now))


def _tell_of_move(
    session: Session, row: ActivityRow, was: ProgrammeActivity | None, now: datetime
) -> tuple[str, ...]:
    """Have everybody told who has registered for what takes place at another time or elsewhere now."""
    new = activity_in(row)
    if was is None or (was.starts, was.ends, was.place) == (new.starts, new.ends, new.place):
        return ()
    return tuple(
        order_activity_mail(session, "activity_moved", row.id, one.person_id, now)
        for one in queries.registrations_of(session, row.id)
    )


def cancel(site: Site, actor: Actor, programme_id: str, activity_id: str, now: datetime) -> tuple[str, ...]:
    """Cancel an activity; the ids of the mails to all who have registered.

    Raises NotThere, NotSaved, and Refused for one that is over.
    """
    with running(site, actor, programme_id) as session:
        row = _own(session, programme_id, activity_id, is_locked=True)
        activity = activity_in(row)
        if row.cancelled_utc is not None:
            return ()
        if is_over(activity, now):
            raise Refused("activities.over")
        row.cancelled_utc = now
        put_activity(row, activity, actor.person_id, now)
        row.version += 1
        people = queries.registrations_of(session, row.id)
        _record(session, actor, row, "activity_cancelled", now, registered=len(people))
        return tuple(
            order_activity_mail(session, "activity_cancelled", row.id, one.person_id, now) for one in people
        )


def open_guests(site: Site, actor: Actor, programme_id: str, activity_id: str, now: datetime) -> GuestList:
    """Who registered and who was there, for somebody who runs the programme. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        programme = session.get_one(Programme, programme_id)
        row = _own(session, programme_id, activity_id)
        registered, companies = _guests_in(session, row)
        began = has_begun(row, now)
        return GuestList(programme.id, programme.name, row.id, activity_in(row), registered, companies, began)


def _guests_in(session: Session, row: ActivityRow) -> tuple[tuple[Guest, ...], tuple[Guest, ...]]:
    """Who registered, and the programme's companies as such."""
    there = queries.attendance_of(session, row.id)
    persons = {(one.organisation_id, one.person_id or "") for one in there}
    people = queries.registered_people(session, row.id)
    places = len(people) if row.capacity is None else row.capacity
    registered = tuple(
        Guest(
            organisation_id=company.id,
            organisation=company.name,
            person_id=person.id,
            name=called(person.name, person.email),
            waits=at >= places,
            was_there=(company.id, person.id) in persons,
        )
        for at, (_, person, company) in enumerate(people)
    )
    seen = {one.organisation_id for one in registered if one.was_there}
    alone = {one.organisation_id for one in there} - seen
    companies = tuple(
        Guest(one.id, one.name, "", "", waits=False, was_there=one.id in alone)
        for one in participants_of(session, row.programme_id)
    )
    return registered, companies


def mark_attendance(
    site: Site,
    actor: Actor,
    programme_id: str,
    activity_id: str,
    *,
    marked: Collection[str],
    shown: Collection[str],
    now: datetime,
) -> int:
    """Say who was there; how many companies. Raises NotThere, NotSaved, and Refused before it has begun.

    ``marked``: keys of the guests, ``shown``: of those who were marked when the page was shown. Whoever is no
    guest is left out.
    """
    with running(site, actor, programme_id) as session:
        row = _own(session, programme_id, activity_id, is_locked=True)
        if not has_begun(row, now):
            raise Refused("activities.not_begun")
        registered, companies = _guests_in(session, row)
        known = {one.key: one for one in (*registered, *companies)}
        held = [key for key, one in known.items() if one.was_there]
        there = [known[key] for key in sorted(ticked(held, marked=marked, shown=shown)) if key in known]
        asked = {one.organisation_id for one in known.values()}
        told_of = Attendance.organisation_id.in_(asked)  # of who has left the programme nothing is said
        session.execute(delete(Attendance).where(Attendance.activity_id == row.id, told_of))
        for one in there:
            session.add(
                Attendance(
                    activity_id=row.id,
                    organisation_id=one.organisation_id,
                    person_id=one.person_id or None,
                    by_person_id=actor.person_id,
                    at_utc=now,
                )
            )
        present = len({one.organisation_id for one in there})
        _record(session, actor, row, "attendance_marked", now, companies=present)
        return present


def has_begun(row: ActivityRow, now: datetime) -> bool:
    """Whether anybody can have been there: what has no time can be attended at any."""
    return row.starts_utc is None or row.starts_utc <= now


def _own(session: Session, programme_id: str, activity_id: str, *, is_locked: bool = False) -> ActivityRow:
    """An activity of the programme. Raises NotThere."""
    found = queries.find_activity(session, activity_id, is_locked=is_locked) if is_id(activity_id) else None
    if found is None or found[0].programme_id != programme_id:
        raise NotThere
    return found[0]


def _forget_links(session: Session, row: ActivityRow, activity: ProgrammeActivity) -> None:
    """What was found at addresses that the activity does not name any more is of no use."""
    named = set(addresses_of(activity))
    gone = [one for one in queries.links_of(session, [row.id]) if one.address not in named]
    for one in gone:
        session.execute(
            delete(ActivityLink).where(
                ActivityLink.activity_id == one.activity_id, ActivityLink.sha256 == one.sha256
            )
        )


def addresses_of(activity: ProgrammeActivity) -> tuple[str, ...]:
    """Where an activity sends people: its recording, with chapters that have their own, and presentations."""
    recording = activity.recording
    found = [] if recording is None else [recording.url, *(one.url for one in recording.chapters if one.url)]
    return tuple(dict.fromkeys([*found, *(one.url for one in activity.presentations)]))


def _record(
    session: Session, actor: Actor, row: ActivityRow, action: str, now: datetime, **detail: int
) -> None:
    record(
        session,
        now,
        action,
        person_id=actor.person_id,
        activity=row.id,
        programme=row.programme_id,
        **detail,  # type: ignore[arg-type]  # counts, never one of the names before
    )
