"""The contracts of the commands, written by hand from the design, and a check of a value against one.

A shape is a type, a pattern for a text, a set of values, a list of one shape, a mapping with
exactly these keys, or a tuple of shapes of which one must fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

EXACT = re.compile(r"-?[0-9]+(/[1-9][0-9]*)?")
INDEX = re.compile(r"[0-9]{1,3}\.[0-9]")
SHARE = re.compile(r"[01]\.[0-9]{3}")
SHA256 = re.compile(r"[0-9a-f]{64}")
LEVEL = {0, 1, 2, 3, 4, None}
STATUS = {"published", "provisional", "withheld", "not_applicable"}
CAPS = [
    {
        "rule": {"gate", "evidence", "weakest_link", "neglected_dimension"},
        "max_level": {0, 1, 2, 3},
        "because": [str],
    }
]
STANDING = [{"question": str, "value": EXACT}]
EFFORT = {"small", "medium", "large"}

RESULT: dict[str, Any] = {
    "questionnaire": str,
    "version": str,
    "depth": {"basic", "advanced"},
    "period": str,
    "definition_sha256": SHA256,
    "answers_sha256": SHA256,
    "engine": {"1"},
    "overall": {
        "score": (EXACT, None),
        "index": (INDEX, None),
        "raw_level": LEVEL,
        "level": LEVEL,
        "status": STATUS,
        "coverage": (EXACT, None),
        "low": (EXACT, None),
        "high": (EXACT, None),
        "caps": CAPS,
        "answered": (SHARE, None),
        "documented": (SHARE, None),
        "reviewed": (SHARE, None),
        "sensitivity": {"equal_dimension_weights": {"score": (EXACT, None), "raw_level": LEVEL}},
    },
    "dimensions": [
        {
            "id": str,
            "weight": int,
            "core": bool,
            "score": (EXACT, None),
            "index": (INDEX, None),
            "raw_level": LEVEL,
            "level": LEVEL,
            "status": STATUS,
            "coverage": (EXACT, None),
            "low": (EXACT, None),
            "high": (EXACT, None),
            "na_share": (EXACT, None),
            "flags": [{"na_review"}],
            "caps": CAPS,
            "questions": [
                {
                    "id": str,
                    "state": {"answered", "unknown", "missing", "not_applicable", "not_asked"},
                    "weight": {0, 1, 2, 3},
                    "score": LEVEL,
                    "documented": bool,
                }
            ],
        }
    ],
    "strengths": STANDING,
    "gaps": STANDING,
    "next_step": (
        None,
        {
            "reaches": {0, 1, 2, 3, 4},
            "cost": int,
            "steps": [
                {
                    "question": str,
                    "kind": {"raise", "answer", "document"},
                    "from": (int, None),
                    "to": (int, None),
                    "effort": EFFORT,
                }
            ],
            "optimal": bool,
        },
    ),
    "advice": [
        {
            "question": str,
            "dimension": str,
            "from": (int, None),
            "to": int,
            "effort": EFFORT,
            "text": str,
            "reasons": [str],
        }
    ],
    "contradictions": [{"rule": str, "questions": [str]}],
    "indicators": [
        {
            "id": re.compile(r"F[0-9]+[a-z]?"),
            "value": (EXACT, None),
            "display": (re.compile(r"-?[0-9]+\.[0-9]"), None),
            "unit": str,
            "missing": [str],
        }
    ],
}
"""``kretslop score``: design section 8."""

PROBLEM = {"path": str, "line": (int, None), "message": str, "allowed": str}
REFUSED = {"file": str, "errors": [PROBLEM]}
CHECKED_FILE = {"file": str, "errors": [PROBLEM], "warnings": [PROBLEM]}
VERSIONS = [
    {
        "id": str,
        "version": str,
        "status": {"draft", "published", "retired"},
        "sha256": (SHA256, None),
    }
]
DIFF = {
    "changes": [
        {
            "kind": {"wording", "translation", "added", "removed", "weight", "option", "condition", "cap"},
            "path": str,
            "step": {"PATCH", "MINOR", "MAJOR"},
            "before": object,
            "after": object,
        }
    ],
    "needed": {"PATCH", "MINOR", "MAJOR", None},
    "made": {"PATCH", "MINOR", "MAJOR", None},
    "fits": bool,
    "levels": [{"file": str, "before": LEVEL, "after": LEVEL, "because": [str]}],
    "unreadable": [str],
}

_QUESTION = "id section dimension depth kind weight shown_if options bundles breakpoints direction unit"
SHOWN: dict[str, set[str]] = {
    "": {
        *("id", "version", "sha256", "source_language", "levels", "facts", "dimensions"),
        *("sections", "questions", "texts"),
    },
    "questions": set(f"{_QUESTION} allows_not_applicable source maps_to".split()),
    "facts": {"id", "kind", "required", "derived"},
    "dimensions": {"id", "weight", "core", "gates"},
}
"""The keys that ``definitions show --json`` must have, at the top (``""``) and in each list."""


def misfits(value: Any, shape: Any, path: str = "") -> list[str]:
    """The paths where a value has not the shape; nothing when it fits."""
    return list(_misfits(value, shape, path))


def _misfits(value: Any, shape: Any, path: str) -> Iterator[str]:
    if isinstance(shape, dict) and isinstance(value, dict) and value.keys() == shape.keys():
        for name, inner in shape.items():
            yield from _misfits(value[name], inner, f"{path}.{name}")
    elif isinstance(shape, list) and isinstance(value, list):
        for at, item in enumerate(value):
            yield from _misfits(item, shape[0], f"{path}[{at}]")
    elif isinstance(shape, tuple):
        found = [misfits(value, inner, path) for inner in shape]
        yield from () if [] in found else found[0]
    elif isinstance(shape, dict | list) or not _fits(value, shape):
        yield f"{path}: {sorted(value) if isinstance(value, dict) else value!r}"


def _fits(value: Any, shape: Any) -> bool:
    match shape:
        case None:
            return value is None
        case re.Pattern():
            return isinstance(value, str) and shape.fullmatch(value) is not None
        case set():
            return type(value) is not bool and isinstance(value, str | int | None) and value in shape
        case type():
            return isinstance(value, shape) and (shape is not int or type(value) is int)
    raise TypeError(shape)
