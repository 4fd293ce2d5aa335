"""What every reader of a JSON file does: keys, texts, and problems with their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessment.jsontext import Lines, Pairs
from assessment.values import found_kind, read_text, short
from questionnaires.errors import Loc, Problem
from questionnaires.wording import hint


class FileReader:
    """Reads one file; every method adds what it finds wrong to ``problems``."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.problems: list[Problem] = []

    def complain(self, loc: Loc, code: str, /, **particulars: object) -> None:
        """Add one problem at a path."""
        self.problems.append(Problem(self.lines.place(loc), code, particulars))

    def object_(
        self, raw: Any, loc: Loc, keys: tuple[str, ...], needed: tuple[str, ...]
    ) -> Mapping[str, Any]:
        """An object with these keys; an empty one when it is something else."""
        if not isinstance(raw, Pairs):
            words = {"wanted": "an object", "found": found_kind(raw), "allowed_values": "{...}"}
            self.complain(loc, "wrong_value", **words)
            return {}
        self.find_twice(raw, loc)
        for key in raw:
            if key not in keys:
                words = {"key": short(key), "hint": hint(key, keys), "allowed_keys": ", ".join(keys)}
                self.complain((*loc, key), "answers_unknown_key", **words)
        for key in needed:
            if key not in raw:
                self.complain(loc, "missing_key", key=key)
        return raw

    def find_twice(self, raw: Pairs, loc: Loc) -> None:
        """Complain of keys that come twice."""
        for key in dict.fromkeys(raw.twice):
            self.complain((*loc, key), "duplicate_key", key=short(key), first="above")

    def text(self, file: Mapping[str, Any], key: str, limit: int, loc: Loc = ()) -> str | None:
        """The text under a key; None when the key is absent or was complained of."""
        raw = file.get(key)
        if raw is None and (key not in file or key in ("by", "orgnr")):
            return None
        return read_text(raw, (*loc, key), self.complain, limit)

    def optional_text(self, entry: Mapping[str, Any], key: str, loc: Loc) -> str | None:
        """As ``text`` for what may be null; an empty comment is no comment."""
        raw = entry.get(key)
        if raw is None or (key == "comment" and raw == ""):
            return None
        return read_text(raw, (*loc, key), self.complain)
