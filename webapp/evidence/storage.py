"""Where files are kept: a folder on this machine, or a bucket, through obstore.

A file is there whole or not at all, and what ``put`` returned from stays: obstore does not sync a local
file, so that is done here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from webapp.errors import NotSaved, OutOfReach, WebappError
from webapp.files import sync_folder, write_whole
from webapp.settings import Settings

if TYPE_CHECKING:
    from obstore import ObjectMeta

_KEY = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+")
_FOLDER = re.compile(r"(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*)?")
MAX_KEY = 300


class FileMissing(WebappError):
    """There is no file with that key."""


class BadKey(WebappError):
    """A key that no file of ours has."""


class FileStore:
    """Files by key, such as ``<organisation id>/<random id>``. ``folder``: where they are on this machine.

    All but ``put`` raise OutOfReach where the store does not answer.
    """

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    def put(self, key: str, content: bytes) -> None:
        """Keep a file; once this returns it is synced. Raises BadKey, and NotSaved where there is no room."""
        _check(key)
        try:
            if self._folder is None:
                obstore.put(self._store, key, content)
            else:
                _make_folders(self._folder, (self._folder / key).parent)
                write_whole(self._folder / key, content)
        except (OSError, BaseError) as error:
            raise NotSaved from error

    def get(self, key: str) -> bytes:
        """A file. Raises FileMissing, BadKey."""
        _check(key)
        try:
            with _reached():
                return bytes(obstore.get(self._store, key).bytes())
        except (NotFoundError, FileNotFoundError) as error:
            raise FileMissing(key) from error

    def size(self, key: str) -> int | None:
        """How large a file is; None when there is none."""
        _check(key)
        try:
            with _reached():
                return int(obstore.head(self._store, key)["size"])
        except (NotFoundError, FileNotFoundError):
            return None

    def exists(self, key: str) -> bool:
        """Whether there is a file with that key."""
        return self.size(key) is not None

    def delete(self, key: str) -> None:
        """Remove a file; one that is not there is no mistake."""
        _check(key)
        try:
            with _reached():
                obstore.delete(self._store, key)
        except (NotFoundError, FileNotFoundError):
            return
        if self._folder is not None:
            sync_folder((self._folder / key).parent)

    def list_keys(self, prefix: str = "") -> Iterator[str]:
        """Every key, or those in one folder; files that are being written are left out."""
        _check(prefix, _FOLDER)
        for found in self._listed(prefix):
            if not found["path"].rpartition("/")[2].startswith("."):
                yield found["path"]

    def delete_folder(self, prefix: str) -> None:
        """Remove every file whose key begins with a folder, also what was being written there.

        Raises BadKey, also for no folder at all: nobody means every file there is.
        """
        if not prefix:
            raise BadKey(prefix)
        for key in list(self.list_keys(prefix)):
            self.delete(key)
        self.remove_parts(prefix)

    def list_stale(self, before: datetime, prefix: str = "") -> Iterator[str]:
        """The keys of files that have not been written since a moment."""
        _check(prefix, _FOLDER)
        for found in self._listed(prefix):
            is_part = found["path"].rpartition("/")[2].startswith(".")
            if not is_part and found["last_modified"] < before:
                yield found["path"]

    def _listed(self, prefix: str) -> Iterator[ObjectMeta]:
        with _reached():
            pages = iter(obstore.list(self._store, prefix or None))
        while True:
            with _reached():
                page = next(pages, None)
            if page is None:
                return
            yield from page

    def remove_parts(self, prefix: str = "", before: datetime | None = None) -> int:
        """Remove what was begun and not finished, by somebody who was killed; how many there were.

        ``before``: only what has not been written since then, so that nobody at work is disturbed.
        """
        _check(prefix, _FOLDER)
        if self._folder is None:  # a bucket shows whole files only
            return 0
        parts = [part for part in (self._folder / prefix).rglob(".*") if part.is_file()]
        stale = [part for part in parts if before is None or part.stat().st_mtime < before.timestamp()]
        for part in stale:
            part.unlink(missing_ok=True)
        return len(stale)


def open_store(settings: Settings) -> FileStore:
    """The store that settings describe; ``files`` in the data folder unless an address is given."""
    address = None if settings.files_url is None else settings.files_url.get_secret_value()
    if address is None:
        folder = settings.data_dir.absolute() / "files"
    elif urlsplit(address).scheme == "file":
        folder = Path(url2pathname(urlsplit(address).path))
    else:
        return FileStore(from_url(address))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sync_folder(folder.parent)
    return FileStore(LocalStore(folder), folder)


@contextmanager
def _reached() -> Iterator[None]:
    """What goes on in a store, but that it may hold no such file, told as ours."""
    try:
        yield
    except (NotFoundError, FileNotFoundError):
        raise
    except (OSError, BaseError) as error:
        raise OutOfReach from error


def _check(key: str, form: re.Pattern[str] = _KEY) -> None:
    if len(key) > MAX_KEY or not form.fullmatch(key):
        raise BadKey(key[:MAX_KEY])


def _make_folders(root: Path, folder: Path) -> None:
    """Make the folders of a key so that they stay.

    Each is synced into the one it is in, also one that is there: whoever made it may not have come so far.
    """
    below = [folder, *folder.parents]
    for one in reversed(below[: below.index(root)]):
        os.makedirs(one, mode=0o700, exist_ok=True)
        sync_folder(one.parent)
