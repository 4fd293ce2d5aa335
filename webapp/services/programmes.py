"""The programmes somebody has to do with, and what they do with data."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from webapp.db.tables.organisations import Participation, Programme
from webapp.services.actor import Actor
from webapp.services.site import Site


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """What a programme says of data. ``controller``: who answers for it; ``contact``: whom to write to."""

    name: str
    controller: str
    contact: str
    purpose: str
    retention_days: int


def notices(site: Site, actor: Actor) -> tuple[PrivacyNotice, ...]:
    """The notices of the programmes an actor's organisations take part in, and of those they run."""
    statement = (
        select(Programme)
        .outerjoin(Participation, Participation.programme_id == Programme.id)
        .where(
            or_(
                Programme.id.in_(actor.programmes),
                Participation.organisation_id.in_(actor.organisations("owner", "member", "advisor")),
            )
        )
        .distinct()
        .order_by(Programme.name)
    )
    with site.database.read() as session:
        return tuple(
            PrivacyNotice(row.name, row.controller, row.contact, row.purpose, row.retention_days)
            for row in session.scalars(statement)
        )
