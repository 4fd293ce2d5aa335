"""The YAML files of one definition folder, read entry by entry.

An entry with a mistake is left out and its id remembered, so that one mistake does not drown
the others in false ones. ``Draft`` holds what could be read; ``assemble`` makes the version of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from questionnaires.documents import (
    AdviceEntry,
    ContradictionEntry,
    DimensionEntry,
    FactEntry,
    IndicatorEntry,
    LevelEntry,
    QuestionEntry,
    QuestionnaireHead,
    SectionHead,
)
from questionnaires.errors import Loc, Place, Problem
from questionnaires.schema import parse_entry
from questionnaires.wording import kind_of
from questionnaires.yamlfile import YamlFile, read_yaml

MAX_FILES = 60

Entry = TypeVar("Entry", bound=BaseModel)


@dataclass(slots=True)
class Draft:
    """What could be read of a folder; every entry with the place it stands at."""

    folder: str
    head: QuestionnaireHead | None = None
    facts: dict[str, FactEntry] = field(default_factory=dict)
    sections: dict[str, SectionHead] = field(default_factory=dict)
    questions: dict[str, tuple[QuestionEntry, ...]] = field(default_factory=dict)
    levels: dict[str, LevelEntry] = field(default_factory=dict)
    dimensions: dict[str, DimensionEntry] = field(default_factory=dict)
    contradictions: dict[str, ContradictionEntry] = field(default_factory=dict)
    indicators: dict[str, IndicatorEntry] = field(default_factory=dict)
    advice: dict[str, AdviceEntry] = field(default_factory=dict)
    translations: dict[str, YamlFile] = field(default_factory=dict)
    places: dict[str, tuple[YamlFile, Loc]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, unit: str, *loc: str | int) -> Place:
        """Where a part stands: ``questions/<id>``, ``facts/<id>``, ``dimensions/<id>`` and so on."""
        if unit not in self.places:
            return Place(self.folder)
        file, base = self.places[unit]
        return file.place(base + loc)

    def complain(self, where: Place, code: str, **particulars: object) -> None:
        """Add one problem."""
        self.problems.append(Problem(where, code, particulars))


def read_draft(folder: Path) -> Draft:
    """Read every file of a definition folder; mistakes are in ``problems``, nothing is raised."""
    draft = Draft(folder.name)
    files = _read_files(folder, draft)
    _read_head(files.pop("questionnaire.yaml", None), draft)
    _read_scoring(files.pop("scoring.yaml", None), draft)
    _read_advice(files.pop("advice.yaml", None), draft)
    for name in sorted(files):
        if name.startswith("sections/"):
            _read_section(files[name], draft)
        else:
            draft.translations[name.removeprefix("translations/").removesuffix(".yaml")] = files[name]
    return draft


_SINGLE_FILES = ("questionnaire.yaml", "scoring.yaml", "advice.yaml")


def _read_files(folder: Path, draft: Draft) -> dict[str, YamlFile]:
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    if len(names) > MAX_FILES:
        draft.complain(Place(folder.name), "too_many_files", count=len(names), limit=MAX_FILES)
        return {}
    files: dict[str, YamlFile] = {}
    for name in names:
        if not _belongs(name):
            allowed = ", ".join((*_SINGLE_FILES, "sections/*.yaml", "translations/*.yaml"))
            draft.complain(Place(f"{folder.name}/{name}"), "unknown_file", name=name, names=allowed)
            continue
        files[name] = read_yaml(folder / name, f"{folder.name}/{name}")
        draft.problems.extend(files[name].problems)
    for name in _SINGLE_FILES:
        if name not in files:
            draft.complain(Place(folder.name), "missing_file", name=name)
    return files


def _belongs(name: str) -> bool:
    path = Path(name)
    if name in _SINGLE_FILES:
        return True
    return path.suffix == ".yaml" and str(path.parent) in ("sections", "translations")


def _mapping(file: YamlFile | None, keys: tuple[str, ...], draft: Draft) -> dict[str, Any] | None:
    """The file's content when it is a mapping of these keys; complains otherwise."""
    if file is None or (file.content is None and file.problems):
        return None
    if not isinstance(file.content, dict):
        found = kind_of(file.content)
        draft.complain(Place(file.name, 1), "wrong_type", wanted="a mapping", found=found)
        return None
    return file.content


