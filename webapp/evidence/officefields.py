"""Fields of text documents: what Word works out, told from what it would fetch or start.

Source: ECMA-376 part 1, 17.16 (fields and hyperlinks), 17.16.5 (their names).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from webapp.evidence.officelinks import check_base
from webapp.evidence.problems import FileRefused

_NAMES: Final = """
    = addin addressblock advance ask author autonum autonumlgl autonumout autotext autotextlist barcode
    bibliography bidioutline citation comments compare createdate date displaybarcode docproperty
    docvariable edittime embed eq filename filesize fillin formcheckbox formdropdown formtext formula
    ftnref glossary gotobutton greetingline hyperlink if index info keywords lastsavedby listnum macrobutton
    mergebarcode mergefield mergerec mergeseq next nextif noteref numchars numpages numwords page pageref
    printdate private quote ref revnum savedate section sectionpages seq set shape skipif styleref subject
    symbol ta tc template time title toa toc useraddress userinitials username xe
"""
ALLOWED: Final = frozenset(_NAMES.split())
"""Those that read the document, its properties and the reader's name, or wait for a click."""

_PICTURE: Final = "includepicture"
_WORKED_OUT: Final = "\0"
"""Stands for what another field gives."""

_NAME = re.compile(r"\s*(=|[a-z]+(?![\w\0]))", re.IGNORECASE)
_TARGET = re.compile(r"[\s\"“”]*([^\"“”\s]*)")
_SWITCH = re.compile(r"\\[^\\]")
_ELSEWHERE = re.compile(r"//|(?:^|[\s\"“”'])\\\\|\0|(?<!\w)(?!cid:)[a-z]{2,}:", re.IGNORECASE)


@dataclass
class _Field:
    """A field that is being read. ``is_in_code``: until what it gives begins."""

    code: list[str] = field(default_factory=list)
    is_in_code: bool = True


@dataclass
class _Story:
    """Text that stands for itself: the part, a box, a note. ``loose``: instructions outside of any field."""

    open_fields: list[_Field] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


class Fields:
    """The fields of a part, told as they are read; those that are not allowed raise FileRefused."""

    def __init__(self) -> None:
        self._stories = [_Story()]

    @property
    def is_in_code(self) -> bool:
        """Whether text that comes now is part of an instruction."""
        found = self._innermost()
        return found is not None and found.is_in_code

    def enter(self) -> None:
        """A box or a note begins."""
        self._stories.append(_Story())

    def leave(self) -> None:
        """A box or a note ends, and so do the fields in it."""
        story = self._stories.pop()
        for one in story.open_fields:
            check_field("".join(one.code))
        check_field("".join(story.loose))

    def leave_all(self) -> None:
        """The part ends."""
        while self._stories:
            self.leave()

    def mark(self, kind: str) -> None:
        """A field begins, begins to say what it gives, or ends."""
        found = self._innermost()
        if kind == "begin":
            if found is not None and found.is_in_code:
                found.code.append(_WORKED_OUT)
            self._stories[-1].open_fields.append(_Field())
        elif found is not None and kind == "separate":
            found.is_in_code = False
        elif found is not None and kind == "end":
            check_field("".join(self._stories[-1].open_fields.pop().code))

    def add(self, text: str) -> None:
        """Text of an instruction, wherever it stands."""
        found = self._innermost()
        if found is not None and found.is_in_code:
            found.code.append(text)
        else:
            self._stories[-1].loose.append(text)

    def _innermost(self) -> _Field | None:
        fields = self._stories[-1].open_fields
        return fields[-1] if fields else None


def check_field(code: str) -> None:
    """Say nothing of an instruction that reaches nowhere. Raises FileRefused."""
    if not code.strip():
        return
    named = _NAME.match(code)
    if named is None:
        raise FileRefused("remote")
    name, rest = named[1].lower(), code[named.end() :]
    if name == "hyperlink":
        _check_link(rest)
    elif name not in ALLOWED and (name != _PICTURE or _ELSEWHERE.search(rest)):
        raise FileRefused("remote")


def _check_link(rest: str) -> None:
    """Refuse a link to what is neither a page nor an address of mail; the first word is where it leads."""
    target = _TARGET.match(rest)
    if target is not None and not _SWITCH.match(target[1]):
        check_base(target[1])
