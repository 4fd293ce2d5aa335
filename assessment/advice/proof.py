"""The next step where one document can serve several answers.

A share that follows from a table is documented when the table is, so documenting the table is one
step for all of its shares. The search knows questions one by one; here it is asked once for every
set of such sources, and the cheapest answer wins. It matters only on the way to level 4.
Source: docs/scoring.md sections 1 and 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Protocol

from assessment.advice.climb import Climb, NextStep, Place, Step, evaluate_climb
from assessment.advice.next_step import OPERATIONS, find_next_step
from assessment.advice.prospects import climb_of
from assessment.answers import Review
from assessment.routing import Outcome, Plan, Routed
from assessment.scoring.engine import Scores
from assessment.scoring.levels import STRONG_SCORE, TOP_LEVEL

MAX_SOURCES = 3
"""More undocumented tables than this are not tried together; the two questionnaires have two."""

_LAST = 5


class Find(Protocol):
    """Finds the cheapest way to the next level of a climb, within so many operations."""

    def __call__(self, climb: Climb, operations: int) -> NextStep | None: ...


def next_step_of(plan: Plan, routed: Routed, scores: Scores, review: Review) -> NextStep | None:
    """The cheapest way to the next level of a scored assessment; None where there is none."""
    climb = climb_of(plan, routed, scores, review)
    return find_with_documents(plan, routed, climb, find_next_step, OPERATIONS)


def find_with_documents(
    plan: Plan, routed: Routed, climb: Climb, find: Find, operations: int
) -> NextStep | None:
    """The cheapest way to the climb's next level, tables' documents included; None where there is none.

    find: the cheapest way for a climb by itself; operations: for all of its searches together.
    """
    sources = list(_sources(routed, climb)) if evaluate_climb(climb).level == TOP_LEVEL - 1 else []
    sets = [chosen for count in range(len(sources) + 1) for chosen in combinations(sources, count)]
    order = {planned.question.id: planned.order for planned in plan.questions}
    each = partial(find, operations=operations // len(sets))
    found = [step for chosen in sets if (step := _with(climb, routed, chosen, each, order))]
    if not found:
        return None
    best = min(found, key=lambda step: (step.cost, len(step.steps), [_key(s, order) for s in step.steps]))
    return replace(best, optimal=all(step.optimal for step in found))


def _sources(routed: Routed, climb: Climb) -> Iterator[str]:
    """Answers without documents that strong shares of the climb follow from, in definition order."""
    outcomes = {outcome.id: outcome for outcome in routed.outcomes}
    places = {place.question for slope in climb.slopes for place in slope.places}
    wanted = dict.fromkeys(
        source
        for outcome in routed.outcomes
        if outcome.derived and not outcome.documented and outcome.id in places
        if (outcome.score or 0) >= STRONG_SCORE
        for source in _inputs(outcome)
        if not outcomes[source].documented
    )
    yield from list(wanted)[:MAX_SOURCES]


def _inputs(outcome: Outcome) -> tuple[str, ...]:
    indicator = outcome.planned.indicator
    return indicator.inputs if indicator else ()


def _with(
    climb: Climb,
    routed: Routed,
    chosen: tuple[str, ...],
    find: Callable[[Climb], NextStep | None],
    order: Mapping[str, int],
) -> NextStep | None:
    """The cheapest way that documents the chosen sources first."""
    before = evaluate_climb(climb).level
    proven = _documented(climb, routed, chosen)
    after = evaluate_climb(proven).level
    reached = chosen and after is not None and before is not None and after > before
    step = NextStep(after or 0, 0, (), optimal=True) if reached else find(proven)
    if step is None:
        return None
    documents = (Step(source, "document", None, None, "small") for source in chosen)
    steps = sorted((*documents, *step.steps), key=lambda s: _key(s, order))
    return replace(step, cost=step.cost + len(chosen), steps=tuple(steps))


def _documented(climb: Climb, routed: Routed, chosen: Iterable[str]) -> Climb:
    """The climb as it is when these sources are documented."""
    proven = {outcome.id for outcome in routed.outcomes if outcome.documented} | set(chosen)
    derived = {o.id for o in routed.outcomes if o.derived and proven.issuperset(_inputs(o))}

    def place(old: Place) -> Place:
        return replace(old, documented=True) if old.question in proven | derived else old

    slopes = tuple(replace(slope, places=tuple(map(place, slope.places))) for slope in climb.slopes)
    return replace(climb, slopes=slopes)


def _key(step: Step, order: Mapping[str, int]) -> tuple[int, int]:
    """Definition order, then answer before raises before document."""
    rank = {"answer": 0, "document": _LAST}.get(step.kind, step.to_score or 0)
    return order[step.question], rank
