"""Who reads about a gathering: which companies are theirs, where they sit, and whose names they may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from webapp.db import queries_gatherings as queries
from webapp.errors import NotThere
from webapp.services.activities import own_companies, reach_activity
from webapp.services.actor import Actor
from webapp.services.gatherings import Guest, Room, room_in
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads. ``companies``: their own that take part in the programme, names by id.

    ``is_early``: ideas are for the day itself and after.
    """

    actor: Actor
    room: Room
    companies: dict[str, str]
    today: date
    is_early: bool

    @property
    def is_staff(self) -> bool:
        """Whether they run the programme."""
        return self.room.programme_id in self.actor.programmes

    @property
    def own(self) -> Guest | None:
        """They themselves, where they come."""
        return self.room.guest(self.actor.person_id)

    @property
    def table(self) -> int | None:
        """The number of their own table, once tables are published; from 1."""
        at = self.room.plan.table_of(self.actor.person_id) if self.room.is_published else None
        return None if at is None else at + 1

    @property
    def tables(self) -> frozenset[int]:
        """The numbers of the tables where they or people of their companies sit, once published."""
        if not self.room.is_published:
            return frozenset()
        mine = {
            one.person_id
            for one in self.room.guests
            if one.organisation_id in self.companies or one.person_id == self.actor.person_id
        }
        return frozenset(at for at, table in enumerate(self.room.plan.tables, 1) if mine & set(table))

    def sees_name(self, guest: Guest) -> bool:
        """Whether they may know who somebody is."""
        return self.is_staff or guest.is_open or guest.organisation_id in self.companies


def reader_of(session: Session, site: Site, actor: Actor, activity_id: str, now: datetime) -> Reader:
    """Somebody at a gathering that is prepared and that they may see. Raises NotThere."""
    activity, programme = reach_activity(session, actor, activity_id)
    row = queries.find_gathering(session, activity.id)
    if row is None:
        raise NotThere
    companies = {one.id: one.name for one in own_companies(session, actor, programme.id)}
    today = now.astimezone(site.zone).date()
    room = room_in(session, activity, row)
    starts = room.activity.starts
    is_early = starts is not None and today < starts.astimezone(site.zone).date()
    return Reader(actor, room, companies, today, is_early)
