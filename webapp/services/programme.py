"""A programme for those who run it: how far its companies have come.

No answer stands in it and no level of a single company. How many stand on which levels is told as a cohort of
it was told last, not counted anew: who looks every day would see the counts move with each hand-in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assessment.cohort.layout import LEVELS
from webapp.db import queries_portfolio as queries
from webapp.db.queries_portfolio import HandedIn
from webapp.db.queries_releases import newest_in_programme
from webapp.db.tables.cohorts import Cohort
from webapp.db.tables.organisations import ProgrammeStaff
from webapp.db.tables.releases import CohortRelease
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.paging import paged
from webapp.services.releasepages import told_in
from webapp.services.shelf import Shelved
from webapp.services.site import Site

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Progress:
    """One assessment as a programme sees it: how far it has come, and whether its report is open to it."""

    id: str
    shelved: Shelved
    period: str
    round: int
    state: str
    at_utc: datetime
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Participant:
    """One company of a programme."""

    name: str
    assessments: tuple[Progress, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Levels told together, ``low`` to ``high``; level 0 is always with those that have no level."""

    low: int
    high: int
    count: int


@dataclass(frozen=True, slots=True)
class Levels:
    """How many stood on which levels of one questionnaire when a cohort was told last.

    ``owners``: how many were counted; ``bands``: from the lowest, empty where it is held back.
    """

    shelved: Shelved
    release_id: str
    cohort: str
    round: int
    released_utc: datetime
    owners: int
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme with its companies. ``states``: how many assessments handed in are in each state.

    ``taking_part``: how many companies; ``companies``: those of one page, of the ones whose name has
    ``sought`` in it. ``handed_in``, ``shared``: how many companies have handed in, and shared, something.
    ``is_method_owner``: the reader sees how alike its companies and advisors read the questions.
    """

    id: str
    name: str
    taking_part: int
    companies: tuple[Participant, ...]
    sought: str
    page: int
    pages: int
    handed_in: int
    shared: int
    states: Mapping[str, int]
    levels: tuple[Levels, ...]
    is_method_owner: bool

    @property
    def assessments(self) -> int:
        """How many have been handed in: the states add up to it."""
        return sum(self.states.values())


def open_programme(
    site: Site, actor: Actor, programme_id: str, *, sought: str = "", page: int = 1
) -> ProgrammeView:
    """A programme for somebody who runs it, with one page of its companies. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        programme = queries.programmes_named(session, [programme_id])[0]
        participants = queries.participants_of(session, programme_id)
        rows = queries.handed_in(session, [one.id for one in participants])
        staff = session.get(ProgrammeStaff, (programme_id, actor.person_id))
        told = newest_in_programme(session, programme_id)
    found: dict[str, list[HandedIn]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(row)
    wanted = [one for one in participants if sought.casefold() in one.name.casefold()]
    shown, at, pages = paged(wanted, page, PAGE_SIZE)
    states: dict[str, int] = defaultdict(int)
    for row in rows:
        states[row.state] += 1
    return ProgrammeView(
        id=programme_id,
        name=programme.name,
        taking_part=len(participants),
        companies=tuple(
            Participant(one.name, tuple(_progress(site, row) for row in found[one.id])) for one in shown
        ),
        sought=sought,
        page=at,
        pages=pages,
        handed_in=len({row.organisation_id for row in rows}),
        shared=len({row.organisation_id for row in rows if row.shared_utc is not None}),
        states=dict(states),
        levels=tuple(_levels(site, release, cohort) for release, cohort in told),
        is_method_owner=staff is not None and staff.is_method_owner,
    )


def _levels(site: Site, release: CohortRelease, cohort: Cohort) -> Levels:
    told = told_in(release, cohort)
    table = told.table("level")
    return Levels(
        shelved=site.shelf.open(release.questionnaire, release.version),
        release_id=release.id,
        cohort=cohort.name,
        round=release.round,
        released_utc=release.released_utc,
        owners=told.owners,
        bands=tuple(
            Band(LEVELS.index(group[0]), LEVELS.index(group[-1]), count)
            for row in table.rows
            for group, count in zip(table.groups, row.counts, strict=True)
        ),
    )


def _progress(site: Site, row: HandedIn) -> Progress:
    return Progress(
        id=row.id,
        shelved=site.shelf.open(row.questionnaire, row.version),
        period=row.period,
        round=row.round,
        state=row.state,
        at_utc=row.at_utc,
        is_shared=row.shared_utc is not None,
    )
