"""The cohort report as frozen values: which parts it has, in which order, in whose language.

The page and the PDF are both made from this, so they cannot disagree. Nothing here knows an exact figure:
only what the release tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from assessment.cohort.publishing import release_text
from reports.cohort.common import common, topics
from reports.cohort.cover import cohort_name, cover, programme_name
from reports.cohort.desk import CohortDesk, lay_out
from reports.cohort.effect import effect
from reports.cohort.levels import levels
from reports.cohort.material import CohortMaterial
from reports.cohort.method import method
from reports.cohort.places import places
from reports.cohort.reading import reading
from reports.cohort.steps import coverage, development
from reports.cohort.summary import summary
from reports.formatting import shortened
from reports.identity import content_id
from reports.marks import PROGRAM, program_version
from reports.rendering.job import Attached
from reports.sections.desk import Section

RELEASE = "release.json"
_RUNNING = 45
"""How many characters of a name stand at the foot of every page."""

Build: TypeAlias = Callable[[CohortDesk], Section | None]

ORDER: tuple[Build, ...] = (
    cover, reading, summary, levels, coverage, common, topics, development, places, effect, method,
)  # fmt: skip
"""Every part; one that has nothing to tell gives None and is left out, whatever the reason."""


@dataclass(frozen=True, slots=True)
class CohortReport:
    """A whole report. ``words``: the fixed words of its language by key; ``running``: for every page's foot.

    ``contents``: the parts that stand in the contents. ``created``: the day of the release, the only time in
    it. ``marks``: what it is, for programs. ``attached``: the released figures as JSON, of which the checksum
    in the report is.
    """

    language: str
    title: str
    about: str
    running: str
    status: str
    accent: str
    created: date
    marks: tuple[str, ...]
    words: Mapping[str, str]
    contents: tuple[Section, ...]
    sections: tuple[Section, ...]
    attached: tuple[Attached, ...]

    @property
    def identifier(self) -> str:
        """64 hexadecimal digits that name its content."""
        return content_id(self)


def build_cohort_report(material: CohortMaterial) -> CohortReport:
    """The report of a release. Pure: the same material gives the same report.

    KeyError where the questionnaire lacks a dimension or question of the release.
    """
    desk = lay_out(material)
    voice, release = desk.voice, material.release
    built = (build(desk) for build in ORDER)
    sections = tuple(section for section in built if section is not None)
    cohort, programme = cohort_name(desk), programme_name(desk)
    named = " · ".join(filter(None, (cohort, programme)))
    running = (shortened(cohort, _RUNNING), shortened(programme, _RUNNING), voice.date(material.released_on))
    return CohortReport(
        language=material.language,
        title=voice.say("document_title", named=named),
        about=voice.words["notice"],
        running=" · ".join(filter(None, running)),
        status=voice.say("status", round=release.round),
        accent=material.branding.accent,
        created=material.released_on,
        marks=(f"{PROGRAM} {program_version()}", "edition cohort", f"release {release.sha256}"),
        words=voice.words,
        contents=sections[1:],
        sections=sections,
        attached=(Attached(RELEASE, "Released figures", release_text(release).encode("ascii")),),
    )
