"""The maturity report as frozen values: which parts an edition has, in which order, in whose language.

The page and the PDF are both made from this, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from reports.formatting import Voice, clean, shortened
from reports.marks import file_id, marks_of
from reports.material import Edition, Material
from reports.sections.advisor import check, evidence, meeting
from reports.sections.change import change
from reports.sections.cover import cover, masthead, organisation_name
from reports.sections.desk import Desk, Section, lay_out
from reports.sections.dimensions import dimensions
from reports.sections.indicators import indicators
from reports.sections.learning import learning
from reports.sections.method import method
from reports.sections.plan import plan
from reports.sections.profile import profile
from reports.sections.reading import reading
from reports.sections.review import review
from reports.sections.steps import steps
from reports.sections.summary import summary
from reports.sections.verification import verification
from reports.translations.report import REPORT_WORDS

RUNNING = 70
"""How many characters of a company's name stand at the foot of every page."""

Build: TypeAlias = Callable[[Desk], Section | None]

SECTIONS: Mapping[str, Build] = {
    "cover": cover,
    "masthead": masthead,
    "summary": summary,
    "check": check,
    "review": review,
    "meeting": meeting,
    "plan": plan,
    "reading": reading,
    "profile": profile,
    "dimensions": dimensions,
    "steps": steps,
    "learning": learning,
    "indicators": indicators,
    "change": change,
    "evidence": evidence,
    "method": method,
    "verification": verification,
}
"""Every part there is; a part that has nothing to say gives None and is left out."""

ORDER: Mapping[Edition, tuple[str, ...]] = {
    "company": (
        "cover", "reading", "summary", "review", "steps", "plan", "learning", "profile", "dimensions",
        "indicators", "change", "method", "verification",
    ),
    "advisor": (
        "cover", "reading", "summary", "check", "review", "meeting", "steps", "plan", "learning", "profile",
        "dimensions", "evidence", "indicators", "change", "method", "verification",
    ),
    "share": ("masthead", "summary", "profile", "method", "verification"),
}  # fmt: skip
"""Which parts an edition has. The share edition holds no single answer and no word of the company's."""

_UNLISTED = ("cover", "masthead")


@dataclass(frozen=True, slots=True)
class MaturityReport:
    """A whole report. ``words``: the fixed words of its language by key; ``running``: for every page's foot.

    ``contents``: the parts that stand in the contents, empty where the edition has none.
    ``created``: the only time in it, None when the answers name none. ``identifier``: names the file.
    ``marks``: what it is, for programs (:mod:`reports.marks`).
    """

    language: str
    edition: Edition
    is_draft: bool
    title: str
    about: str
    running: str
    accent: str
    created: date | None
    identifier: str
    marks: tuple[str, ...]
    words: Mapping[str, str]
    contents: tuple[Section, ...]
    sections: tuple[Section, ...]


def build_report(material: Material) -> MaturityReport:
    """The report of a result. Pure: the same material gives the same report."""
    result = material.result
    voice = Voice(
        material.language, REPORT_WORDS[material.language], result.plan.questionnaire.words(material.language)
    )
    desk = lay_out(material, voice)
    built = (SECTIONS[name](desk) for name in ORDER[material.edition])
    sections = tuple(section for section in built if section is not None)
    name = organisation_name(desk)
    questionnaire = voice.texts["questionnaire/title"]
    running = (shortened(name, RUNNING), questionnaire, clean(result.answers.period))
    return MaturityReport(
        language=material.language,
        edition=material.edition,
        is_draft=material.is_draft,
        title=voice.say("document_title", questionnaire=questionnaire, organisation=name),
        about=voice.say("document_about", organisation=name),
        running=" · ".join(filter(None, running)),
        accent=material.branding.accent,
        created=result.answers.completed_on,
        identifier=file_id(material),
        marks=marks_of(material),
        words=voice.words,
        contents=tuple(s for s in sections if s.id not in _UNLISTED) if material.edition != "share" else (),
        sections=sections,
    )
