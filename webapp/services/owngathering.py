"""A gathering for those who come, and their companies: their table, their pre-work, and their own sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assessment.gathering.prework import Readiness
from questionnaires.programme import ProgrammeActivity
from webapp.services.actor import Actor
from webapp.services.gatheringreader import Reader, reader_of
from webapp.services.gatheringresults import Brought, brought_in, readiness_in
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class OwnCompany:
    """A company of the reader's. ``brought``: None before pre-work; ``is_willing``: others may know it."""

    id: str
    name: str
    readiness: Readiness
    brought: Brought | None
    is_willing: bool


@dataclass(frozen=True, slots=True)
class OwnGathering:
    """A gathering on the page of somebody who may come.

    ``table``: where they sit, None for nowhere, and until tables are published; ``mates``: those at it whose
    names they may know, with their companies; ``unnamed``: how many others sit there; ``is_early``: it is
    before the day on which ideas can be written.
    """

    activity_id: str
    activity: ProgrammeActivity
    programme_id: str
    programme: str
    cohort_id: str
    is_guest: bool
    is_published: bool
    table: int | None
    mates: tuple[tuple[str, str], ...]
    unnamed: int
    companies: tuple[OwnCompany, ...]
    is_staff: bool
    is_early: bool


def open_own(site: Site, actor: Actor, activity_id: str, now: datetime) -> OwnGathering:
    """The page. Raises NotThere, also where nobody has begun to prepare it."""
    with site.database.read() as session:
        reader = reader_of(session, site, actor, activity_id, now)
        room = reader.room
        ready = readiness_in(session, room, reader.companies.keys())
        brought = brought_in(session, site, room, reader.companies.keys())
    mates, unnamed = _mates(reader)
    return OwnGathering(
        activity_id=activity_id,
        activity=room.activity,
        programme_id=room.programme_id,
        programme=room.programme,
        cohort_id=room.cohort_id,
        is_guest=reader.own is not None,
        is_published=room.is_published,
        table=reader.table,
        mates=mates,
        unnamed=unnamed,
        companies=tuple(
            OwnCompany(id_, name, ready[id_], brought.get(id_), id_ in room.willing)
            for id_, name in reader.companies.items()
        ),
        is_staff=reader.is_staff,
        is_early=reader.is_early,
    )


def _mates(reader: Reader) -> tuple[tuple[tuple[str, str], ...], int]:
    """Who else sits at the reader's table, as far as they may know, and how many others."""
    if reader.table is None:
        return (), 0
    room, own = reader.room, reader.own
    table = set(room.plan.tables[reader.table - 1])
    there = [one for one in room.present if one.person_id in table and one is not own]
    known = [(one.name, one.organisation) for one in there if reader.sees_name(one)]
    return tuple(known), len(there) - len(known)
