"""A programme's own look as data: its name, colour, logo and partners, read from a branding file.

Files are opened by whoever calls; the images come out of `reports.images` and hold nothing of the
files but their pixels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from pathlib import PurePosixPath
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from assessment.filereader import FileReader
from assessment.jsontext import JsonText, Lines
from assessment.values import found_kind, short
from questionnaires.errors import Loc, Problem
from reports.errors import ImageRefused
from reports.images import MAX_PIXELS, Logo, reencode_limited

__all__ = ["NO_BRANDING", "Branding", "Logo", "Partner", "Unreadable", "contrast_to_white", "read_branding"]

OWN_ACCENT: Final = "#0b5d4e"
MIN_CONTRAST: Final = Decimal("4.5")
"""Of text, to its background. Source: WCAG 2.2, success criterion 1.4.3 (AA)."""
MAX_LOGO_BYTES: Final = 5_000_000
MAX_PARTNERS: Final = 6
MAX_NAME: Final = 200
MAX_ADDRESS: Final = 200
MAX_CONTACT: Final = 500

_KEYS = ("programme", "accent", "logo", "partners", "verify_address", "contact")
_PARTNER_KEYS = ("name", "logo")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_ADDRESS = re.compile(r"https://[A-Za-z0-9._~:/?\[\]!$&'()*+,;=%-]+")
"""An address by its characters, without ``@`` and ``#``. Source: RFC 3986, appendix A."""
_EXACT = Context(prec=28)


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation behind the programme."""

    name: str
    logo: Logo


@dataclass(frozen=True, slots=True)
class Branding:
    """A programme's look. What is None, or empty, is left out of the report.

    accent: ``#rrggbb`` in small letters, dark enough for text on white; verify_address: an https
    address without a fragment, to which a query can be added.
    """

    programme: str | None = None
    accent: str = OWN_ACCENT
    logo: Logo | None = None
    partners: tuple[Partner, ...] = ()
    verify_address: str | None = None
    contact: str | None = None


NO_BRANDING: Final = Branding()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why the bytes of a file cannot be had: a key of ``questionnaires.messages``, and its particulars."""

    code: str
    particulars: Mapping[str, object] = field(default_factory=dict)


Load: TypeAlias = Callable[[str], bytes | Unreadable]
"""Gives the bytes, at most MAX_LOGO_BYTES, of a file named from the branding file's folder."""


def read_branding(
    source: JsonText, load: Load, reencode: Callable[[bytes], Logo] = reencode_limited
) -> tuple[Branding | None, tuple[Problem, ...]]:
    """A programme's look, or the problems why the file cannot be used.

    load: is asked for relative names without ``..`` only; whether links lead out of the folder is
    for it to see. reencode: raises ImageRefused.
    """
    if source.problems:
        return None, source.problems
    reader = _BrandingReader(Lines(source), load, reencode)
    branding = reader.branding(source.content)
    return (None if reader.problems else branding), tuple(reader.problems)


def contrast_to_white(colour: str) -> Decimal:
    """The contrast ratio 1..21 of a colour ``#rrggbb`` to white.

    (1 + 0.05) / (L + 0.05), where L = 0.2126 R + 0.7152 G + 0.0722 B, and each of R, G, B is
    c / 12.92 for c <= 0.04045, else ((c + 0.055) / 1.055) ^ 2.4, with c the part's eight bits / 255.
    Source: WCAG 2.2, definitions of contrast ratio and relative luminance.
    """
    with localcontext(_EXACT):
        red, green, blue = (_linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
        luminance = Decimal("0.2126") * red + Decimal("0.7152") * green + Decimal("0.0722") * blue
        return Decimal("1.05") / (luminance + Decimal("0.05"))


def _linear(part: int) -> Decimal:
    share = Decimal(part) / 255
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return ((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")


class _BrandingReader(FileReader):
    """Reads a branding file."""

    def __init__(self, lines: Lines, load: Load, reencode: Callable[[bytes], Logo]) -> None:
        super().__init__(lines)
        self.load = load
        self.reencode = reencode

    def branding(self, content: Any) -> Branding:
        file = self.object_(content, (), _KEYS, ())
        return Branding(
            programme=self.text(file, "programme", MAX_NAME),
            accent=self._accent(file),
            logo=self._logo(file, ()),
            partners=self._partners(file.get("partners", [])),
            verify_address=self._address(file),
            contact=self.text(file, "contact", MAX_CONTACT),
        )

    def _accent(self, file: Mapping[str, Any]) -> str:
        colour = self.text(file, "accent", MAX_NAME)
        if colour is None:
            return OWN_ACCENT
        if not _COLOUR.fullmatch(colour):
            self.complain(("accent",), "colour_form", value=short(colour))
        elif (ratio := contrast_to_white(colour)) < MIN_CONTRAST:
            words = {"value": colour, "ratio": _shown_ratio(ratio), "limit": MIN_CONTRAST}
            self.complain(("accent",), "colour_contrast", **words)
        return colour.lower()

    def _partners(self, raw: Any) -> tuple[Partner, ...]:
        if not isinstance(raw, list):
            words = {"wanted": "a list", "found": found_kind(raw), "allowed_values": "a list of objects"}
            self.complain(("partners",), "wrong_value", **words)
            return ()
        if len(raw) > MAX_PARTNERS:
            self.complain(("partners",), "too_many", count=len(raw), limit=MAX_PARTNERS)
            return ()
        partners = [self._partner(entry, ("partners", at)) for at, entry in enumerate(raw)]
        return tuple(partner for partner in partners if partner is not None)

    def _partner(self, raw: Any, loc: Loc) -> Partner | None:
        entry = self.object_(raw, loc, _PARTNER_KEYS, _PARTNER_KEYS)
        name, logo = self.text(entry, "name", MAX_NAME, loc), self._logo(entry, loc)
        return Partner(name, logo) if name is not None and logo is not None else None

    def _logo(self, entry: Mapping[str, Any], loc: Loc) -> Logo | None:
        name, loc = self.text(entry, "logo", MAX_NAME, loc), (*loc, "logo")
        if name is None:
            return None
        if not _is_below(name):
            self.complain(loc, "logo_outside", value=short(name))
            return None
        found = self.load(name)
        if isinstance(found, Unreadable):
            self.complain(loc, found.code, **found.particulars)
            return None
        try:
            return self.reencode(found)
        except ImageRefused as refused:
            self.complain(loc, refused.code, value=short(name), limit=MAX_PIXELS)
            return None

    def _address(self, file: Mapping[str, Any]) -> str | None:
        address = self.text(file, "verify_address", MAX_ADDRESS)
        if address is not None and not _is_https(address):
            self.complain(("verify_address",), "address_form", value=short(address))
        return address


def _shown_ratio(ratio: Decimal) -> Decimal:
    """A ratio that is too low, half-up with two decimals, but never as the least allowed."""
    hundredth = Decimal("0.01")
    return min(ratio.quantize(hundredth, ROUND_HALF_UP), MIN_CONTRAST - hundredth)


def _is_below(name: str) -> bool:
    """Whether a name leads from a folder to something in it, on any system, links aside."""
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or re.search(r"[\\:\x00]", name))


def _is_https(address: str) -> bool:
    if not _ADDRESS.fullmatch(address):
        return False
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
