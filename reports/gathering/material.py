"""What a gathering pack is made from: the gathering, who comes, who sits where, and what they share.

Names and addresses come ready; the pack knows no database, no clock and no consent but what stands here.
:func:`reports.gathering.pack.build_pack` makes a :class:`~reports.gathering.pack.PackDocument` of it,
``gathering_html`` and ``gathering_job`` of :mod:`reports.render` its page and its PDF. Source: decision 0042.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from assessment.cohort.topics import Topics
from assessment.gathering.prework import Readiness, Sheet
from assessment.gathering.reasons import TableReason
from assessment.gathering.seats import Plan
from questionnaires.model import Questionnaire
from questionnaires.values import Language
from reports.branding import NO_BRANDING, Branding

Role: TypeAlias = Literal["participant", "facilitator"]

NOBODY_SITS = Plan(())
NOTHING_SHARED = Topics(0, ())


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """One point of the agenda, in the pack's language. ``minutes``: above 0; None when not set."""

    title: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class GatheringFacts:
    """What the gathering is. ``starts``, ``ends``: as the clocks at the place show it; None when not set."""

    title: str
    place: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    agenda: tuple[AgendaPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who comes. ``company``: empty for those who come for none.

    ``is_named``: name and company may be shown to people of other companies. ``shares_gaps``: what the
    company has in common with others at its table may be said there, without its name. Both only by consent.
    ``sheet``: the company's own; None without pre-work. ``address``: an https address of their own page,
    which asks for sign-in and holds no token; None without one.
    """

    id: str
    name: str
    company: str = ""
    role: Role = "participant"
    is_named: bool = False
    shares_gaps: bool = False
    sheet: Sheet | None = None
    readiness: Readiness | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class PackMaterial:
    """One gathering, in one language, with one programme's look.

    ``people``: everybody who comes; people with a seat who are not among them have no line anywhere. A
    participant's own copy is the pack of that one person (``dataclasses.replace``).
    ``reasons``: of the tables of ``plan``, in order, or none at all. ``ideas``: where the ideas of each table
    are written down, https addresses in order, or none at all. ``topics``: the list kept for the gathering.
    ``questionnaires``: by id, those that sheets, reasons and topics speak of; what they have no words for is
    left out.
    """

    gathering: GatheringFacts
    language: Language
    programme: str
    people: tuple[Person, ...]
    questionnaires: Mapping[str, Questionnaire]
    plan: Plan = NOBODY_SITS
    reasons: tuple[TableReason, ...] = ()
    ideas: tuple[str, ...] = ()
    topics: Topics = NOTHING_SHARED
    branding: Branding = NO_BRANDING

    def __post_init__(self) -> None:
        """Raises ValueError for a person who is there twice, and for lists that do not fit the tables."""
        if len({person.id for person in self.people}) < len(self.people):
            raise ValueError("a person is there twice")
        for given in (self.reasons, self.ideas):
            if given and len(given) != len(self.plan.tables):
                raise ValueError("as many reasons and addresses as there are tables, or none")
