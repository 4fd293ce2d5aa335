"""``published.toml``: the checksums that freeze published versions, and why levels were let change."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from questionnaires.errors import DefinitionError, Loc, Place, Problem, dotted
from questionnaires.values import Id, VersionNumber
from questionnaires.yamlfile import MAX_BYTES

FILE_NAME = "published.toml"
MAX_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Published:
    """One frozen version. ``reasons``: example company -> why its level was let change."""

    sha256: str
    retired: bool = False
    reasons: tuple[tuple[str, str], ...] = ()


Register = dict[tuple[str, str], Published]
"""Published versions by (questionnaire id, version)."""


class _Entry(BaseModel):
    """One version as it stands in the file."""

    model_config = ConfigDict(strict=True, extra="forbid")

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    retired: bool = False
    reasons: dict[str, str] = Field(default_factory=dict)


_FILE = TypeAdapter(dict[Id, dict[VersionNumber, _Entry]], config=ConfigDict(strict=True))


def read_register(path: Path) -> Register:
    """The register; empty when the file does not exist. Raises DefinitionError when it is broken."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DefinitionError([_problem(path, f"it is larger than {MAX_BYTES} bytes")])
        entries = _FILE.validate_python(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        return {}
    except RecursionError:
        raise DefinitionError([_problem(path, "it is nested too deep")]) from None
    except ValidationError as error:
        findings = error.errors(include_url=False)[:MAX_FINDINGS]
        raise DefinitionError(_problem(path, f["msg"], f["loc"]) for f in findings) from None
    except (OSError, ValueError) as error:  # ValueError: not TOML, not UTF-8, or an absurd number
        raise DefinitionError([_problem(path, f"{type(error).__name__}: {error}")]) from None
    return {
        (id_, version): Published(entry.sha256, entry.retired, tuple(entry.reasons.items()))
        for id_, versions in entries.items()
        for version, entry in versions.items()
    }


def _problem(path: Path, reason: str, loc: Loc = ()) -> Problem:
    at = re.search(r"\(at line (\d+), column \d+\)$", reason)
    within = dotted(tuple(part for part in loc if part != "[key]"))
    return Problem(Place(path.name, int(at[1]) if at else None, within), "published_toml", {"reason": reason})


def entry_text(id_: str, version: str, entry: Published) -> str:
    """The lines that add one version to ``published.toml``."""
    lines = [f'[{id_}."{version}"]', f'sha256 = "{entry.sha256}"']
    if entry.retired:
        lines.append("retired = true")
    if entry.reasons:
        lines += ["", f'[{id_}."{version}".reasons]']
        lines += [f"{_quoted(company)} = {_quoted(reason)}" for company, reason in entry.reasons]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'
