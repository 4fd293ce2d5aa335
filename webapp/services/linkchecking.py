"""Looking whether recordings and presentations can still be reached, and remembering what was found.

No transaction is open while an address is asked. What fails once may come back: only what is gone for good
counts at once, all else from the second time on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from webapp.db import queries_activities as queries
from webapp.db.queries_work import find_job
from webapp.db.tables.activities import ActivityLink, ProgrammeActivity
from webapp.db.tables.organisations import Programme
from webapp.reaching import Outcome, Reach
from webapp.services.activitydesk import addresses_of
from webapp.services.linkmail import order_dead_links
from webapp.services.offering import activity_in
from webapp.services.queueing import enqueue
from webapp.services.site import Site

AGAIN = timedelta(days=7)
"""How often an address is asked that was there; one that was not is asked every day."""

AT_ONCE: Collection[Outcome] = ("gone", "no_host", "not_public")
"""What is not expected to mend itself."""

FAILURES = 2


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
        has_any = session.scalar(select(ProgrammeActivity.id).limit(1)) is not None
        if not has_any or find_job(session, key) is not None:
            return None
    with site.database.write() as session:
        return enqueue(session, now, "check_links", key).id


def check_all(site: Site, reach: Reach, now: datetime, *, is_forced: bool = False) -> tuple[Found, ...]:
    """Ask every address that is due, all of them if ``is_forced``; what is known of all. Raises NotSaved."""
    found = []
    asked: dict[str, Outcome] = {}
    for programme, activity_id, code, addresses in _named(site):
        for address in addresses:
            with site.database.read() as session:
                held = session.get(ActivityLink, (activity_id, _hash(address)))
            if held is None or is_forced or _is_due(held, now):
                if address not in asked:
                    asked[address] = reach(address)
                held = _keep(site, activity_id, address, asked[address], now)
            if held is not None:
                found.append(_found(held, programme, code))
    return tuple(found)


def _named(site: Site) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """The addresses that activities name, each with its programme's name, its activity's id and its code."""
    with site.database.read() as session:
        names = {one.id: one.name for one in session.scalars(select(Programme))}
        return [
            (names[row.programme_id], row.id, row.code, addresses_of(activity_in(row)))
            for row in queries.activities_of(session, list(names))
        ]


def _is_due(held: ActivityLink, now: datetime) -> bool:
    return held.failures > 0 or held.checked_utc <= now - AGAIN


def _keep(site: Site, activity_id: str, address: str, outcome: Outcome, now: datetime) -> ActivityLink | None:
    """Note what was found; None where the activity has gone or names the address no more."""
    with site.database.write() as session:
        row = session.get(ProgrammeActivity, activity_id, with_for_update=True)
        if row is None or address not in addresses_of(activity_in(row)):
            return None
        held = session.get(ActivityLink, (activity_id, _hash(address)))
        if held is None:
            held = ActivityLink(activity_id=activity_id, sha256=_hash(address), address=address, failures=0)
            session.add(held)
        held.outcome, held.checked_utc = outcome, now
        held.failures = 0 if outcome == "ok" else held.failures + 1
        is_dead = outcome in AT_ONCE or held.failures >= FAILURES
        if is_dead and held.dead_since_utc is None:
            order_dead_links(session, site, row.programme_id, now)
        held.dead_since_utc = (held.dead_since_utc or now) if is_dead else None
        return held


def _found(held: ActivityLink, programme: str, code: str) -> Found:
    outcome: Outcome = held.outcome  # type: ignore[assignment]  # the table holds outcomes only
    return Found(programme, code, held.address, outcome, held.dead_since_utc is not None)


def _hash(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
