"""The documents of a gathering pack as frozen values: which there are, of what pages, in whose language.

The page and the PDF are both made from this. Nothing here asks who may have a document: the participant
sheets hold profiles, each for its own company alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from assessment.scoring.levels import rounded
from reports.branding import Branding, Logo
from reports.formatting import clean, shortened
from reports.gathering.badges import badge_pages
from reports.gathering.desk import PackDesk, lay_out, printed
from reports.gathering.material import PackMaterial
from reports.gathering.notes import notes_page
from reports.gathering.participant import participant_pages
from reports.gathering.table import table_pages
from reports.identity import content_id
from reports.marks import PROGRAM, program_version
from reports.sections.cover import picture

PackKind: TypeAlias = Literal["participants", "tables", "notes", "badges"]

_RUNNING = 45
"""How many characters of a name stand at the foot of every page."""

_LOGO_HEIGHT, _LOGO_WIDTH = 9, 34
"""The room of a logo in mm."""


@dataclass(frozen=True, slots=True)
class SizedLogo:
    """A logo that stands in the styles once, however many pages show it. ``width``: in mm; 9 mm high."""

    address: str
    width: str


@dataclass(frozen=True, slots=True)
class PackDocument:
    """One document of a pack. ``kind``: also the name of the template of its ``pages``.

    ``behind``: the programme and its partners in words, beside their logos. ``running``: for the foot of
    every page, ``status``: for its head. ``marks``: what it is, for programs.
    """

    kind: PackKind
    language: str
    title: str
    about: str
    running: str
    status: str
    accent: str
    behind: str
    logos: tuple[SizedLogo, ...]
    marks: tuple[str, ...]
    words: Mapping[str, str]
    pages: tuple[Any, ...]

    @property
    def identifier(self) -> str:
        """64 hexadecimal digits that name its content."""
        return content_id(self)


PAGES: Mapping[PackKind, Callable[[PackDesk], Iterable[Any]]] = {
    "participants": participant_pages,
    "tables": table_pages,
    "notes": lambda desk: [notes_page(desk)],
    "badges": badge_pages,
}
"""What makes the pages of each document."""


def build_pack(kind: PackKind, material: PackMaterial) -> PackDocument:
    """One document of a pack. Pure: the same material gives the same document.

    A document may have no page at all: without participants, tables or people there is nothing to print.
    """
    desk = lay_out(material)
    voice, branding = desk.voice, material.branding
    programme = printed(material.programme) or printed(branding.programme or "")
    return PackDocument(
        kind=kind,
        language=material.language,
        title=voice.say(f"title_{kind}", gathering=desk.title),
        about=voice.words[f"about_{kind}"],
        running=" · ".join(shortened(one, _RUNNING) for one in (desk.title, programme) if one),
        status=voice.words[f"status_{kind}"],
        accent=branding.accent,
        behind=" · ".join(filter(None, (programme, *(clean(one.name) for one in branding.partners)))),
        logos=tuple(_sized(logo) for logo in _logos(branding)),
        marks=(f"{PROGRAM} {program_version()}", f"edition {kind}"),
        words=voice.words,
        pages=tuple(PAGES[kind](desk)),
    )


def _logos(branding: Branding) -> list[Logo]:
    own = [branding.logo] if branding.logo else []
    return [*own, *(partner.logo for partner in branding.partners)]


def _sized(logo: Logo) -> SizedLogo:
    width = min(Fraction(_LOGO_HEIGHT * logo.width, logo.height), Fraction(_LOGO_WIDTH))
    return SizedLogo(picture(logo, "").address, rounded(width, 1))
