"""A cohort's exact figures: what is known, not what may be told. Nothing here is for anybody's eyes.

The way on is :func:`assessment.cohort.publishing.publish`, which decides what may be told of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessment.cohort.layout import ATTENDED, NOT_ATTENDED, TAGS, UNKNOWN, Attribute, Layout
from assessment.cohort.members import Member, Standing, one_for_each_owner
from assessment.scoring.levels import PROVISIONAL_BELOW

_NOWHERE = Standing(None, None)


@dataclass(frozen=True, slots=True)
class Counted:
    """One owner as it is counted.

    ``marks``: its name on each axis of the layout. ``values``: the number of its step for each attribute,
    None where it is not counted. ``scores``: of the whole and of each dimension, None without a level.
    """

    owner: str
    result: str
    marks: tuple[str, ...]
    values: tuple[int | None, ...]
    scores: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """Everybody in a cohort as they are counted, by owner. ``round``: the cohort's, from 1."""

    layout: Layout
    round: int
    counted: tuple[Counted, ...]


def cohort_figures(members: Iterable[Member], layout: Layout, round_: int = 1) -> CohortFigures:
    """The exact figures of a cohort in a round.

    ValueError where a company comes twice.
    """
    axes = layout.axes
    attributes = layout.attributes
    counted = (
        Counted(
            owner=member.owner,
            result=member.result,
            marks=tuple(_mark(member, axis.id, axis.names) for axis in axes),
            values=_values(member, attributes),
            scores=tuple(_score(one) for one in _standings(member, layout)),
        )
        for member in one_for_each_owner(members)
    )
    return CohortFigures(layout, round_, tuple(counted))


def _mark(member: Member, axis: str, names: tuple[str, ...]) -> str:
    if axis.startswith("activity."):
        return ATTENDED if axis.removeprefix("activity.") in member.attended else NOT_ATTENDED
    name = member.region if axis == "region" else member.sector
    return name if name is not None and name in names else UNKNOWN


def _standings(member: Member, layout: Layout) -> tuple[Standing, ...]:
    return (member.overall, *(member.dimensions.get(id_, _NOWHERE) for id_ in layout.dimensions))


def _score(standing: Standing) -> Fraction | None:
    return None if standing.level is None else standing.score


def _values(member: Member, attributes: Iterable[Attribute]) -> tuple[int | None, ...]:
    gaps = {gap.question for gap in member.gaps}
    return tuple(_step(member, one, gaps) for one in attributes)


def _step(member: Member, attribute: Attribute, gaps: set[str]) -> int | None:
    """On which step an owner stands; None: it is not counted there."""
    match attribute.kind:
        case "level":
            standing = member.dimensions.get(attribute.subject) if attribute.subject else member.overall
            return 0 if standing is None or standing.level is None else standing.level
        case "coverage":
            return _coverage_step(member.coverage)
        case "tag":
            return _tag_step(member)
        case "development":
            now, before = member.overall.level, member.previous
            return None if now is None or before is None else 0 if now > before else 1 if now == before else 2
        case "question":
            is_strong = attribute.subject in member.strengths
            return 0 if attribute.subject in gaps else 2 if is_strong else 1


def _coverage_step(coverage: Fraction | None) -> int:
    if coverage is None or coverage < PROVISIONAL_BELOW:
        return 0
    return 1 if coverage < 1 else 2


def _tag_step(member: Member) -> int:
    """What most of its gaps lack; where two are equal, what the heavier gap does."""
    found = Counter(gap.tag for gap in member.gaps if gap.tag is not None)
    return TAGS.index(found.most_common(1)[0][0]) if found else TAGS.index("none")
