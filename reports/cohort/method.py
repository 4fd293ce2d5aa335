"""How the figures came about, what they do not say, what they build on, and which release they are."""

from __future__ import annotations

from dataclasses import dataclass

from reports.cohort.desk import CohortDesk
from reports.formatting import clean, paragraphs
from reports.sections.cover import Line
from reports.sections.desk import Section
from reports.sections.method import standards

_METHOD = ("counting", "telling", "audit", "mean", "effect")
_CAVEATS = ("who", "self", "level", "sectors")


@dataclass(frozen=True, slots=True)
class CohortMethod:
    """The values of the part. ``levels``: the questionnaire's own words on how a level is worked out."""

    method: tuple[str, ...]
    levels: tuple[str, ...]
    caveats: tuple[str, ...]
    sources: tuple[str, ...]
    marks: tuple[Line, ...]
    contact: str


def method(desk: CohortDesk) -> Section:
    """Method, caveats, sources, checksums."""
    words, texts, release = desk.voice.words, desk.voice.texts, desk.material.release
    questionnaire = desk.material.questionnaire
    title = f"{texts['questionnaire/title']} {questionnaire.version}"
    contact = clean(desk.material.branding.contact)
    body = CohortMethod(
        method=tuple(words[f"method_{id_}"] for id_ in _METHOD),
        levels=paragraphs(texts["questionnaire/method"]),
        caveats=tuple(words[f"caveat_{id_}"] for id_ in _CAVEATS),
        sources=(
            desk.voice.say("source_questionnaire", questionnaire=title),
            desk.voice.say("source_standards", standards=desk.voice.listed(standards(questionnaire))),
            words["source_agresti"],
        ),
        marks=(
            Line(words["release"], str(release.number)),
            Line(words["questionnaire"], title),
            Line(words["layout_sum"], release.layout),
            Line(words["release_sum"], release.sha256),
        ),
        contact=desk.voice.say("contact", contact=contact) if contact else "",
    )
    return Section("method", words["method_title"], body)
