"""The next step by trying every set of steps, and the rules of docs/scoring.md written out plainly.

Shares nothing with the code under test but the values that go in and come out.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from assessment.advice.climb import Climb, Effort, Mark, NextStep, Place, Slope, Step

EFFORTS: dict[int, Effort] = {1: "small", 2: "medium", 4: "large"}
COSTS = {"small": 1, "medium": 2, "large": 4}
RANKS = {"withheld": 0, "provisional": 1, "published": 2}


class Final:
    """A place as it ends, with the steps that led there."""

    def __init__(self, place: Place, steps: list[Step]) -> None:
        self.question, self.weight, self.order = place.question, place.weight, place.order
        self.state, self.score, self.documented = place.state, place.score, place.documented
        self.steps = steps
        for step in steps:
            self.state = "answered"
            self.score = step.to_score
            self.documented = self.documented or step.kind == "document"


def find_by_brute_force(climb: Climb) -> NextStep | None:
    """The best of all step sets: lowest cost, fewest steps, first in definition order."""
    status, level = judge_today(climb)
    if level == 4:
        return None
    target = 0 if level is None else level + 1
    for finals in _list_outcomes_cheapest_first(climb):
        new_status, new_level = judge(climb, finals)
        reached = new_level is not None and new_level >= target
        if reached and RANKS[new_status] >= RANKS[status]:
            steps = _sort_steps(finals)
            cost = sum(COSTS[step.effort] for step in steps)
            return NextStep(new_level or 0, cost, tuple(steps), optimal=True)
    return None


def judge_today(climb: Climb) -> tuple[str, int | None]:
    """Status and level before any step."""
    return judge(climb, [[Final(place, []) for place in slope.places] for slope in climb.slopes])


def judge(climb: Climb, finals: list[list[Final]]) -> tuple[str, int | None]:
    """Status and level of the whole. Source: docs/scoring.md, sections 2 and 3."""
    marks: dict[str, Mark] = {}
    for final in [final for of_slope in finals for final in of_slope]:
        marks[final.question] = (final.state, 0 if final.state == "unknown" else final.score)
    coverage = weights = Fraction(0)
    scored = []
    some_withheld = False
    for index, slope in enumerate(climb.slopes):
        a, u, m = (
            sum(final.weight for final in finals[index] if final.state == state)
            for state in ("answered", "unknown", "missing")
        )
        covered = Fraction(a, a + u + m)
        some_withheld = some_withheld or covered < Fraction(3, 5)
        coverage += slope.weight * covered
        weights += slope.weight
        if a + u:
            scored.append((slope, *_judge_slope(climb, index, finals[index], a + u, marks)))
    coverage /= weights
    if coverage < Fraction(3, 5):
        return "withheld", None
    good = coverage >= Fraction(4, 5) and not some_withheld and not climb.na_open
    return ("published" if good else "provisional"), _judge_level(scored)


def _judge_slope(
    climb: Climb, index: int, finals: list[Final], rated: int, marks: dict[str, Mark]
) -> tuple[Fraction, Fraction, int]:
    """Score, evidence share and capped level of a dimension with a score."""
    score = Fraction(sum(f.weight * f.score for f in finals if f.score is not None), rated)
    documented = sum(f.weight for f in finals if f.documented and f.score in (3, 4))
    evidence = Fraction(documented, rated)
    level = int(score + Fraction(1, 2))
    for gate in climb.gates:
        if gate.dimension == index and gate.fires(marks):
            level = min(level, gate.max_level)
    if level == 4 and evidence < Fraction(1, 2):
        level = 3
    return score, evidence, level


def _judge_level(scored: list[tuple[Slope, Fraction, Fraction, int]]) -> int:
    total = sum(slope.weight for slope, *_ in scored)
    overall = sum(slope.weight * score for slope, score, _, _ in scored) / total
    proven = sum(slope.weight * evidence for slope, _, evidence, _ in scored) / total
    level = int(overall + Fraction(1, 2))
    core_levels = [level for slope, _, _, level in scored if slope.core]
    if core_levels:
        level = min(level, min(core_levels) + 2)
    if any(level == 0 for slope, _, _, level in scored if not slope.core):
        level = min(level, 3)
    if level == 4 and proven < Fraction(1, 2):
        level = 3
    return level


def _list_outcomes_cheapest_first(climb: Climb) -> list[list[list[Final]]]:
    choices = [list(_list_finals(place)) for slope in climb.slopes for place in slope.places]
    outcomes = sorted(product(*choices), key=_rank)
    return [_regroup(climb, list(outcome)) for outcome in outcomes]


def _regroup(climb: Climb, finals: list[Final]) -> list[list[Final]]:
    remaining = iter(finals)
    return [[next(remaining) for _ in slope.places] for slope in climb.slopes]


def _list_finals(place: Place) -> Iterator[Final]:
    """Every way to take steps with one place."""
    yield Final(place, [])
    if not place.movable:
        return
    steps: list[Step] = []
    score = place.score
    if score is None:
        steps, score = [Step(place.question, "answer", None, 1, "small")], 1
    for reached in range(score, 5):
        if reached > score:
            effort = EFFORTS[place.costs[reached - 1]]
            steps = [*steps, Step(place.question, "raise", reached - 1, reached, effort)]
        if steps:
            yield Final(place, steps)
        if not place.documented:
            yield Final(place, [*steps, Step(place.question, "document", reached, reached, "small")])


def _rank(finals: tuple[Final, ...]) -> tuple[int, int, list[tuple[int, int]]]:
    """Cost, number of steps, and the steps' places in definition order."""
    steps = [(final.order, step) for final in finals for step in final.steps]
    cost = sum(COSTS[step.effort] for _, step in steps)
    return cost, len(steps), sorted((order, _rank_kind(step)) for order, step in steps)


def _rank_kind(step: Step) -> int:
    return {"answer": 0, "raise": step.to_score or 0, "document": 5}[step.kind]


def _sort_steps(finals: list[list[Final]]) -> list[Step]:
    found = [(final.order, step) for group in finals for final in group for step in final.steps]
    return [step for _, step in sorted(found, key=lambda pair: (pair[0], _rank_kind(pair[1])))]
