"""Registering for an activity and taking it back, by people for themselves.

The activity's row is held while somebody registers, so that of two who come at once one is first. The first
as many as there are places have one; whoever comes later waits, and moves up when somebody leaves.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from assessment.advice.offers import is_over
from webapp.db import queries_activities as queries
from webapp.db.queries_people import roles_of
from webapp.db.tables.activities import ProgrammeActivity, Registration
from webapp.errors import NotThere, Refused
from webapp.services.activities import MEETS, Seat, own_companies, reach_activity, seat_in
from webapp.services.activitymailing import order_activity_mail
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.audit import record
from webapp.services.offering import activity_in
from webapp.services.site import Site


def register(site: Site, actor: Actor, activity_id: str, organisation_id: str, now: datetime) -> Seat:
    """Register for one of one's own companies; again changes nothing. Where they stand now.

    Raises NotThere, NotSaved, and Refused: it is cancelled, or over, or nothing to register for.
    """
    with site.database.write() as session:
        row, programme = reach_activity(session, actor, activity_id, is_locked=True)
        if organisation_id not in {one.id for one in own_companies(session, actor, programme.id)}:
            raise NotThere
        if (organisation_id, True) not in {
            (id_, role in COMPANY_ROLES) for id_, role in roles_of(session, actor.person_id, now)
        }:
            raise NotThere  # taken out since the page was asked for
        _refuse_closed(row, now)
        held = _held(session, row, actor)
        if held is None:
            held = Registration(
                activity_id=row.id, organisation_id=organisation_id, person_id=actor.person_id, at_utc=now
            )
            session.add(held)
            session.flush()
            _record(session, actor, row, organisation_id, action="activity_registered", now=now)
        seat = seat_in(session, row, held)
    assert seat is not None
    return seat


def withdraw(site: Site, actor: Actor, activity_id: str, now: datetime) -> tuple[str, ...]:
    """Take a registration back; the ids of the mails to who has a place now instead.

    Raises NotThere, also where there is none, NotSaved, and Refused as ``register`` does.
    """
    with site.database.write() as session:
        row, _ = reach_activity(session, actor, activity_id, is_locked=True)
        held = _held(session, row, actor)
        if held is None:
            raise NotThere
        _refuse_closed(row, now)
        before = with_a_place(session, row)
        session.delete(held)
        session.flush()
        _record(session, actor, row, held.organisation_id, action="activity_withdrawn", now=now)
        return tell_who_moved_up(session, row, before, now)


def with_a_place(session: Session, row: ProgrammeActivity) -> list[Registration]:
    """Who has a place, in the order they came."""
    return queries.registrations_of(session, row.id)[: row.capacity]


def tell_who_moved_up(
    session: Session, row: ProgrammeActivity, before: list[Registration], now: datetime
) -> tuple[str, ...]:
    """Have everybody told who has a place and had none before; the ids of the mails."""
    had = {one.number for one in before}
    return tuple(
        order_activity_mail(session, "activity_place", row.id, one.person_id, now)
        for one in with_a_place(session, row)
        if one.number not in had
    )


def _held(session: Session, row: ProgrammeActivity, actor: Actor) -> Registration | None:
    return next(
        (one for one in queries.registrations_of(session, row.id) if one.person_id == actor.person_id), None
    )


def _refuse_closed(row: ProgrammeActivity, now: datetime) -> None:
    if row.cancelled_utc is not None:
        raise Refused("activities.cancelled")
    if row.kind not in MEETS or row.starts_utc is None:
        raise Refused("activities.no_registration")
    if is_over(activity_in(row), now):
        raise Refused("activities.over")


def _record(
    session: Session,
    actor: Actor,
    row: ProgrammeActivity,
    organisation_id: str,
    *,
    action: str,
    now: datetime,
) -> None:
    record(
        session,
        now,
        action,
        person_id=actor.person_id,
        organisation_id=organisation_id,
        activity=row.id,
        programme=row.programme_id,
    )
