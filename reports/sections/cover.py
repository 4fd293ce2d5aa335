"""The first page: what this is, whose, about which period, and how far it can be trusted."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from reports.branding import Logo
from reports.formatting import clean
from reports.sections.desk import Desk, Section
from reports.sections.signing import approved_line


@dataclass(frozen=True, slots=True)
class Picture:
    """A logo in the page itself. ``alt``: whose it is; ``address``: a data address of PNG bytes."""

    address: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """One fact with its name."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover's values; texts are empty where there is nothing to say."""

    kicker: str
    title: str
    organisation: str
    facts: tuple[Line, ...]
    notice: str
    reviewed: str
    edition: str
    programme: str
    logo: Picture | None
    partners: tuple[Picture, ...]


def cover(desk: Desk) -> Section:
    """The cover page."""
    words = desk.voice.words
    answers = desk.result.answers
    branding = desk.material.branding
    body = Cover(
        kicker=words["report"],
        title=desk.voice.texts["questionnaire/title"],
        organisation=organisation_name(desk),
        facts=tuple(_facts(desk)),
        notice=(approved_line(desk, "notice_approved") if desk.is_approved else "") or words["notice"],
        reviewed="" if desk.is_approved else reviewed_line(desk),
        edition=words[f"edition_{desk.material.edition}"],
        programme=clean(branding.programme),
        logo=picture(branding.logo, clean(answers.organisation.name)) if branding.logo else None,
        partners=tuple(picture(partner.logo, clean(partner.name)) for partner in branding.partners),
    )
    return Section("cover", body.title, body)


def masthead(desk: Desk) -> Section:
    """The same values at the head of the first page, for the short edition."""
    section = cover(desk)
    return Section("masthead", section.title, section.body)


def organisation_name(desk: Desk) -> str:
    """The company's name; a phrase in its place when it is nothing that can be printed."""
    return clean(desk.result.answers.organisation.name) or desk.voice.words["unnamed"]


def reviewed_line(desk: Desk) -> str:
    """Who has reviewed the answers and when; empty when nobody has put a name to it."""
    review = desk.result.review
    name = clean(review.by)
    if not name:
        return ""
    if review.on is None:
        return desk.voice.say("reviewed_by", name=name)
    return desk.voice.say("reviewed_by_on", name=name, date=desk.voice.date(review.on))


def _facts(desk: Desk) -> list[Line]:
    words = desk.voice.words
    answers = desk.result.answers
    found = []
    if answers.organisation.orgnr:
        digits = answers.organisation.orgnr
        found.append(Line(words["orgnr"], f"{digits[:3]}\u00a0{digits[3:6]}\u00a0{digits[6:]}"))
    if period := clean(answers.period):
        found.append(Line(words["period"], period))
    depth = words[f"depth_{answers.depth}"]
    found.append(Line(words["depth"], depth[:1].upper() + depth[1:]))
    if answers.completed_on:
        found.append(Line(words["completed"], desk.voice.date(answers.completed_on)))
    return found


def picture(logo: Logo, name: str) -> Picture:
    """A logo as it stands in a page."""
    address = f"data:image/png;base64,{base64.b64encode(logo.png).decode('ascii')}"
    return Picture(address, name, logo.width, logo.height)
