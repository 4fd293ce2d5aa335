"""Name badges, several to a sheet: a large name, the company below it, a code of their own page.

Badges are read by everybody. Who does not consent to be named gets one to write on. It has a code only where
all people have the same address: one of their own would say whose it is. The last sheet is filled with such
badges, for those who come unannounced.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.gathering.desk import PackDesk, by_name, is_facilitator
from reports.gathering.material import Person
from reports.qr import QrCode
from reports.sheet.room import wrapped

PER_SHEET = 10
"""Two columns of five, 90 x 55 mm each: with margins of 15 and 11 mm a whole A4 sheet."""

_NAME_WIDTH, _COMPANY_WIDTH = 80, 56
_BOLD = 1.1
_POINT = 25.4 / 72
_SIZES = ((26, 1), (22, 2), (20, 2), (16, 3), (12, 4))
"""Sizes of a name in points with the lines that have room, the largest first; the style has the same."""

_COMPANY_POINTS, _COMPANY_LINES = 11.5, 2
"""The letters of a company; a name that takes more lines has smaller ones, and three."""

SMALLEST = 10
"""For all longer ones: five lines, the fifth cut with a sign."""


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge. ``name``: empty where it is written by hand; ``points``: the size of its letters."""

    name: str
    points: int
    company: str
    role: str
    qr: QrCode | None

    @property
    def is_long(self) -> bool:
        """Whether the company's name has no room in letters of the usual size."""
        lines = wrapped(self.company, _COMPANY_WIDTH / (_COMPANY_POINTS * _POINT))
        return lines is None or lines > _COMPANY_LINES


@dataclass(frozen=True, slots=True)
class BadgePage:
    """One sheet of paper. ``gathering``: the line at the top of each badge."""

    gathering: str
    badges: tuple[Badge, ...]


def badge_pages(desk: PackDesk) -> Iterator[BadgePage]:
    """Sheets of badges: those with a name by name, then facilitators and others to write on."""
    people = sorted(desk.material.people, key=by_name)
    named = [_badge(desk, one) for one in people if desk.shown(one).is_named]
    leading = [one for one in people if is_facilitator(one) and not desk.shown(one).is_named]
    blank = Badge("", SMALLEST, "", "", _code_for_all(desk))
    badges = [*named, *(replace(blank, role=desk.voice.words["facilitator"]) for _ in leading)]
    badges += [blank] * (len(people) - len(badges))
    badges += [blank] * (-len(badges) % PER_SHEET)
    for at in range(0, len(badges), PER_SHEET):
        yield BadgePage(desk.title, tuple(badges[at : at + PER_SHEET]))


def points_for(name: str) -> int:
    """The largest size in which a name has room, words unbroken."""
    for points, most in _SIZES:
        lines = wrapped(name, _NAME_WIDTH / (points * _POINT * _BOLD))
        if lines is not None and lines <= most:
            return points
    return SMALLEST


def _badge(desk: PackDesk, person: Person) -> Badge:
    shown = desk.shown(person)
    return Badge(shown.name, points_for(shown.name), shown.company, shown.role, desk.own_code(person.address))


def _code_for_all(desk: PackDesk) -> QrCode | None:
    """The code that all have; None where addresses differ or somebody has none."""
    addresses = {person.address for person in desk.material.people}
    return desk.own_code(addresses.pop()) if len(addresses) == 1 else None
