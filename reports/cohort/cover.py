"""The first page: which cohort of which programme, which round, and from which day."""

from __future__ import annotations

from dataclasses import dataclass

from reports.cohort.desk import CohortDesk
from reports.formatting import clean
from reports.sections.cover import Line, Picture, picture
from reports.sections.desk import Section


@dataclass(frozen=True, slots=True)
class CohortCover:
    """The cover's values; texts are empty where there is nothing to say."""

    kicker: str
    programme: str
    cohort: str
    questionnaire: str
    facts: tuple[Line, ...]
    notice: str
    about: str
    logo: Picture | None
    partners: tuple[Picture, ...]


def cover(desk: CohortDesk) -> Section:
    """The cover page."""
    words, branding = desk.voice.words, desk.material.branding
    release = desk.material.release
    body = CohortCover(
        kicker=words["report"],
        programme=programme_name(desk),
        cohort=cohort_name(desk),
        questionnaire=desk.voice.texts["questionnaire/title"],
        facts=(
            Line(words["released"], desk.voice.date(desk.material.released_on)),
            Line(words["round"], str(release.round)),
            Line(words["counted"], desk.count(release.owners)),
        ),
        notice=words["notice"],
        about=words["about_cover"],
        logo=picture(branding.logo, programme_name(desk)) if branding.logo else None,
        partners=tuple(picture(partner.logo, clean(partner.name)) for partner in branding.partners),
    )
    return Section("cover", body.cohort, body)


def cohort_name(desk: CohortDesk) -> str:
    """The cohort's name; a phrase in its place when it is nothing that can be printed."""
    return clean(desk.material.cohort) or desk.voice.words["unnamed"]


def programme_name(desk: CohortDesk) -> str:
    """The programme's name; empty when it is nothing that can be printed."""
    return clean(desk.material.programme) or clean(desk.material.branding.programme)
