"""How far an assessment has come: part by part, and how long the rest takes.

A question that is not asked counts nowhere; "unknown" and "not applicable" count as answered here, since
there is nothing left to do. Minutes are estimates of our own, see :data:`SECONDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Literal, TypeAlias

from assessment.advice.contradictions import contradictions
from assessment.answers import AnswerSet, FactValue, Review
from assessment.routing import Outcome, Plan, route
from questionnaires.conditions import compile_condition
from questionnaires.model import Fact, Questionnaire, Section
from questionnaires.profile import resolve_facts
from questionnaires.values import QuestionKind

PartState: TypeAlias = Literal["not_started", "started", "complete", "needs_another_look"]

SECONDS: Mapping[QuestionKind, int] = {
    "single_choice": 40,
    "multiple_choice": 50,
    "yes_no": 20,
    "number": 60,
    "text": 60,
    "date": 20,
    "table": 180,
    "computed": 0,
}
"""How long a question of each kind takes to read and answer. Source: our judgement.

With them the basic depth of the shipped questionnaires comes to 19 to 25 minutes, the profile with it.
"""

FACT_SECONDS = 15
"""The same for a fact of the profile."""

LOOK_SECONDS = 10
"""The same for looking over an answer from last time."""


@dataclass(frozen=True, slots=True)
class PartProgress:
    """One part of the wizard. ``minutes_left``: 0 when nothing is left.

    ``carried``: answers from last time that nobody has looked at. ``doubtful``: answers that take part in a
    contradiction; 0 while something is not answered.
    """

    id: str
    state: PartState
    asked: int
    answered: int
    minutes_left: int
    carried: int = 0
    doubtful: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether everything in it is answered, and looked at by somebody."""
        return self.answered == self.asked and not self.carried


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole: profile first, then the sections that ask something, in order."""

    profile: PartProgress
    sections: tuple[PartProgress, ...]

    @property
    def minutes_left(self) -> int:
        """What stands beside the parts, added up."""
        return self.profile.minutes_left + sum(part.minutes_left for part in self.sections)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to answer or to look over."""
        return self.profile.is_complete and all(part.is_complete for part in self.sections)

    @property
    def carried(self) -> int:
        """Answers from last time that nobody has looked at."""
        return sum(part.carried for part in self.sections)

    @property
    def next_section(self) -> str | None:
        """The first section with something left to do; None when there is none."""
        return next((part.id for part in self.sections if not part.is_complete), None)


def progress(
    plan: Plan,
    answers: AnswerSet,
    done: frozenset[str] = frozenset(),
    carried: frozenset[str] = frozenset(),
    waived: frozenset[str] = frozenset(),
) -> Progress:
    """How far an answer set has come.

    ``done``: sections somebody has marked as done. ``carried``: questions whose answer is from last time
    and nobody has looked at. ``waived``: facts that need not be known. A section needs another look when it
    holds such an answer, when an answer in it takes part in a contradiction, or when it was done and asks
    something again that nobody has answered.
    """
    routed = route(plan, answers, Review())
    outcomes = {outcome.id: outcome for outcome in routed.outcomes}
    doubtful = {id_ for found in contradictions(plan, routed) for id_ in found.questions}
    desk = _Desk(outcomes, doubtful, done, carried)
    parts = [_section(section, desk) for section in plan.questionnaire.sections]
    profile = profile_progress(plan.questionnaire, answers.profile, waived)
    return Progress(profile, tuple(part for part in parts if part.asked))


def profile_progress(
    questionnaire: Questionnaire, profile: Mapping[str, FactValue], waived: frozenset[str] = frozenset()
) -> PartProgress:
    """How much of the profile's required facts is known, but for those that are ``waived``."""
    asked = asked_facts(questionnaire, profile)
    needed = [fact for fact in asked if fact.required and fact.id not in waived]
    known = sum(fact.id in profile for fact in needed)
    state: PartState = "complete" if known == len(needed) else "started" if known else "not_started"
    left = _minutes(FACT_SECONDS * (len(needed) - known))
    return PartProgress("profile", state, len(needed), known, left)


def asked_facts(questionnaire: Questionnaire, profile: Mapping[str, FactValue]) -> tuple[Fact, ...]:
    """The facts to ask for, given what is known: not the derived ones, nor those that do not apply.

    A fact whose condition is not known yet is left out until it is.
    """
    names = resolve_facts(questionnaire.facts, profile)
    return tuple(
        fact
        for fact in questionnaire.facts
        if fact.derived is None and (fact.asked_if is None or compile_condition(fact.asked_if)(names) is True)
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    outcomes: Mapping[str, Outcome]
    doubtful: set[str]
    done: frozenset[str]
    carried: frozenset[str]


def _section(section: Section, desk: _Desk) -> PartProgress:
    asked = [o for q in section.questions if (o := desk.outcomes.get(q.id)) and _counts(o)]
    left = [outcome for outcome in asked if _is_open(outcome)]
    answered = len(asked) - len(left)
    carried = sum(outcome.id in desk.carried and not _is_open(outcome) for outcome in asked)
    doubtful = 0 if left else sum(outcome.id in desk.doubtful for outcome in asked)
    return PartProgress(
        section.id,
        _state(section.id in desk.done, bool(carried or doubtful), len(left), answered),
        len(asked),
        answered,
        _minutes(sum(map(_seconds, left)) + LOOK_SECONDS * carried),
        carried,
        doubtful,
    )


def _state(is_done: bool, is_doubtful: bool, left: int, answered: int) -> PartState:
    if is_doubtful or (is_done and left and answered):
        return "needs_another_look"
    if not left:
        return "complete"
    return "started" if answered else "not_started"


def _counts(outcome: Outcome) -> bool:
    return outcome.state != "not_asked" and outcome.planned.question.kind != "computed"


def _is_open(outcome: Outcome) -> bool:
    return _counts(outcome) and outcome.state == "missing"


def _seconds(outcome: Outcome) -> int:
    return SECONDS[outcome.planned.question.kind]


def _minutes(seconds: int) -> int:
    """Each part rounded up by itself, so that what stands beside the parts adds up to the whole."""
    return ceil(seconds / 60)
