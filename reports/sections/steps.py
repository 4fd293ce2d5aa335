"""What to do next: the cheapest way up, and advice with room for who does it and when."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.advice.recommendations import Recommendation
from reports.sections.desk import Desk, Section
from reports.sections.nextstep import Way, way

SHOWN = {"basic": 9, "advanced": 14}
"""How much advice a report holds; the result attached to it has all of it."""

REASONS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One piece of advice with room beside it."""

    text: str
    why: str
    effort: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The values of the part."""

    intro: str
    way: Way | None
    way_none: str
    advice: tuple[AdviceLine, ...]
    advice_none: str
    more: str


def steps(desk: Desk) -> Section:
    """Next-best steps."""
    voice, words = desk.voice, desk.voice.words
    found = desk.result.recommendations
    shown = found[: SHOWN[desk.result.answers.depth]]
    left = len(found) - len(shown)
    body = Steps(
        intro=words["steps_intro"],
        way=way(desk, desk.result.next_step),
        way_none=words["way_top" if desk.result.overall.level == 4 else "way_none"],
        advice=tuple(_advice(desk, recommendation) for recommendation in shown),
        advice_none=words["advice_none"],
        more=voice.say("more_advice", count=left) if left else "",
    )
    return Section("steps", words["steps_title"], body)


def _advice(desk: Desk, recommendation: Recommendation) -> AdviceLine:
    words, texts = desk.voice.words, desk.voice.texts
    told = [code for code in recommendation.reasons if code != "gap"][:REASONS_SHOWN] or ["gap"]
    dimension = desk.voice.dimension(recommendation.dimension)
    reasons = [words[f"reason_{code}"] for code in told]
    return AdviceLine(
        text=texts[f"{recommendation.text_key}/text"],
        why=texts[f"{recommendation.text_key}/why"],
        effort=words[f"effort_{recommendation.effort}"],
        reasons=f"{dimension}: {', '.join(reasons)}",
    )
