"""Checked definitions kept as JSON, so that YAML is read and checked once for each content.

The key is the SHA-256 of every file's name and bytes and of the code that checks them: a changed
file or a changed rule is a new key. The cache is only ever an optimisation: one that is missing,
broken or not writable is passed over.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from questionnaires.loader import load_folder
from questionnaires.model import Questionnaire
from questionnaires.yamlfile import MAX_BYTES


def load_cached(folder: Path) -> Questionnaire:
    """The checked version in a folder. Raises DefinitionError as ``load_folder`` does."""
    key = _key(folder)
    if key is None:
        return load_folder(folder)
    file = cache_folder() / f"{key}.json"
    try:
        return Questionnaire.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        questionnaire = load_folder(folder)
        _store(file, questionnaire)
        return questionnaire


def cache_folder() -> Path:
    """Where checked definitions are kept: KRETSLOP_CACHE, else the user's cache folder."""
    own = os.environ.get("KRETSLOP_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "kretslop" / "definitions"


def _key(folder: Path) -> str | None:
    digest = hashlib.sha256(_code_stamp())
    digest.update(f"{folder.parent.name}/{folder.name}".encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            try:
                if path.stat().st_size > MAX_BYTES:
                    return None
                content = path.read_bytes()
            except OSError:
                return None
            digest.update(f"\n{path.relative_to(folder)}\n{len(content)}\n".encode())
            digest.update(content)
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
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
            part.write(questionnaire.model_dump_json(by_alias=True).encode())
        os.replace(part.name, file)
    except OSError:
        return
