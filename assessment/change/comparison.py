"""What changed between two results, split exactly: you changed, the scale changed, the depth changed.

With S for a score, old and new for the versions:
``you changed`` = S_new(new answers) - S_new(moved old answers), both at the old depth;
``the scale changed`` = S_new(moved old answers) - S_old(old answers);
``the depth changed`` = S_new(new answers) at the new depth - at the old depth (0 when they agree).
The parts sum to the total. Source: docs/scoring.md section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from assessment.answers import AnswerSet, Review
from assessment.assess import score_routed
from assessment.change.moving import Dropped, move_answers
from assessment.routing import Plan, route
from assessment.scoring.engine import Scores

_NO_REVIEW = Review()


@dataclass(frozen=True, slots=True)
class Change:
    """One score's change in parts; a part is None where a score it needs does not exist."""

    before: Fraction | None
    after: Fraction | None
    you: Fraction | None
    scale: Fraction | None
    depth: Fraction | None

    @property
    def total(self) -> Fraction | None:
        """After less before; the sum of the parts wherever all of them exist."""
        return _less(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The change of the overall score and of every dimension the new version has."""

    overall: Change
    dimensions: Mapping[str, Change]
    same_depth: bool
    dropped: tuple[Dropped, ...]


def compare(old_plan: Plan, old: AnswerSet, new_plan: Plan, new: AnswerSet) -> Comparison:
    """The change from an old assessment to a new one of the same questionnaire, on the score."""
    move = move_answers(old, old_plan.questionnaire, new_plan.questionnaire, new.version)
    before = _scores(old_plan, old)
    moved = _scores(new_plan, move.answers)
    at_old_depth = _scores(new_plan, replace(new, depth=old.depth))
    after = _scores(new_plan, new)
    steps = (before, moved, at_old_depth, after)
    dimensions = {
        planned.dimension.id: _change(*(_score(scores, planned.dimension.id) for scores in steps))
        for planned in new_plan.dimensions
    }
    overall = _change(*(scores.overall.score for scores in steps))
    return Comparison(overall, dimensions, old.depth == new.depth, move.dropped)


def _scores(plan: Plan, answers: AnswerSet) -> Scores:
    return score_routed(plan, route(plan, answers, _NO_REVIEW), _NO_REVIEW)


def _score(scores: Scores, dimension: str) -> Fraction | None:
    found = scores.dimensions.get(dimension)
    return None if found is None else found.score


def _change(
    before: Fraction | None, moved: Fraction | None, at_old_depth: Fraction | None, after: Fraction | None
) -> Change:
    return Change(
        before=before,
        after=after,
        you=_less(at_old_depth, moved),
        scale=_less(moved, before),
        depth=_less(after, at_old_depth),
    )


def _less(after: Fraction | None, before: Fraction | None) -> Fraction | None:
    return None if after is None or before is None else after - before
