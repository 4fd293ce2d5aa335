"""Releases by the owners that their results count for now.

Who stands for a legal owner can change: the register names the entity of a unit later, a number is mended, or
the organisation that stood for several is erased. The audit knows a result by its owner, so what was told
before is looked at with today's owner of each result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assessment.cohort.figures import CohortFigures
from assessment.cohort.publishing import Release


def owned_as_now(releases: Iterable[Release], now: Sequence[CohortFigures]) -> tuple[Release, ...]:
    """The same releases; results that stand in ``now`` too have the owner they have there, the last one's."""
    owners = {one.result: one.owner for figures in now for one in figures.counted}
    return tuple(_owned(release, owners) for release in releases)


def _owned(release: Release, owners: dict[str, str]) -> Release:
    counted = tuple(replace(one, owner=owners.get(one.result, one.owner)) for one in release.basis.counted)
    return replace(release, basis=replace(release.basis, counted=counted))
