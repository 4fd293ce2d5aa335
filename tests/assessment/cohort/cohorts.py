"""Made-up cohorts: companies by what a test is about, everything else ordinary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from assessment.cohort.figures import CohortFigures, cohort_figures
from assessment.cohort.layout import Layout
from assessment.cohort.members import Member, Standing
from assessment.cohort.publishing import Release, publish

PLAIN = Layout("eksempel", dimensions=())
"""A layout of the level, coverage, tags and development alone."""


def at(level: int | None) -> Standing:
    """A standing on a level, with the score in the middle of it."""
    return Standing(level, None if level is None else Fraction(level))


def member(company: str, level: int | None = 2, **more: Any) -> Member:
    """A company with a level, its own owner unless said otherwise."""
    usual = {"owner": company, "result": "1", "coverage": Fraction(1), "overall": at(level)}
    return Member(company, **{**usual, **more})


def members(levels: Iterable[int | None], **more: Any) -> list[Member]:
    """One company on each of the levels, with ids in that order."""
    return [member(f"eksempel-{number:03}", level, **more) for number, level in enumerate(levels)]


def figures(levels: Iterable[int | None], round_: int = 1, **more: Any) -> CohortFigures:
    """The figures of companies on these levels."""
    return cohort_figures(members(levels, **more), PLAIN, round_)


def published(found: CohortFigures, earlier: Sequence[Release] = ()) -> Release:
    """The release there must be."""
    release = publish(found, earlier)
    assert isinstance(release, Release), release
    return release


def told(release: Release, table: str = "level") -> dict[tuple[str, ...], dict[str, int]]:
    """A table as counts by the names of its rows and of its groups."""
    found = release.table(table)
    groups = ["+".join(group) for group in found.groups]
    return {row.names: dict(zip(groups, row.counts, strict=True)) for row in found.rows}
