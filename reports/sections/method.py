"""How it was worked out, what it rests on, and what it does not say."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.scoring.levels import raw_level
from questionnaires.model import Questionnaire
from reports.formatting import paragraphs
from reports.sections.desk import Desk, Section


@dataclass(frozen=True, slots=True)
class Method:
    """The values of the part."""

    method: tuple[str, ...]
    sensitivity: str
    caveats: tuple[str, ...]
    standards: str
    sources: tuple[str, ...]


def method(desk: Desk) -> Section:
    """Method, weights, caveats and sources."""
    voice, texts = desk.voice, desk.voice.texts
    body = Method(
        method=paragraphs(texts["questionnaire/method"]),
        sensitivity=_sensitivity(desk),
        caveats=paragraphs(texts["questionnaire/caveats"]),
        standards=voice.say("standards_text", standards=voice.listed(standards(desk.questionnaire))),
        sources=tuple(dict.fromkeys(d.source for d in desk.dimensions)),
    )
    return Section("method", voice.words["method_title"], body)


def standards(questionnaire: Questionnaire) -> list[str]:
    """Every standard the questions point to, with its edition, in the order they first appear."""
    named = [
        f"{place.standard} {place.edition}" if place.edition else place.standard
        for _, question in questionnaire.questions()
        for place in question.maps_to
    ]
    return list(dict.fromkeys(named))


def _sensitivity(desk: Desk) -> str:
    equal = desk.result.overall.equal_weights
    if equal is None:
        return ""
    return desk.voice.say("sensitivity", score=desk.voice.score(equal), level=raw_level(equal))
