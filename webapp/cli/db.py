"""``kretslop db``: the database and its tables."""

from __future__ import annotations

import argparse

from webapp.cli.main import FINE
from webapp.cli.output import talk
from webapp.db import migrating
from webapp.db.engine import Database
from webapp.settings import Settings


def upgrade(_arguments: argparse.Namespace) -> int:
    """Bring the tables to this version of the program."""
    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database)
    before = migrating.current(database)
    migrating.upgrade(database)
    talk(f"The database was at {before or 'nothing'} and is at {migrating.current(database)}.")
    return FINE
