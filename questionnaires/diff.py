"""What differs between two versions of a questionnaire, and which version step that needs.

Source of the steps: docs/scoring.md section 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from questionnaires.model import Questionnaire

ChangeKind: TypeAlias = Literal[
    "wording", "translation", "added", "removed", "weight", "option", "condition", "cap"
]
VersionStep: TypeAlias = Literal["PATCH", "MINOR", "MAJOR"]

STEPS: tuple[VersionStep, ...] = ("PATCH", "MINOR", "MAJOR")
"""From the smallest step to the largest."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``path``: the part and its field; ``before`` and ``after`` as plain values."""

    kind: ChangeKind
    path: str
    step: VersionStep
    before: Any = None
    after: Any = None


_FIELDS: dict[str, dict[str, tuple[ChangeKind, VersionStep]]] = {
    "questions": {
        "weight": ("weight", "MAJOR"),
        "shown_if": ("condition", "MAJOR"),
        "depth": ("condition", "MAJOR"),
        "section": ("wording", "PATCH"),
        "maps_to": ("wording", "PATCH"),
        "source": ("wording", "PATCH"),
    },
    "facts": {
        "kind": ("condition", "MAJOR"),
        "asked_if": ("condition", "MAJOR"),
        "derived": ("condition", "MAJOR"),
    },
    "dimensions": {"weight": ("weight", "MAJOR"), "core": ("cap", "MAJOR"), "gates": ("cap", "MAJOR")},
    "contradictions": {"if": ("condition", "MINOR")},
    "advice": {"effort": ("option", "MINOR")},
    "indicators": {},
}
"""How a changed field counts; fields not named count as ``_OTHER_FIELDS`` says."""

_OTHER_FIELDS: dict[str, tuple[ChangeKind, VersionStep]] = {
    "questions": ("option", "MAJOR"),
    "facts": ("wording", "PATCH"),
    "dimensions": ("wording", "PATCH"),
    "contradictions": ("wording", "PATCH"),
    "advice": ("wording", "PATCH"),
    "indicators": ("option", "MAJOR"),
}

_ADDED: dict[str, VersionStep] = {
    "facts": "MINOR",
    "contradictions": "MINOR",
    "advice": "MINOR",
    "indicators": "MINOR",
    "dimensions": "MAJOR",
}


def diff(old: Questionnaire, new: Questionnaire) -> tuple[Change, ...]:
    """Every difference, structure first, then words; nothing when the content is the same."""
    before, after = _parts(old), _parts(new)
    one_sided = before.keys() ^ after.keys()
    return (*_structure(before, after), *_words(old, new, one_sided))


def needed_step(changes: tuple[Change, ...]) -> VersionStep | None:
    """The largest step a change asks for; None when nothing changed."""
    return max((change.step for change in changes), key=STEPS.index, default=None)


def step_between(old: str, new: str) -> VersionStep | None:
    """The step from one version number to a later one; None when it is not later."""
    first, second = (tuple(int(part) for part in re.split(r"[.-]", v)[:3]) for v in (old, new))
    if second <= first:
        return None
    for step, before, after in zip(reversed(STEPS), first, second, strict=True):
        if before != after:
            return step
    return None


def next_number(old: str, step: VersionStep) -> str:
    """The first version number after ``old`` that makes the step."""
    major, minor, patch = (int(part) for part in old.split(".")[:3])
    numbers = {"MAJOR": (major + 1, 0, 0), "MINOR": (major, minor + 1, 0), "PATCH": (major, minor, patch + 1)}
    return ".".join(str(number) for number in numbers[step])


def _parts(questionnaire: Questionnaire) -> dict[str, dict[str, Any]]:
    """Every part by unit (``questions/<id>``) as plain fields."""
    content = questionnaire.model_dump(mode="json", by_alias=True)
    scheme = content["scheme"]
    parts = {
        f"{group}/{entry['id']}": entry
        for group, entries in (
            ("facts", content["facts"]),
            ("dimensions", scheme["dimensions"]),
            ("contradictions", scheme["contradictions"]),
            ("indicators", scheme["indicators"]),
        )
        for entry in entries
    }
    for section in content["sections"]:
        for question in section["questions"]:
            placed = {**question, "section": section["id"], "dimension": section["dimension"]}
            parts[f"questions/{question['id']}"] = placed
    parts.update({f"advice/{entry['question']}/to_{entry['to']}": entry for entry in scheme["advice"]})
    return parts


def _structure(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> Iterator[Change]:
    for unit in dict.fromkeys((*before, *after)):
        if unit not in before:
            yield Change("added", unit, _added_step(unit, after[unit]), None, unit.partition("/")[2])
        elif unit not in after:
            yield Change("removed", unit, "MAJOR", unit.partition("/")[2], None)
        else:
            yield from _fields(unit, before[unit], after[unit])


def _added_step(unit: str, part: dict[str, Any]) -> VersionStep:
    group = unit.partition("/")[0]
    if group == "questions":
        return "MAJOR" if part["weight"] > 0 else "MINOR"
    return _ADDED[group]


def _fields(unit: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    group = unit.partition("/")[0]
    for name, value in before.items():
        if value != after[name]:
            kind, step = _FIELDS[group].get(name, _OTHER_FIELDS[group])
            yield Change(kind, f"{unit}/{name}", step, value, after[name])


def _words(old: Questionnaire, new: Questionnaire, one_sided: set[str]) -> Iterator[Change]:
    """Texts that differ, other than those that came or went with their part."""
    for language in dict.fromkeys((*old.texts, *new.texts)):
        kind: ChangeKind = "wording" if language == new.source_language else "translation"
        before, after = old.texts.get(language, {}), new.texts.get(language, {})
        for key in dict.fromkeys((*before, *after)):
            if before.get(key) != after.get(key) and not _belongs(key, one_sided):
                yield Change(kind, f"{language}:{key}", "PATCH", before.get(key), after.get(key))


def _belongs(key: str, units: set[str]) -> bool:
    return any(key == unit or key.startswith(f"{unit}/") for unit in units)
