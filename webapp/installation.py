"""An installation at work, put together from its settings; for the web and for workers alike."""

from __future__ import annotations

from pathlib import Path

from questionnaires.catalogue import PACKAGE_FOLDER
from webapp.db.engine import Database
from webapp.evidence.storage import open_store
from webapp.jobs.queue import queue_of
from webapp.register.choose import register_of
from webapp.services.definitions import Definitions
from webapp.services.oidc import provider_of
from webapp.services.shelf import Shelf
from webapp.services.site import Site
from webapp.settings import Settings


def make_site(settings: Settings, definitions: Path | None = None) -> Site:
    """The installation that settings describe."""
    return Site(
        settings=settings,
        database=Database(settings.database),
        shelf=Shelf(Definitions(definitions or PACKAGE_FOLDER)),
        files=open_store(settings),
        register=register_of(settings),
        queue=queue_of(settings),
        identity=provider_of(settings),
    )
