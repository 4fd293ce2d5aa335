"""The scoring engines: which numbers results carry, and the function behind each.

A change that alters any figure gets a new number; older ones stay here, so that a stored result
can be recomputed for ever. Source: docs/scoring.md section 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from assessment.scoring.dimensions import Cap, Counted, DimensionScore, score_dimension, tally
from assessment.scoring.overall import OverallScore, WeightedDimension, score_overall

CURRENT_ENGINE = "1"


@dataclass(frozen=True, slots=True)
class DimensionInput:
    """One dimension as an engine takes it: its questions, and the gates whose condition holds."""

    id: str
    weight: int
    core: bool
    questions: Iterable[Counted]
    gates: tuple[Cap, ...] = ()
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Scores:
    """Every dimension's result, by id in definition order, and the overall one."""

    dimensions: Mapping[str, DimensionScore]
    overall: OverallScore


def score_engine_1(dimensions: Iterable[DimensionInput]) -> Scores:
    """Scores and levels after docs/scoring.md sections 2 and 3, engine 1."""
    weighted = [
        WeightedDimension(d.id, d.weight, d.core, score_dimension(tally(d.questions), d.gates), d.accepted)
        for d in dimensions
    ]
    return Scores({d.id: d.result for d in weighted}, score_overall(weighted))


Engine: TypeAlias = Callable[[Iterable[DimensionInput]], Scores]

ENGINES: Mapping[str, Engine] = {"1": score_engine_1}
"""Every engine there ever was, by the number results carry."""
