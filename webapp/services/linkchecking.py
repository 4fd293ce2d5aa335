"""Looking whether what programmes point to can still be reached, and remembering what was found.

Asked are recordings, presentations, and the pages of those who help companies.

No transaction is open while an address is asked. What fails once may come back: only what is gone for good
counts at once, all else from the second time on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db import queries_activities as queries
from webapp.db import queries_support
from webapp.db.queries_work import find_job
from webapp.db.tables.activities import ActivityLink, ProgrammeActivity
from webapp.db.tables.organisations import Programme
from webapp.db.tables.support import SupportActor, SupportLink
from webapp.reaching import Outcome, Reach
from webapp.services import directorydesk
from webapp.services.activitydesk import addresses_of
from webapp.services.linkmail import order_dead_links
from webapp.services.offering import activity_in, actor_in
from webapp.services.queueing import enqueue
from webapp.services.site import Site

AGAIN = timedelta(days=7)
"""How often an address is asked that was there; one that was not is asked every day."""

AT_ONCE: Collection[Outcome] = ("gone", "no_host", "not_public")
"""What is not expected to mend itself."""

FAILURES = 2


@dataclass(frozen=True, slots=True)
class _Source:
    """What names addresses. ``programme``: its name; ``code``: within it."""

    programme: str
    id: str
    code: str
    is_activity: bool
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one address. ``is_dead``: staff are told so."""

    programme: str
    activity: str
    address: str
    outcome: Outcome
    is_dead: bool


def order(site: Site, now: datetime) -> str | None:
    """Have a worker look today; the job's id, None when there is one, and where nothing is to be looked at.

    The links of a demo are made up.
    """
    key = f"check_links:{now.astimezone(site.zone).date().isoformat()}"
    if site.settings.demo or not site.settings.check_links:
        return None
    with site.database.read() as session:
        tables = (ProgrammeActivity, SupportActor)
        has_any = any(session.scalar(select(table.id).limit(1)) is not None for table in tables)
        if not has_any or find_job(session, key) is not None:
            return None
    with site.database.write() as session:
        return enqueue(session, now, "check_links", key).id


def check_all(site: Site, reach: Reach, now: datetime, *, is_forced: bool = False) -> tuple[Found, ...]:
    """Ask every address that is due, all of them if ``is_forced``; what is known of all. Raises NotSaved."""
    found = []
    asked: dict[str, Outcome] = {}
    for source in _sources(site):
        for address in source.addresses:
            with site.database.read() as session:
                held = _find(session, source, address)
            if held is None or is_forced or _is_due(held, now):
                if address not in asked:
                    asked[address] = reach(address)
                held = _keep(site, source, address, asked[address], now)
            if held is not None:
                found.append(_found(held, source))
    return tuple(found)


def _sources(site: Site) -> list[_Source]:
    """Everything that names addresses: activities, then those in directories."""
    with site.database.read() as session:
        names = {one.id: one.name for one in session.scalars(select(Programme))}
        activities = queries.activities_of(session, list(names))
        actors = queries_support.actors_of(session, list(names))
        rows: list[ProgrammeActivity | SupportActor] = [*activities, *actors]
        return [
            _Source(
                names[row.programme_id], row.id, row.code, isinstance(row, ProgrammeActivity), _addresses(row)
            )
            for row in rows
        ]


def _addresses(row: ProgrammeActivity | SupportActor) -> tuple[str, ...]:
    if isinstance(row, ProgrammeActivity):
        return addresses_of(activity_in(row))
    return directorydesk.addresses_of(actor_in(row))


def _is_due(held: ActivityLink | SupportLink, now: datetime) -> bool:
    return held.failures > 0 or held.checked_utc <= now - AGAIN


def _keep(
    site: Site, source: _Source, address: str, outcome: Outcome, now: datetime
) -> ActivityLink | SupportLink | None:
    """Note what was found; None where what named the address has gone or names it no more."""
    with site.database.write() as session:
        row = _lock(session, source)
        if row is None or address not in _addresses(row):
            return None
        held = _find(session, source, address)
        if held is None:
            held = _new(source, address)
            session.add(held)
        held.outcome, held.checked_utc = outcome, now
        held.failures = 0 if outcome == "ok" else held.failures + 1
        is_dead = outcome in AT_ONCE or held.failures >= FAILURES
        if is_dead and held.dead_since_utc is None:
            order_dead_links(session, site, row.programme_id, now)
        held.dead_since_utc = (held.dead_since_utc or now) if is_dead else None
        return held


def _lock(session: Session, source: _Source) -> ProgrammeActivity | SupportActor | None:
    if source.is_activity:
        return session.get(ProgrammeActivity, source.id, with_for_update=True)
    return session.get(SupportActor, source.id, with_for_update=True)


def _find(session: Session, source: _Source, address: str) -> ActivityLink | SupportLink | None:
    key = (source.id, _hash(address))
    return session.get(ActivityLink, key) if source.is_activity else session.get(SupportLink, key)


def _new(source: _Source, address: str) -> ActivityLink | SupportLink:
    if source.is_activity:
        return ActivityLink(activity_id=source.id, sha256=_hash(address), address=address, failures=0)
    return SupportLink(actor_id=source.id, sha256=_hash(address), address=address, failures=0)


def _found(held: ActivityLink | SupportLink, source: _Source) -> Found:
    outcome: Outcome = held.outcome  # type: ignore[assignment]  # the table holds outcomes only
    return Found(source.programme, source.code, held.address, outcome, held.dead_since_utc is not None)


def _hash(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
