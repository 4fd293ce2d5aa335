"""Everything a report is made from: the result, what stands beside it, and who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from assessment.advice.climb import NextStep
from assessment.answers import AnswerSet
from assessment.change.comparison import Comparison
from assessment.result import AssessmentResult
from questionnaires.activities import Activity
from questionnaires.values import Language
from reports.branding import NO_BRANDING, Branding

Edition: TypeAlias = Literal["company", "advisor", "share"]
"""Whom a report is for: the company itself, its advisor, or its bank and customers."""

EDITIONS: tuple[Edition, ...] = ("company", "advisor", "share")


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier assessment of the same questionnaire, and the change since."""

    answers: AnswerSet
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Material:
    """What one report is made from. ``steps``: by dimension, the cheapest way to its next level."""

    result: AssessmentResult
    language: Language
    edition: Edition = "company"
    is_draft: bool = False
    activities: tuple[Activity, ...] = ()
    steps: Mapping[str, NextStep | None] = field(default_factory=dict)
    previous: Previous | None = None
    branding: Branding = NO_BRANDING
