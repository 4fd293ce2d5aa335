"""What the next level takes in each dimension by itself, for the report's part on that dimension.

The dimension is searched as a climb of its own, in which no other dimension helps or hinders.
Source: docs/scoring.md, sections 2 and 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assessment.advice.aim import find_aim
from assessment.advice.climb import Climb, NextStep, evaluate_climb
from assessment.advice.next_step import find_steps
from assessment.advice.proof import find_with_documents
from assessment.advice.prospects import lone_climb_of
from assessment.result import AssessmentResult
from assessment.scoring.levels import WEAKEST_LINK_STEPS

OPERATIONS = 100_000
"""For one dimension; seeded dimensions of 12 questions, more than any shipped has, took less than half."""


def dimension_steps(result: AssessmentResult) -> Mapping[str, NextStep | None]:
    """The cheapest steps that lift each dimension's own level by one, by dimension, as defined.

    Where the level is withheld, they are the cheapest that show one; `reaches` is the dimension's
    level after them. Only its own questions are raised, answered or documented, and the tables that
    its shares follow from documented. Each stands alone: taken together the steps of two dimensions
    may name the same table. None where the dimension is not applicable or at level 4, and where
    nothing reaches higher. Ties as in `find_next_step`.
    """
    plan, routed = result.plan, result.routed
    return {
        planned.dimension.id: find_with_documents(
            plan, routed, lone_climb_of(plan, routed, planned), _find_lone_step, OPERATIONS
        )
        if result.scores.dimensions[planned.dimension.id].status != "not_applicable"
        else None
        for planned in plan.dimensions
    }


def _find_lone_step(climb: Climb, operations: int) -> NextStep | None:
    """The cheapest way for a climb of one dimension, whose gates are lowered.

    With lowered gates no need is too small to matter: a gate hinders unless its ceiling is two
    below the level aimed at, which for the lowest levels is less than 0.
    """
    aim = find_aim(evaluate_climb(climb))
    if aim is None:
        return None
    return find_steps(climb, replace(aim, core_need=aim.level - WEAKEST_LINK_STEPS), operations)
