"""What every reader of a JSON file does: keys, texts, and problems with their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from assessment.jsontext import Lines, Pairs
from assessment.values import found_kind, read_date, read_text, short
from questionnaires.errors import Loc, Problem
from questionnaires.wording import hint

MAX_PROBLEMS = 1000
MAX_HINTS = 100


class FileReader:
    """Reads one file; every method adds what it finds wrong to ``problems``."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.problems: list[Problem] = []

    def complain(self, loc: Loc, code: str, /, **particulars: object) -> None:
        """Add one problem at a path; beyond MAX_PROBLEMS only say that there are more."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(self.lines.place(loc), code, particulars))
        elif len(self.problems) == MAX_PROBLEMS:
            more = Problem(self.lines.place(()), "too_many_problems", {"limit": MAX_PROBLEMS})
            self.problems.append(more)

    def hint(self, word: object, known: Iterable[str]) -> str:
        """What somebody may have meant; nothing once there are many problems, as looking takes time."""
        return hint(word, known) if len(self.problems) < MAX_HINTS else ""

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
                words = {"key": short(key), "hint": self.hint(key, keys), "allowed_keys": ", ".join(keys)}
                self.complain((*loc, key), "answers_unknown_key", **words)
        for key in needed:
            if key not in raw:
                self.complain(loc, "missing_key", key=key)
        return raw

    def quoted(self, raw: Any) -> str:
        """A raw value as a message quotes it: a text or number itself, anything else by its kind."""
        return short(raw) if isinstance(raw, str) else found_kind(raw)

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
        if raw is None or (key == "comment" and isinstance(raw, str) and not raw.strip()):
            return None
        return read_text(raw, (*loc, key), self.complain)

    def optional_date(self, entry: Mapping[str, Any], key: str, loc: Loc = ()) -> date | None:
        """The date under a key; None when it is absent, null or was complained of."""
        raw = entry.get(key)
        return None if raw is None else read_date(raw, (*loc, key), self.complain)
