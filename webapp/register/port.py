"""What the application asks of a business register, whoever answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from webapp.errors import WebappError

UnitKind: TypeAlias = Literal["main", "unit"]


class RegisterUnavailable(WebappError):
    """The register does not answer, or not in a way we understand."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One unit of the register. ``legal_form``: its code, such as ``AS``; ``nace``: as ``31.010``.

    ``employees``: None where the register names no number. ``is_ended``: deleted, bankrupt or being wound up.
    """

    orgnr: str
    name: str
    kind: UnitKind = "main"
    legal_form: str = ""
    nace: str = ""
    employees: int | None = None
    municipality: str = ""
    parent_orgnr: str | None = None
    is_ended: bool = False


class Register(Protocol):
    """A business register."""

    def find(self, orgnr: str) -> RegisterEntry | None:
        """The unit with a number; None when there is none. Raises RegisterUnavailable."""

    def sub_units(self, orgnr: str) -> tuple[RegisterEntry, ...]:
        """The units under a main one, by name. Raises RegisterUnavailable."""
