"""What the levels would be if some answers were others. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from assessment.answers import Answer, AnswerValue, Evidence
from assessment.assess import score_routed
from assessment.reading import reread_answer
from assessment.result import AssessmentResult
from assessment.routing import Outcome, PlannedQuestion, Routed, route
from assessment.scoring.engine import Scores
from questionnaires.model import Question, option_ids
from webapp.services.opening import NOTHING

KINDS = ("single_choice", "yes_no", "multiple_choice", "number")
"""The kinds that can be changed here: those with one value, and a score of their own."""

MOST_FIRST = 8
"""How many questions the page begins with."""

PROOF = Evidence("-", "document")
"""Stands for documentation that is thought to be there."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A result beside what it would be. ``changed``: questions whose answer is another.

    ``appeared``: questions that would be asked then and are not now.
    """

    before: AssessmentResult
    routed: Routed
    scores: Scores
    changed: tuple[str, ...]
    appeared: tuple[str, ...]


def try_answers(before: AssessmentResult, said: Mapping[str, Answer]) -> Tried:
    """What the result would be with some answers in place of those that were given. Pure."""
    given = before.answers.answers
    changed = tuple(id_ for id_, answer in said.items() if answer != given.get(id_, NOTHING))
    answers = replace(before.answers, answers={**given, **{id_: said[id_] for id_ in changed}})
    routed = route(before.plan, answers, before.review)
    asked = {outcome.id for outcome in before.routed.outcomes if outcome.state != "not_asked"}
    return Tried(
        before=before,
        routed=routed,
        scores=score_routed(before.plan, routed, before.review, before.engine),
        changed=changed,
        appeared=tuple(o.id for o in routed.outcomes if o.state != "not_asked" and o.id not in asked),
    )


def can_change(outcome: Outcome) -> bool:
    """Whether a question counts, is asked, and has a value that can be another."""
    is_asked = outcome.state != "not_asked" and not outcome.derived
    return is_asked and outcome.weight > 0 and outcome.planned.question.kind in KINDS


def first_questions(result: AssessmentResult) -> tuple[str, ...]:
    """The questions to begin with: those of the next step, then the largest gaps; in the result's order."""
    steps = result.next_step.steps if result.next_step else ()
    wanted = dict.fromkeys((*(step.question for step in steps), *(gap.question for gap in result.gaps)))
    changeable = {outcome.id for outcome in result.routed.outcomes if can_change(outcome)}
    return tuple(id_ for id_ in wanted if id_ in changeable)[:MOST_FIRST]


def next_step_answers(result: AssessmentResult) -> dict[str, Answer]:
    """The answers of the next step taken, by question; without those that no answer here can take."""
    outcomes = {outcome.id: outcome for outcome in result.routed.outcomes}
    found: dict[str, Answer] = {}
    for step in result.next_step.steps if result.next_step else ():
        outcome = outcomes[step.question]
        if not can_change(outcome):
            continue
        answer = found.get(step.question) or result.answers.answers.get(step.question, NOTHING)
        if step.kind == "document":
            found[step.question] = documented(answer, is_documented=True)
        elif (value := value_scoring(outcome.planned, step.to_score, answer.value)) is not None:
            found[step.question] = replace(answer, status="answered", value=value, reason=None)
    return found


def documented(answer: Answer, *, is_documented: bool) -> Answer:
    """An answer with documentation, or without any."""
    if is_documented is answer.has_evidence:
        return answer
    return replace(answer, evidence=(*answer.evidence, PROOF) if is_documented else ())


def value_scoring(
    planned: PlannedQuestion, score: int | None, given: AnswerValue | None = None
) -> AnswerValue | None:
    """A value that a question gives that score, near what was given; None where none was found."""
    if planned.score is None:
        return None
    for value in _values(planned.question, given):
        is_right = planned.score(value) == score
        if is_right and not reread_answer(planned.question, Answer("answered", value)):
            return value
    return None


def _values(question: Question, given: AnswerValue | None) -> Iterator[AnswerValue]:
    """Values to look among, the plainest first."""
    match question.kind:
        case "single_choice":
            yield from option_ids(question)
        case "yes_no":
            yield from (True, False)
        case "number":
            ends = (question.minimum, question.maximum)
            yield from (value for value in (*question.breakpoints, *ends) if value is not None)
        case "multiple_choice":
            yield from _choices(question, frozenset(given) if isinstance(given, tuple) else frozenset())


def _choices(question: Question, given: frozenset[Any]) -> Iterator[tuple[str, ...]]:
    """What was chosen with one more option, then every option by itself, then every two."""
    ids = option_ids(question)
    for id_ in ids:
        yield tuple(own for own in ids if own in given or own == id_)
    yield from ((id_,) for id_ in ids)
    yield from combinations(ids, 2)
