"""What somebody can start: for whom, in which questionnaire, about which year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from webapp.db import queries_assessments as queries
from webapp.db.tables.organisations import Organisation
from webapp.services.actor import Actor
from webapp.services.shelf import Shelved
from webapp.services.site import Site

YEARS_BACK = 4


@dataclass(frozen=True, slots=True)
class Earlier:
    """An assessment whose answers a new one can start from."""

    id: str
    period: str


@dataclass(frozen=True, slots=True)
class Offer:
    """``organisations``: (id, name). ``periods``: years, the newest first.

    ``period``: the year most often wanted. ``earlier``: by (organisation id, questionnaire id) the assessment
    handed in last.
    """

    organisations: tuple[tuple[str, str], ...]
    questionnaires: tuple[Shelved, ...]
    periods: tuple[str, ...]
    period: str
    earlier: Mapping[tuple[str, str], Earlier]


def offer(site: Site, actor: Actor, now: datetime) -> Offer:
    """What an actor can start now."""
    own = actor.organisations("owner", "member")
    with site.database.read() as session:
        rows = session.execute(
            select(Organisation.id, Organisation.name)
            .where(Organisation.id.in_(own))
            .order_by(Organisation.name)
        )
        organisations = tuple((id_, name) for id_, name in rows)
        earlier = {
            (row.organisation_id, row.questionnaire): Earlier(row.id, row.period)
            for row in reversed(queries.assessments_of(session, own))
            if row.submissions > 0
        }
    year = now.astimezone(site.zone).year
    periods = tuple(map(str, range(year, year - YEARS_BACK - 1, -1)))
    return Offer(organisations, site.shelf.offered, periods, str(year - 1), earlier)
