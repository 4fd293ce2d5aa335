"""What most of a cohort has in common: the questions worth an hour together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from assessment.cohort.told import ToldTable

Shared: TypeAlias = Literal["gap", "strength"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that is a gap, or a strength, of so many. ``percent``: to the nearest five."""

    question: str
    percent: int


def commonest(tables: Iterable[ToldTable], shared: Shared, most: int) -> tuple[Topic, ...]:
    """The questions that are a gap (or a strength) of most, as far as it can be told; ties in layout order.

    By the percent that is shown, not by the count behind it. A question may be missing because nearly
    everybody has the gap: then that nobody else has cannot be told.
    """
    found = []
    for table in tables:
        if table.attribute.startswith("question.") and (shared,) in table.groups:
            percent = table.rows[0].percents[table.groups.index((shared,))]
            found.append(Topic(table.attribute.removeprefix("question."), percent))
    return tuple(sorted(found, key=lambda one: -one.percent)[:most])
