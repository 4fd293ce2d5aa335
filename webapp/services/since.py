"""What has changed since the round before, as the stored results have it.

Like is compared with like: what an advisor signed off with what was signed off, else what the company has
said with what it said. The report splits a change exactly; a list says only which way it went, and whether
another version or depth has a part in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Way: TypeAlias = Literal["up", "down", "same", "unknown"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a list needs of a result. ``dimensions``: levels by id, None where one is withheld.

    ``states``: of the questions by id.
    """

    level: int | None
    coverage: Fraction | None
    dimensions: Mapping[str, int | None]
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Since:
    """A result against the one of the round before.

    ``up``, ``down``: how many dimensions rose and fell; ``is_same_scale``: same version and depth;
    ``is_approved``: both were signed off.
    """

    period: str
    before: int | None
    way: Way
    up: int
    down: int
    is_same_scale: bool
    is_approved: bool


def outcome(result: str) -> Outcome:
    """What stands in a stored result, which is JSON."""
    read = json.loads(result)
    coverage = read["overall"]["coverage"]
    return Outcome(
        level=read["overall"]["level"],
        coverage=None if coverage is None else Fraction(coverage),
        dimensions={one["id"]: one["level"] for one in read["dimensions"]},
        states={one["id"]: one["state"] for of in read["dimensions"] for one in of["questions"]},
    )


def since(now: Outcome, before: Outcome, *, period: str, is_same_scale: bool, is_approved: bool) -> Since:
    """The change from one outcome to another; dimensions that either lacks say nothing."""
    ways = [
        _way(before.dimensions[id_], level)
        for id_, level in now.dimensions.items()
        if id_ in before.dimensions
    ]
    return Since(
        period=period,
        before=before.level,
        way=_way(before.level, now.level),
        up=ways.count("up"),
        down=ways.count("down"),
        is_same_scale=is_same_scale,
        is_approved=is_approved,
    )


def _way(before: int | None, after: int | None) -> Way:
    if before is None or after is None:
        return "unknown"
    if after == before:
        return "same"
    return "up" if after > before else "down"
