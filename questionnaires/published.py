"""``published.toml``: the checksums that freeze published versions, and why levels were let change."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from questionnaires.errors import DefinitionError, Place, Problem

FILE_NAME = "published.toml"


@dataclass(frozen=True, slots=True)
class Published:
    """One frozen version. ``reasons``: example company -> why its level was let change."""

    sha256: str
    retired: bool = False
    reasons: tuple[tuple[str, str], ...] = ()


Register = dict[tuple[str, str], Published]
"""Published versions by (questionnaire id, version)."""


def read_register(path: Path) -> Register:
    """The register; empty when the file does not exist. Raises DefinitionError when it is broken."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            (id_, version): Published(
                sha256=str(entry["sha256"]),
                retired=bool(entry.get("retired", False)),
                reasons=tuple((str(k), str(v)) for k, v in entry.get("reasons", {}).items()),
            )
            for id_, versions in content.items()
            for version, entry in versions.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as e:
        problem = Problem(Place(path.name, 1), "published_toml", {"reason": f"{type(e).__name__}: {e}"})
        raise DefinitionError([problem]) from None


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
