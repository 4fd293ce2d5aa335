"""A business register for tests: made-up companies, and a switch that makes it silent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.webapp.sites import make_site
from webapp.register.port import RegisterEntry, RegisterUnavailable
from webapp.services.site import Site

WORKSHOP = RegisterEntry("311046276", "EKSEMPEL MØBELVERKSTED AS", "main", "AS", "31.010", 18, "Trondheim")
OSLO = RegisterEntry(
    "923609016", "EKSEMPEL MØBEL OSLO", "unit", "BEDR", "31.010", 7, "Oslo", parent_orgnr="311046276"
)
BERGEN = RegisterEntry(
    "984851006", "EKSEMPEL MØBEL BERGEN", "unit", "BEDR", "47.550", 3, "Bergen", parent_orgnr="311046276"
)
COUNCIL = RegisterEntry("974760673", "EKSEMPEL KOMMUNE", "main", "KOMM", "84.110", 900, "Eksempel")


@dataclass
class ListedRegister:
    """Answers from a list. ``is_silent``: it does not answer at all."""

    entries: dict[str, RegisterEntry] = field(
        default_factory=lambda: {one.orgnr: one for one in (WORKSHOP, OSLO, BERGEN, COUNCIL)}
    )
    is_silent: bool = False

    def find(self, orgnr: str) -> RegisterEntry | None:
        """The entry with a number."""
        if self.is_silent:
            raise RegisterUnavailable(orgnr)
        return self.entries.get(orgnr)

    def sub_units(self, orgnr: str) -> tuple[RegisterEntry, ...]:
        """The entries under a number."""
        if self.is_silent:
            raise RegisterUnavailable(orgnr)
        return tuple(one for one in self.entries.values() if one.parent_orgnr == orgnr)

    def change(self, orgnr: str, **values: Any) -> None:
        """Have an entry say something else."""
        self.entries[orgnr] = replace(self.entries[orgnr], **values)


def site_with_register(folder: Path, **chosen: Any) -> tuple[Site, ListedRegister]:
    """An installation that asks a register of the tests."""
    register = ListedRegister()
    return replace(make_site(folder, **chosen), register=register), register
