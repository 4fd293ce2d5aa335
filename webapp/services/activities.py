"""The activities of programmes for those who may take part: the companies in them, their advisors, and staff.

Everything else is not there. What is over stays, with its recording and what was shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.advice.offers import is_over
from questionnaires.programme import PartnerOrganisation, ProgrammeActivity
from webapp.db import queries_activities as queries
from webapp.db.ids import is_id
from webapp.db.queries_gatherings import find_gathering
from webapp.db.tables.activities import ProgrammeActivity as ActivityRow
from webapp.db.tables.activities import Registration
from webapp.db.tables.organisations import Organisation, Programme
from webapp.errors import NotThere
from webapp.services.actor import COMPANY_ROLES, Actor
from webapp.services.offering import activity_in, partner_in
from webapp.services.people import called
from webapp.services.site import Site

MEETS = ("webinar", "gathering")
"""The kinds of activities that take place, so that people register for them."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place. ``waits_at``: their number in the queue, from 1; None for one who has a place."""

    organisation_id: str
    waits_at: int | None


@dataclass(frozen=True, slots=True)
class Offered:
    """An activity in a list. ``registered``: how many have; ``seat``: the reader's; ``attended``: names."""

    id: str
    programme_id: str
    programme: str
    activity: ProgrammeActivity
    is_over: bool
    registered: int
    seat: Seat | None
    attended: tuple[str, ...]

    @property
    def places_left(self) -> int | None:
        """How many places are free; None where there is room for all."""
        capacity = self.activity.capacity
        return None if capacity is None else max(0, capacity - self.registered)

    @property
    def has_queue(self) -> bool:
        """Whether whoever registers now waits for a place."""
        return self.places_left == 0

    @property
    def is_open(self) -> bool:
        """Whether people can register."""
        meets = self.activity.kind in MEETS and self.activity.starts is not None
        return meets and not self.is_over and not self.activity.is_cancelled


@dataclass(frozen=True, slots=True)
class OpenActivity:
    """An activity on its page. ``companies``: the reader's own that take part, by id and name.

    ``colleagues``: names of people of theirs who have registered, each with whether they wait; ``files``:
    ids and names of what was shown; ``is_prepared``: it is a gathering with a page for those who come.
    """

    offered: Offered
    companies: tuple[tuple[str, str], ...]
    colleagues: tuple[tuple[str, bool], ...]
    is_staff: bool
    files: tuple[tuple[str, str], ...]
    is_prepared: bool

    @property
    def activity(self) -> ProgrammeActivity:
        """What it says."""
        return self.offered.activity

    @property
    def may_register(self) -> bool:
        """Whether the reader can."""
        return self.offered.is_open and bool(self.companies) and self.offered.seat is None

    @property
    def may_withdraw(self) -> bool:
        """Whether the reader can take their registration back."""
        return self.offered.is_open and self.offered.seat is not None


@dataclass(frozen=True, slots=True)
class Behind:
    """The organisations behind a programme."""

    programme: str
    partners: tuple[PartnerOrganisation, ...]


def programmes_for(session: Session, actor: Actor) -> list[Programme]:
    """The programmes whose activities somebody may see."""
    organisations = actor.organisations(*COMPANY_ROLES, "advisor")
    return queries.programmes_open_to(session, organisations, actor.programmes | actor.teams)


def list_activities(site: Site, actor: Actor, now: datetime) -> tuple[Offered, ...]:
    """All somebody may see: what has a time first, in its order. Raises NotThere without any programme."""
    with site.database.read() as session:
        programmes = programmes_for(session, actor)
        if not programmes:
            raise NotThere
        rows = queries.activities_of(session, [one.id for one in programmes])
        return offered_in(session, actor, rows, programmes, now)


def organisations_behind(site: Site, actor: Actor) -> tuple[Behind, ...]:
    """Who stands behind the programmes somebody may see; those that name nobody are left out."""
    with site.database.read() as session:
        found = [
            Behind(one.name, tuple(partner_in(row) for row in queries.partners_of(session, one.id)))
            for one in programmes_for(session, actor)
        ]
    return tuple(one for one in found if one.partners)


def offered_in(
    session: Session,
    actor: Actor,
    rows: Sequence[ActivityRow],
    programmes: Sequence[Programme],
    now: datetime,
) -> tuple[Offered, ...]:
    """Activities as a reader sees them in a list."""
    names = {one.id: one.name for one in programmes}
    counts = queries.count_registered(session, [row.id for row in rows])
    own = {one.activity_id: one for one in queries.registrations_by(session, actor.person_id)}
    companies = actor.organisations(*COMPANY_ROLES)
    there: dict[str, list[str]] = {}
    if companies:
        for activity_id, organisation_id in queries.attended_by(session, companies):
            there.setdefault(activity_id, []).append(session.get_one(Organisation, organisation_id).name)
    return tuple(
        Offered(
            id=row.id,
            programme_id=row.programme_id,
            programme=names[row.programme_id],
            activity=(activity := activity_in(row)),
            is_over=is_over(activity, now),
            registered=counts.get(row.id, 0),
            seat=seat_in(session, row, own.get(row.id)),
            attended=tuple(sorted(there.get(row.id, ()))),
        )
        for row in rows
    )


def seat_in(session: Session, row: ActivityRow, own: Registration | None) -> Seat | None:
    """Where a registration stands: the first as many as there are places have one."""
    if own is None:
        return None
    if row.capacity is None:
        return Seat(own.organisation_id, None)
    numbers = [one.number for one in queries.registrations_of(session, row.id)]
    at = numbers.index(own.number) + 1
    return Seat(own.organisation_id, at - row.capacity if at > row.capacity else None)


def open_activity(site: Site, actor: Actor, activity_id: str, now: datetime) -> OpenActivity:
    """An activity on its page. Raises NotThere."""
    with site.database.read() as session:
        row, programme = reach_activity(session, actor, activity_id)
        [offered] = offered_in(session, actor, [row], [programme], now)
        companies = own_companies(session, actor, programme.id)
        ids = {one.id for one in companies}
        people = queries.registered_people(session, row.id) if companies else []
        is_staff = programme.id in actor.programmes
        files = tuple((one.id, one.name) for one in queries.files_of(session, row.id))
        is_prepared = find_gathering(session, row.id) is not None
    places = len(people) if row.capacity is None else row.capacity
    colleagues = tuple(
        (called(person.name, person.email), at >= places)
        for at, (registration, person, _) in enumerate(people)
        if registration.organisation_id in ids and person.id != actor.person_id
    )
    return OpenActivity(
        offered=offered,
        companies=tuple((one.id, one.name) for one in companies),
        colleagues=colleagues,
        is_staff=is_staff,
        files=files,
        is_prepared=is_prepared,
    )


def reach_activity(
    session: Session, actor: Actor, activity_id: str, *, is_locked: bool = False
) -> tuple[ActivityRow, Programme]:
    """An activity somebody may see. Raises NotThere."""
    found = queries.find_activity(session, activity_id, is_locked=is_locked) if is_id(activity_id) else None
    if found is None or found[1].id not in {one.id for one in programmes_for(session, actor)}:
        raise NotThere
    return found


def own_companies(session: Session, actor: Actor, programme_id: str) -> list[Organisation]:
    """The reader's own companies that take part in a programme."""
    return queries.taking_part_in(session, programme_id, actor.organisations(*COMPANY_ROLES))
