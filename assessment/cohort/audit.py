"""Whether what a cohort has been told gives away how few stand somewhere: by integer row reduction.

Unknown are the cells: how many records of an atom stand in each part told apart. Known are the sizes of all
atoms and every told figure. A cell of fewer than ``LARGE`` must not be found out, nor any set of such cells,
not even together with one's own values. That is so where its records could stand elsewhere:

* A *move* takes a record from one cell of its atom to another. Its *effect* is what told figures change by.
* All moves of one effect are a *pool*. It is large where ``LARGE`` records and more stand at either end: two
  of them that go opposite ways change nothing told, and enough can.
* Out of every small cell there must be a move whose effect is that of a large pool, or a whole combination
  of those of large pools, each with the records for four such moves at a time.

Then any set with one to four others in it can as well have none in it, or five; and one that is empty can
as well have somebody in it. The same for sums of scores: one that follows from told means must be of
``LEAST_FOR_MEAN`` owners and more. This is enough, not needed: what passes is safe, and some of what does
not pass would be. The argument stands in docs/cohort-figures.md; the tests look at all worlds that fit what
was told, without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from assessment.cohort.atoms import Atom, Heaps, Signature, View, atoms_of, sums_of
from assessment.cohort.reduction import Basis
from assessment.scoring.levels import TOP_LEVEL

LEAST = 5
"""How many others stand behind every figure, for each of those who are in it."""

LARGE = LEAST + 1
LEAST_FOR_MEAN = 10
_AT_A_TIME = LEAST - 1

_Effect: TypeAlias = tuple[tuple[tuple[int, int], int], ...]
"""By view and group: what its told figure changes by."""

_Pools: TypeAlias = Mapping[_Effect, int]
"""For each effect how many records stand at that end of its moves where fewer do."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A small number that can be found out, or not ruled out to be.

    ``views``: the numbers of the told rows its owners stand in. ``part``: in which group of each; empty for
    a sum. ``count``: how many owners.
    """

    views: tuple[int, ...]
    part: Signature
    count: int


def exposed_counts(heaps: Heaps, views: Sequence[View]) -> Iterator[Exposure]:
    """Every cell of fewer than ``LARGE`` that told counts may give away; nothing where there is none."""
    atoms = atoms_of(heaps, views)
    pools = _pools(atoms)
    basis = _basis(pools)
    known: dict[_Effect, bool] = {}

    def is_hidden(effect: _Effect) -> bool:
        if effect not in known:
            known[effect] = pools[effect] >= LARGE or _is_made_up_for(effect, basis, pools)
        return known[effect]

    for atom in atoms:
        for cell, others in _moves_out(atom):
            if not all(is_hidden(_effect(atom.views, cell, other)) for other in others):
                yield Exposure(atom.views, cell, atom.cells[cell])


def exposed_sums(heaps: Heaps, views: Sequence[View]) -> Iterator[Exposure]:
    """Every sum of scores of too few owners that told means may give away; nothing where there is none."""
    sums = sums_of(heaps, views)
    basis: Basis[int, tuple[int, ...]] = Basis()
    large = {
        held
        for held, (size, total) in sums.items()
        if size >= LEAST_FOR_MEAN and has_room(total, Fraction(0), Fraction(TOP_LEVEL * size))
    }
    for held in sorted(large, key=lambda held: (-sums[held][0], held)):
        basis.add(held, dict.fromkeys(held, 1))
    small = sorted(sums.keys() - large)
    exposed = (held for held in small if basis.combination(dict.fromkeys(held, 1)) is None)
    return (Exposure(held, (), sums[held][0]) for held in exposed)


def has_room(total: Fraction, least: Fraction, most: Fraction) -> bool:
    """Whether one owner could stand at the other end of the scale, and the others still make up that sum.

    A mean at the very bottom says of everybody that they are there. ``least``, ``most``: what the sum of
    scores can be at all, for what is told of the levels beside it.
    """
    return total - least >= TOP_LEVEL and most - total >= TOP_LEVEL


def _home(atom: Atom) -> Signature:
    """The fullest cell of an atom: where records of small cells could be instead."""
    return max(atom.cells, key=lambda cell: (atom.cells[cell], cell))


def _moves_out(atom: Atom) -> Iterable[tuple[Signature, Sequence[Signature]]]:
    """Each small cell with where its records could be instead: at home, or anywhere where home is small."""
    home = _home(atom)
    for cell, count in atom.cells.items():
        if count < LARGE:
            anywhere = [other for other in atom.cells if other != cell]
            yield cell, [home] if atom.cells[home] >= LARGE else anywhere


def _effect(views: Iterable[int], one: Signature, other: Signature) -> _Effect:
    """What told figures change by with a record in the later of two cells, not in the earlier."""
    start, end = min(one, other), max(one, other)
    steps = (step for step in zip(views, start, end, strict=True) if step[1] != step[2])
    return tuple(change for view, a, b in steps for change in (((view, a), -1), ((view, b), 1)))


def _pools(atoms: Iterable[Atom]) -> _Pools:
    ends: dict[_Effect, tuple[int, int]] = {}
    for atom in atoms:
        for start, end in combinations(sorted(atom.cells), 2):
            effect = _effect(atom.views, start, end)
            before, after = ends.get(effect, (0, 0))
            ends[effect] = (before + atom.cells[start], after + atom.cells[end])
    return {effect: min(both) for effect, both in ends.items()}


def _basis(pools: _Pools) -> Basis[tuple[int, int], _Effect]:
    """The effects of large pools, those with most records first."""
    large = [effect for effect, records in pools.items() if records >= LARGE]
    basis: Basis[tuple[int, int], _Effect] = Basis()
    for effect in sorted(large, key=lambda effect: (-pools[effect], effect)):
        basis.add(effect, dict(effect))
    return basis


def _is_made_up_for(effect: _Effect, basis: Basis[tuple[int, int], _Effect], pools: _Pools) -> bool:
    """Whether large pools can undo four moves of that effect; one record at each end may be who looks."""
    combination = basis.combination(dict(effect))
    if combination is None:
        return False
    return all(_AT_A_TIME * abs(times) <= pools[one] - 1 for one, times in combination.items())
