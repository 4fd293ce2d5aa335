"""Asking for what programmes offer, who registered, and who was there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import Session

from webapp.db.tables.activities import (
    ActivityFile,
    ActivityLink,
    ActivityReminder,
    Attendance,
    Partner,
    ProgrammeActivity,
    Registration,
)
from webapp.db.tables.organisations import Organisation, Participation, Programme, ProgrammeStaff
from webapp.db.tables.people import Person


def partners_of(session: Session, programme_id: str) -> list[Partner]:
    """The partners of a programme in the order they came."""
    statement = select(Partner).where(Partner.programme_id == programme_id)
    return list(session.scalars(statement.order_by(Partner.since_utc, Partner.name)))


def programme_keys(session: Session, programme_id: str) -> set[str]:
    """The keys of the files that rows of a programme name: partners' logos, and files it shows."""
    logos = select(Partner.logo).where(Partner.programme_id == programme_id, Partner.logo.is_not(None))
    shown = select(ActivityFile.key).join(ProgrammeActivity, ProgrammeActivity.id == ActivityFile.activity_id)
    of_it = shown.where(ProgrammeActivity.programme_id == programme_id)
    return {key for key in (*session.scalars(logos), *session.scalars(of_it)) if key}


def activities_of(session: Session, programme_ids: Collection[str]) -> list[ProgrammeActivity]:
    """The activities of programmes: those with a time first, in its order, then the others by code."""
    statement = select(ProgrammeActivity).where(ProgrammeActivity.programme_id.in_(list(programme_ids)))
    rows = session.scalars(statement.order_by(ProgrammeActivity.code, ProgrammeActivity.id))
    return sorted(
        rows, key=lambda row: (row.starts_utc is None, row.starts_utc and row.starts_utc.timestamp())
    )


def find_activity(
    session: Session, activity_id: str, *, is_locked: bool = False
) -> tuple[ProgrammeActivity, Programme] | None:
    """An activity with its programme. ``is_locked``: nobody else registers or changes it meanwhile."""
    row = session.get(ProgrammeActivity, activity_id, with_for_update=is_locked, populate_existing=is_locked)
    return None if row is None else (row, session.get_one(Programme, row.programme_id))


def activity_with_code(session: Session, programme_id: str, code: str) -> ProgrammeActivity | None:
    """The activity that a programme calls so."""
    return session.scalar(
        select(ProgrammeActivity).where(
            ProgrammeActivity.programme_id == programme_id, ProgrammeActivity.code == code
        )
    )


def registrations_of(session: Session, activity_id: str) -> list[Registration]:
    """Who wants to take part, in the order they came: the first have the places."""
    statement = select(Registration).where(Registration.activity_id == activity_id)
    return list(session.scalars(statement.order_by(Registration.number)))


