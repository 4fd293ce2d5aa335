"""The YAML files of one definition folder, read entry by entry.

An entry with a mistake is left out and its id remembered, so that one mistake does not drown
the others in false ones. ``Draft`` holds what could be read; ``assemble`` makes the version of it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath
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
from questionnaires.values import Language
from questionnaires.wording import hint, kind_of
from questionnaires.yamlfile import MAX_BYTES, YamlFile, read_yaml

MAX_FILES = 60
MAX_TOTAL_BYTES = 3_000_000
MAX_ENTRIES = 200
MAX_QUESTIONS = 400
MAX_PROBLEMS = 2000

Entry = TypeVar("Entry", bound=BaseModel)


@dataclass(slots=True)
class Draft:
    """What could be read of a folder; every entry with the place it stands at.

    ``is_whole``: every file but the translations, and every list of entries, could be read to its
    end, so that what is not here does not exist. Sections are known by the names of their files.
    """

    folder: str
    is_whole: bool = True
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

    @property
    def source_language(self) -> Language:
        """The language the words stand in; nb where ``questionnaire.yaml`` does not say it."""
        return "nb" if self.head is None else self.head.source_language

    def place(self, unit: str, *loc: str | int) -> Place:
        """Where a part stands: ``questions/<id>``, ``facts/<id>``, ``dimensions/<id>`` and so on."""
        if unit not in self.places:
            return Place(self.folder)
        file, base = self.places[unit]
        return file.place(base + loc)

    def complain(self, where: Place, code: str, **particulars: object) -> None:
        """Add one problem. Raises TooManyProblems when there are MAX_PROBLEMS."""
        self.problems.append(Problem(where, code, particulars))
        if len(self.problems) >= MAX_PROBLEMS:
            raise TooManyProblems


class TooManyProblems(Exception):
    """A definition is so broken that looking on would be no use."""


def read_draft(folder: Path) -> Draft:
    """Read every file of a definition folder; mistakes are in ``problems``, nothing is raised."""
    folder = Path(os.path.abspath(folder))
    draft = Draft(folder.name)
    try:
        _read_all(_read_files(folder, draft), draft)
    except TooManyProblems:
        draft.is_whole = False
    return draft


def _read_all(files: dict[str, YamlFile], draft: Draft) -> None:
    _read_head(files.pop("questionnaire.yaml", None), draft)
    _read_scoring(files.pop("scoring.yaml", None), draft)
    _read_advice(files.pop("advice.yaml", None), draft)
    for name in sorted(files):
        if name.startswith("sections/"):
            _read_section(files[name], draft)
        else:
            draft.translations[PurePosixPath(name).stem] = files[name]
    count = sum(len(page) for page in draft.questions.values())
    if (count := max(count, len(draft.advice))) > MAX_QUESTIONS:
        draft.complain(Place(draft.folder), "too_many_entries", count=count, limit=MAX_QUESTIONS)
        draft.is_whole = False


_SINGLE_FILES = ("questionnaire.yaml", "scoring.yaml", "advice.yaml")


def files_of(folder: Path) -> list[str]:
    """The names of everything in a definition folder that is not a folder, at most MAX_FILES + 1.

    Links are never followed; they are listed as they stand.
    """
    inside = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in islice(inside, MAX_FILES + 1))


def _read_files(folder: Path, draft: Draft) -> dict[str, YamlFile]:
    names = files_of(folder)
    if len(names) > MAX_FILES:
        draft.complain(Place(draft.folder), "too_many_files", count=f"more than {MAX_FILES}", limit=MAX_FILES)
        draft.is_whole = False
        return {}
    sizes = [(folder / name).lstat().st_size for name in names if _belongs(name)]
    size = sum(size for size in sizes if size <= MAX_BYTES)
    if size > MAX_TOTAL_BYTES:
        draft.complain(Place(draft.folder), "folder_too_large", size=size, limit=MAX_TOTAL_BYTES)
        draft.is_whole = False
        return {}
    files: dict[str, YamlFile] = {}
    for name in names:
        if not _belongs(name):
            allowed = ", ".join((*_SINGLE_FILES, "sections/*.yaml", "translations/*.yaml"))
            draft.complain(Place(f"{draft.folder}/{name}"), "unknown_file", name=name, names=allowed)
            continue
        files[name] = read_yaml(folder / name, f"{draft.folder}/{name}")
        draft.problems.extend(files[name].problems)
    for name in _SINGLE_FILES:
        if name not in files:
            draft.complain(Place(draft.folder), "missing_file", name=name)
            draft.is_whole = False
    return files


def _belongs(name: str) -> bool:
    path = PurePosixPath(name)
    if name in _SINGLE_FILES:
        return True
    return path.suffix == ".yaml" and str(path.parent) in ("sections", "translations")


def _mapping(file: YamlFile | None, draft: Draft) -> dict[str, Any] | None:
    """A copy of the file's content when it is a mapping; complains otherwise."""
    if file is None:
        return None
    if isinstance(file.content, dict):
        return dict(file.content)
    draft.is_whole = False
    if not file.problems:
        found = kind_of(file.content)
        draft.complain(Place(file.name, 1), "wrong_type", wanted="a mapping", found=found)
    return None


