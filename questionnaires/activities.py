"""The activities that may be suggested: webinars, gatherings, recordings, guides; and reading them.

Where and when something takes place, and who holds it, is a programme's own data and not here.
Source of the record: docs/definitions.md, activities. Who is suggested what is
:mod:`assessment.advice.learning`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticKnownError

from questionnaires.errors import DefinitionError, Loc, Problem
from questionnaires.model import Questionnaire
from questionnaires.schema import parse_entry
from questionnaires.values import Depth, Frozen, Id, ShortText
from questionnaires.wording import hint
from questionnaires.yamlfile import MAX_PROBLEMS, YamlFile, read_yaml

DEFAULT_FILE = Path(__file__).parent / "activities" / "default.yaml"
PLANNED = ("circular_business_models", "sustainability_reporting", "collaboration", "resource_flows")
"""The questionnaires an activity may name although there is no definition of them yet."""

MAX_ACTIVITIES = 200
MAX_QUESTIONNAIRES = 10
MAX_ADDRESSES = 60

ActivityKind: TypeAlias = Literal["webinar", "recording", "gathering", "guide"]
ActivityId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,4}[1-9][0-9]{0,3}$")]
Address = Annotated[str, StringConstraints(pattern=r"^[a-z*][a-z0-9_*]*\.[a-z0-9_*]+$", max_length=100)]
"""A question id in which ``*`` stands for any run of characters."""

_SHARE = r"^[0-9]{1,4}/[1-9][0-9]{0,3}$"


def _share(value: object) -> Fraction:
    """A share 0..1 is written as a fraction in quotes, so that it is exact."""
    if isinstance(value, Fraction):
        return value
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    if not re.fullmatch(_SHARE, value):
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": _SHARE})
    if (share := Fraction(value)) > 1:
        raise PydanticKnownError("less_than_equal", {"le": 1})
    return share


def _written_share(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"


Share = Annotated[
    Fraction,
    BeforeValidator(_share),
    PlainSerializer(_written_share, return_type=str, when_used="json"),
]


class ActivityTitle(Frozen):
    """What an activity is called, in every language."""

    nb: ShortText
    nn: ShortText
    en: ShortText


class Condition(Frozen):
    """What must hold before an activity is suggested; empty: nothing.

    ``min_coverage``: questionnaire id -> overall coverage 0..1 that is at least needed.
    ``needs_resource_flows``: the company has a resource flow with consent to show it.
    """

    min_coverage: dict[Id, Share] = Field(default_factory=dict, max_length=MAX_QUESTIONNAIRES)
    needs_resource_flows: bool = False


class Activity(Frozen):
    """One thing to take part in or to read.

    ``addresses``: the questions it helps with, in any of ``questionnaires``. ``basic_of``: of an
    advanced activity, the basic one it builds on. ``prerequisites``: advice to the reader; they
    never hold a suggestion back. ``duration_min``: minutes; None when not known.
    """

    id: ActivityId
    title: ActivityTitle
    depth: Depth
    kind: ActivityKind
    questionnaires: tuple[Id, ...] = Field(min_length=1, max_length=MAX_QUESTIONNAIRES)
    basic_of: ActivityId | None = None
    addresses: tuple[Address, ...] = Field(min_length=1, max_length=MAX_ADDRESSES)
    prerequisites: tuple[ActivityId, ...] = Field(default=(), max_length=MAX_ADDRESSES)
    condition: Condition = Condition()
    duration_min: Annotated[int, Field(ge=1, le=1440)] | None = None
    source: ShortText


class _Whole(Frozen):
    """The file: one list."""

    activities: tuple[Any, ...] = Field(min_length=1, max_length=MAX_ACTIVITIES)


Entry = TypeVar("Entry", bound=Activity)

Mistake: TypeAlias = tuple[Loc, str, dict[str, object]]
"""Where in an activity, the code, and its particulars."""


@dataclass(frozen=True, slots=True)
class Known:
    """What activities may name: every activity's depth as written, and questions by questionnaire."""

    depths: dict[str, Any]
    questions: dict[str, list[str]]

    @property
    def questionnaires(self) -> list[str]:
        """Those that exist and those that are planned."""
        return list(dict.fromkeys((*PLANNED, *self.questions)))


def load_activities(path: Path, questionnaires: Iterable[Questionnaire]) -> tuple[Activity, ...]:
    """The activities of a file, in its order, checked against the questionnaires there are.

    Of several versions of one questionnaire, an address may match in any. An address is not looked
    for in questionnaires that do not exist yet. Raises DefinitionError with every problem found.
    """
    file = read_yaml(path, path.name)
    problems = list(file.problems)
    if file.content is not None or not file.problems:
        parse_entry(_Whole, file.content, file, (), problems)
    known = known_to(file, questionnaires)
    found = []
    for at, activity in check_entries(Activity, file, known, problems):
        found.append(activity)
        problems.extend(placed(file, at, _basis_missing(activity)))
    raise_all(problems)
    return tuple(found)


