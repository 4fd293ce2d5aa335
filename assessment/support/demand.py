"""What companies lack beside the help there is, theme by theme.

Demand is read from the tables a release tells, and from nothing else: what is not told there is not known
here. Where the line goes between large and small, several and thin, is our judgement: decision 0044.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from assessment.cohort.told import ToldTable
from assessment.scoring.levels import percent_in_fives
from questionnaires.support import THEMES, Help, SupportActor, Theme

Size: TypeAlias = Literal["large", "some", "small", "unknown"]
"""How much is lacking: of at least half the companies, at least a quarter, surely of fewer, or not told."""

Supply: TypeAlias = Literal["none", "thin", "several"]
"""How much help there is: nobody, one or two organisations, more."""

LOW = frozenset({"none_or_0", "1"})
"""The steps of a level's table that count as lacking: no level or 0, and 1."""

LARGE, SOME = Fraction(1, 2), Fraction(1, 4)
SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Demand:
    """How many are known to stand low in a theme. ``owners``: at least so many; ``percent``: in fives.

    ``unclear``: how many more it may be, of those whose level was told together with one that is not low.
    """

    owners: int
    counted: int
    unclear: int = 0

    @property
    def share(self) -> Fraction:
        """Of those who are counted, 0..1."""
        return Fraction(self.owners, self.counted)

    @property
    def percent(self) -> int:
        """The share in percent, to the nearest five."""
        return percent_in_fives(self.share)

    @property
    def size(self) -> Size:
        """How much is lacking, as far as it was told."""
        if self.share >= SOME:
            return "large" if self.share >= LARGE else "some"
        return "small" if Fraction(self.owners + self.unclear, self.counted) < SOME else "unknown"


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation that has said what it offers and lets its name be shown."""

    name: str
    help: frozenset[str]
    themes: frozenset[str]


@dataclass(frozen=True, slots=True)
class ThemeBalance:
    """One theme. ``demand``: None where no release tells it. ``actors``, ``named``: names, in order.

    ``help``: kinds of help with how many of the directory's offers give them, most first.
    """

    theme: Theme
    demand: Demand | None
    actors: tuple[str, ...]
    named: tuple[str, ...]
    help: tuple[tuple[Help, int], ...]

    @property
    def size(self) -> Size:
        """How much is lacking."""
        return "unknown" if self.demand is None else self.demand.size

    @property
    def supply(self) -> Supply:
        """How much help there is."""
        count = len({*self.actors, *self.named})
        return "several" if count >= SEVERAL else "thin" if count else "none"

    @property
    def is_short(self) -> bool:
        """Whether much is lacking and little help is there."""
        return self.size == "large" and self.supply != "several"


def theme_demand(tables: Iterable[ToldTable]) -> dict[str, Demand]:
    """What a release tells of each dimension's level, by dimension; those not told are absent.

    A group that is told together counts as low only when every step of it is low: the number is a lower
    bound, and never more than was released. Of several releases the first that tells a dimension has the
    word: two cohorts may share companies, so their numbers are not added.
    """
    found: dict[str, Demand] = {}
    for table in tables:
        kind, _, subject = table.attribute.partition(".")
        if kind != "level" or not subject or table.axis is not None or not table.is_told:
            continue
        [row] = table.rows
        told = list(zip(table.groups, row.counts, strict=True))
        low = sum(count for group, count in told if LOW.issuperset(group))
        reached = sum(count for group, count in told if not LOW.isdisjoint(group))
        found.setdefault(subject, Demand(low, row.owners, reached - low))
    return found


def balance(
    demand: dict[str, Demand], actors: Sequence[SupportActor], named: Sequence[Named]
) -> tuple[ThemeBalance, ...]:
    """Every theme with what is lacking and who helps with it, in the order of the questionnaires.

    An offer for every theme counts in none: it says nothing about where help is thin.
    """
    return tuple(_of_theme(theme, demand.get(theme), actors, named) for theme in THEMES)


def _of_theme(
    theme: Theme, demand: Demand | None, actors: Sequence[SupportActor], named: Sequence[Named]
) -> ThemeBalance:
    offers = [(actor.name, offer) for actor in actors for offer in actor.offers if theme in offer.themes]
    counts = Counter(help_ for _, offer in offers for help_ in offer.help)
    return ThemeBalance(
        theme=theme,
        demand=demand,
        actors=tuple(dict.fromkeys(name for name, _ in offers)),
        named=tuple(one.name for one in named if theme in one.themes),
        help=tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))),
    )
