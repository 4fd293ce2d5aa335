"""The smallest sets of owners that what was told tells apart, and what each told figure says of them.

A record is one result of one owner. Records that stand in the same told rows are an atom. Who stands in
which row is no secret: programme staff see who takes part, where, since when, and who has handed in anew.
What is secret is where they stand. So the attacker is taken to know every atom with its size, and the
unknowns are how many of an atom stand on each step.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from assessment.cohort.figures import CohortFigures, Counted

Steps: TypeAlias = tuple[int, ...]
"""Steps that are told together, by their numbers."""

_Place: TypeAlias = tuple[int | None, Fraction | None]
"""A step, and a score."""

Signature: TypeAlias = tuple[int, ...]
"""In which group a step is told, for each view of an atom."""


@dataclass(frozen=True, slots=True)
class RecordClass:
    """Records that nobody can tell apart: in each release the same marks, None where they are not in it."""

    marks: tuple[tuple[str, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One told row: of which release, which names of which axis (None: all owners), and which groups."""

    release: int
    axis: int | None
    names: frozenset[str]
    groups: tuple[Steps, ...]


@dataclass(frozen=True, slots=True)
class Heap:
    """How many records of a class stand on each step, and what the scores of those with one add up to."""

    steps: Sequence[int]
    scored: int
    total: Fraction


@dataclass(frozen=True, slots=True)
class Records:
    """All records. ``steady``: by class, those that stand alike everywhere; ``others``: those that do not.

    Each of the ``others`` has its marks and how it was counted for every release, None where it is not in it.
    """

    steady: Mapping[RecordClass, Sequence[Counted]]
    others: Sequence[tuple[RecordClass, Sequence[Counted | None]]]


Heaps: TypeAlias = Mapping[RecordClass, Heap]
"""All records of one attribute in all releases."""


@dataclass(frozen=True, slots=True)
class Atom:
    """Records in the same views. ``views``: their numbers. ``cells``: how many in each told part of it."""

    views: tuple[int, ...]
    cells: Mapping[Signature, int]


def records_of(histories: Sequence[CohortFigures]) -> Records:
    """All records: the same owner with another result is another record, with other marks it is not.

    Were it another, nobody would be seen to know that it stands where it stood.
    """
    found: dict[tuple[str, str], list[Counted | None]] = {}
    for at, figures in enumerate(histories):
        for one in figures.counted:
            found.setdefault((one.owner, one.result), [None] * len(histories))[at] = one
    steady: dict[RecordClass, list[Counted]] = defaultdict(list)
    others = []
    for counted in found.values():
        marks = RecordClass(tuple(None if one is None else one.marks for one in counted))
        first, *rest = (one for one in counted if one is not None)
        if all((one.values, one.scores) == (first.values, first.scores) for one in rest):
            steady[marks].append(first)
        else:
            others.append((marks, counted))
    return Records(steady, others)


def by_axes(records: Records, axes: Sequence[int]) -> Records:
    """The same records, told apart by their releases and by these axes only; all others' marks are empty."""
    steady: dict[RecordClass, list[Counted]] = defaultdict(list)
    for known, counted in records.steady.items():
        steady[_only(known, axes)].extend(counted)
    return Records(steady, [(_only(known, axes), counted) for known, counted in records.others])


def _only(known: RecordClass, axes: Sequence[int]) -> RecordClass:
    return RecordClass(
        tuple(
            None if marks is None else tuple(name if at in axes else "" for at, name in enumerate(marks))
            for marks in known.marks
        )
    )


def heaps_of(records: Records, attribute: int, size: int, score: int | None) -> Heaps:
    """The records of an attribute. ``attribute``, ``score``: which; ``size``: how many steps it has.

    A record that stands elsewhere in another release, though nothing was handed in anew, is there another.
    """

    def place(one: Counted) -> _Place:
        return one.values[attribute], None if score is None else one.scores[score]

    found: dict[RecordClass, Counter[_Place]] = defaultdict(Counter)
    for known, counted in records.steady.items():
        found[known].update(place(one) for one in counted)
    for known, everywhere in records.others:
        places = [None if one is None else place(one) for one in everywhere]
        for here in {one for one in places if one is not None}:
            marks = zip(known.marks, places, strict=True)
            found[RecordClass(tuple(mark if one == here else None for mark, one in marks))][here] += 1
    heaps = {known: _heap(places, size) for known, places in found.items()}
    return {known: heap for known, heap in heaps.items() if any(heap.steps)}


def _heap(places: Mapping[_Place, int], size: int) -> Heap:
    steps = [0] * size
    scored, total = 0, Fraction()
    for (step, score), times in places.items():
        if step is not None:
            steps[step] += times
            scored += times if score is not None else 0
            total += times * score if score is not None else 0
    return Heap(steps, scored, total)


def atoms_of(heaps: Heaps, views: Sequence[View]) -> tuple[Atom, ...]:
    """The atoms of what was told, with how many stand in each part that is told apart."""
    found = []
    for held, together in _by_views(heaps, views).items():
        steps = [sum(column) for column in zip(*(heap.steps for heap in together), strict=True)]
        cells: dict[Signature, int] = {}
        for signature, count in zip(_signatures([views[at] for at in held], len(steps)), steps, strict=True):
            cells[signature] = cells.get(signature, 0) + count
        found.append(Atom(held, cells))
    return tuple(found)


def sums_of(heaps: Heaps, views: Sequence[View]) -> Mapping[tuple[int, ...], tuple[int, Fraction]]:
    """For the records in the same views: how many have a score, and the sum of their scores."""
    sums = {
        held: (sum(heap.scored for heap in together), sum((heap.total for heap in together), Fraction()))
        for held, together in _by_views(heaps, views).items()
    }
    return {held: one for held, one in sums.items() if one[0]}


def _by_views(heaps: Heaps, views: Sequence[View]) -> Mapping[tuple[int, ...], Sequence[Heap]]:
    """Everything that is told of at all, by the numbers of the views it is in."""
    index: dict[tuple[int, int | None, str], list[int]] = defaultdict(list)
    for at, view in enumerate(views):
        for name in view.names or ("",):
            index[view.release, view.axis, name].append(at)
    axes = {(view.release, view.axis) for view in views}
    found: dict[tuple[int, ...], list[Heap]] = defaultdict(list)
    for known, heap in heaps.items():
        held: list[int] = []
        for release, axis in axes:
            marks = known.marks[release]
            if marks is not None:
                held.extend(index.get((release, axis, "" if axis is None else marks[axis]), ()))
        if held:
            found[tuple(sorted(held))].append(heap)
    return dict(sorted(found.items()))


def _signatures(views: Iterable[View], size: int) -> Iterator[Signature]:
    """For each step, in which group it is told in each of the views."""
    groups = [{step: at for at, group in enumerate(view.groups) for step in group} for view in views]
    return (tuple(group[step] for group in groups) for step in range(size))
