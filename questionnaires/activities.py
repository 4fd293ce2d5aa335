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
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticKnownError

from questionnaires.errors import DefinitionError, Loc, Problem
from questionnaires.model import Questionnaire
from questionnaires.schema import parse_entry
from questionnaires.values import Depth, Frozen, Id, ShortText
from questionnaires.wording import hint
from questionnaires.yamlfile import YamlFile, read_yaml

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


Share = Annotated[Fraction, BeforeValidator(_share)]


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


@dataclass(frozen=True, slots=True)
class _Known:
    """What activities may name: every activity's depth as written, and questions by questionnaire."""

    depths: dict[str, Any]
    questions: dict[str, list[str]]

    @property
    def questionnaires(self) -> list[str]:
        return list(dict.fromkeys((*PLANNED, *self.questions)))


def load_activities(path: Path, questionnaires: Iterable[Questionnaire]) -> tuple[Activity, ...]:
    """The activities of a file, in its order, checked against the questionnaires there are.

    Of several versions of one questionnaire, an address may match in any. An address is not looked
    for in questionnaires that do not exist yet. Raises DefinitionError with every problem found.
    """
    file = read_yaml(path, path.name)
    problems = list(file.problems)
    items = _items(file, problems)
    known = _Known(_depths(items), _questions(questionnaires))
    problems.extend(_twice(file, items))
    found: list[Activity] = []
    for at, item in enumerate(items):
        loc: Loc = ("activities", at)
        activity = parse_entry(Activity, item, file, loc, problems)
        if activity is not None:
            found.append(activity)
            problems.extend(
                Problem(file.place((*loc, *part)), code, words)
                for part, code, words in _mistakes(activity, known)
            )
    if problems:
        raise DefinitionError(sorted(problems, key=lambda problem: problem.place.line or 0))
    return tuple(found)


def _items(file: YamlFile, problems: list[Problem]) -> tuple[Any, ...]:
    """The entries as they stand; none when the file is not a list of them."""
    if file.content is None and file.problems:
        return ()
    parse_entry(_Whole, file.content, file, (), problems)
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


_Mistake: TypeAlias = tuple[Loc, str, dict[str, object]]
"""Where in the activity, the code, and its particulars."""


def _mistakes(activity: Activity, known: _Known) -> Iterator[_Mistake]:
    """What an activity names that is not there."""
    for at, id_ in enumerate(activity.questionnaires):
        yield from _one_of(("questionnaires", at), id_, known.questionnaires)
    for id_ in activity.condition.min_coverage:
        yield from _one_of(("condition", "min_coverage", id_), id_, activity.questionnaires)
    others = [id_ for id_ in known.depths if id_ != activity.id]
    for at, id_ in enumerate(activity.prerequisites):
        yield from _one_of(("prerequisites", at), id_, others)
    yield from _basis(activity, [id_ for id_ in others if known.depths[id_] != "advanced"])
    yield from _addresses(activity, known)


def _one_of(loc: Loc, value: str, choices: Collection[str]) -> Iterator[_Mistake]:
    if value not in choices:
        yield loc, "not_one_of", {"value": value, "hint": hint(value, choices), "choices": ", ".join(choices)}


def _basis(activity: Activity, basics: Collection[str]) -> Iterator[_Mistake]:
    """An advanced activity builds on a basic one; a basic one on none."""
    if activity.depth == "basic":
        if activity.basic_of is not None:
            yield ("basic_of",), "invalid", {"reason": "a basic activity builds on no other"}
    elif activity.basic_of is None:
        yield ("basic_of",), "missing_key", {"key": "basic_of"}
    else:
        yield from _one_of(("basic_of",), activity.basic_of, basics)


def _addresses(activity: Activity, known: _Known) -> Iterator[_Mistake]:
    """Every address matches a question, as far as the questionnaires it belongs to exist."""
    there = [known.questions[id_] for id_ in activity.questionnaires if id_ in known.questions]
    questions = [question for ids in there for question in ids]
    for at, address in enumerate(activity.addresses if there else ()):
        if not any(fnmatchcase(question, address) for question in questions):
            words: dict[str, object] = {"id": address, "hint": hint(address, questions)}
            yield ("addresses", at), "unknown_question", words
