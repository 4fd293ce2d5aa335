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
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return _unreadable(name, "cannot_read", reason="it is not a file")
        if found.st_size > MAX_BYTES:
            return _unreadable(name, "file_too_large", size=found.st_size, limit=MAX_BYTES)
        with path.open("rb") as file:
            return read_json(file.read(MAX_BYTES + 1), name)
    except (OSError, ValueError) as error:
        return _unreadable(name, "cannot_read", reason=getattr(error, "strerror", None) or str(error))


def write_whole(path: Path, text: str) -> None:
    """Write beside and rename after a sync: a reader sees the old file or the new one, never half."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as part:
        part.write(text)
        part.flush()
        os.fsync(part.fileno())
    os.chmod(part.name, 0o644)
    os.replace(part.name, path)


def _unreadable(name: str, code: str, **particulars: object) -> JsonText:
    return JsonText(name, "", None, (Problem(Place(name), code, particulars),))
