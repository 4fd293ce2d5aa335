"""The result an advisor stands for: the company's answers, scored as the advisor rates them.

The company's own result is never changed by it; after approval both stand side by side. Source:
docs/scoring.md section 5 and docs/decisions/0027.
"""

from __future__ import annotations

from dataclasses import replace

from assessment.advice.proof import next_step_of
from assessment.answers import AnswerSet, Review
from assessment.assess import conclude, score_routed
from assessment.result import AssessmentResult
from assessment.routing import Outcome, Plan, Routed, route
from assessment.scoring.engine import CURRENT_ENGINE
from questionnaires.conditions import Value
from questionnaires.model import Question


def assess_as_rated(
    plan: Plan, answers: AnswerSet, review: Review, *, engine: str = CURRENT_ENGINE
) -> AssessmentResult:
    """The result with the review's ratings in the place of the company's scores.

    Which questions are asked stays as the company's answers have it: a rating neither adds nor takes away
    questions, so nothing the company could not answer counts against it. A rating of a question that is not
    asked or never scored has no effect. Without ratings this is the company's own result. Raises
    UnknownEngine.
    """
    routed = _as_rated(route(plan, answers, review), review)
    scores = score_routed(plan, routed, review, engine)
    step = next_step_of(plan, routed, scores, review)
    return conclude(plan, answers, routed, scores, review=review, engine=engine, step=step)


def rated_score(question: Question, rating: str) -> int:
    """The score from 0 to 4 that a rating gives: an option's own, else the rating itself."""
    for option in question.options if question.kind == "single_choice" else ():
        if option.id == rating and option.score is not None:
            return option.score
    return int(rating)


def _as_rated(routed: Routed, review: Review) -> Routed:
    names = dict(routed.names)
    outcomes = tuple(_rated(outcome, review, names) for outcome in routed.outcomes)
    return Routed(outcomes, names, routed.indicators)


def _rated(outcome: Outcome, review: Review, names: dict[str, Value]) -> Outcome:
    """An outcome with the advisor's score, and what gates and contradictions can name with it."""
    rating, planned = review.ratings.get(outcome.id), outcome.planned
    if rating is None or outcome.state == "not_asked" or planned.score is None:
        return outcome
    score = rated_score(planned.question, rating)
    value_name, score_name, state_name = planned.names
    names[score_name], names[state_name] = score, "answered"
    if planned.question.kind == "single_choice":
        names[value_name] = rating
    return replace(outcome, state="answered", score=score)
