"""Which questions are asked, in which state each is, and what it scores.

Walks the questions once in definition order: conditions only look back. What an answer is worth
when its question is not asked: nothing, and it is no mistake. Source: docs/scoring.md section 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from assessment.answers import Answer, AnswerSet, AnswerValue, Review
from assessment.scoring.indicators import IndicatorValue, compute_indicator
from assessment.scoring.rules import RULES, ScoreValue
from questionnaires.conditions import Evaluate, Value, answer_terms, compile_condition, names_in
from questionnaires.model import Question, Questionnaire, asked_at
from questionnaires.profile import resolve_facts
from questionnaires.scheme import Advice, Dimension, Indicator
from questionnaires.values import Depth

State: TypeAlias = Literal["answered", "unknown", "missing", "not_applicable", "not_asked"]

_NOTHING = Answer("missing")


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """One question with everything that does not depend on the answers worked out.

    ``inputs``: the questions its figure is computed from; ``names``: what conditions call its
    value, score and state.
    """

    question: Question
    order: int
    dimension: str
    shown: Evaluate | None
    score: ScoreValue | None
    indicator: Indicator | None
    names: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class PlannedGate:
    """A gate as a function, with the questions it looks at and each comparison by itself."""

    fires: Evaluate
    max_level: int
    questions: tuple[str, ...]
    terms: tuple[tuple[str, Evaluate], ...]

    def because(self, names: Mapping[str, Value]) -> tuple[str, ...]:
        """The questions whose answers make it hold."""
        return tuple(dict.fromkeys(question for question, term in self.terms if term(names) is True))


@dataclass(frozen=True, slots=True)
class PlannedDimension:
    """A dimension with its gates compiled."""

    dimension: Dimension
    gates: tuple[PlannedGate, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A questionnaire version prepared for scoring; make it once, use it for every answer set."""

    questionnaire: Questionnaire
    sha256: str
    questions: tuple[PlannedQuestion, ...]
    dimensions: tuple[PlannedDimension, ...]
    contradictions: tuple[tuple[str, Evaluate, tuple[str, ...]], ...]
    advice: Mapping[tuple[str, int], Advice]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question of the assessment's depth: its state, what it holds and what it scores.

    ``score``: 0..4 when answered and scored, 0 when unknown, else None. ``derived``: the value
    comes from a table or a formula, so nobody can raise it by answering otherwise.
    """

    planned: PlannedQuestion
    state: State
    value: AnswerValue | Fraction | None = None
    score: int | None = None
    documented: bool = False
    confirmed: bool = False
    derived: bool = False

    @property
    def id(self) -> str:
        """The question's id."""
        return self.planned.question.id

    @property
    def weight(self) -> int:
        """The question's weight 0..3."""
        return self.planned.question.weight


@dataclass(frozen=True, slots=True)
class Routed:
    """Every question of the depth in definition order, and what conditions can name."""

    outcomes: tuple[Outcome, ...]
    names: Mapping[str, Value]
    indicators: tuple[IndicatorValue, ...]


def make_plan(questionnaire: Questionnaire, sha256: str) -> Plan:
    """Compile conditions, scores and gates of a checked version."""
    indicators = {indicator.id: indicator for indicator in questionnaire.scheme.indicators}
    questions = tuple(
        _planned(question, order, section.dimension, indicators)
        for order, (section, question) in enumerate(questionnaire.questions())
    )
    return Plan(
        questionnaire=questionnaire,
        sha256=sha256,
        questions=questions,
        dimensions=tuple(_planned_dimension(d) for d in questionnaire.scheme.dimensions),
        contradictions=tuple(
            (rule.id, compile_condition(rule.condition), _subjects(rule.condition))
            for rule in questionnaire.scheme.contradictions
        ),
        advice={(advice.question, advice.to): advice for advice in questionnaire.scheme.advice},
    )


def route(plan: Plan, answers: AnswerSet, review: Review) -> Routed:
    """State, value and score of every question of the assessment's depth.

    A share typed by hand, where no table gives it, is the indicator's figure.
    """
    walk = _Walk(plan, answers, review)
    depth = answers.depth
    outcomes = tuple(walk.step(planned) for planned in plan.questions if asked_at(planned.question, depth))
    typed = {
        outcome.planned.indicator.id: Fraction(outcome.value)
        for outcome in outcomes
        if outcome.planned.indicator is not None and isinstance(outcome.value, Decimal)
    }
    indicators = tuple(
        IndicatorValue(indicator.id, indicator.unit, typed[indicator.id])
        if indicator.id in typed
        else walk.indicator(indicator)
        for indicator in plan.questionnaire.scheme.indicators
    )
    return Routed(outcomes, walk.names, indicators)


