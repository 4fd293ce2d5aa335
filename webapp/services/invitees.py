"""Reading a list of companies to invite: text with columns, as it is pasted or comes out of a file.

Pure: the same text gives the same list. Every mistake is found, with its row and its column, and nothing is
guessed at but the separator and the order of the columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, get_args

from email_validator import EmailNotValidError, validate_email

from questionnaires.values import Language
from webapp.register.numbers import NumberRefused, read_orgnr

MAX_ROWS: Final = 2_000
MAX_COLUMNS: Final = 30
MAX_CELL: Final = 100_000
MAX_NAME: Final = 200
MAX_ADDRESS: Final = 254

Part: TypeAlias = Literal["name", "orgnr", "contact", "email", "language"]
PARTS: tuple[Part, ...] = get_args(Part)
"""What stands in a row, in the order of a list without headings."""

REQUIRED: tuple[Part, ...] = ("name", "orgnr", "email")

ProblemCode: TypeAlias = Literal[
    "empty",
    "unreadable",
    "many_rows",
    "column_missing",
    "column_twice",
    "missing",
    "number_digits",
    "number_wrong",
    "address_wrong",
    "language_unknown",
    "too_long",
    "number_twice",
    "address_twice",
    "address_taken",
]
"""What is wrong, a key of the words under ``cohorts.problem_``."""

_HEADINGS: Mapping[Part, str] = {
    "name": "navn namn name bedrift bedriftsnavn bedriftsnamn verksemd verksemdsnamn firma"
    " firmanavn firmanamn selskap company companyname organisasjon organisasjonsnavn organisasjonsnamn"
    " organisation organization",
    "orgnr": "orgnr orgnummer organisasjonsnr organisasjonsnummer organisationnumber organizationnumber"
    " organisationno organizationno orgno orgnumber",
    "contact": "kontakt kontaktperson kontaktnavn kontaktnamn contact contactperson contactname",
    "email": "epost epostadresse mail mailadresse email emailaddress",
    "language": "språk målform språkform language",
}
_PARTS_BY_HEADING: Mapping[str, Part] = {
    heading: part for part, headings in _HEADINGS.items() for heading in headings.split()
}
_LANGUAGES: Mapping[str, Language] = {
    **dict.fromkeys(("nb", "no", "bokmål", "norsk", "norsk bokmål", "norwegian"), "nb"),
    **dict.fromkeys(("nn", "nynorsk", "norsk nynorsk"), "nn"),
    **dict.fromkeys(("en", "engelsk", "english"), "en"),
}
_SEPARATORS = "\t;,"
_SAID = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
"""How a table tells Excel its separator."""

_SHOWN = 60
_NO_SIGN = re.compile(r"[^\w]|_")
_UNSEEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True, slots=True)
class Invitee:
    """A company to be invited. ``row``: where it stands in the list, from 1; ``email``: in small letters."""

    row: int
    name: str
    orgnr: str
    contact: str
    email: str
    language: Language


@dataclass(frozen=True, slots=True)
class ListProblem:
    """One mistake. ``row``: from 1, 0 for the list as such; ``part``: the column, empty where it is the row.

    ``text``: what stands there, shortened; ``other``: the row, or the number, that it is about.
    """

    row: int
    part: Part | Literal[""]
    code: ProblemCode
    text: str = ""
    other: int = 0


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as it was read: it can be used when there are no problems."""

    invitees: tuple[Invitee, ...]
    problems: tuple[ListProblem, ...]


@dataclass
class _Reading:
    """What has been found so far. ``numbers``, ``addresses``: the row each was seen in first."""

    language: Language
    invitees: list[Invitee] = field(default_factory=list)
    problems: list[ListProblem] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, int] = field(default_factory=dict)


def read_list(text: str, language: Language) -> ReadList:
    """The companies of a text with columns. ``language``: for rows that say none. Never raises.

    Columns are divided by tabs, semicolons or commas. The first row has headings in bokmål, nynorsk or
    English, in any order; without them the order is that of ``PARTS``.
    """
    try:
        rows = _rows(text)
    except csv.Error:
        return ReadList((), (ListProblem(0, "", "unreadable"),))
    filled = [(number, cells) for number, cells in enumerate(rows, 1) if any(cells)]
    if not filled:
        return ReadList((), (ListProblem(0, "", "empty"),))
    columns, has_headings, problems = _columns(*filled[0])
    body = filled[1:] if has_headings else filled
    if problems or not body:
        return ReadList((), problems or (ListProblem(0, "", "empty"),))
    if len(body) > MAX_ROWS:
        return ReadList((), (ListProblem(0, "", "many_rows", other=len(body)),))
    found = _Reading(language)
    for number, cells in body:
        _read_row(found, number, {part: cells[at] for part, at in columns.items() if at < len(cells)})
    return ReadList(tuple(found.invitees), tuple(found.problems))


