"""Whether an installation can do its work now: what a load balancer and an operator ask."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Literal, TypeAlias

from sqlalchemy.exc import SQLAlchemyError

from questionnaires.errors import DefinitionError
from webapp.db import migrating
from webapp.db import queries_health as queries
from webapp.db.ids import new_id
from webapp.errors import OutOfReach, UnsafeDatabase
from webapp.services.site import Site

STUCK = timedelta(minutes=10)
"""How long a job may wait while no worker is heard of."""

PROBES = "health"
"""The folder of the file store that is written to, to see whether that can be done."""

CheckState: TypeAlias = Literal["ok", "warning", "failed"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``about``: what is wrong and what to do; empty when all is well."""

    name: str
    state: CheckState = "ok"
    about: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """Everything that was looked at. A warning needs an operator, but people can go on working."""

    checks: tuple[Check, ...]

    @property
    def is_ready(self) -> bool:
        """Whether people can be let in."""
        return all(check.state != "failed" for check in self.checks)

    @property
    def status(self) -> str:
        """``ready``, ``degraded`` or ``failed``."""
        if not self.is_ready:
            return "failed"
        return "ready" if all(check.state == "ok" for check in self.checks) else "degraded"


def examine(site: Site, now: datetime) -> Health:
    """Look at everything; never raises. What is wrong is logged as well."""
    checks = (*_database(site, now), _files(site), _definitions(site))
    for check in checks:
        if check.state != "ok":
            log.log(
                logging.ERROR if check.state == "failed" else logging.WARNING,
                "health: %s: %s",
                check.name,
                check.about,
            )
    return Health(checks)


def _database(site: Site, now: datetime) -> tuple[Check, ...]:
    """The database, and what only it can tell."""
    try:
        with site.database.read() as session:
            synced = queries.is_synced(session)
    except UnsafeDatabase:
        return (_failed("synced", "the database does not sync what is committed"),)
    except (OutOfReach, SQLAlchemyError):
        return (_failed("database", "the database cannot be reached"),)
    checks = [Check("database"), Check("synced")]
    if not synced:
        checks[1] = _failed("synced", "the database does not sync what is committed")
    migrated = _checked("migrated", lambda: _migrated(site))
    if migrated.state != "ok":
        return (*checks, migrated)
    return (*checks, migrated, _checked("queue", lambda: _queue(site, now)))


def _checked(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except (OutOfReach, SQLAlchemyError):
        return _failed(name, "the database cannot be reached")


def _migrated(site: Site) -> Check:
    if migrating.current(site.database) == _head():
        return Check("migrated")
    return _failed("migrated", "the database is not at this version of the program: kretslop db upgrade")


@cache
def _head() -> str:
    return migrating.heads()[0]


def _queue(site: Site, now: datetime) -> Check:
    with site.database.read() as session:
        oldest = queries.oldest_due(session, now)
        is_stuck = (
            oldest is not None and oldest < now - STUCK and not queries.has_worked(session, now - STUCK)
        )
    if is_stuck:
        return Check("queue", "warning", "jobs wait and no worker is heard of: is kretslop worker running?")
    return Check("queue")


def _files(site: Site) -> Check:
    """Whether a file can be kept, read back and removed."""
    key = f"{PROBES}/{new_id()}"
    try:
        site.files.put(key, b"probe")
        is_same = site.files.get(key) == b"probe"
        site.files.delete(key)
    except Exception as error:  # every store fails in its own way
        log.error("health: the file store failed", exc_info=error)
        return _failed("files", "the file store cannot be written to")
    return (
        Check("files") if is_same else _failed("files", "the file store gives back other than it was given")
    )


def _definitions(site: Site) -> Check:
    changed = changed_definitions(site)
    if not changed:
        return Check("definitions")
    return Check(
        "definitions",
        "warning",
        f"{', '.join(changed)}: no longer what was published, takes no new assessments. "
        "Put the published files back",
    )


def changed_definitions(site: Site) -> tuple[str, ...]:
    """Every published version that is no longer what was published, or that cannot be read at all."""
    published = [v for v in site.shelf.definitions.catalogue.versions() if v.status == "published"]
    return tuple(f"{v.id}@{v.number}" for v in published if not _is_intact(site, v.id, v.number))


def _is_intact(site: Site, id_: str, number: str) -> bool:
    try:
        return site.shelf.open(id_, number).is_intact
    except DefinitionError:
        return False


def _failed(name: str, about: str) -> Check:
    return Check(name, "failed", about)
