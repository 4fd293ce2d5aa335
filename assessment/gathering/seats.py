"""The values of seating: who is there, what must hold, and which seats follow.

People are ids, never names: whether a name may be shown is the caller's to know. Source: decision 0037.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from assessment.errors import AssessmentError

Mode: TypeAlias = Literal["shared_gaps", "complementary"]
"""Who sits together: those with the same largest gaps, or those whose strength is another's gap."""

Leaning: TypeAlias = Literal["free", "together", "apart"]
"""What is preferred for people who have something in common; never above a rule."""

Refusal: TypeAlias = Literal["too_many", "sizes", "contradiction", "no_room", "undecided"]

MAX_PEOPLE = 500
MAX_RULES = 200


@dataclass(frozen=True, slots=True)
class Participant:
    """One person who is present. ``owner``: the company, or the group it belongs to.

    ``gaps``, ``strengths``: ids of questions or dimensions with their weight above 0; one kind of id for
    everybody. ``tags``: such as sector or region. ``shown``: passed through, never looked at.
    """

    id: str
    owner: str
    is_facilitator: bool = False
    gaps: Mapping[str, Fraction | int] = field(default_factory=dict)
    strengths: Mapping[str, Fraction | int] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    shown: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who must not share a table, or must. Those who are not present do not matter.

    ``members``: ids of people, or of owners: apart, colleagues may share a table all the same;
    together, all people of these owners sit at one.
    """

    kind: Literal["apart", "together"]
    members: frozenset[str]
    of: Literal["people", "owners"] = "people"


@dataclass(frozen=True, slots=True)
class Settings:
    """What must hold, and what is preferred.

    ``min_seats``, ``max_seats``: people at a table, facilitators counted; 1 <= min <= max.
    ``tables``: how many; None leaves it open. ``colleagues``: people of one owner; ``tags``: people with
    a tag in common. Raises ValueError for sizes that are none and more than ``MAX_RULES`` rules.
    """

    min_seats: int
    max_seats: int
    mode: Mode = "shared_gaps"
    rules: tuple[Rule, ...] = ()
    tables: int | None = None
    colleagues: Leaning = "apart"
    tags: Leaning = "free"

    def __post_init__(self) -> None:
        if not 1 <= self.min_seats <= self.max_seats or (self.tables is not None and self.tables < 1):
            raise ValueError("1 <= min_seats <= max_seats, and at least one table")
        if len(self.rules) > MAX_RULES:
            raise ValueError(f"at most {MAX_RULES} rules")


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sits at which table. ``locked``: people whose seats a new proposal leaves as they are."""

    tables: tuple[tuple[str, ...], ...]
    locked: frozenset[str] = frozenset()

    def table_of(self, person: str) -> int | None:
        """The index of somebody's table; None for somebody who has no seat."""
        return next((at for at, people in enumerate(self.tables) if person in people), None)


class SeatingRefused(AssessmentError):
    """Not everybody can be placed as it must be. No rule or locked seat is named that is not needed.

    ``too_many``: more than ``MAX_PEOPLE`` · ``sizes``: no number of tables fits so many people ·
    ``contradiction``: ``rules`` cannot hold together at any table · ``no_room``: they cannot within the
    sizes, the number of tables and the seats of ``locked`` · ``undecided``: no seating was found within
    the steps allowed, nor shown to be impossible. ``people``: those present whom ``rules`` and locked
    seats are about.
    """

    def __init__(
        self,
        reason: Refusal,
        rules: Iterable[Rule] = (),
        locked: Iterable[str] = (),
        people: Iterable[str] = (),
    ) -> None:
        self.reason = reason
        self.rules = tuple(rules)
        self.locked = tuple(locked)
        self.people = tuple(people)
        named = [f"{rule.kind} {sorted(rule.members)}" for rule in self.rules]
        super().__init__(f"{reason}: {'; '.join((*named, *self.locked)) or 'people and seats'}")


class NoSuchSeat(AssessmentError):
    """A person who has no seat, or a table that is not there, was named; or a person is there twice."""
