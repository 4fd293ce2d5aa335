"""The audit of releases as they stand: everything that a cohort was told, from what was told.

Reads the releases and nothing that made them, so that a mistake on the way there is found as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessment.cohort.atoms import Heaps, Records, View, by_axes, heaps_of, records_of
from assessment.cohort.audit import Exposure, exposed_counts, exposed_sums
from assessment.cohort.figures import CohortFigures
from assessment.cohort.layout import Attribute, Layout
from assessment.cohort.told import ToldTable


@dataclass(frozen=True, slots=True)
class Found:
    """What can be found out. ``attribute``: its id."""

    attribute: str
    exposure: Exposure


def exposures(histories: Sequence[CohortFigures], told: Sequence[Sequence[ToldTable]]) -> tuple[Found, ...]:
    """Everything that releases give away together, by attribute; empty where they may stand as they are.

    ``histories``: what each was made of; ``told``: its tables. All of one layout, oldest first.
    """
    layout = histories[-1].layout
    known = told_apart(layout, records_of(histories))
    return tuple(
        Found(attribute.id, one)
        for attribute in layout.attributes
        for one in _of(attribute, heaps_by(layout, attribute, known), layout, told)
    )


def _of(
    attribute: Attribute, heaps: Heaps, layout: Layout, told: Sequence[Sequence[ToldTable]]
) -> Iterator[Exposure]:
    yield from exposed_counts(heaps, count_views(layout, attribute, told))
    yield from exposed_sums(heaps, mean_views(attribute, told))


def told_apart(layout: Layout, records: Records) -> Mapping[Attribute, Records]:
    """For each attribute the records by the axes of its tables."""
    axes: dict[Attribute, tuple[int, ...]] = dict.fromkeys(layout.attributes, ())
    for table in layout.tables:
        if table.axis is not None:
            axes[table.attribute] += (layout.axes.index(table.axis),)
    apart = {some: by_axes(records, some) for some in set(axes.values())}
    return {attribute: apart[some] for attribute, some in axes.items()}


def heaps_by(layout: Layout, attribute: Attribute, known: Mapping[Attribute, Records]) -> Heaps:
    """The records of one attribute, with the scores behind its levels."""
    score = None
    if attribute.kind == "level":
        score = layout.dimensions.index(attribute.subject) + 1 if attribute.subject else 0
    at = layout.attributes.index(attribute)
    return heaps_of(known[attribute], at, len(attribute.steps), score)


def count_views(
    layout: Layout, attribute: Attribute, told: Sequence[Sequence[ToldTable]]
) -> tuple[View, ...]:
    """Every row of counts that releases hold of an attribute."""
    axes = {axis.id: at for at, axis in enumerate(layout.axes)}
    steps = {name: at for at, name in enumerate(attribute.steps)}
    return tuple(
        View(
            release=release,
            axis=None if one.axis is None else axes[one.axis],
            names=frozenset(row.names),
            groups=tuple(tuple(steps[name] for name in group) for group in one.groups),
        )
        for release, one in _tables_of(attribute, told)
        for row in one.rows
    )


def mean_views(attribute: Attribute, told: Sequence[Sequence[ToldTable]]) -> tuple[View, ...]:
    """Every mean that releases hold of an attribute."""
    return tuple(whole(release) for release, one in _tables_of(attribute, told) if one.mean is not None)


def whole(release: int) -> View:
    """All owners of a release, without any groups."""
    return View(release, None, frozenset(), ())


def _tables_of(attribute: Attribute, told: Sequence[Sequence[ToldTable]]) -> Iterable[tuple[int, ToldTable]]:
    return ((at, one) for at, tables in enumerate(told) for one in tables if one.attribute == attribute.id)
