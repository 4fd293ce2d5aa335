"""Integer row reduction: whether a vector is a whole combination of others, and of which.

Vectors are sparse, entries whole numbers without zeros. All is exact; nothing is divided that leaves a rest.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Name = TypeVar("Name", bound=Hashable)


@dataclass(slots=True)
class _Row(Generic[Key, Name]):
    """A reduced vector, and the combination of the vectors it came from."""

    vector: dict[Key, int]
    made_of: dict[Name, int]


@dataclass(slots=True)
class Basis(Generic[Key, Name]):
    """Vectors in echelon form: each row is the only one among the later ones with an entry at its pivot."""

    _rows: dict[Key, _Row[Key, Name]] = field(default_factory=dict)

    def add(self, name: Name, vector: Mapping[Key, int]) -> bool:
        """Take a vector in where it is no combination of what is there; whether it was taken.

        One that would need a pivot other than 1 or -1 is left out: the basis then spans less than it could,
        and whoever asks is told "no" where it might be "yes", never the other way round.
        """
        rest = self._reduce(vector)
        pivot = next((key for key, entry in rest.vector.items() if abs(entry) == 1), None)
        if pivot is None:
            return False
        rest.made_of[name] = rest.made_of.get(name, 0) + 1
        self._rows[pivot] = rest
        return True

    def combination(self, vector: Mapping[Key, int]) -> dict[Name, int] | None:
        """How often each vector of the basis is taken to make this one; None where none makes it."""
        rest = self._reduce(vector)
        if rest.vector:
            return None
        return {name: -times for name, times in rest.made_of.items() if times}

    def _reduce(self, vector: Mapping[Key, int]) -> _Row[Key, Name]:
        """What is left of a vector: ``vector + Σ made_of`` is the rest, without an entry at any pivot."""
        row = _Row[Key, Name](dict(vector), {})
        for pivot, other in self._rows.items():
            entry = row.vector.get(pivot)
            if entry:
                times = -entry * other.vector[pivot]
                _add_to(row.vector, other.vector, times)
                _add_to(row.made_of, other.made_of, times)
        return row


def _add_to(target: dict[Key, int], other: Mapping[Key, int], times: int) -> None:
    for key, entry in other.items():
        total = target.get(key, 0) + times * entry
        if total:
            target[key] = total
        else:
            target.pop(key, None)
