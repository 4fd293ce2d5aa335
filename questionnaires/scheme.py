"""How one version turns answers into levels: dimensions, gates, rules, indicators, advice.

What the parts mean and how they act is docs/scoring.md; nothing is computed here.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from questionnaires.values import (
    AdviceStep,
    ConditionText,
    Effort,
    Frozen,
    Id,
    IndicatorId,
    QuestionId,
    ShortText,
)

IndicatorFormula: TypeAlias = Literal[
    "answer", "weighted_share", "weighted_product", "material_circularity", "productivity"
]
"""Which function of :mod:`assessment.scoring.indicators` gives the figure."""


MAX_GATES = 10
"""How many gates one dimension has at most."""


class Gate(Frozen):
    """A dimension's ceiling: while ``condition`` holds its level is at most ``max_level``."""

    condition: ConditionText = Field(alias="if")
    max_level: Annotated[int, Field(ge=0, le=3)]
    source: ShortText


class Dimension(Frozen):
    """What a score is about. ``weight``: whole per cent, all dimensions sum to 100."""

    id: Id
    weight: Annotated[int, Field(ge=1, le=100)]
    core: bool = False
    gates: tuple[Gate, ...] = Field(default=(), max_length=MAX_GATES)
    source: ShortText


class ContradictionRule(Frozen):
    """Answers that do not fit together; never a deduction, a question for the meeting."""

    id: Id
    condition: ConditionText = Field(alias="if")
    source: ShortText


class Indicator(Frozen):
    """A measured quantity (formulas F1-F10), from table columns or from one answered question.

    ``inputs``: the questions it is computed from (tables, answers), in the order the formula takes.
    ``columns``: the share columns of the table the formula uses; ``mass``: its column of tonnes.
    """

    id: IndicatorId
    formula: IndicatorFormula
    inputs: tuple[QuestionId, ...] = Field(min_length=1, max_length=10)
    mass: Id | None = None
    columns: tuple[Id, ...] = ()
    outflow_columns: tuple[Id, ...] = ()
    unit: ShortText
    source: ShortText


class Advice(Frozen):
    """One step up for one question: the score it leads to and the effort it takes."""

    question: QuestionId
    to: AdviceStep
    effort: Effort
    source: ShortText


class ScoringScheme(Frozen):
    """Everything a version says about scoring beyond its questions."""

    dimensions: tuple[Dimension, ...]
    contradictions: tuple[ContradictionRule, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    advice: tuple[Advice, ...] = ()
