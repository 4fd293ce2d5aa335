"""The cohorts of a programme for those who run it: setting one up, changing, closing and opening it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from questionnaires.values import Depth
from webapp.db import queries_cohorts as queries
from webapp.db.tables.cohorts import Cohort
from webapp.db.tables.organisations import Programme
from webapp.db.tables.releases import CohortRound
from webapp.errors import NotThere, Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.cohortstanding import DEPTHS, CohortState, state_of
from webapp.services.formbase import base_of
from webapp.services.programmedesk import running
from webapp.services.site import Site

MAX_COHORTS = 100


@dataclass(frozen=True, slots=True)
class WantedCohort:
    """What somebody writes of a cohort. ``prework``: the depth by questionnaire."""

    name: str
    note: str
    opens_on: date
    closes_on: date | None
    deadline_on: date | None
    prework: Mapping[str, Depth]


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort in a list. ``members``: companies in it; ``unanswered``: invitations that wait.

    ``base``: of what the form of it is made from.
    """

    id: str
    name: str
    note: str
    opens_on: date
    closes_on: date | None
    deadline_on: date | None
    prework: Mapping[str, Depth]
    base: str
    state: CohortState
    is_closed_by_hand: bool
    members: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class CohortDesk:
    """The cohorts of a programme, the newest first."""

    programme_id: str
    programme: str
    lines: tuple[CohortLine, ...]


def open_cohorts(site: Site, actor: Actor, programme_id: str, now: datetime) -> CohortDesk:
    """The cohorts for somebody who runs the programme. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        programme = session.get_one(Programme, programme_id)
        rows = queries.cohorts_of(session, programme_id)
        return CohortDesk(programme.id, programme.name, lines_of(session, site, rows, now))


def open_cohort(
    site: Site, actor: Actor, programme_id: str, cohort_id: str, now: datetime
) -> tuple[str, CohortLine]:
    """The programme's name and one of its cohorts. Raises NotThere."""
    if programme_id not in actor.programmes:
        raise NotThere
    with site.database.read() as session:
        row = cohort_in(session, programme_id, cohort_id)
        return session.get_one(Programme, programme_id).name, lines_of(session, site, [row], now)[0]


def lines_of(session: Session, site: Site, rows: list[Cohort], now: datetime) -> tuple[CohortLine, ...]:
    """Cohorts as a list has them."""
    ids = [row.id for row in rows]
    members, unanswered = queries.count_members(session, ids), queries.count_unanswered(session, ids)
    return tuple(
        CohortLine(
            id=row.id,
            name=row.name,
            note=row.note,
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            deadline_on=row.deadline_on,
            prework=prework_of(row),
            base=_base(row),
            state=cohort_state(site, row, now),
            is_closed_by_hand=row.closed_utc is not None,
            members=members.get(row.id, 0),
            unanswered=unanswered.get(row.id, 0),
        )
        for row in rows
    )


def set_up_cohort(site: Site, actor: Actor, programme_id: str, wanted: WantedCohort, now: datetime) -> str:
    """A new cohort; its id. Raises NotThere, NotSaved, and Refused: its name, its days, or too many."""
    _check_days(wanted)
    with running(site, actor, programme_id) as session:
        held = queries.cohorts_of(session, programme_id)
        if len(held) >= MAX_COHORTS:
            raise Refused("cohorts.too_many", limit=MAX_COHORTS)
        _refuse_name(held, wanted.name)
        row = Cohort(programme_id=programme_id, by_person_id=actor.person_id, created_utc=now)
        _put(site, row, wanted)
        session.add(row)
        session.flush()
        _record(session, actor, row, "cohort_set_up", now)
        return row.id


def _base(row: Cohort) -> str:
    return base_of(row.name, row.note, row.opens_on, row.closes_on, row.deadline_on, prework_of(row))


def change_cohort(
    site: Site,
    actor: Actor,
    programme_id: str,
    cohort_id: str,
    *,
    wanted: WantedCohort,
    base: str,
    now: datetime,
) -> None:
    """Write a cohort anew. ``base``: of what the form was made from. Raises NotThere, NotSaved, Refused."""
    _check_days(wanted)
    with at_cohort(site, actor, programme_id, cohort_id) as (session, row):
        if base != _base(row):
            raise Refused("programme.changed_since")
        _refuse_name(
            [one for one in queries.cohorts_of(session, programme_id) if one is not row], wanted.name
        )
        second = session.get(CohortRound, (row.id, 2))
        if second is not None and second.begins_on <= wanted.opens_on:
            raise Refused("cohorts.opens_after_round")
        _put(site, row, wanted)
        _record(session, actor, row, "cohort_changed", now)


def close_cohort(
    site: Site, actor: Actor, programme_id: str, cohort_id: str, now: datetime, *, is_closed: bool
) -> None:
    """Take nobody in any more and remind nobody, or do so again. Raises NotThere, NotSaved."""
    with at_cohort(site, actor, programme_id, cohort_id) as (session, row):
        if (row.closed_utc is not None) != is_closed:
            row.closed_utc = now if is_closed else None
            _record(session, actor, row, "cohort_closed" if is_closed else "cohort_opened", now)


@contextmanager
def at_cohort(
    site: Site, actor: Actor, programme_id: str, cohort_id: str
) -> Iterator[tuple[Session, Cohort]]:
    """A transaction in which the actor runs the programme and holds the cohort. Raises NotThere, NotSaved."""
    with running(site, actor, programme_id) as session:
        yield session, cohort_in(session, programme_id, cohort_id, is_locked=True)


def cohort_in(session: Session, programme_id: str, cohort_id: str, *, is_locked: bool = False) -> Cohort:
    """A cohort of a programme. Raises NotThere."""
    row = queries.find_cohort(session, cohort_id, is_locked=is_locked)
    if row is None or row.programme_id != programme_id:
        raise NotThere
    return row


def cohort_state(site: Site, row: Cohort, now: datetime) -> CohortState:
    """Whether a cohort takes companies in today."""
    today = now.astimezone(site.zone).date()
    return state_of(row.opens_on, row.closes_on, is_closed=row.closed_utc is not None, today=today)


def prework_of(row: Cohort) -> dict[str, Depth]:
    """The depth that is asked by questionnaire."""
    found: dict[str, Depth] = json.loads(row.prework)
    return found


def _check_days(wanted: WantedCohort) -> None:
    if wanted.closes_on is not None and wanted.closes_on < wanted.opens_on:
        raise Refused("cohorts.closes_before")
    if wanted.deadline_on is not None and wanted.deadline_on < wanted.opens_on:
        raise Refused("cohorts.deadline_before")


def _refuse_name(held: list[Cohort], name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in held):
        raise Refused("cohorts.name_taken", name=name)


def _put(site: Site, row: Cohort, wanted: WantedCohort) -> None:
    known = {one.id for one in site.shelf.offered}
    prework = {id_: depth for id_, depth in wanted.prework.items() if id_ in known and depth in DEPTHS}
    row.name, row.note = wanted.name, wanted.note
    row.opens_on, row.closes_on, row.deadline_on = wanted.opens_on, wanted.closes_on, wanted.deadline_on
    row.prework = json.dumps(prework, sort_keys=True)


def _record(session: Session, actor: Actor, row: Cohort, action: str, now: datetime) -> None:
    record(session, now, action, person_id=actor.person_id, programme=row.programme_id, cohort=row.id)
