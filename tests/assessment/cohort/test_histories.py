"""Histories of joins, leaves, new results and releases, with somebody who wants to know at the end."""

from __future__ import annotations

import os
from dataclasses import replace
from random import Random

import pytest

from assessment.cohort import publishing, suppression
from assessment.cohort.figures import cohort_figures
from assessment.cohort.layout import Layout
from assessment.cohort.members import Gap, Member
from assessment.cohort.publishing import Release, publish
from tests.assessment.cohort.attacker import exposed, truth
from tests.assessment.cohort.cohorts import member

PARTS = 10
HISTORIES = 1000 if os.environ.get("KRETSLOP_HOSTILE") == "1" else 1
"""In each part."""

QUESTION = "strategy.ambition"
ACTIVITIES = ("first", "second")
LAYOUT = Layout("eksempel", (), (QUESTION,), ("nord", "sør"), ("bygg", "fiske"), ACTIVITIES)


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_small_follows_from_all_that_was_released(part: int) -> None:
    found = {seed: exposures(repeatable(seed)) for seed in range(part * HISTORIES, (part + 1) * HISTORIES)}

    assert {seed: some for seed, some in found.items() if some} == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_small_follows_from_what_cohorts_with_the_same_companies_were_told(part: int) -> None:
    found = {
        seed: following(random, neighbours(random))
        for seed in range(part * HISTORIES, (part + 1) * HISTORIES)
        for random in [repeatable(seed)]
    }

    assert {seed: some for seed, some in found.items() if some} == {}


def test_somebody_who_wants_to_know_finds_out_where_nothing_is_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(suppression, "exposed_counts", lambda *_: iter(()))
    monkeypatch.setattr(publishing, "exposures", lambda *_: ())

    assert all(exposures(repeatable(seed)) for seed in (13, 14, 41, 47))


def repeatable(seed: int) -> Random:
    """The same history for the same number."""
    return Random(seed)  # noqa: S311  # repeatable, not secret


def exposures(random: Random) -> list[str]:
    """What follows from the releases of one history."""
    return following(random, history(random))


def following(random: Random, releases: list[Release]) -> list[str]:
    """What follows from releases, for an outsider and for some of those who take part."""
    found = []
    for attribute in LAYOUT.attributes:
        real = truth(LAYOUT, attribute, releases)
        inside = sorted(
            ((known, step) for known, counts in real.items() for step, n in counts.items() if n), key=repr
        )
        for own in [None, *random.sample(inside, min(3, len(inside)))]:
            found += [f"{attribute.id}, {own}: {one}" for one in exposed(LAYOUT, attribute, releases, own)]
    return found


def history(random: Random) -> list[Release]:
    """The releases of a cohort that changes from round to round, now a little and now much."""
    number = random.randint(10, 45) if random.random() < 0.9 else random.randint(60, 200)
    cohort = {company: joined(random, company, 1) for company in range(number)}
    releases: list[Release] = []
    for round_ in range(1, random.randint(2, 4)):
        if round_ > 1:
            number = changed(random, cohort, number, round_)
        release = publish(cohort_figures(cohort.values(), LAYOUT, round_), releases)
        releases += [release] if isinstance(release, Release) else []
    return releases


def neighbours(random: Random) -> list[Release]:
    """A release each of some cohorts that nearly the same companies are in, or that make up another."""
    pool = [joined(random, company, 1) for company in range(random.randint(20, 60))]
    releases: list[Release] = []
    for _ in range(random.randint(2, 4)):
        share = random.choice((0.4, 0.6, 0.9, 0.97, 1))
        cohort = [one for one in pool if random.random() < share]
        release = publish(cohort_figures(cohort, LAYOUT), [], releases)
        releases += [release] if isinstance(release, Release) else []
    return releases


def changed(random: Random, cohort: dict[int, Member], number: int, round_: int) -> int:
    """Some leave, some hand in anew, some attend, some join; gives the next free number."""
    leaving, again, attending = (random.choice((0, 0.05, 0.2, 0.6, 0.95)) for _ in range(3))
    for company, before in list(cohort.items()):
        if random.random() < leaving / 2:
            del cohort[company]
        elif random.random() < again:
            cohort[company] = replace(
                joined(random, company, round_),
                region=before.region,
                sector=before.sector,
                previous=before.overall.level,
            )
        elif random.random() < attending / 3:
            cohort[company] = replace(before, attended=frozenset({"first"}))
    coming = random.choice((0, 1, 3, 7, 15))
    cohort.update({one: joined(random, one, round_) for one in range(number, number + coming)})
    return number + coming


def joined(random: Random, company: int, round_: int) -> Member:
    """A company with a new result; now and then two with one owner."""
    return member(
        f"eksempel-{company:03}",
        random.choice((None, 0, 1, 1, 1, 2, 2, 3, 4)),
        owner=f"eksempel-{company - company % 7 if company % 7 == 1 else company:03}",
        result=f"{company}.{round_}",
        gaps=(Gap(QUESTION, random.choice((None, "skill", "capital"))),) if random.random() < 0.5 else (),
        strengths=frozenset({QUESTION} if random.random() < 0.3 else ()),
        region=random.choice(("nord", "nord", "sør", None)),
        sector=random.choice(("bygg", "fiske")),
        attended=frozenset(one for one in ACTIVITIES if random.random() < 0.5),
    )
