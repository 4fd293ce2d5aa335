"""Opening a branding file with the logos it names."""

from __future__ import annotations

import os
import stat
from functools import partial
from pathlib import Path

from reports.branding import MAX_LOGO_BYTES, Branding, Unreadable, read_branding
from reports.errors import BrandingFileError
from webapp.files import read_json_file


def open_branding(path: Path) -> Branding:
    """Read and check a branding file and the logos beside it. Raises BrandingFileError with every problem."""
    branding, problems = read_branding(read_json_file(path), partial(_load_logo, path.parent))
    if branding is None:
        raise BrandingFileError(problems)
    return branding


def _load_logo(folder: Path, name: str) -> bytes | Unreadable:
    """The bytes of a file in the folder or below it; a link may not lead out of it."""
    try:
        real = Path(os.path.realpath(folder / name))
        if not real.is_relative_to(os.path.realpath(folder)):
            return Unreadable("logo_outside", {"value": name})
        with open(real, "rb", opener=_open_at_once) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                return Unreadable("cannot_read", {"reason": "it is not a file"})
            if found.st_size > MAX_LOGO_BYTES:
                return Unreadable("file_too_large", {"size": found.st_size, "limit": MAX_LOGO_BYTES})
            return file.read(MAX_LOGO_BYTES)
    except (OSError, ValueError) as error:
        return Unreadable("cannot_read", {"reason": getattr(error, "strerror", None) or str(error)})


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting for the other end of a pipe; what has become a link meanwhile is refused."""
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW)
