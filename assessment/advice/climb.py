"""The next-step problem and its answer as values, and the exact height of a problem.

A climb is what is left of an assessment when only the next step is asked for: the applicable
dimensions (slopes) with their scored questions (places), and the gates over them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeAlias

from assessment.scoring.levels import (
    EVIDENCE_MAX_LEVEL,
    EVIDENCE_SHARE,
    NEGLECTED_MAX_LEVEL,
    STRONG_SCORE,
    TOP_LEVEL,
    WEAKEST_LINK_STEPS,
    WITHHELD_BELOW,
    ResultStatus,
    coverage_status,
    raw_level,
)

State: TypeAlias = Literal["answered", "unknown", "missing"]
StepKind: TypeAlias = Literal["raise", "answer", "document"]
Effort: TypeAlias = Literal["small", "medium", "large"]
Mark: TypeAlias = tuple[State, int | None]
"""State and score as a gate's condition sees them: unknown scores 0, missing has no score."""

TOP_SCORE = 4
SCORE_ON_ANSWERING = 1
"""What a question newly answered is taken to score. Source: docs/scoring.md, section 4."""


@dataclass(frozen=True, slots=True)
class Place:
    """One asked question with weight above 0 that is answered, unknown or missing.

    order: place in the definition, unique; weight: 1..3; score: 0..4 when answered, else None;
    documented: only when answered; movable: False for computed and derived questions, which take
    no step; costs: of the raise that reaches score 1, 2, 3, 4 (small 1, medium 2, large 4).
    """

    question: str
    order: int
    weight: int
    state: State
    score: int | None
    documented: bool
    movable: bool
    costs: tuple[int, int, int, int]

    @property
    def mark(self) -> Mark:
        """The place as a gate's condition sees it."""
        return (self.state, 0 if self.state == "unknown" else self.score)

    @property
    def is_proven(self) -> bool:
        """Whether it counts as evidence for level 4: documented, and scoring 3 or 4."""
        return self.documented and self.score is not None and self.score >= STRONG_SCORE


@dataclass(frozen=True, slots=True)
class GateRule:
    """A ceiling on one dimension while its condition is true.

    dimension: index in `Climb.slopes`; max_level: 0..3; questions: all that the condition names
    (what is no place of the climb is constant); fires: from the marks of all places, False when
    the condition is undefined.
    """

    dimension: int
    max_level: int
    questions: tuple[str, ...]
    fires: Callable[[Mapping[str, Mark]], bool]


@dataclass(frozen=True, slots=True)
class Slope:
    """An applicable dimension: its weight in the whole (above 0), and at least one place."""

    dimension: str
    weight: int
    core: bool
    places: tuple[Place, ...]

    @property
    def is_scored(self) -> bool:
        """Whether the dimension has a score: something is answered or unknown."""
        return any(place.state != "missing" for place in self.places)


@dataclass(frozen=True, slots=True)
class Climb:
    """A next-step problem; na_open: some dimension's na_review is not accepted by an advisor."""

    slopes: tuple[Slope, ...]
    gates: tuple[GateRule, ...]
    na_open: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step; raise: from one score to the next, answer: None to 1, document: from equals to."""

    question: str
    kind: StepKind
    from_score: int | None
    to_score: int | None
    effort: Effort


@dataclass(frozen=True, slots=True)
class NextStep:
    """The cheapest steps found, in definition order, and the level shown after them.

    cost: summed over the steps, small 1, medium 2, large 4; optimal: False when the work limit
    ended the search before the steps were proved cheapest.
    """

    reaches: int
    cost: int
    steps: tuple[Step, ...]
    optimal: bool


@dataclass(frozen=True, slots=True)
class Height:
    """The overall status, and the level shown: 0..4, None when withheld."""

    status: ResultStatus
    level: int | None


@dataclass(frozen=True, slots=True)
class _Footing:
    """One dimension's figures; score is None (and level means nothing) where none is scored."""

    slope: Slope
    coverage: Fraction
    score: Fraction | None
    evidence: Fraction
    level: int


def evaluate_climb(climb: Climb) -> Height:
    """The status and the level of the whole, after every gate and cap.

    The climb has at least one slope. Source: docs/scoring.md, sections 2 and 3.
    """
    marks = {place.question: place.mark for slope in climb.slopes for place in slope.places}
    ceilings = [TOP_LEVEL] * len(climb.slopes)
    for gate in climb.gates:
        if gate.max_level < ceilings[gate.dimension] and gate.fires(marks):
            ceilings[gate.dimension] = gate.max_level
    footings = [_measure_slope(*pair) for pair in zip(climb.slopes, ceilings, strict=True)]
    status = _find_status(footings, climb.na_open)
    return Height(status, None if status == "withheld" else _find_level(footings))


def apply_steps(climb: Climb, steps: Iterable[Step]) -> Climb:
    """The climb after the steps, given in the order they are taken."""
    places = {place.question: place for slope in climb.slopes for place in slope.places}
    for step in steps:
        places[step.question] = _take_step(places[step.question], step)
    return replace_places(climb, places)


def replace_places(climb: Climb, places: Mapping[str, Place]) -> Climb:
    """The climb with its places looked up anew, by question."""
    slopes = tuple(
        replace(slope, places=tuple(places[place.question] for place in slope.places))
        for slope in climb.slopes
    )
    return replace(climb, slopes=slopes)


def _take_step(place: Place, step: Step) -> Place:
    if step.kind == "document":
        return replace(place, documented=True)
    return replace(place, state="answered", score=step.to_score)


def _measure_slope(slope: Slope, ceiling: int) -> _Footing:
    answered = sum(place.weight for place in slope.places if place.state == "answered")
    rated = sum(place.weight for place in slope.places if place.state != "missing")
    coverage = Fraction(answered, sum(place.weight for place in slope.places))
    if rated == 0:
        return _Footing(slope, coverage, score=None, evidence=Fraction(0), level=ceiling)
    score = Fraction(sum(place.weight * (place.score or 0) for place in slope.places), rated)
    evidence = Fraction(sum(place.weight for place in slope.places if place.is_proven), rated)
    if evidence < EVIDENCE_SHARE:
        ceiling = min(ceiling, EVIDENCE_MAX_LEVEL)
    return _Footing(slope, coverage, score, evidence, min(raw_level(score), ceiling))


def _find_status(footings: list[_Footing], na_open: bool) -> ResultStatus:
    status = coverage_status(_weigh((footing.slope.weight, footing.coverage) for footing in footings))
    some_withheld = any(footing.coverage < WITHHELD_BELOW for footing in footings)
    return "provisional" if status == "published" and (some_withheld or na_open) else status


def _find_level(footings: list[_Footing]) -> int:
    scored = [footing for footing in footings if footing.score is not None]
    overall = _weigh((f.slope.weight, f.score) for f in footings if f.score is not None)
    caps = [footing.level + WEAKEST_LINK_STEPS for footing in scored if footing.slope.core]
    if any(footing.level == 0 for footing in scored if not footing.slope.core):
        caps.append(NEGLECTED_MAX_LEVEL)
    if _weigh((footing.slope.weight, footing.evidence) for footing in scored) < EVIDENCE_SHARE:
        caps.append(EVIDENCE_MAX_LEVEL)
    return min([raw_level(overall), *caps])


def _weigh(pairs: Iterable[tuple[int, Fraction]]) -> Fraction:
    """Weighted mean of (weight, value) pairs, of which there is at least one."""
    listed = list(pairs)
    return sum((w * value for w, value in listed), Fraction(0)) / sum(w for w, _ in listed)