def _read_head(file: YamlFile | None, draft: Draft) -> None:
    content = _mapping(file, draft)
    if file is None or content is None:
        return
    facts = content.pop("facts", ())
    draft.head = parse_entry(QuestionnaireHead, content, file, (), draft.problems)
    draft.places["questionnaire"] = (file, ())
    draft.facts = _entries(FactEntry, "facts", facts, file, draft)


_SCORING_KEYS = ("levels", "dimensions", "contradictions", "indicators")


def _read_scoring(file: YamlFile | None, draft: Draft) -> None:
    content = _mapping(file, draft)
    if file is None or content is None:
        return
    draft.places["scoring"] = (file, ())
    for key in [key for key in content if key not in _SCORING_KEYS]:
        words = {"key": key, "hint": hint(key, _SCORING_KEYS), "allowed_keys": ", ".join(_SCORING_KEYS)}
        draft.complain(file.place((key,)), "unknown_key", **words)
    levels, dimensions = (_needed(key, content, file, draft) for key in ("levels", "dimensions"))
    draft.levels = _entries(LevelEntry, "levels", levels, file, draft)
    draft.dimensions = _entries(DimensionEntry, "dimensions", dimensions, file, draft)
    rules, indicators = content.get("contradictions", ()), content.get("indicators", ())
    draft.contradictions = _entries(ContradictionEntry, "contradictions", rules, file, draft)
    draft.indicators = _entries(IndicatorEntry, "indicators", indicators, file, draft)


def _needed(key: str, content: dict[str, Any], file: YamlFile, draft: Draft) -> Any:
    """Takes a list out of a file; complains when the file lacks it."""
    if key not in content:
        draft.is_whole = False
        draft.complain(file.place((key,)), "missing_key", key=key)
    return content.pop(key, ())


def _read_section(file: YamlFile, draft: Draft) -> None:
    """A section is known by its file's name, so that its questions are read whatever its head says."""
    content = _mapping(file, draft)
    if content is None:
        return
    stem = PurePosixPath(file.name).stem
    questions = _needed("questions", content, file, draft)
    draft.places[f"sections/{stem}"] = (file, ())
    head = parse_entry(SectionHead, content, file, (), draft.problems)
    if head is not None:
        draft.sections[stem] = head
        if head.id != stem:
            draft.complain(file.place(("id",)), "folder_mismatch", found=head.id, wanted=stem)
    entries = _entries(QuestionEntry, "questions", questions, file, draft)
    draft.questions[stem] = tuple(entries.values())


def _read_advice(file: YamlFile | None, draft: Draft) -> None:
    content = _mapping(file, draft)
    if file is None or content is None:
        return
    draft.places["advice"] = (file, ())
    for key, value in content.items():
        draft.places[f"advice/{key}"] = (file, (key,))
        entry = parse_entry(AdviceEntry, value, file, (key,), draft.problems)
        if entry is not None:
            draft.advice[key] = entry


def _entries(model: type[Entry], group: str, data: Any, file: YamlFile, draft: Draft) -> dict[str, Entry]:
    """The entries of a list by id; ids of broken entries are kept in ``places`` only."""
    if not isinstance(data, tuple):
        draft.is_whole = False
        if not file.is_refused((group,)):
            draft.complain(file.place((group,)), "wrong_type", wanted="a list", found=kind_of(data))
        return {}
    if len(data) > MAX_ENTRIES:
        draft.complain(file.place((group,)), "too_many_entries", count=len(data), limit=MAX_ENTRIES)
        draft.is_whole = False
        return {}
    found: dict[str, Entry] = {}
    for at, item in enumerate(data):
        entry = parse_entry(model, item, file, (group, at), draft.problems)
        id_ = item.get("id") if isinstance(item, dict) else None
        if isinstance(id_, str) and _is_first(f"{group}/{id_}", id_, (group, at), file, draft):
            draft.places[f"{group}/{id_}"] = (file, (group, at))
            if entry is not None:
                found[id_] = entry
    return found


def _is_first(unit: str, id_: str, loc: Loc, file: YamlFile, draft: Draft) -> bool:
    if unit not in draft.places:
        return True
    other, before = draft.places[unit]
    first = f"{other.name}:{other.place(before).line}"
    draft.complain(file.place((*loc, "id")), "duplicate_id", id=id_, first=first)
    return False
