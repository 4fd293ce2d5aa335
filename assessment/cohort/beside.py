"""Releases of several cohorts laid beside each other, so that the audit looks at all of them at once.

A company may be in two cohorts with the same result. Where everybody else is in both as well, the figures of
one less those of the other are its own. Decided in docs/decisions/0045.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assessment.cohort.figures import CohortFigures, Counted
from assessment.cohort.layout import UNKNOWN, Layout


def connected(known: Iterable[CohortFigures], others: Sequence[CohortFigures]) -> tuple[int, ...]:
    """Which of the others share a result with what is known, or with another that does; by their numbers."""
    reached = {one for figures in known for one in _records(figures)}
    left = {at: _records(figures) for at, figures in enumerate(others)}
    found: list[int] = []
    while near := [at for at, records in left.items() if not reached.isdisjoint(records)]:
        found += near
        reached.update(*(left.pop(at) for at in near))
    return tuple(sorted(found))


def _records(figures: CohortFigures) -> set[tuple[str, str]]:
    return {(one.owner, one.result) for one in figures.counted}


def laid_out_alike(histories: Sequence[CohortFigures]) -> tuple[CohortFigures, ...]:
    """The same figures by one layout: that of the last, with the activities of all others after its own.

    What the last has no dimension or question for is left out, since it tells nothing of it. Names of
    regions and sectors stay as they are: a mark is only ever read with the tables of its own release.
    """
    last = histories[-1].layout
    activities = dict.fromkeys(
        (*last.activities, *(id_ for one in histories for id_ in one.layout.activities))
    )
    layout = replace(last, activities=tuple(activities))
    return tuple(one if one.layout == layout else _laid_out(one, layout) for one in histories)


def _laid_out(figures: CohortFigures, layout: Layout) -> CohortFigures:
    own = figures.layout
    axes = _places([one.id for one in own.axes], [one.id for one in layout.axes])
    values = _places([one.id for one in own.attributes], [one.id for one in layout.attributes])
    scores = _places(["", *own.dimensions], ["", *layout.dimensions])

    def counted(one: Counted) -> Counted:
        return replace(
            one,
            marks=tuple(UNKNOWN if at is None else one.marks[at] for at in axes),
            values=tuple(None if at is None else one.values[at] for at in values),
            scores=tuple(None if at is None else one.scores[at] for at in scores),
        )

    return CohortFigures(layout, figures.round, tuple(counted(one) for one in figures.counted))


def _places(own: Sequence[str], wanted: Iterable[str]) -> list[int | None]:
    """Where each wanted id stands in one's own; None where it does not."""
    at = {id_: number for number, id_ in enumerate(own)}
    return [at.get(id_) for id_ in wanted]
