"""What the steps must achieve, as conditions on sums over the dimensions.

With today's level L the aim is T = L + 1. The status needs no condition: a step never lowers any
coverage. The dimension's own evidence cap (level 3) needs none either, being above every need.
Source: docs/scoring.md, sections 2 to 4.
"""

from dataclasses import dataclass
from fractions import Fraction

from assessment.advice.climb import Height, Place, Slope
from assessment.scoring.levels import (
    EVIDENCE_MAX_LEVEL,
    NEGLECTED_MAX_LEVEL,
    TOP_LEVEL,
    WEAKEST_LINK_STEPS,
    WITHHELD_BELOW,
)


@dataclass(frozen=True, slots=True)
class Aim:
    """The level aimed at, 0 from withheld, and the conditions that together mean it is reached.

    threshold: the weighted mean over dimensions must reach it - of the scores 0..4, or from
    withheld of the coverages; core_need, other_need: the lowest capped level that a core, or any
    other, dimension with a score may have; needs_evidence: whether level 4 is aimed at.
    """

    level: int
    threshold: Fraction
    core_need: int
    other_need: int
    from_withheld: bool
    needs_evidence: bool

    def is_met(self, height: Height) -> bool:
        """Whether the level shown is the one aimed at, or above it."""
        return height.level is not None and height.level >= self.level

    def get_need(self, slope: Slope) -> int:
        """The lowest capped level this dimension may have, 0 where any will do."""
        return self.core_need if slope.core else self.other_need

    def count_weight(self, place: Place) -> int:
        """What the place adds to the denominator of its dimension's mean."""
        return 0 if place.state == "missing" and not self.from_withheld else place.weight

    def count_points(self, place: Place) -> int:
        """What the place adds to the numerator of its dimension's mean."""
        if self.from_withheld:
            return place.weight if place.state == "answered" else 0
        return place.weight * (place.score or 0)

    def count_evidence(self, place: Place) -> int:
        """What the place adds to its dimension's documented weight, 0 where none is needed."""
        return place.weight if self.needs_evidence and place.is_proven else 0


def find_aim(height: Height) -> Aim | None:
    """The aim one level up; None from the top level."""
    if height.level is None:
        return Aim(0, WITHHELD_BELOW, 0, 0, from_withheld=True, needs_evidence=False)
    if height.level == TOP_LEVEL:
        return None
    target = height.level + 1
    return Aim(
        level=target,
        threshold=target - Fraction(1, 2),
        core_need=max(0, target - WEAKEST_LINK_STEPS),
        other_need=1 if target > NEGLECTED_MAX_LEVEL else 0,
        from_withheld=False,
        needs_evidence=target > EVIDENCE_MAX_LEVEL,
    )