def _read_head(file: YamlFile | None, draft: Draft) -> None:
    content = _mapping(file, (), draft)
    if file is None or content is None:
        return
    facts = content.pop("facts", ())
    draft.head = parse_entry(QuestionnaireHead, content, file, (), draft.problems)
    draft.places["questionnaire"] = (file, ())
    draft.facts = _entries(FactEntry, "facts", facts, file, draft)


def _read_scoring(file: YamlFile | None, draft: Draft) -> None:
    content = _mapping(file, (), draft)
    if file is None or content is None:
        return
    draft.places["scoring"] = (file, ())
    parts: dict[str, tuple[type[Any], Callable[[dict[str, Any]], None]]] = {
        "levels": (LevelEntry, lambda found: draft.levels.update(found)),
        "dimensions": (DimensionEntry, lambda found: draft.dimensions.update(found)),
        "contradictions": (ContradictionEntry, lambda found: draft.contradictions.update(found)),
        "indicators": (IndicatorEntry, lambda found: draft.indicators.update(found)),
    }
    for key in content.keys() - parts.keys():
        draft.complain(file.place((key,)), "unknown_key", key=key, hint="", allowed_keys=", ".join(parts))
    for key, (model, keep) in parts.items():
        keep(_entries(model, key, content.get(key, ()), file, draft))


def _read_section(file: YamlFile, draft: Draft) -> None:
    content = _mapping(file, (), draft)
    if content is None:
        return
    questions = content.pop("questions", ())
    head = parse_entry(SectionHead, content, file, (), draft.problems)
    if head is None:
        return
    stem = Path(file.name).stem
    if head.id != stem:
        draft.complain(file.place(("id",)), "folder_mismatch", found=head.id, wanted=stem)
    draft.sections[head.id] = head
    draft.places[f"sections/{head.id}"] = (file, ())
    entries = _entries(QuestionEntry, "questions", questions, file, draft)
    draft.questions[head.id] = tuple(entries.values())


def _read_advice(file: YamlFile | None, draft: Draft) -> None:
    content = _mapping(file, (), draft)
    if file is None or content is None:
        return
    draft.places["advice"] = (file, ())
    for key, value in content.items():
        draft.places[f"advice/{key}"] = (file, (key,))
        data = {"question": key, **value} if isinstance(value, dict) else value
        entry = parse_entry(AdviceEntry, data, file, (key,), draft.problems)
        if entry is not None:
            draft.advice[key] = entry


def _entries(model: type[Entry], group: str, data: Any, file: YamlFile, draft: Draft) -> dict[str, Entry]:
    """The entries of a list by id; ids of broken entries are kept in ``places`` only."""
    if not isinstance(data, tuple):
        draft.complain(file.place((group,)), "wrong_type", wanted="a list", found=kind_of(data))
        return {}
    found: dict[str, Entry] = {}
    for at, item in enumerate(data):
        entry = parse_entry(model, item, file, (group, at), draft.problems)
        id_ = item.get("id") if isinstance(item, dict) else None
        if not isinstance(id_, str):
            continue
        unit = f"{group}/{id_}"
        if unit in draft.places:
            other, loc = draft.places[unit]
            first = f"{other.name}:{other.lines.get(loc, 1)}"
            draft.complain(file.place((group, at, "id")), "duplicate_id", id=id_, first=first)
            continue
        draft.places[unit] = (file, (group, at))
        if entry is not None:
            found[id_] = entry
    return found
