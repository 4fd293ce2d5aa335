"""What is odd about answers without being wrong; nothing here changes a score.

Source: docs/indicators.md, checks; docs/scoring.md section 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from assessment.answers import AnswerSet, Review, plain_number
from assessment.jsontext import JsonText, Lines
from assessment.routing import Outcome, Plan, Routed, route
from assessment.scoring.indicators import total_mass
from assessment.scoring.levels import rounded
from questionnaires.errors import Problem
from questionnaires.scheme import Indicator

MASS_TOLERANCE = Fraction(1, 5)

_Warning: TypeAlias = tuple[str, str, dict[str, object]]  # question, code, particulars


def find_warnings(plan: Plan, answers: AnswerSet, source: JsonText) -> tuple[Problem, ...]:
    """Answers without effect, typed shares that do not add up, and masses that do not balance."""
    routed = route(plan, answers, Review())
    lines = Lines(source)
    found = (*_without_effect(answers, routed), *_shares(plan, routed), *_mass_balance(plan, routed))
    return tuple(Problem(lines.place(("answers", id_)), code, words) for id_, code, words in found)


def _without_effect(answers: AnswerSet, routed: Routed) -> Iterator[_Warning]:
    outcomes = {outcome.id: outcome for outcome in routed.outcomes}
    for id_, answer in answers.answers.items():
        outcome = outcomes.get(id_)
        if answer.status == "missing":
            continue
        if outcome is None or outcome.state == "not_asked":
            yield id_, "not_asked_answer", {"id": id_}
        elif outcome.derived:
            yield id_, "typed_beside_table", {"id": id_}


def _shares(plan: Plan, routed: Routed) -> Iterator[_Warning]:
    """Shares of the same table that were typed by hand and sum to more than 100 per cent."""
    typed: dict[tuple[str, ...], list[Outcome]] = {}
    for outcome in routed.outcomes:
        indicator = outcome.planned.indicator
        if indicator and indicator.formula == "weighted_share" and isinstance(outcome.value, Decimal):
            typed.setdefault(_limited_columns(plan, indicator), []).append(outcome)
    for columns, outcomes in typed.items():
        total = sum((o.value for o in outcomes if isinstance(o.value, Decimal)), Decimal())
        if columns and total > 100:
            ids = [outcome.id for outcome in outcomes]
            yield ids[-1], "shares_sum", {"questions": ", ".join(ids), "sum": plain_number(total)}


def _limited_columns(plan: Plan, indicator: Indicator) -> tuple[str, ...]:
    """The columns that the table says sum to at most 100 with those of the indicator."""
    table = next(p.question for p in plan.questions if p.question.id == indicator.inputs[0])
    limits = (limit.columns for limit in table.row_limits if set(indicator.columns) <= set(limit.columns))
    return next(limits, ())


def _mass_balance(plan: Plan, routed: Routed) -> Iterator[_Warning]:
    """Inflow and outflow that differ by more than a fifth of the inflow."""
    values: Mapping[str, object] = {outcome.id: outcome.value for outcome in routed.outcomes}
    for indicator in plan.questionnaire.scheme.indicators:
        if indicator.formula != "material_circularity" or indicator.mass is None:
            continue
        inflow, outflow = (
            total_mass(rows, indicator.mass) if isinstance(rows := values.get(id_), tuple) else None
            for id_ in indicator.inputs
        )
        if inflow and outflow and abs(inflow - outflow) > MASS_TOLERANCE * inflow:
            words: dict[str, object] = {"inflow": rounded(inflow, 1), "outflow": rounded(outflow, 1)}
            yield indicator.inputs[1], "mass_balance", words
