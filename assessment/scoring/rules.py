"""From one typed answer to its score 0..4, by kind of question.

To add a rule: one function here and its line in ``RULES``. Source: docs/scoring.md section 1.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import TypeAlias

from assessment.answers import AnswerValue
from questionnaires.model import Question, option_ids
from questionnaires.values import QuestionKind

ScorableValue: TypeAlias = AnswerValue | Fraction
ScoreValue: TypeAlias = Callable[[ScorableValue], int]
"""The score of a value that passed the reader."""


def score_single_choice(question: Question) -> ScoreValue:
    """The option's own score, else the anchor it is named after.

    Source: docs/scoring.md section 1, kinds.
    """
    scores = {option.id: option.score for option in question.options if option.score is not None}
    scores = {id_: scores.get(id_, int(id_) if id_.isdecimal() else 0) for id_ in option_ids(question)}
    return lambda value: scores[value]  # type: ignore[index]  # the reader gives an option id


def score_multiple_choice(question: Question) -> ScoreValue:
    """The first bundle, tried from the highest score down, that the chosen options fill; else 0.

    Source: docs/scoring.md section 1, kinds.
    """
    ids = option_ids(question)
    bundles = [
        (bundle.score, bundle.at_least, frozenset(i for i in ids for p in bundle.of if fnmatchcase(i, p)))
        for bundle in sorted(question.bundles, key=lambda bundle: -bundle.score)
    ]

    def score(value: ScorableValue) -> int:
        chosen = frozenset(value)  # type: ignore[arg-type]  # the reader gives option ids
        return next((points for points, count, among in bundles if len(chosen & among) >= count), 0)

    return score


def score_yes_no(question: Question) -> ScoreValue:
    """The definition's score of a yes or of a no.

    Source: docs/scoring.md section 1, kinds.
    """
    yes, no = question.yes_score or 0, question.no_score or 0
    return lambda value: yes if value else no


def score_number(question: Question) -> ScoreValue:
    """How many of the four breakpoints the value has passed, in the better direction.

    Source: docs/scoring.md section 1, kinds.
    """
    points = question.breakpoints
    if question.direction == "lower_is_better":
        return lambda value: sum(_at_most(value, point) for point in points)
    return lambda value: sum(not _below(value, point) for point in points)


def _at_most(value: ScorableValue, point: Decimal) -> bool:
    return value <= point  # type: ignore[operator]  # the reader gives a number


def _below(value: ScorableValue, point: Decimal) -> bool:
    return value < point  # type: ignore[operator]  # the reader gives a number


RULES: dict[QuestionKind, Callable[[Question], ScoreValue]] = {
    "single_choice": score_single_choice,
    "multiple_choice": score_multiple_choice,
    "yes_no": score_yes_no,
    "number": score_number,
    "computed": score_number,
}
"""The kinds that score; ``text``, ``date`` and ``table`` never do."""