def raise_all(problems: Collection[Problem]) -> None:
    """Raise DefinitionError with the problems in the order of their lines; nothing where there are none."""
    if problems:
        raise DefinitionError(sorted(problems, key=lambda problem: problem.place.line or 0))


def known_to(file: YamlFile, questionnaires: Iterable[Questionnaire]) -> Known:
    """What the activities of a file may name: each other, and what the questionnaires hold."""
    return Known(_depths(_items(file)), _questions(questionnaires))


def check_entries(
    model: type[Entry], file: YamlFile, known: Known, into: list[Problem]
) -> list[tuple[int, Entry]]:
    """Each activity of a file's list with its index; what is wrong with one is added to ``into``."""
    items = _items(file)
    into.extend(_twice(file, items))
    found = []
    for at, item in enumerate(items):
        activity = parse_entry(model, item, file, ("activities", at), into)
        if activity is not None:
            found.append((at, activity))
            into.extend(placed(file, at, _mistakes(activity, known)))
        if len(into) > MAX_PROBLEMS:  # each costs time, and a file may come from outside
            place = file.place(("activities", at))
            into.append(Problem(place, "too_many_problems", {"limit": MAX_PROBLEMS}))
            break
    return found


def placed(file: YamlFile, at: int, mistakes: Iterable[Mistake]) -> Iterator[Problem]:
    """The first mistakes of the activity with this index, with their lines."""
    for part, code, words in islice(mistakes, MAX_PROBLEMS):
        yield Problem(file.place(("activities", at, *part)), code, words)


def _items(file: YamlFile) -> tuple[Any, ...]:
    """The entries as they stand; none when the file holds no list of them."""
    items = file.content.get("activities") if isinstance(file.content, dict) else None
    return items if isinstance(items, tuple) and len(items) <= MAX_ACTIVITIES else ()


def _depths(items: Iterable[Any]) -> dict[str, Any]:
    """By id, also of activities with mistakes, so that naming one of them is no second mistake."""
    named = (item for item in items if isinstance(item, dict) and isinstance(item.get("id"), str))
    return {item["id"]: item.get("depth") for item in named}


def _questions(questionnaires: Iterable[Questionnaire]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for questionnaire in questionnaires:
        ids = [question.id for _, question in questionnaire.questions()]
        found.setdefault(questionnaire.id, []).extend(ids)
    return found


def _twice(file: YamlFile, items: Iterable[Any]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for at, item in enumerate(items):
        id_ = item.get("id") if isinstance(item, dict) else None
        if not isinstance(id_, str):
            continue
        place = file.place(("activities", at, "id"))
        if id_ in first:
            yield Problem(place, "duplicate_id", {"id": id_, "first": first[id_]})
        first.setdefault(id_, f"{file.name}:{place.line}")


def _mistakes(activity: Activity, known: Known) -> Iterator[Mistake]:
    """What an activity names that is not there."""
    for at, id_ in enumerate(activity.questionnaires):
        yield from one_of(("questionnaires", at), id_, known.questionnaires)
    for id_ in activity.condition.min_coverage:
        yield from one_of(("condition", "min_coverage", id_), id_, activity.questionnaires)
    others = [id_ for id_ in known.depths if id_ != activity.id]
    for at, id_ in enumerate(activity.prerequisites):
        yield from one_of(("prerequisites", at), id_, others)
    yield from _basis(activity, [id_ for id_ in others if known.depths[id_] != "advanced"])
    yield from unmatched(("addresses",), activity.addresses, activity.questionnaires, known)


def one_of(loc: Loc, value: str, choices: Collection[str]) -> Iterator[Mistake]:
    """The mistake of a value that is not among the choices."""
    if value not in choices:
        yield loc, "not_one_of", {"value": value, "hint": hint(value, choices), "choices": ", ".join(choices)}


def _basis(activity: Activity, basics: Collection[str]) -> Iterator[Mistake]:
    """An advanced activity builds on a basic one; a basic one on none."""
    if activity.basic_of is None:
        return
    if activity.depth == "basic":
        yield ("basic_of",), "invalid", {"reason": "a basic activity builds on no other"}
    else:
        yield from one_of(("basic_of",), activity.basic_of, basics)


def _basis_missing(activity: Activity) -> Iterator[Mistake]:
    if activity.depth == "advanced" and activity.basic_of is None:
        yield ("basic_of",), "missing_key", {"key": "basic_of"}


def unmatched(
    loc: Loc, addresses: Iterable[str], questionnaires: Iterable[str], known: Known
) -> Iterator[Mistake]:
    """Addresses that match no question, as far as the questionnaires they belong to exist."""
    there = [known.questions[id_] for id_ in questionnaires if id_ in known.questions]
    questions = [question for ids in there for question in ids]
    for at, address in enumerate(addresses if there else ()):
        if not any(fnmatchcase(question, address) for question in questions):
            words: dict[str, object] = {"id": address, "hint": hint(address, questions)}
            yield (*loc, at), "unknown_question", words