def _rows(text: str) -> list[list[str]]:
    """The cells of every row, also of the empty ones. Raises csv.Error."""
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    said = _SAID.fullmatch(lines[0]) if lines else None
    if said:
        lines[0] = "\n"  # it stays a row, so that numbers fit
    separator = said[1] if said and said[1] in _SEPARATORS else _separator(lines)
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator)
    rows = [row[:MAX_COLUMNS] for row in reader]
    if any(len(one) > MAX_CELL for row in rows for one in row):
        raise csv.Error("a cell without end")  # the reader's own limit is the whole process's to change
    return [[_cell(one) for one in row] for row in rows]


def _separator(lines: Iterable[str]) -> str:
    """What divides the first row that says anything."""
    first = next((line for line in lines if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _cell(text: str) -> str:
    return " ".join(_UNSEEN.sub(" ", text).split())


def _columns(number: int, cells: Sequence[str]) -> tuple[dict[Part, int], bool, tuple[ListProblem, ...]]:
    """Which column holds what, whether the first row has headings, and what is wrong with them."""
    found: dict[Part, int] = {}
    problems: list[ListProblem] = []
    for at, cell in enumerate(cells):
        part = _PARTS_BY_HEADING.get(_NO_SIGN.sub("", cell).casefold())
        if part in found:
            problems.append(ListProblem(number, part or "", "column_twice", _shown(cell)))
        elif part is not None:
            found[part] = at
    if not found and any("@" in cell for cell in cells):
        return {part: at for at, part in enumerate(PARTS)}, False, ()
    problems += [ListProblem(number, part, "column_missing") for part in REQUIRED if part not in found]
    return found, True, tuple(problems)


def _read_row(found: _Reading, row: int, cells: Mapping[Part, str]) -> None:
    problems = [ListProblem(row, part, "missing") for part in REQUIRED if not cells.get(part)]
    problems += [
        ListProblem(row, part, "too_long", _shown(cells[part]), MAX_NAME)
        for part in ("name", "contact")
        if len(cells.get(part, "")) > MAX_NAME
    ]
    orgnr = _number(found, row, cells.get("orgnr", ""), problems)
    email = _address(found, row, cells.get("email", ""), problems)
    said = cells.get("language", "")
    language = _LANGUAGES.get(said.casefold()) if said else found.language
    if language is None:
        problems.append(ListProblem(row, "language", "language_unknown", _shown(said)))
    found.problems += problems
    if not problems and language is not None:
        found.invitees.append(Invitee(row, cells["name"], orgnr, cells.get("contact", ""), email, language))


def _number(found: _Reading, row: int, text: str, problems: list[ListProblem]) -> str:
    """The digits of a number that no row before has; empty where there is a problem."""
    if not text:
        return ""
    try:
        orgnr = read_orgnr(text)
    except NumberRefused as refused:
        code: ProblemCode = "number_wrong" if refused.code == "number_wrong" else "number_digits"
        problems.append(ListProblem(row, "orgnr", code, _shown(text)))
        return ""
    first = found.numbers.setdefault(orgnr, row)
    if first != row:
        problems.append(ListProblem(row, "orgnr", "number_twice", _shown(text), first))
    return orgnr


def _address(found: _Reading, row: int, text: str, problems: list[ListProblem]) -> str:
    """An address in small letters that no row before has; empty where there is a problem."""
    if not text:
        return ""
    email = mailable(text)
    if email is None:
        problems.append(ListProblem(row, "email", "address_wrong", _shown(text)))
        return ""
    first = found.addresses.setdefault(email, row)
    if first != row:
        problems.append(ListProblem(row, "email", "address_twice", _shown(text), first))
    return email


def mailable(text: str) -> str | None:
    """An address that every mail server takes, in small letters; None for anything else."""
    name = text.partition("@")[0]
    if len(text) > MAX_ADDRESS or not name.isascii() or "%" in name:
        return None
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return str(found.normalized).lower()


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
