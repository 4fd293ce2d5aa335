"""The bicycle shop: a small made-up questionnaire with one question of every kind, and good answers to it.

Only the source language stands in files; the translations are written here, so that a test may
change a text without stamping two translations by hand.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from questionnaires.draft import read_draft
from questionnaires.texts import Words, source_units, stamp

HERE = Path(__file__).parent
SOURCE = HERE / "definitions" / "bicycle_shop" / "1.0.0-draft"
GOOD = HERE / "good.json"
REVIEW = HERE / "review.json"


def write_shop(root: Path, folder: str = "1.0.0-draft", version: str = "1.0.0") -> Path:
    """The bicycle shop as a version of a catalogue in ``root``; the folder of the version."""
    target = root / "definitions" / "bicycle_shop" / folder
    shutil.copytree(SOURCE, target)
    edit(target / "questionnaire.yaml", 'version: "1.0.0"', f'version: "{version}"')
    translate(target)
    return target


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def change(version: Path, file: str, old: str, new: str) -> None:
    """Edit one file of a version and bring its translations up to date."""
    edit(version / file, old, new)
    translate(version)


def translate(version: Path, **added: str) -> None:
    """Write complete translations: the source words with the language in front, or what is ``added``."""
    units = source_units(read_draft(version))
    for language in ("nn", "en"):
        content: dict[str, Any] = {"language": language}
        for unit, words in units.items():
            group, _, id_ = unit.partition("/")
            place = content.setdefault(group, {}) if id_ else content
            prefix = added.get(language, language)
            place[id_ or group] = {"of": stamp(words), **_marked(words, prefix)}
        file = version / "translations" / f"{language}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _marked(words: Words, prefix: str) -> Words:
    return {
        name: _marked(value, prefix) if isinstance(value, dict) else f"{prefix}: {value}"
        for name, value in words.items()
    }


def good_text() -> str:
    """The text of the good answer file."""
    return GOOD.read_text(encoding="utf-8")


def good_answers(**changes: Any) -> dict[str, Any]:
    """The good answer file as a value, with whole top-level entries replaced."""
    return {**json.loads(good_text()), **changes}
