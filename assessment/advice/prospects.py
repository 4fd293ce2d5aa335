"""From a scored assessment to the problem the next-step search solves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assessment.advice.climb import Climb, GateRule, Mark, Place, Slope
from assessment.answers import Review
from assessment.routing import Outcome, Plan, PlannedDimension, PlannedGate, Routed
from assessment.scoring.dimensions import NA_REVIEW
from assessment.scoring.engine import Scores
from assessment.scoring.levels import WEAKEST_LINK_STEPS
from questionnaires.conditions import Value
from questionnaires.values import Effort

COSTS: Mapping[Effort, int] = {"small": 1, "medium": 2, "large": 4}
"""What a step costs by its effort. Source: docs/scoring.md section 4."""

_COUNTED = ("answered", "unknown", "missing")


def climb_of(plan: Plan, routed: Routed, scores: Scores, review: Review) -> Climb:
    """The applicable dimensions with their questions, the gates over them, and whether N is open."""
    applicable = [
        planned
        for planned in plan.dimensions
        if scores.dimensions[planned.dimension.id].status != "not_applicable"
    ]
    na_open = any(
        NA_REVIEW in score.flags and id_ not in review.accepted for id_, score in scores.dimensions.items()
    )
    return _climb(plan, routed, applicable, na_open=na_open)


def lone_climb_of(plan: Plan, routed: Routed, planned: PlannedDimension) -> Climb:
    """A climb of one applicable dimension that as a whole stands exactly where the dimension does.

    Only the dimension's own questions are places; all others are constant. Alone, the dimension has
    the whole's score, coverage and share of evidence. What differs is that a gate caps the dimension
    itself, but the whole only through the weakest link, at a core dimension's level plus two. So the
    dimension is made core and the ceilings of its gates are set two lower, to -2..1; the other caps
    are then never lower than they are in the dimension. Source: docs/scoring.md, sections 2 and 3.
    """
    climb = _climb(plan, routed, [planned], na_open=False)
    (slope,) = climb.slopes
    lowered = (replace(gate, max_level=gate.max_level - WEAKEST_LINK_STEPS) for gate in climb.gates)
    return replace(climb, slopes=(replace(slope, core=True),), gates=tuple(lowered))


def _climb(plan: Plan, routed: Routed, dimensions: Sequence[PlannedDimension], *, na_open: bool) -> Climb:
    slopes = tuple(
        Slope(d.id, d.weight, d.core, tuple(_places(plan, routed, d.id)))
        for d in (planned.dimension for planned in dimensions)
    )
    places = {place.question for slope in slopes for place in slope.places}
    gates = tuple(
        _gate_rule(at, gate, routed, places)
        for at, planned in enumerate(dimensions)
        for gate in planned.gates
    )
    return Climb(slopes, gates, na_open)


def _places(plan: Plan, routed: Routed, dimension: str) -> list[Place]:
    return [
        Place(
            question=outcome.id,
            order=outcome.planned.order,
            weight=outcome.weight,
            state=outcome.state,  # type: ignore[arg-type]  # filtered just below
            score=outcome.score if outcome.state == "answered" else None,
            documented=outcome.documented,
            movable=_is_movable(outcome),
            costs=_costs(plan, outcome),
        )
        for outcome in routed.outcomes
        if outcome.planned.dimension == dimension and outcome.weight and outcome.state in _COUNTED
    ]


def _is_movable(outcome: Outcome) -> bool:
    return not outcome.derived and outcome.planned.question.kind != "computed"


def _costs(plan: Plan, outcome: Outcome) -> tuple[int, int, int, int]:
    """What raising to 1, 2, 3 and 4 costs; an advanced question's one effort counts for 2 and 3."""
    to_3 = plan.advice.get((outcome.id, 3))
    to_2 = plan.advice.get((outcome.id, 2), to_3)
    second = COSTS[to_2.effort] if to_2 else COSTS["medium"]
    third = COSTS[to_3.effort] if to_3 else second
    return (COSTS["small"], second, third, COSTS["large"])


def _gate_rule(dimension: int, gate: PlannedGate, routed: Routed, places: set[str]) -> GateRule:
    return GateRule(dimension, gate.max_level, gate.questions, _fires(gate, routed, places))


def _fires(gate: PlannedGate, routed: Routed, places: set[str]) -> Callable[[Mapping[str, Mark]], bool]:
    """The gate over marks: facts and questions that are no places stay as they are."""
    moving = {f"{question}.{name}" for question in places for name in ("state", "score", "value")}
    fixed = {name: value for name, value in routed.names.items() if name not in moving}

    def fires(marks: Mapping[str, Mark]) -> bool:
        names: dict[str, Value] = dict(fixed)
        for question in gate.questions:
            if question in marks:
                state, score = marks[question]
                names[f"{question}.state"] = state
                if score is not None:
                    names[f"{question}.score"] = score
        return gate.fires(names) is True

    return fires
