"""Everything a use case works with: one value, made once in each process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from webapp.db.engine import Database
from webapp.evidence.storage import FileStore
from webapp.register.port import Register
from webapp.services.queueing import Queue
from webapp.services.shelf import Shelf
from webapp.settings import Settings

if TYPE_CHECKING:
    from webapp.services.oidc import IdentityProvider


@dataclass(frozen=True)
class Site:
    """An installation at work. ``identity``: who else says who people are, where settings name somebody."""

    settings: Settings
    database: Database
    shelf: Shelf
    files: FileStore
    register: Register
    queue: Queue
    identity: IdentityProvider | None = None

    def now(self) -> datetime:
        """The time."""
        return datetime.now(UTC)

    @cached_property
    def zone(self) -> ZoneInfo:
        """Where the people are, for days and times on pages."""
        return ZoneInfo(self.settings.time_zone)


def midnight(zone: ZoneInfo, day: date) -> datetime:
    """When a day begins where the people are."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)
