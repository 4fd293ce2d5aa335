"""A register that answers from recorded replies: for the demo, and for tests.

The file is JSON: ``enheter`` and ``underenheter`` are lists of units as the register's interface gives them,
``ukjente`` the numbers it says it does not have. Of any other number it knows as little as one that does not
answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from webapp.register.port import RegisterEntry, RegisterUnavailable
from webapp.register.replies import by_name, read_entry, read_reply

DEMO: Final = Path(__file__).parent / "recorded_demo.json"
"""Companies that do not exist, under numbers like those of test data: real ones begin with 8 or 9."""


class RecordedRegister:
    """Answers from the units of a file's content."""

    def __init__(self, recorded: dict[str, Any]) -> None:
        """Raises RegisterUnavailable for what the register would not say."""
        mains = [read_entry(raw, "main") for raw in recorded.get("enheter", [])]
        units = [read_entry(raw, "unit") for raw in recorded.get("underenheter", [])]
        self._units = by_name(units)
        self._entries = {entry.orgnr: entry for entry in [*units, *mains]}
        self._unknown = frozenset(recorded.get("ukjente", []))

    def find(self, orgnr: str) -> RegisterEntry | None:
        """The unit with a number; None for one recorded as unknown. Raises RegisterUnavailable for others."""
        if orgnr in self._unknown:
            return None
        if orgnr not in self._entries:
            raise RegisterUnavailable("nothing was recorded")
        return self._entries[orgnr]

    def sub_units(self, orgnr: str) -> tuple[RegisterEntry, ...]:
        """The units under a main one, by name. Raises RegisterUnavailable as ``find`` does."""
        self.find(orgnr)
        return tuple(unit for unit in self._units if unit.parent_orgnr == orgnr)


def open_recorded(file: Path = DEMO) -> RecordedRegister:
    """The register of a file. Raises RegisterUnavailable, OSError."""
    return RecordedRegister(read_reply(file.read_bytes()))