def registered_people(session: Session, activity_id: str) -> list[tuple[Registration, Person, Organisation]]:
    """The same with who they are."""
    statement = (
        select(Registration, Person, Organisation)
        .join(Person, Person.id == Registration.person_id)
        .join(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.activity_id == activity_id)
        .order_by(Registration.number)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def count_registered(session: Session, activity_ids: Collection[str]) -> dict[str, int]:
    """How many have registered, by activity; those with nobody are left out."""
    statement = (
        select(Registration.activity_id, func.count())
        .where(Registration.activity_id.in_(list(activity_ids)))
        .group_by(Registration.activity_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def registrations_by(session: Session, person_id: str) -> list[Registration]:
    """What somebody has registered for, in the order they did."""
    statement = select(Registration).where(Registration.person_id == person_id)
    return list(session.scalars(statement.order_by(Registration.number)))


def attendance_of(session: Session, activity_id: str) -> list[Attendance]:
    """Who was there."""
    statement = select(Attendance).where(Attendance.activity_id == activity_id)
    return list(session.scalars(statement.order_by(Attendance.id)))


def attended_by(session: Session, organisation_ids: Collection[str]) -> list[tuple[str, str]]:
    """The ids of activities at which organisations were, each with whose it was."""
    statement = select(Attendance.activity_id, Attendance.organisation_id).where(
        Attendance.organisation_id.in_(list(organisation_ids))
    )
    return [(row[0], row[1]) for row in session.execute(statement.distinct())]


def programmes_with_family(session: Session, organisation_id: str) -> list[Programme]:
    """The programmes an organisation or its parent takes part in, the one joined first first."""
    parent = select(Organisation.parent_id).where(Organisation.id == organisation_id).scalar_subquery()
    statement = (
        select(Programme, func.min(Participation.since_utc).label("since"))
        .join(Participation, Participation.programme_id == Programme.id)
        .where(or_(Participation.organisation_id == organisation_id, Participation.organisation_id == parent))
        .group_by(Programme.id)
    )
    rows = [(row[0], row[1]) for row in session.execute(statement)]
    return [row[0] for row in sorted(rows, key=lambda row: (row[1], row[0].id))]


def programmes_open_to(
    session: Session, organisation_ids: Collection[str], programme_ids: Collection[str]
) -> list[Programme]:
    """The programmes with these ids, and those these organisations take part in, by name."""
    taking_part = select(Participation.programme_id).where(
        Participation.organisation_id.in_(list(organisation_ids))
    )
    statement = select(Programme).where(
        or_(Programme.id.in_(list(programme_ids)), Programme.id.in_(taking_part))
    )
    return list(session.scalars(statement.order_by(Programme.name, Programme.id)))


def taking_part_in(
    session: Session, programme_id: str, organisation_ids: Collection[str]
) -> list[Organisation]:
    """Those of some organisations that are in a programme, by name."""
    statement = (
        select(Organisation)
        .join(Participation, Participation.organisation_id == Organisation.id)
        .where(Participation.programme_id == programme_id, Organisation.id.in_(list(organisation_ids)))
    )
    return list(session.scalars(statement.order_by(Organisation.name, Organisation.id)))


def give_up_places(
    session: Session,
    organisation_ids: Collection[str],
    *,
    person_id: str | None = None,
    programme_id: str | None = None,
) -> None:
    """Take registrations of organisations back: all, somebody's, or those for one programme."""
    statement = delete(Registration).where(Registration.organisation_id.in_(list(organisation_ids)))
    if person_id is not None:
        statement = statement.where(Registration.person_id == person_id)
    if programme_id is not None:
        own = select(ProgrammeActivity.id).where(ProgrammeActivity.programme_id == programme_id)
        statement = statement.where(Registration.activity_id.in_(own))
    session.execute(statement)


def starting_between(session: Session, first: datetime, last: datetime) -> list[str]:
    """The ids of activities that begin within a time and are not cancelled, the first first."""
    starts = ProgrammeActivity.starts_utc
    statement = select(ProgrammeActivity.id).where(
        starts > first, starts < last, ProgrammeActivity.cancelled_utc.is_(None)
    )
    return list(session.scalars(statement.order_by(starts, ProgrammeActivity.id)))


def links_of(session: Session, activity_ids: Collection[str]) -> list[ActivityLink]:
    """What was found at the addresses of activities."""
    statement = select(ActivityLink).where(ActivityLink.activity_id.in_(list(activity_ids)))
    return list(session.scalars(statement.order_by(ActivityLink.activity_id, ActivityLink.address)))


def staff_of(session: Session, programme_id: str) -> list[str]:
    """The ids of those who run a programme."""
    statement = select(ProgrammeStaff.person_id).where(ProgrammeStaff.programme_id == programme_id)
    return list(session.scalars(statement.order_by(ProgrammeStaff.person_id)))


def files_of(session: Session, activity_id: str) -> list[ActivityFile]:
    """What was shown at an activity, in the order it came."""
    statement = select(ActivityFile).where(ActivityFile.activity_id == activity_id)
    return list(session.scalars(statement.order_by(ActivityFile.at_utc, ActivityFile.name)))


def registered_for(session: Session, person_id: str) -> list[tuple[Registration, ProgrammeActivity]]:
    """What somebody has registered for, the first first."""
    statement = _registrations().where(Registration.person_id == person_id)
    return [(row[0], row[1]) for row in session.execute(statement)]


def registered_from(session: Session, organisation_id: str) -> list[tuple[Registration, ProgrammeActivity]]:
    """What the people of an organisation have registered for, the first first."""
    statement = _registrations().where(Registration.organisation_id == organisation_id)
    return [(row[0], row[1]) for row in session.execute(statement)]


def _registrations() -> Select[Registration, ProgrammeActivity]:
    return (
        select(Registration, ProgrammeActivity)
        .join(ProgrammeActivity, ProgrammeActivity.id == Registration.activity_id)
        .order_by(Registration.number)
    )


def was_at(session: Session, person_id: str) -> list[tuple[Attendance, ProgrammeActivity]]:
    """Where somebody was, as it was marked."""
    statement = _attendance().where(Attendance.person_id == person_id)
    return [(row[0], row[1]) for row in session.execute(statement)]


def where_it_was(session: Session, organisation_id: str) -> list[tuple[Attendance, ProgrammeActivity]]:
    """Where an organisation was, as it was marked."""
    statement = _attendance().where(Attendance.organisation_id == organisation_id)
    return [(row[0], row[1]) for row in session.execute(statement)]


def _attendance() -> Select[Attendance, ProgrammeActivity]:
    return (
        select(Attendance, ProgrammeActivity)
        .join(ProgrammeActivity, ProgrammeActivity.id == Attendance.activity_id)
        .order_by(Attendance.id)
    )


def reminded_of(session: Session, person_id: str) -> list[tuple[ActivityReminder, ProgrammeActivity]]:
    """What somebody was reminded of, the first first."""
    statement = (
        select(ActivityReminder, ProgrammeActivity)
        .join(ProgrammeActivity, ProgrammeActivity.id == ActivityReminder.activity_id)
        .where(ActivityReminder.person_id == person_id)
        .order_by(ActivityReminder.at_utc)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]
