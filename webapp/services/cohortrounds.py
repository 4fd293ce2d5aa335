"""The rounds of a cohort: the first begins when it opens, the next when somebody who runs it says so.

Only what is handed in within a round counts in its figures, so that two releases share as few results as
they can.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from webapp.db import queries_releases as queries
from webapp.db.tables.cohorts import Cohort
from webapp.db.tables.releases import CohortRound
from webapp.errors import Refused
from webapp.services.actor import Actor
from webapp.services.audit import record
from webapp.services.cohorts import at_cohort
from webapp.services.site import Site

MAX_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Round:
    """The round a cohort is in. ``before_on``: the first day of the one before; None in the first."""

    number: int
    begins_on: date
    before_on: date | None


def round_now(session: Session, cohort: Cohort) -> Round:
    """The round a cohort is in."""
    rows = queries.newest_round(session, cohort.id)
    if not rows:
        return Round(1, cohort.opens_on, None)
    before = rows[1].begins_on if len(rows) > 1 else cohort.opens_on
    return Round(rows[0].number, rows[0].begins_on, before)


def begin_round(
    site: Site, actor: Actor, programme_id: str, cohort_id: str, *, begins_on: date, now: datetime
) -> int:
    """Begin the next round with a day that has come; its number. Raises NotThere, NotSaved, Refused."""
    with at_cohort(site, actor, programme_id, cohort_id) as (session, cohort):
        held = round_now(session, cohort)
        if begins_on > now.astimezone(site.zone).date():
            raise Refused("releases.round_ahead")
        if begins_on <= held.begins_on:
            raise Refused("releases.round_before")
        if held.number >= MAX_ROUNDS:
            raise Refused("releases.too_many_rounds", limit=MAX_ROUNDS)
        number = held.number + 1
        session.add(
            CohortRound(
                cohort_id=cohort.id,
                number=number,
                begins_on=begins_on,
                by_person_id=actor.person_id,
                created_utc=now,
            )
        )
        record(
            session,
            now,
            "cohort_round_begun",
            person_id=actor.person_id,
            programme=programme_id,
            cohort=cohort.id,
            round=number,
        )
        return number
