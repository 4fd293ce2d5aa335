"""The web application's own words: one TOML table for each area and language.

A key is the area and the dotted path in its table: ``wizard.save``. What depends on a count has
``one`` and ``other`` under it. Every language has the same keys; a test holds them together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from questionnaires.values import LANGUAGES, Language

FOLDER = Path(__file__).parent / "translations"
DEFAULT_LANGUAGE: Language = "nb"


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language by dotted key."""

    language: Language
    texts: Mapping[str, str]

    def say(self, key: str, **parts: object) -> str:
        """A text with its parts filled in. Raises KeyError for a text or a part that is not there."""
        return self.texts[key].format_map(parts)

    def plural(self, key: str, count: int, **parts: object) -> str:
        """A text that depends on a count, which is a part of it too."""
        form = "one" if count == 1 else "other"
        return self.say(f"{key}.{form}", count=count, **parts)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self.texts


@cache
def words_of(language: Language) -> Words:
    """Every text of one language."""
    texts: dict[str, str] = {}
    for area in sorted(FOLDER.iterdir()):
        table = area / f"{language}.toml"
        if table.is_file():
            texts.update(_flat(area.name, tomllib.loads(table.read_text(encoding="utf-8"))))
    return Words(language, texts)


def language_of(wanted: object) -> Language | None:
    """The language of that code, if it is one of ours."""
    return wanted if wanted in LANGUAGES else None


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, dict):
            yield from _flat(name, value)
        else:
            yield name, str(value)
