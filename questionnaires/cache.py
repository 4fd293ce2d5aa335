"""Checked definitions kept as JSON, so that YAML is read and checked once for each content.

The key is the SHA-256 of every file's name and bytes and of the code that checks them: a changed
file or a changed rule is a new key. The cache is only ever an optimisation: one that is missing,
broken or not writable is passed over.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from questionnaires.draft import MAX_FILES, files_of
from questionnaires.loader import load_folder
from questionnaires.model import Questionnaire
from questionnaires.yamlfile import MAX_BYTES


def load_cached(folder: Path) -> Questionnaire:
    """The checked version in a folder. Raises DefinitionError as ``load_folder`` does."""
    folder = Path(os.path.abspath(folder))
    key, cached = _key(folder), cache_folder()
    if key is None or cached is None:
        return load_folder(folder)
    file = cached / f"{key}.json"
    try:
        questionnaire = Questionnaire.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        questionnaire = load_folder(folder)
        _store(file, questionnaire)
    return questionnaire


def cache_folder() -> Path | None:
    """Where checked definitions are kept: KRETSLOP_CACHE, else the user's cache folder, if there is one."""
    own = os.environ.get("KRETSLOP_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "kretslop" / "definitions"
    except RuntimeError:  # the user has no home
        return None


def _key(folder: Path) -> str | None:
    """``None`` when the folder holds what a definition cannot: ``load_folder`` then says what."""
    digest = hashlib.sha256(_code_stamp())
    names = [f"{folder.parent.name}/{folder.name}", *files_of(folder)]
    if len(names) > MAX_FILES + 1:
        return None
    for name in names[1:]:
        file = folder / name
        try:
            found = file.lstat()
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
                return None
            content = file.read_bytes()
        except OSError:
            return None
        digest.update(hashlib.sha256(content).digest())
    digest.update("\0".join(names).encode(errors="surrogateescape"))
    return digest.hexdigest()


@cache
def _code_stamp() -> bytes:
    """Changes with the modules that read and check definitions."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


def _store(file: Path, questionnaire: Questionnaire) -> None:
    """Write beside and rename, so that no reader ever sees half a file."""
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=file.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as opened:
                opened.write(questionnaire.model_dump_json(by_alias=True).encode())
            os.replace(part, file)
        except OSError:
            os.unlink(part)
