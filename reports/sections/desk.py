"""What the sections share: the material laid out by question and dimension, and the words to say it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessment.explanation import DimensionPart, Explanation, explanation
from assessment.result import AssessmentResult
from assessment.routing import Outcome
from assessment.scoring.dimensions import Cap, DimensionScore
from questionnaires.model import Questionnaire
from questionnaires.scheme import Dimension
from reports.formatting import Voice
from reports.material import Material, ReviewMaterial


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report. ``id``: its place in the page and the name of its template.

    ``body``: the values the template shows. ``entries``: headings below it for the contents.
    """

    id: str
    title: str
    body: Any
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents. ``target``: the id of the heading it leads to."""

    title: str
    target: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The material with everything a section looks up in it.

    ``review``: what the reader of this edition may see of it, and nothing more.
    """

    material: Material
    voice: Voice
    why: Explanation
    outcomes: Mapping[str, Outcome]
    dimensions: tuple[Dimension, ...]
    review: ReviewMaterial | None = None

    @property
    def result(self) -> AssessmentResult:
        """The result the report is about."""
        return self.material.result

    @property
    def questionnaire(self) -> Questionnaire:
        """The version that was answered."""
        return self.material.result.plan.questionnaire

    @property
    def is_share(self) -> bool:
        """Whether the report leaves the company: no single answer and no word of its own in it."""
        return self.material.edition == "share"

    @property
    def is_advisor(self) -> bool:
        """Whether the report is the advisor's."""
        return self.material.edition == "advisor"

    @property
    def is_approved(self) -> bool:
        """Whether an advisor has signed off what was handed in."""
        return self.review is not None and self.review.is_approved

    def score(self, dimension: str) -> DimensionScore:
        """The score of one dimension."""
        return self.result.scores.dimensions[dimension]

    def part(self, dimension: str) -> DimensionPart:
        """What one dimension adds to the whole."""
        return next(part for part in self.why.dimensions if part.id == dimension)

    def asked(self, dimension: str) -> list[Outcome]:
        """The questions of a dimension that were asked, in definition order."""
        return [
            outcome
            for outcome in self.result.routed.outcomes
            if outcome.planned.dimension == dimension and outcome.state != "not_asked"
        ]

    def caps(self, caps: Iterable[Cap]) -> tuple[str, ...]:
        """Each ceiling as a sentence that says what holds the level and how high it comes."""
        return tuple(self._cap(cap) for cap in caps)

    def _cap(self, cap: Cap) -> str:
        if cap.rule == "gate":
            if self.is_share or not cap.because:
                return self.voice.say("cap_gate_short", max=cap.max_level)
            named = self.voice.listed(
                [self.voice.say("quote", text=self.voice.question(id_)) for id_ in cap.because]
            )
            return self.voice.say("cap_gate", because=named, max=cap.max_level)
        if cap.rule == "evidence":
            return self.voice.say("cap_evidence", max=cap.max_level)
        named = self.voice.listed([self.voice.dimension(id_) for id_ in cap.because])
        return self.voice.say(f"cap_{cap.rule}", because=named, max=cap.max_level)

    def range(self, low: Fraction | None, high: Fraction | None) -> str:
        """What the score can be once the missing answers are there: one figure, or from and to."""
        if low is None or high is None:
            return self.voice.words["none"]
        if low == high:
            return self.voice.score(low)
        return f"{self.voice.score(low)}–{self.voice.score(high)}"

    def level_name(self, level: int | None, status: str) -> str:
        """A level with its name; what stands in its place when none is shown."""
        if status == "not_applicable":
            return self.voice.words["not_applicable_short"]
        if level is None:
            return self.voice.words["withheld_short"]
        return f"{level} {self.voice.level(level)}"


def lay_out(material: Material, voice: Voice) -> Desk:
    """The desk of one report."""
    result = material.result
    return Desk(
        material=material,
        voice=voice,
        why=explanation(result),
        outcomes={outcome.id: outcome for outcome in result.routed.outcomes},
        dimensions=tuple(planned.dimension for planned in result.plan.dimensions),
        review=material.review.for_edition(material.edition) if material.review else None,
    )
