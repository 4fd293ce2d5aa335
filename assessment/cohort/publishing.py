"""Frozen releases of a cohort's figures: at most one a round, and only after enough has changed.

Both rules ask of who takes part, never of where anybody stands, so that a refusal says nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

from assessment.cohort.audit import LEAST_FOR_MEAN
from assessment.cohort.beside import connected, laid_out_alike
from assessment.cohort.figures import CohortFigures
from assessment.cohort.recheck import exposures
from assessment.cohort.suppression import told_tables
from assessment.cohort.told import ToldTable

LEAST_CHANGES = 5
"""How many owners have joined, left or another result since the release before."""

Reason: TypeAlias = Literal["too_few_owners", "same_round", "too_few_changes", "other_layout", "would_expose"]
"""Why there is no release: see :class:`Refusal`."""


@dataclass(frozen=True, slots=True)
class Release:
    """What a cohort has been told once and for all.

    ``number``: from 1. ``owners``: how many are counted. ``layout``: its checksum. ``tables``: every table
    of the layout, told or not. ``sha256``: of :func:`release_text`. ``basis``: the exact figures it was made
    of, which later releases are checked against; nobody's to see.
    """

    number: int
    round: int
    owners: int
    layout: str
    tables: tuple[ToldTable, ...]
    sha256: str
    basis: CohortFigures

    def table(self, id_: str) -> ToldTable:
        """One of its tables; KeyError where the layout has none of that id."""
        return {one.id: one for one in self.tables}[id_]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing can be published now.

    ``too_few_owners``: fewer than ``needed`` take part; ``same_round``: the round has its release;
    ``too_few_changes``: fewer than ``needed`` owners differ from the last release; ``other_layout``: the
    layout is not the one the cohort was created with; ``would_expose``: ``found`` small numbers would follow,
    which is a mistake in this program, since nothing that exposes is told. ``found``: how many there are.
    """

    reason: Reason
    found: int = 0
    needed: int = 0


def publish(
    figures: CohortFigures, earlier: Sequence[Release], beside: Sequence[Release] = ()
) -> Release | Refusal:
    """The next release of a cohort after all its ``earlier`` ones, oldest first, or why there is none.

    ``beside``: what all other cohorts were told of the same questionnaire. Those that share results with
    this one, directly or by way of others, are audited together with it.
    """
    refusal = refusal_of(figures, earlier)
    if refusal is not None:
        return refusal
    known = [*(one.basis for one in earlier), figures]
    near = [beside[at] for at in connected(known, [one.basis for one in beside])]
    histories = laid_out_alike([*(one.basis for one in near), *known])
    before = [one.tables for one in (*near, *earlier)]
    own = {table.id for table in figures.layout.tables}
    tables = tuple(one for one in told_tables(histories, before) if one.id in own)
    found = exposures(histories, [*before, tables])
    if found:
        return Refusal("would_expose", len(found))
    number, owners, layout = len(earlier) + 1, len(figures.counted), figures.layout.sha256
    text = _text(number, figures.round, owners, layout, tables)
    checksum = hashlib.sha256(text.encode("ascii")).hexdigest()
    return Release(number, figures.round, owners, layout, tables, checksum, figures)


def refusal_of(figures: CohortFigures, earlier: Sequence[Release]) -> Refusal | None:
    """Why there could be no release now, without working one out; None where there can be one."""
    owners = len(figures.counted)
    if owners < LEAST_FOR_MEAN:
        return Refusal("too_few_owners", owners, LEAST_FOR_MEAN)
    if not earlier:
        return None
    last = earlier[-1]
    if last.layout != figures.layout.sha256:
        return Refusal("other_layout")
    if figures.round <= last.round:
        return Refusal("same_round")
    changes = changed_owners(last.basis, figures)
    return Refusal("too_few_changes", changes, LEAST_CHANGES) if changes < LEAST_CHANGES else None


def changed_owners(before: CohortFigures, after: CohortFigures) -> int:
    """How many owners have joined, left, or are counted with another result."""
    old, new = ({one.owner: one.result for one in figures.counted} for figures in (before, after))
    return sum(old.get(owner) != new.get(owner) for owner in old.keys() | new.keys())


def release_text(release: Release) -> str:
    """What was released, as one text: always the same for the same release, without what it was made of."""
    return _text(release.number, release.round, release.owners, release.layout, release.tables)


def _text(number: int, round_: int, owners: int, layout: str, tables: Sequence[ToldTable]) -> str:
    content: Mapping[str, object] = {
        "number": number,
        "round": round_,
        "owners": owners,
        "layout": layout,
        "tables": [asdict(one) for one in tables],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"))
