"""What a cohort's figures are made of: one company's result, as far as the figures use it.

Companies with one legal owner count once: a group must neither be told apart from inside five of its own
companies nor lift a figure over the threshold. Of a group the owner's own result counts where it has one,
else that of the company that answered most, ties by id: no choice of anybody's, and not a mean, which
would be the result of no company. Decided in docs/decisions/0036.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

Tag: TypeAlias = Literal["skill", "infrastructure", "capital", "regulation"]
"""What a gap is a lack of."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question a company stands low on. ``tag``: None where the gap lacks none of them."""

    question: str
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A level 0..4 with its score 0..4; both None where too little was answered to say."""

    level: int | None
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class Member:
    """One company of a cohort that has handed in, and consents to be counted.

    ``company``, ``owner``: ids; companies of one legal owner have one owner's id, any other its own (0046).
    ``result``: what names the hand-in that counts now; its approval has the same name, and may say another.
    ``region``, ``sector``: from the cohort's layout; anything else counts as unknown. ``dimensions``: by id.
    ``gaps``: every question below its target, the heaviest first, never only a fixed number of them (their
    sum would be known); ``strengths``: questions. ``previous``: the level of the round before, None without
    one. ``attended``: ids of activities.
    """

    company: str
    owner: str
    result: str
    overall: Standing
    coverage: Fraction | None
    dimensions: Mapping[str, Standing] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    strengths: frozenset[str] = frozenset()
    previous: int | None = None
    region: str | None = None
    sector: str | None = None
    attended: frozenset[str] = frozenset()


def one_for_each_owner(members: Iterable[Member]) -> tuple[Member, ...]:
    """Whose result counts for each legal owner, by the owner's id.

    The order of ``members`` does not matter. ValueError where one company comes twice.
    """
    groups: dict[str, list[Member]] = defaultdict(list)
    seen: set[str] = set()
    for member in members:
        if member.company in seen:
            raise ValueError(f"the company {member.company!r} is there twice: a cohort counts each once")
        seen.add(member.company)
        groups[member.owner].append(member)
    return tuple(min(groups[owner], key=_rank) for owner in sorted(groups))


def _rank(member: Member) -> tuple[bool, Fraction, str]:
    return (member.company != member.owner, -(member.coverage or Fraction()), member.company)
