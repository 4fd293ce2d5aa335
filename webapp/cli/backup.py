"""``kretslop backup`` and ``kretslop restore``: a copy of everything, and bringing it back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from webapp.cli.installed import on_site
from webapp.cli.main import FINE, PROBLEMS
from webapp.cli.output import print_json, say, talk
from webapp.services.dumping import BackupFailed
from webapp.settings import MEGABYTE

if TYPE_CHECKING:
    from webapp.services.site import Site

T = TypeVar("T")

_WORDS = {
    "folder_not_empty": "The folder is not empty. Name a new one.",
    "database_damaged": "The database is damaged: SQLite's own check finds mistakes in it. Nothing was kept.",
    "no_program": "{about} is not on the path. Install PostgreSQL's client programs of the server's version.",
    "program_failed": "PostgreSQL's program failed: {about}",
    "too_many_changes": "Files were removed all the time while the backup was made. Try again.",
    "not_loaded": "The database could not be written: {about}.",
    "no_manifest": "There is no whole backup in the folder: it has no manifest.json.",
    "bad_manifest": "The backup's manifest.json cannot be read.",
    "other_format": "The backup is of a format this program does not know: {about}.",
    "other_kind": "The backup is of {about}. Set KRETSLOP_DATABASE_URL to a database of that kind.",
    "newer_program": "The backup was made by version {about}, which is newer. Install that first.",
    "damaged": "The backup is damaged. Not what was kept: {about}. Nothing was changed.",
    "target_not_empty": "There is something here already. Use another data folder and database, or --force"
    " to put the backup in the place of all of it.",
}
"""What people at the terminal are told, by the code of the failure."""


def backup(arguments: argparse.Namespace) -> int:
    """Write a backup into a new folder; people may go on working."""

    def carry_out(site: Site, now: datetime) -> int:
        from webapp.services.backup import make_backup

        try:
            manifest = make_backup(site, arguments.folder, now, _watched("Files"))
        except BackupFailed as failure:
            return _failed(failure)
        if arguments.json:
            print_json({**asdict(manifest), "files": len(manifest.files), "size_bytes": manifest.size_bytes})
        else:
            size = f"{manifest.size_bytes / MEGABYTE:.1f} MB"
            say(f"{arguments.folder}: the database and {len(manifest.files) - 1} files, {size}")
        for key in manifest.lost:
            talk(f"Lost before this backup, and not in it: {key}")
        return PROBLEMS if manifest.lost else FINE

    return on_site(carry_out)


def restore(arguments: argparse.Namespace) -> int:
    """Bring a backup back; the web application and its workers must not run meanwhile."""

    def carry_out(site: Site, now: datetime) -> int:
        from webapp.services.restoring import restore_backup

        try:
            restored = restore_backup(
                site, arguments.folder, now, force=arguments.force, watch=_watched("Files")
            )
        except BackupFailed as failure:
            return _failed(failure)
        if arguments.json:
            print_json(asdict(restored))
        else:
            say(f"Restored what there was at {restored.made_utc}: the database and {restored.files} files.")
        if restored.needs_upgrade:
            talk("Its tables are older than this program. Run: kretslop db upgrade")
        for key in restored.lost:
            talk(f"Lost before the backup was made, and not in it: {key}")
        return FINE

    return on_site(carry_out)


def _failed(failure: BackupFailed) -> int:
    talk(_WORDS[failure.code].format(about=failure.about))
    return PROBLEMS


def _watched(about: str) -> Callable[[list[T]], Iterable[T]]:
    """Shows how far it is where a person is watching."""

    def watch(items: list[T]) -> Iterable[T]:
        from tqdm import tqdm

        return tqdm(items, desc=about, file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)

    return watch
