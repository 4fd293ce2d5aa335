"""Bringing a backup back: everything is checked before anything is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import bindparam, text

from webapp.db import migrating
from webapp.db.tables.base import UtcTime
from webapp.services.audit import record
from webapp.services.backup import FILES, Kept, Manifest, damage, read_manifest
from webapp.services.dumping import BackupFailed, file_name, is_empty, kind_of, load
from webapp.services.site import Site

_ENDED = (
    "DELETE FROM browser_session WHERE person_id IN (SELECT id FROM person WHERE NOT is_trial)",
    "DELETE FROM signin_link",
    "DELETE FROM address_change",
)
_UNINVITED = "UPDATE invitation SET ends_utc = :now WHERE used_utc IS NULL AND ends_utc > :now"
"""Who was signed out, changed their address or was uninvited since then must not be let in by an old token. A
trial has nothing else to come back by. Owners send invitations again that are to live."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back. ``needs_upgrade``: its tables are older than this program."""

    files: int
    made_utc: str
    lost: tuple[str, ...]
    needs_upgrade: bool


def restore_backup(
    site: Site,
    folder: Path,
    now: datetime,
    *,
    force: bool = False,
    watch: Callable[[list[Kept]], Iterable[Kept]] = iter,
) -> Restored:
    """Put a backup in the place of what an installation holds; nobody may work in it meanwhile.

    ``force``: also where it holds something, which is gone then. Raises BackupFailed, with nothing touched,
    where the backup is damaged, of another kind of database or of a newer program.
    """
    manifest = read_manifest(folder)
    _check(site, folder, manifest)
    if not force and not (is_empty(site.database) and not any(site.files.list_keys())):
        raise BackupFailed("target_not_empty")
    prefix = f"{FILES}/"
    files = [kept for kept in manifest.files if kept.path.startswith(prefix)]
    for kept in watch(files):
        site.files.put(kept.path.removeprefix(prefix), (folder / kept.path).read_bytes())
    load(site.database, folder / file_name(manifest.kind))
    _remove_others(site, {kept.path.removeprefix(prefix) for kept in files})
    is_current = migrating.is_current(site.database)
    _end_old_ways_in(site, now)
    if is_current:
        with site.database.write() as session:
            record(session, now, "restored", files=len(files))
    return Restored(len(files), manifest.made_utc, manifest.lost, not is_current)


def _check(site: Site, folder: Path, manifest: Manifest) -> None:
    if manifest.kind != kind_of(site.database):
        raise BackupFailed("other_kind", manifest.kind)
    if manifest.revision is not None and manifest.revision not in migrating.revisions():
        raise BackupFailed("newer_program", manifest.program)
    if file_name(manifest.kind) not in {kept.path for kept in manifest.files}:
        raise BackupFailed("bad_manifest")
    broken = list(damage(folder, manifest))
    if broken:
        raise BackupFailed("damaged", ", ".join(broken[:5]))


def _remove_others(site: Site, keys: set[str]) -> None:
    for key in [key for key in site.files.list_keys() if key not in keys]:
        site.files.delete(key)


def _end_old_ways_in(site: Site, now: datetime) -> None:
    with site.database.write() as session:
        for statement in _ENDED:
            session.execute(text(statement))
        session.execute(text(_UNINVITED).bindparams(bindparam("now", now, UtcTime)))
