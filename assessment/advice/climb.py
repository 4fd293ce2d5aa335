"""The next-step problem and its answer as values, and the exact height of a problem.

A climb is what is left of an assessment when only the next step is asked for: the applicable
dimensions (slopes) with their scored questions (places), and the gates over them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Literal, TypeAlias

State: TypeAlias = Literal["answered", "unknown", "missing"]
Status: TypeAlias = Literal["withheld", "provisional", "published"]
StepKind: TypeAlias = Literal["raise", "answer", "document"]
Effort: TypeAlias = Literal["small", "medium", "large"]
Mark: TypeAlias = tuple[State, int | None]
"""State and score as a gate's condition sees them: unknown scores 0, missing has no score."""

TOP_SCORE = 4
TOP_LEVEL = 4
SCORE_ON_ANSWERING = 1
PROVABLE_FROM = 3
SHOWN_FROM = Fraction(3, 5)
PUBLISHED_FROM = Fraction(4, 5)
EVIDENCE_SHARE = Fraction(1, 2)
CHAIN_LENGTH = 2


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
        return self.documented and self.score is not None and self.score >= PROVABLE_FROM


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

    status: Status
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


def round_half_up(value: Fraction) -> int:
    """The nearest whole number, halves upwards."""
    return floor(value + Fraction(1, 2))


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
        ceiling = min(ceiling, TOP_LEVEL - 1)
    return _Footing(slope, coverage, score, evidence, min(round_half_up(score), ceiling))


def _find_status(footings: list[_Footing], na_open: bool) -> Status:
    coverage = _weigh((footing.slope.weight, footing.coverage) for footing in footings)
    if coverage < SHOWN_FROM:
        return "withheld"
    some_withheld = any(footing.coverage < SHOWN_FROM for footing in footings)
    if coverage < PUBLISHED_FROM or some_withheld or na_open:
        return "provisional"
    return "published"


def _find_level(footings: list[_Footing]) -> int:
    scored = [footing for footing in footings if footing.score is not None]
    raw = round_half_up(_weigh((f.slope.weight, f.score or Fraction(0)) for f in scored))
    weakest = [footing.level + CHAIN_LENGTH for footing in scored if footing.slope.core]
    neglected = any(footing.level == 0 for footing in scored if not footing.slope.core)
    evidence = _weigh((footing.slope.weight, footing.evidence) for footing in scored)
    lowered = neglected or evidence < EVIDENCE_SHARE
    return min([raw, TOP_LEVEL - 1 if lowered else TOP_LEVEL, *weakest])


def _weigh(pairs: Iterable[tuple[int, Fraction]]) -> Fraction:
    """Weighted mean of (weight, value) pairs, of which there is at least one."""
    listed = list(pairs)
    return sum((w * value for w, value in listed), Fraction(0)) / sum(w for w, _ in listed)
