"""Which tables a cohort's figures have: decided when the cohort is created, and never again.

Whoever may choose a filter can choose two that differ by one company. So there is nothing to choose: every
release of a cohort has the same tables, each of all its owners or of all of them by one fixed list.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

UNKNOWN = ""
"""The row of those who stand on none of an axis' names."""
ATTENDED, NOT_ATTENDED = "attended", "not_attended"
LEVELS = ("none_or_0", "1", "2", "3", "4")
"""Owners without a level are not told apart from level 0: the table of coverage tells of them too."""
COVERAGES = ("below_80", "80_to_100", "all")
QUESTION = ("gap", "neither", "strength")
DEVELOPMENT = ("up", "same", "down")
TAGS = ("skill", "infrastructure", "capital", "regulation", "none")

Kind: TypeAlias = Literal["level", "coverage", "question", "development", "tag"]
"""What an attribute says of an owner."""

STEPS: dict[Kind, tuple[str, ...]] = {
    "level": LEVELS,
    "coverage": COVERAGES,
    "question": QUESTION,
    "development": DEVELOPMENT,
    "tag": TAGS,
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that is counted: every owner stands on one of its steps, or is not counted there.

    ``subject``: the dimension or question; empty for the whole. Tags are in no order, all other steps are.
    """

    kind: Kind
    subject: str = ""

    @property
    def id(self) -> str:
        """``level``, ``level.strategy``, ``question.strategy.ambition`` …"""
        return f"{self.kind}.{self.subject}" if self.subject else self.kind

    @property
    def steps(self) -> tuple[str, ...]:
        """Its steps, from one end to the other."""
        return STEPS[self.kind]


@dataclass(frozen=True, slots=True)
class Axis:
    """A fixed list of names by which owners are told apart. ``id``: region, sector, or an activity's."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: an attribute, of all owners or by an axis."""

    attribute: Attribute
    axis: Axis | None = None

    @property
    def id(self) -> str:
        """``level``, ``level/region``, ``development/activity.<id>`` …"""
        return self.attribute.id if self.axis is None else f"{self.attribute.id}/{self.axis.id}"


@dataclass(frozen=True, slots=True)
class Layout:
    """What a cohort's figures are about: ids, in the order of the tables.

    ``activities``: those whose effect is looked at, with the level's development between two rounds.
    ValueError where an id comes twice in one list, or is empty.
    """

    questionnaire: str
    dimensions: tuple[str, ...]
    questions: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """No id twice, and none that is empty."""
        for name in ("dimensions", "questions", "regions", "sectors", "activities"):
            ids = getattr(self, name)
            if len(set(ids)) < len(ids) or UNKNOWN in ids:
                raise ValueError(f"{name} of a layout are different ids, none of them empty: {ids}")

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Everything that is counted, in the order of the tables."""
        return (
            Attribute("level"),
            *(Attribute("level", id_) for id_ in self.dimensions),
            Attribute("coverage"),
            Attribute("tag"),
            Attribute("development"),
            *(Attribute("question", id_) for id_ in self.questions),
        )

    @property
    def axes(self) -> tuple[Axis, ...]:
        """By what owners are told apart: region, sector, each activity."""
        both = (ATTENDED, NOT_ATTENDED)
        places = (Axis("region", self.regions), Axis("sector", self.sectors))
        return (*places, *(Axis(f"activity.{id_}", both) for id_ in self.activities))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, those of all owners first: what is told first limits what can be told after it."""
        whole = tuple(Table(one) for one in self.attributes)
        region, sector, *activities = self.axes
        by_place = tuple(Table(Attribute("level"), axis) for axis in (region, sector) if axis.names)
        return (*whole, *by_place, *(Table(Attribute("development"), axis) for axis in activities))

    @property
    def sha256(self) -> str:
        """The checksum by which a release says of which layout it is."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode("ascii")).hexdigest()
