"""On random cohorts everybody is placed once and every rule kept, or what cannot be kept is refused.

The count is short by default; KRETSLOP_HOSTILE=1 runs a thousand cohorts, the last of 200 people.
"""

from __future__ import annotations

import os
from random import Random

from assessment.gathering.editing import breaches
from assessment.gathering.proposing import propose, repropose
from assessment.gathering.seats import Participant, Plan, SeatingRefused, Settings
from tests.assessment.gathering.making import MODES, chance, cohort, rules_for

COHORTS = 1000 if os.environ.get("KRETSLOP_HOSTILE") == "1" else 20
LARGE = 999
HARD = {"not_placed", "placed_twice", "not_present", "too_few", "too_many", "apart", "together"}


def _case(seed: int) -> tuple[Random, list[Participant], Settings]:
    random = chance(seed)
    people = cohort(200 if seed == LARGE else random.randint(1, 45), random)
    low = random.randint(1, 5)
    settings = Settings(low, low + random.randint(1, 4), random.choice(MODES), rules_for(people, random))
    return random, people, settings


def _broken(plan: Plan, people: list[Participant], settings: Settings) -> list[object]:
    return [breach for breach in breaches(plan, people, settings) if breach.kind in HARD]


def test_rules_hold_on_random_cohorts_or_are_refused_by_name() -> None:
    seated = 0
    for seed in range(COHORTS):
        random, people, settings = _case(seed)
        try:
            found = propose(people, settings)
        except SeatingRefused as refused:
            _check_refusal(refused, people, settings)
            continue
        seated += 1
        assert _broken(found.plan, people, settings) == [], seed
        random.shuffle(people)
        assert propose(people, settings) == found, seed
    assert seated > COHORTS // 2


def _check_refusal(refused: SeatingRefused, people: list[Participant], settings: Settings) -> None:
    """Without any one of the rules that are named, the others can be kept."""
    assert refused.reason in ("sizes", "contradiction", "no_room")
    assert set(refused.rules) <= set(settings.rules)
    assert bool(refused.rules) == (refused.reason != "sizes")
    for rule in refused.rules:
        others = tuple(other for other in refused.rules if other != rule)
        propose(people, Settings(settings.min_seats, settings.max_seats, rules=others))


def test_a_new_proposal_keeps_locked_seats_on_random_cohorts() -> None:
    kept = 0
    for seed in range(0, COHORTS, 2):
        random, people, settings = _case(seed)
        try:
            plan = propose(people, settings).plan
        except SeatingRefused:
            continue
        ids = sorted(person.id for person in people)
        locked = Plan(plan.tables, frozenset(random.sample(ids, len(ids) // 3)))

        again = repropose(locked, people, settings).plan

        kept += len(locked.locked)
        assert _broken(again, people, settings) == [], seed
        assert {id_: again.table_of(id_) for id_ in locked.locked} == {
            id_: plan.table_of(id_) for id_ in locked.locked
        }
    assert kept
