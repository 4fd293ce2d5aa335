"""A programme for those who run it: how far its companies have come.

No answer stands in it and no level of a single company, only how many stand on which levels, as far as that
can be told (:mod:`assessment.cohort.spread`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assessment.cohort.spread import Spread, Standing, spread
from webapp.db import queries_portfolio as queries
from webapp.db.queries_portfolio import HandedIn
from webapp.db.tables.organisations import ProgrammeStaff
from webapp.errors import NotThere
from webapp.services.actor import Actor
from webapp.services.shelf import Shelved
from webapp.services.site import Site


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
class Levels:
    """How many companies of a programme stand on which levels of one questionnaire, each as it is now."""

    shelved: Shelved
    spread: Spread


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme with its companies. ``states``: how many assessments handed in are in each state.

    ``handed_in``, ``shared``: how many companies have handed in, and shared, something. ``is_method_owner``:
    the reader sees how alike its companies and advisors read the questions.
    """

    id: str
    name: str
    companies: tuple[Participant, ...]
    handed_in: int
    shared: int
    states: Mapping[str, int]
    levels: tuple[Levels, ...]
    is_method_owner: bool

    @property
    def assessments(self) -> int:
        """How many have been handed in: the states add up to it."""
        return sum(self.states.values())


def open_programme(site: Site, actor: Actor, programme_id: str) -> ProgrammeView:
    """A programme for somebody who runs it. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        programme = queries.programmes_named(session, [programme_id])[0]
        participants = queries.participants_of(session, programme_id)
        rows = queries.handed_in(session, [one.id for one in participants])
        staff = session.get(ProgrammeStaff, (programme_id, actor.person_id))
    found: dict[str, list[HandedIn]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(row)
    companies = tuple(
        Participant(one.name, tuple(_progress(site, row) for row in found[one.id])) for one in participants
    )
    states: dict[str, int] = defaultdict(int)
    for row in rows:
        states[row.state] += 1
    return ProgrammeView(
        id=programme_id,
        name=programme.name,
        companies=companies,
        handed_in=sum(bool(company.assessments) for company in companies),
        shared=sum(any(line.is_shared for line in company.assessments) for company in companies),
        states=dict(states),
        levels=_levels(site, rows),
        is_method_owner=staff is not None and staff.is_method_owner,
    )


def _levels(site: Site, rows: Iterable[HandedIn]) -> tuple[Levels, ...]:
    """The newest hand-in of each company counts, as it was signed off where it was."""
    newest: dict[str, dict[str, HandedIn]] = defaultdict(dict)
    for row in rows:
        newest[row.questionnaire].setdefault(row.organisation_id, row)
    return tuple(
        Levels(
            shelved=site.shelf.open(questionnaire, max(of.values(), key=lambda row: row.at_utc).version),
            spread=spread(
                Standing(row.level if row.approval_id is None else row.approved_level, bool(row.approval_id))
                for row in of.values()
            ),
        )
        for questionnaire, of in sorted(newest.items())
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
