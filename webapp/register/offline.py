"""A register that is not asked: for machines without a network, and for installations that want none."""

from __future__ import annotations

from webapp.register.port import RegisterEntry, RegisterUnavailable


class OfflineRegister:
    """Says of every question that it cannot answer now."""

    def find(self, orgnr: str) -> RegisterEntry | None:
        """Raises RegisterUnavailable."""
        raise RegisterUnavailable(orgnr)

    def sub_units(self, orgnr: str) -> tuple[RegisterEntry, ...]:
        """Raises RegisterUnavailable."""
        raise RegisterUnavailable(orgnr)
