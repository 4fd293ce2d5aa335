"""Releases as text, to be kept: what was told, and apart from it what it was made of.

Both come back as the same values. The basis holds where every single owner stands: it is kept for the
audit of later releases and shown to nobody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from assessment.cohort.figures import CohortFigures, Counted
from assessment.cohort.layout import Layout
from assessment.cohort.publishing import Release, release_text
from assessment.cohort.told import Box, Row, ToldTable

_NOBODY = json.dumps({"round": 0, "counted": []})


def basis_text(release: Release) -> str:
    """What a release was made of, without its layout: one line of JSON."""
    counted = [
        [one.owner, one.result, one.marks, one.values, [_exact(score) for score in one.scores]]
        for one in release.basis.counted
    ]
    return json.dumps({"round": release.basis.round, "counted": counted}, separators=(",", ":"))


def read_release(told: str, basis: str, layout: Layout) -> Release:
    """A release from :func:`release_text` and :func:`basis_text`.

    ValueError where what was told is of another layout, or is not what such a text looks like.
    """
    content = json.loads(told)
    release = Release(
        number=content["number"],
        round=content["round"],
        owners=content["owners"],
        layout=content["layout"],
        tables=tuple(_table(one) for one in content["tables"]),
        sha256=hashlib.sha256(told.encode("ascii")).hexdigest(),
        basis=_basis(json.loads(basis), layout),
    )
    if release.layout != layout.sha256:
        raise ValueError(f"release {release.number} is of another layout than the cohort's")
    if release_text(release) != told:
        raise ValueError(f"release {release.number} is not as it was written")
    return release


def read_told(told: str, layout: Layout) -> Release:
    """A release from what was told alone, for showing it: its basis is empty. Raises as ``read_release``."""
    return read_release(told, _NOBODY, layout)


def forget(basis: CohortFigures, owner: str, stranger: str) -> CohortFigures:
    """The basis without the name of an owner that is to be erased.

    ``stranger``: an id of chance that nobody has or will have, the same in every basis of the cohort. Where
    the owner stood is still counted, of nobody: without it the audit could not see what its leaving gives
    away.
    """
    counted = (_nobody(one, stranger) if one.owner == owner else one for one in basis.counted)
    return replace(basis, counted=tuple(counted))


def _nobody(one: Counted, stranger: str) -> Counted:
    """The same record of a stranger: its results are still told from each other."""
    result = hashlib.sha256(f"{stranger}/{one.result}".encode()).hexdigest()
    return replace(one, owner=stranger, result=result)


def _exact(score: Fraction | None) -> str | None:
    return None if score is None else str(score)


def _basis(content: Mapping[str, Any], layout: Layout) -> CohortFigures:
    counted = (
        Counted(
            owner=owner,
            result=result,
            marks=tuple(marks),
            values=tuple(values),
            scores=tuple(None if score is None else Fraction(score) for score in scores),
        )
        for owner, result, marks, values, scores in content["counted"]
    )
    return CohortFigures(layout, content["round"], tuple(counted))


def _table(content: Mapping[str, Any]) -> ToldTable:
    box = content["box"]
    return ToldTable(
        id=content["id"],
        attribute=content["attribute"],
        axis=content["axis"],
        groups=tuple(tuple(group) for group in content["groups"]),
        rows=tuple(Row(tuple(row["names"]), tuple(row["counts"])) for row in content["rows"]),
        mean=content["mean"],
        box=None if box is None else Box(**box),
    )