def questions_at(plan: Plan, depth: Depth) -> list[PlannedQuestion]:
    """The questions of a depth, in definition order."""
    return [planned for planned in plan.questions if asked_at(planned.question, depth)]


def _planned(
    question: Question, order: int, dimension: str, indicators: dict[str, Indicator]
) -> PlannedQuestion:
    rule = RULES.get(question.kind) if question.weight > 0 else None
    return PlannedQuestion(
        question=question,
        order=order,
        dimension=dimension,
        shown=compile_condition(question.shown_if) if question.shown_if else None,
        score=rule(question) if rule else None,
        indicator=indicators[question.indicator] if question.indicator else None,
        names=(f"{question.id}.value", f"{question.id}.score", f"{question.id}.state"),
    )


def _planned_dimension(dimension: Dimension) -> PlannedDimension:
    gates = tuple(
        PlannedGate(
            compile_condition(gate.condition),
            gate.max_level,
            _subjects(gate.condition),
            answer_terms(gate.condition),
        )
        for gate in dimension.gates
    )
    return PlannedDimension(dimension, gates)


def _subjects(condition: str) -> tuple[str, ...]:
    names = names_in(condition)
    return tuple(dict.fromkeys(name.subject for name in names if name.subject != "profile"))


class _Walk:
    """One pass over the questions; ``names`` and ``held`` grow as it goes."""

    def __init__(self, plan: Plan, answers: AnswerSet, review: Review) -> None:
        self.answers = answers.answers
        self.confirmed = review.confirmed
        self.names = resolve_facts(plan.questionnaire.facts, answers.profile)
        self.held: dict[str, AnswerValue] = {}
        self.documented: set[str] = set()
        self.figures: dict[str, IndicatorValue] = {}

    def step(self, planned: PlannedQuestion) -> Outcome:
        if planned.shown is not None and planned.shown(self.names) is False:
            self.names[planned.names[2]] = "not_asked"
            return Outcome(planned, "not_asked")
        outcome = self._outcome(planned, self.answers.get(planned.question.id, _NOTHING))
        self._remember(outcome)
        return outcome

    def indicator(self, indicator: Indicator) -> IndicatorValue:
        if indicator.id not in self.figures:
            self.figures[indicator.id] = compute_indicator(indicator, self.held)
        return self.figures[indicator.id]

    def _outcome(self, planned: PlannedQuestion, answer: Answer) -> Outcome:
        id_, confirmed = planned.question.id, planned.question.id in self.confirmed
        if planned.indicator is not None:
            figure = self.indicator(planned.indicator).value
            if figure is not None:
                score = planned.score(figure) if planned.score else None
                inputs = planned.indicator.inputs
                documented = confirmed or self.documented.issuperset(inputs)
                confirmed = confirmed or self.confirmed.issuperset(inputs)
                return Outcome(planned, "answered", figure, score, documented, confirmed, derived=True)
        if answer.status == "answered" and answer.value is not None:
            score = planned.score(answer.value) if planned.score else None
            documented = confirmed or answer.has_evidence
            if documented:
                self.documented.add(id_)
            return Outcome(planned, "answered", answer.value, score, documented, confirmed)
        state: State = "missing" if answer.status == "answered" else answer.status
        score = 0 if state == "unknown" and planned.score else None
        return Outcome(planned, state, score=score)

    def _remember(self, outcome: Outcome) -> None:
        value_name, score_name, state_name = outcome.planned.names
        self.names[state_name] = outcome.state
        if outcome.score is not None:
            self.names[score_name] = outcome.score
        value = outcome.value
        if value is None:
            return
        if not outcome.derived:
            self.held[outcome.id] = value  # type: ignore[assignment]  # only what is derived is a Fraction
        named = value.isoformat() if isinstance(value, date) else value
        self.names[value_name] = named  # type: ignore[assignment]  # tables are never named
