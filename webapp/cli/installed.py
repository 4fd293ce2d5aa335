"""Carrying a command out on the installation that the environment describes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from webapp.cli.main import PROBLEMS
from webapp.cli.output import talk
from webapp.errors import NotSaved, OutOfReach, UnsafeDatabase

if TYPE_CHECKING:
    from webapp.services.site import Site

UNSAFE = "The database does not sync what is committed: {}."
NOT_THERE = "The database could not be used. Is it there, and of this version? Run: kretslop db upgrade"


def on_site(carry_out: Callable[[Site, datetime], int], definitions: Path | None = None) -> int:
    """The exit code of what is carried out; one that is told of where the database cannot be used."""
    from webapp.installation import make_site
    from webapp.settings import Settings

    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    site = make_site(settings, definitions)
    try:
        return carry_out(site, datetime.now(UTC))
    except (NotSaved, OutOfReach):
        talk(NOT_THERE)
    except UnsafeDatabase as error:
        talk(UNSAFE.format(error))
    finally:
        site.database.close()
    return PROBLEMS
