"""From an answer to its score, one table of cases for each rule."""

from __future__ import annotations

import inspect
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest

from assessment.scoring.rules import RULES
from questionnaires.model import Bundle, Option, Question
from questionnaires.values import QuestionKind

UNSCORED = {"text", "date", "table"}
PERCENT = tuple(map(Decimal, ("1", "10", "25", "50")))
FOSSIL = tuple(map(Decimal, ("75", "50", "25", "10")))


def _question(kind: Any, **fields: Any) -> Question:
    common = {"id": "t.q", "depth": "basic", "weight": 1, "allows_not_applicable": True, "source": "test"}
    return Question(kind=kind, **common, **fields)


ANCHORED = _question("single_choice")
SCORED_OPTIONS = _question("single_choice", options=(Option(id="none", score=0), Option(id="all", score=4)))
MODELS = _question(
    "multiple_choice",
    options=tuple(Option(id=i) for i in ("a_pilot", "a_operating", "b_operating", "main", "none")),
    bundles=(
        Bundle(score=4, at_least=1, of=("main",)),
        Bundle(score=3, at_least=2, of=("*_operating",)),
        Bundle(score=2, at_least=1, of=("*_operating",)),
        Bundle(score=1, at_least=1, of=("*_pilot",)),
    ),
)
YES_NO = _question("yes_no", yes_score=3, no_score=1)
RISING = _question("number", breakpoints=PERCENT, direction="higher_is_better")
FALLING = _question("number", breakpoints=FOSSIL, direction="lower_is_better")
COMPUTED = _question("computed", breakpoints=PERCENT, direction="higher_is_better")

CASES = [
    ("single_choice", ANCHORED, "0", 0),
    ("single_choice", ANCHORED, "3", 3),
    ("single_choice", SCORED_OPTIONS, "all", 4),
    ("multiple_choice", MODELS, ("none",), 0),
    ("multiple_choice", MODELS, ("a_pilot",), 1),
    ("multiple_choice", MODELS, ("a_pilot", "b_operating"), 2),
    ("multiple_choice", MODELS, ("a_operating", "b_operating"), 3),
    ("multiple_choice", MODELS, ("a_operating", "main"), 4),
    ("yes_no", YES_NO, True, 3),
    ("yes_no", YES_NO, False, 1),
    *(
        ("number", RISING, Decimal(value), score)
        for value, score in zip(
            ("0", "0.99", "1", "9.9", "10", "24.9", "25", "50", "100"),
            (0, 0, 1, 1, 2, 2, 3, 4, 4),
            strict=True,
        )
    ),
    ("number", FALLING, Decimal("75.1"), 0),
    ("number", FALLING, Decimal("75"), 1),
    ("number", FALLING, Decimal("25"), 3),
    ("number", FALLING, Decimal("10"), 4),
    ("computed", COMPUTED, Fraction(700, 19), 3),
]


@pytest.mark.parametrize(("kind", "question", "value", "score"), CASES)
def test_an_answer_scores_as_its_rule_says(kind: str, question: Question, value: Any, score: int) -> None:
    assert RULES[question.kind](question)(value) == score
    assert question.kind == kind


def test_every_rule_has_a_case() -> None:
    assert {kind for kind, *_ in CASES} == set(RULES)


def test_every_kind_has_a_rule_or_never_scores() -> None:
    assert set(RULES) | UNSCORED == set(get_args(QuestionKind))


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.__name__)
def test_every_rule_names_its_source(rule: Any) -> None:
    assert "Source:" in (inspect.getdoc(rule) or "")
