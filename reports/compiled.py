"""Templates as they were compiled, for everything in this process and for the next one.

Compiling is most of what a new process does before it can show a page. What is kept is code, like
``__pycache__``, in the cache folder beside the checked definitions. A folder that others can write to is not
used, a file that is not what was written is passed over, and one that cannot be written is no matter.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from questionnaires.cache import cache_folder

OTHERS_WRITE = 0o022
_DIGEST = hashlib.sha256
_SIZE = _DIGEST().digest_size


class CompiledTemplates(BytecodeCache):
    """Keeps them in memory, and in ``folder`` where there is one."""

    def __init__(self, folder: Path | None) -> None:
        self._code: dict[str, bytes] = {}
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is there; the bucket itself sees whether its template was changed since."""
        code = self._code.get(bucket.key) or self._read(bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)
            self._code[bucket.key] = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in a bucket."""
        code = self._code[bucket.key] = bucket.bytecode_to_string()
        self._store(bucket.key, code)

    def _read(self, key: str) -> bytes | None:
        if self._folder is None or not _is_ours(self._folder):
            return None
        try:
            written = _file(self._folder, key).read_bytes()
        except OSError:
            return None
        digest, code = written[:_SIZE], written[_SIZE:]
        return code if _DIGEST(code).digest() == digest else None

    def _store(self, key: str, code: bytes) -> None:
        """Write beside and rename, so that no reader ever sees half a file."""
        if self._folder is None:
            return
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_ours(self._folder):
                return
            handle, part = tempfile.mkstemp(dir=self._folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as opened:
                    opened.write(_DIGEST(code).digest() + code)
                os.replace(part, _file(self._folder, key))
            except OSError:
                os.unlink(part)


def compiled_templates() -> CompiledTemplates:
    """Those of this installation's user."""
    folder = cache_folder()
    return CompiledTemplates(None if folder is None else folder / "templates")


def _file(folder: Path, key: str) -> Path:
    return folder / f"{key}.{sys.implementation.cache_tag}"


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can put anything there."""
    try:
        found = folder.stat()
    except OSError:
        return False
    return found.st_uid == os.geteuid() and not found.st_mode & OTHERS_WRITE
