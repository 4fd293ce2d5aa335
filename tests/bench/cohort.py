"""A cohort's figures: what may be told of two rounds, checked against each other, as the cohort grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from random import Random
from statistics import median

from assessment.cohort.figures import cohort_figures
from assessment.cohort.layout import Layout
from assessment.cohort.members import Gap, Member, Standing
from assessment.cohort.publishing import Release, publish
from tests.bench.table import cpu_timed, progress, say

FEW, USUAL, MANY = 100, 2_000, 10_000
SECONDS = 20
"""What a cohort of ``USUAL`` companies may take."""

GROWTH = 2
"""How many times as much a company may take in the largest cohort as in the usual one."""

LAYOUT = Layout(
    "eksempel",
    dimensions=tuple(f"dimension_{n}" for n in range(8)),
    questions=tuple(f"question_{n}" for n in range(65)),
    regions=tuple(f"region_{n}" for n in range(15)),
    sectors=tuple(f"sector_{n}" for n in range(20)),
    activities=tuple(f"activity_{n}" for n in range(5)),
)
_TURNS = 3


def bench_cohort() -> None:
    """Two releases of a small, a usual and a large cohort, four in five companies with a new result."""
    cohorts = {size: (_members(size, 1), _members(size, 2)) for size in (FEW, USUAL, MANY)}
    turns = [
        {size: cpu_timed(partial(_two_releases, *rounds)) for size, rounds in cohorts.items()}
        for _ in range(_TURNS)
    ]
    seconds = {size: median(turn[size] for turn in turns) for size in cohorts}
    progress(", ".join(f"{size:,}: {taken:.1f} s" for size, taken in seconds.items()))
    usual = seconds[USUAL]
    say(
        f"two releases of {USUAL:,} companies",
        f"{usual:.1f} s",
        f"at most {SECONDS} s",
        holds=usual <= SECONDS,
    )
    growth = median(turn[MANY] / turn[USUAL] * USUAL / MANY for turn in turns)
    what = f"two releases, a company: cohort of {MANY:,} over {USUAL:,}"
    say(what, f"{growth:.2f}x", f"at most {GROWTH}x", holds=growth <= GROWTH)


def _two_releases(first: Sequence[Member], second: Sequence[Member]) -> None:
    before = publish(cohort_figures(first, LAYOUT, 1), [])
    assert isinstance(before, Release)
    assert isinstance(publish(cohort_figures(second, LAYOUT, 2), [before]), Release)


def _members(size: int, round_: int) -> list[Member]:
    """The companies of a round: one in five has still the result of the first."""
    dice = Random(7)  # noqa: S311  # the same companies each time
    found = []
    for number in range(size):
        first, again = _member(dice, number, 1), _member(dice, number, 2)
        kept = dice.random() < 0.2
        later = replace(again, region=first.region, sector=first.sector, previous=first.overall.level)
        found.append(first if kept or round_ == 1 else later)
    return found


def _member(dice: Random, number: int, round_: int) -> Member:
    def standing() -> Standing:
        level = min(4, max(0, round(dice.gauss(1.6, 1))))
        return Standing(level, Fraction(level))

    company = f"{number:05}"
    return Member(
        company=company,
        owner=company,
        result=f"{company}.{round_}",
        overall=standing(),
        coverage=Fraction(dice.randint(5, 10), 10),
        dimensions={one: standing() for one in LAYOUT.dimensions},
        gaps=tuple(
            Gap(one, dice.choice(("skill", "capital"))) for one in LAYOUT.questions if dice.random() < 0.5
        ),
        region=dice.choice(LAYOUT.regions),
        sector=dice.choice(LAYOUT.sectors),
        attended=frozenset(one for one in LAYOUT.activities if dice.random() < 0.5),
    )
