"""``kretslop worker``: the background work, reports and mail, beside the web application."""

from __future__ import annotations

import argparse
import time

from webapp.cli.main import FINE
from webapp.cli.output import talk
from webapp.cli.processes import end_with_parent
from webapp.db.engine import Database
from webapp.settings import Settings

LOOK_SECONDS = 0.5
TELL_SECONDS = 10


def worker(arguments: argparse.Namespace) -> int:  # noqa: ARG001  # settings come from the environment
    """Work until a signal says stop; waits for a database that is not at this version yet."""
    from webapp.installation import make_site
    from webapp.jobs.worker import Worker
    from webapp.services import logs

    end_with_parent()
    settings = Settings()
    logs.configure(logs.level_of(settings))
    _wait_for_tables(settings)
    site = make_site(settings)
    try:
        Worker(site).run()
    finally:
        site.database.close()
    return FINE


def _wait_for_tables(settings: Settings) -> None:
    database, tells, has_told = Database(settings.database), time.monotonic() + TELL_SECONDS, False
    while not _is_ready(database):
        if not has_told and time.monotonic() > tells:
            talk("Waiting for the database. Run: kretslop db upgrade")
            has_told = True
        time.sleep(LOOK_SECONDS)
    database.close()


def _is_ready(database: Database) -> bool:
    """Whether the database can be reached and has the tables this program works with."""
    from sqlalchemy.exc import DBAPIError

    from webapp.db.migrating import is_current

    try:
        return is_current(database)
    except DBAPIError:
        return False
