"""How those who attended an activity have moved, beside those who did not: never told as a cause."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assessment.cohort.effect import Effect, Group, effects_of
from reports.cohort import ranges
from reports.cohort.desk import CohortDesk, name_of
from reports.sections.desk import Section

_STEP = 25
"""Percentage points from one figure of the axis to the next."""


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One activity: both groups, the interval in percentage points, and what it says."""

    activity: str
    attended: str
    others: str
    interval: str
    says: str


@dataclass(frozen=True, slots=True)
class EffectPart:
    """The values of the part."""

    intro: str
    caveat: str
    chart: ranges.Ranges
    lines: tuple[EffectLine, ...]


def effect(desk: CohortDesk) -> Section | None:
    """The part; None where no activity is told of."""
    found, words = effects_of(desk.material.release.tables), desk.voice.words
    if not found:
        return None
    body = EffectPart(
        intro=words["effect_intro"],
        caveat=words["effect_caveat"],
        chart=_chart(desk, found),
        lines=tuple(_line(desk, one) for one in found),
    )
    return Section("effect", words["effect_title"], body)


def _line(desk: CohortDesk, one: Effect) -> EffectLine:
    least, most = (desk.voice.signed(Fraction(end), 0) for end in (one.least, one.most))
    return EffectLine(
        activity=name_of(desk.material.activities, one.activity),
        attended=_group(desk, one.attended),
        others=_group(desk, one.others),
        interval=desk.voice.say("effect_interval", least=least, most=most),
        says=desk.voice.words["effect_clear" if one.is_clear else "effect_chance"],
    )


def _group(desk: CohortDesk, group: Group) -> str:
    return desk.voice.say("effect_group", share=desk.share(group.percent), count=desk.count(group.owners))


def _chart(desk: CohortDesk, found: tuple[Effect, ...]) -> ranges.Ranges:
    ends = [0, *(one.least for one in found), *(one.most for one in found)]
    first, last = _STEP * (min(ends) // _STEP), -_STEP * (-max(ends) // _STEP)
    values = range(first, max(last, first + _STEP) + 1, _STEP)
    labels = [desk.voice.signed(Fraction(value), 0) for value in values]
    words = desk.voice.words
    return ranges.draw(
        "effect-chart",
        words["effect_chart_title"],
        words["effect_chart_about"],
        ranges.Axis(values, labels, zero=0),
        [
            ranges.Ranged(
                label=name_of(desk.material.activities, one.activity),
                low=Fraction(one.least),
                high=Fraction(one.most),
            )
            for one in found
        ],
    )
