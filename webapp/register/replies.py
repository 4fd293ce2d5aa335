"""Replies of the register's open interface, read strictly: what does not fit its form is not believed.

Source: Brønnøysundregistrene, Åpne data – Enhetsregisteret, API-dokumentasjon (data.brreg.no).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from webapp.register.numbers import is_orgnr
from webapp.register.port import RegisterEntry, RegisterUnavailable, UnitKind

MAX_NAME: Final = 300
MAX_MUNICIPALITY: Final = 100
MAX_EMPLOYEES: Final = 10_000_000

_FORM = re.compile(r"[A-ZÆØÅ]{1,8}")
_NACE = re.compile(r"[0-9]{2}\.[0-9]{1,3}")
_ENDINGS = ("konkurs", "underAvvikling", "underTvangsavviklingEllerTvangsopplosning")
_ADDRESSES: Mapping[UnitKind, tuple[str, ...]] = {
    "main": ("forretningsadresse", "postadresse"),
    "unit": ("beliggenhetsadresse", "postadresse"),
}
_SMALL_WORDS = ("i", "og")
_WORD = re.compile(r"[^\W\d_]+")


def read_reply(body: bytes) -> dict[str, Any]:
    """The object of a reply. Raises RegisterUnavailable."""
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise RegisterUnavailable("a reply that is no JSON") from error
    if not isinstance(found, dict):
        raise RegisterUnavailable("a reply that is no object")
    return found


def read_entry(raw: object, kind: UnitKind) -> RegisterEntry:
    """One unit; what it need not have is left empty where it is odd. Raises RegisterUnavailable."""
    unit = _object(raw)
    number, name = _text(unit.get("organisasjonsnummer"), 9), _text(unit.get("navn"), MAX_NAME)
    if not is_orgnr(number) or not name:
        raise RegisterUnavailable("a unit without number or name")
    parent = _text(unit.get("overordnetEnhet"), 9)
    return RegisterEntry(
        orgnr=number,
        name=name,
        kind=kind,
        legal_form=_matching(_FORM, _object(unit.get("organisasjonsform")).get("kode")),
        nace=_matching(_NACE, _object(unit.get("naeringskode1")).get("kode")),
        employees=_employees(unit.get("antallAnsatte")),
        municipality=_municipality(unit, kind),
        parent_orgnr=parent if is_orgnr(parent) and parent != number else None,
        is_ended=unit.get("slettedato") is not None or any(unit.get(key) is True for key in _ENDINGS),
    )


def read_units(reply: Mapping[str, Any]) -> tuple[list[RegisterEntry], int]:
    """The sub-units on one page of a reply, and how many pages there are. Raises RegisterUnavailable.

    A reply without any has no list of them.
    """
    units = _object(reply.get("_embedded")).get("underenheter", [])
    pages = _object(reply.get("page")).get("totalPages", 1)
    if not isinstance(units, list) or not _is_count(pages):
        raise RegisterUnavailable("a page that is no list")
    return [read_entry(unit, "unit") for unit in units], pages


def by_name(units: Iterable[RegisterEntry]) -> tuple[RegisterEntry, ...]:
    """Each unit once, by name."""
    once = {unit.orgnr: unit for unit in units}
    return tuple(sorted(once.values(), key=lambda unit: (unit.name.casefold(), unit.orgnr)))


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _object(raw: object) -> Mapping[str, Any]:
    """An object of a reply; an empty one where there is none. Raises RegisterUnavailable for all else."""
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise RegisterUnavailable("something else than an object")
    return raw


def _text(raw: object, most: int) -> str:
    """A line of text; empty where it is none, or too long to be one of the register's."""
    if not isinstance(raw, str) or len(raw) > most:
        return ""
    seen = "".join(" " if sign.isspace() else sign for sign in raw)
    return " ".join("".join(sign for sign in seen if unicodedata.category(sign)[0] != "C").split())


def _matching(form: re.Pattern[str], raw: object) -> str:
    return raw if isinstance(raw, str) and form.fullmatch(raw) else ""


def _is_count(raw: object) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0


def _employees(raw: object) -> int | None:
    """A number of people; the register leaves out how many where there are none, or few."""
    return raw if isinstance(raw, int) and _is_count(raw) and raw <= MAX_EMPLOYEES else None


def _municipality(unit: Mapping[str, Any], kind: UnitKind) -> str:
    found = (_text(_object(unit.get(key)).get("kommune"), MAX_MUNICIPALITY) for key in _ADDRESSES[kind])
    return _as_written(next((name for name in found if name), ""))


def _as_written(name: str) -> str:
    """A municipality as people write it: ``Nore og Uvdal``, where the register has capitals alone."""
    if not name.isupper():
        return name
    small = _WORD.sub(lambda word: word[0][:1] + word[0][1:].lower(), name)
    return " ".join(word.lower() if word.lower() in _SMALL_WORDS else word for word in small.split(" "))
