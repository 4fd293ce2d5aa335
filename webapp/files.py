"""Reading and writing whole files safely."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from assessment.jsontext import MAX_BYTES, JsonText, read_json
from questionnaires.errors import Place, Problem


def read_json_file(path: Path) -> JsonText:
    """A JSON file of at most 2 MB; what cannot be read is a problem in it, never an exception."""
    name = str(path)
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                return _unreadable(name, "cannot_read", reason="it is not a file")
            if found.st_size > MAX_BYTES:
                return _unreadable(name, "file_too_large", size=found.st_size, limit=MAX_BYTES)
            return read_json(file.read(MAX_BYTES + 1), name)
    except (OSError, ValueError) as error:
        return _unreadable(name, "cannot_read", reason=getattr(error, "strerror", None) or str(error))


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(path, flags | os.O_NONBLOCK)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write beside and rename after a sync: a reader sees the old file or the new one, never half."""
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that what was renamed in a folder stays so when the machine stops."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unreadable(name: str, code: str, **particulars: object) -> JsonText:
    return JsonText(name, "", None, (Problem(Place(name), code, particulars),))
