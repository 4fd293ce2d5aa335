"""Keeping a copy of everything: the database, and every file that it names.

The database comes first, of one moment; its files after it, while people go on. A file that was removed in
between shows that the moment is not whole any more, so another one is taken. What ends a backup is its
manifest: a folder without one is no backup.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from reports.marks import program_version
from webapp.db import migrating
from webapp.db.queries_backup import still_named
from webapp.evidence.storage import FileMissing
from webapp.files import write_whole
from webapp.services.dumping import BackupFailed, DatabaseKind, dump, file_name, kind_of
from webapp.services.programmefiles import FOLDER as PROGRAMMES
from webapp.services.site import Site

MANIFEST = "manifest.json"
FILES = "files"
FORMAT = 1
MOMENTS = 5
"""How often another moment is taken before it is said that too much changes."""

CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup. ``path``: from the backup's folder on."""

    path: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. ``lost``: keys of files that were gone before; nothing can bring them back."""

    kind: DatabaseKind
    revision: str | None
    made_utc: str
    program: str
    files: tuple[Kept, ...]
    lost: tuple[str, ...]
    format: int = FORMAT

    @property
    def size_bytes(self) -> int:
        """How large it is."""
        return sum(kept.size_bytes for kept in self.files)


def make_backup(
    site: Site, folder: Path, now: datetime, watch: Callable[[list[str]], Iterable[str]] = iter
) -> Manifest:
    """Write a backup into a new or empty folder. ``watch``: goes through keys and shows how far it is.

    Raises BackupFailed, and OSError where the folder cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupFailed("folder_not_empty")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    name = file_name(kind_of(site.database))
    kept, lost = _whole_moment(site, folder, folder / name, watch)
    os.sync()  # before the manifest says that all of it is there
    manifest = Manifest(
        kind=kind_of(site.database),
        revision=migrating.current(site.database),
        made_utc=now.isoformat(),
        program=program_version(),
        files=(_kept(folder, folder / name), *kept),
        lost=lost,
    )
    write_whole(folder / MANIFEST, json.dumps(asdict(manifest), indent=1))
    (folder / MANIFEST).chmod(0o600)
    return manifest


def _whole_moment(
    site: Site, folder: Path, file: Path, watch: Callable[[list[str]], Iterable[str]]
) -> tuple[list[Kept], tuple[str, ...]]:
    """A copy of the database with every file it names, as far as they are anywhere."""
    for _ in range(MOMENTS):
        file.unlink(missing_ok=True)
        # No row names the files of a programme's look by their keys: all that lies there is kept.
        keys = sorted({*dump(site.database, file), *site.files.list_keys(PROGRAMMES)})
        missing = [key for key in watch(keys) if not _copy(site, folder / FILES / key, key)]
        lost = tuple(key for key in missing if _is_lost(site, key))
        if len(lost) == len(missing):
            _remove_others(folder / FILES, set(keys))
            there = (folder / FILES / key for key in keys if key not in lost)
            return [_kept(folder, path) for path in there], lost
    raise BackupFailed("too_many_changes")


def _copy(site: Site, to: Path, key: str) -> bool:
    """Copy a file, unless it is there already; False where the store does not have it."""
    if to.exists():
        return True
    try:
        content = site.files.get(key)
    except FileMissing:
        return False
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)
    os.replace(part, to)
    return True


def _is_lost(site: Site, key: str) -> bool:
    """Whether a missing file is still named, so that waiting for another moment brings nothing."""
    with site.database.read() as session:
        is_named = still_named(session, key)
    return is_named and not site.files.exists(key)


def _remove_others(folder: Path, keys: set[str]) -> None:
    """Remove what was copied for an earlier moment and erased since."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in keys:
            path.unlink()


def _kept(folder: Path, path: Path) -> Kept:
    return Kept(path.relative_to(folder).as_posix(), path.stat().st_size, sha256_of(path))


def sha256_of(path: Path) -> str:
    """The hash of a file of any size."""
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while chunk := opened.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """What a backup says that it holds. Raises BackupFailed where it is none, or of another format."""
    try:
        content = json.loads((folder / MANIFEST).read_bytes())
        if content["format"] != FORMAT:
            raise BackupFailed("other_format", str(content["format"])[:20])
        files = tuple(Kept(**_shaped(kept)) for kept in content.pop("files"))
        return Manifest(**{**content, "files": files, "lost": tuple(content["lost"])})
    except FileNotFoundError as error:
        raise BackupFailed("no_manifest") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BackupFailed("bad_manifest") from error


def _shaped(kept: dict[str, Any]) -> dict[str, Any]:
    """Raises ValueError for a path that leads out of the backup."""
    parts = Path(kept["path"]).parts
    if Path(kept["path"]).is_absolute() or ".." in parts or not parts:
        raise ValueError("path")
    return kept


def damage(folder: Path, manifest: Manifest) -> Iterator[str]:
    """The paths of files that are not what was kept."""
    for kept in manifest.files:
        path = folder / kept.path
        is_whole = path.is_file() and path.stat().st_size == kept.size_bytes
        if not is_whole or sha256_of(path) != kept.sha256:
            yield kept.path
