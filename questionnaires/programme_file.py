"""A programme as one file: read strictly, and written so that it reads back as it was.

YAML as :mod:`questionnaires.yamlfile` takes it; a JSON file of the same content is read as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from questionnaires.activities import (
    MAX_ACTIVITIES,
    Known,
    Mistake,
    check_entries,
    known_to,
    one_of,
    placed,
    raise_all,
    unmatched,
)
from questionnaires.errors import Place, Problem
from questionnaires.model import Questionnaire
from questionnaires.programme import ProgrammeActivity, ProgrammeFrame, ProgrammeTemplate
from questionnaires.scalars import NotANumber, plain_value
from questionnaires.schema import parse_entry
from questionnaires.yamlfile import MAX_BYTES, MAX_PROBLEMS, YamlFile, parse_yaml, read_yaml

DEFAULT_TEMPLATE = Path(__file__).parent / "programmes" / "default.yaml"

_NAME_IN_PROBLEMS = "programme.yaml"
_UNNAMED = "what helps with questions names their questionnaire"


class _Whole(ProgrammeFrame):
    """The file, its activities as they stand; it says what format it has."""

    format: Literal[1]
    activities: tuple[Any, ...] = Field(default=(), max_length=MAX_ACTIVITIES)


def read_template(path: Path, questionnaires: Iterable[Questionnaire]) -> ProgrammeTemplate:
    """The programme in a file, checked against the questionnaires there are.

    Raises DefinitionError with every problem found, each with file, line and path.
    """
    return _checked(read_yaml(path, path.name), questionnaires)


def parse_template(text: str, name: str, questionnaires: Iterable[Questionnaire]) -> ProgrammeTemplate:
    """As :func:`read_template`, of text; ``name`` is what problems call it."""
    return _checked(_parsed(text, name), questionnaires)


def write_template(programme: ProgrammeTemplate) -> str:
    """The one text of a programme: keys in the order of the models, without what has its default.

    Reads back as the same value where its questionnaires are. Raises DefinitionError for what a file
    cannot hold: invisible characters, more than the limits of a file.
    """
    content = programme.model_dump(mode="json", exclude_defaults=True)
    text = "\n".join(_lines({"format": programme.format, **content})) + "\n"
    _shape(_parsed(text, _NAME_IN_PROBLEMS))
    return text


def _parsed(text: str, name: str) -> YamlFile:
    """Text within the limit of a file."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size <= MAX_BYTES:
        return parse_yaml(text, name)
    too_large = Problem(Place(name), "file_too_large", {"size": size, "limit": MAX_BYTES})
    return YamlFile(name, None, {}, (too_large,))


def _shape(file: YamlFile) -> None:
    """Raise for text that is not a programme, whatever questionnaires there are."""
    problems = list(file.problems)
    _frame(file, problems)
    raise_all(problems)


def _frame(file: YamlFile, problems: list[Problem]) -> _Whole | None:
    if file.content is None and file.problems:
        return None
    return parse_entry(_Whole, file.content, file, (), problems)


def _checked(file: YamlFile, questionnaires: Iterable[Questionnaire]) -> ProgrammeTemplate:
    problems = list(file.problems)
    frame = _frame(file, problems)
    if frame is not None:
        problems.extend(_of_partners(frame, file))
        problems.extend(_of_actors(frame, file))
    known = known_to(file, questionnaires)
    activities = check_entries(ProgrammeActivity, file, known, problems)
    for at, activity in activities:
        if len(problems) <= MAX_PROBLEMS:
            problems.extend(placed(file, at, _mistakes(activity, known)))
    raise_all(problems)
    assert frame is not None  # else there was a problem
    return ProgrammeTemplate(
        name=frame.name,
        about=frame.about,
        partners=frame.partners,
        parts=frame.parts,
        actors=frame.actors,
        activities=tuple(activity for _, activity in activities),
    )


def _of_partners(frame: ProgrammeFrame, file: YamlFile) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for at, partner in enumerate(frame.partners):
        place = file.place(("partners", at, "name"))
        if partner.name in first:
            yield Problem(place, "duplicate_id", {"id": partner.name, "first": first[partner.name]})
        first.setdefault(partner.name, f"{file.name}:{place.line}")
        if len(set(partner.roles)) < len(partner.roles):
            roles = file.place(("partners", at, "roles"))
            yield Problem(roles, "invalid", {"reason": "a role is named twice"})


def _of_actors(frame: ProgrammeFrame, file: YamlFile) -> Iterator[Problem]:
    """Ids that come twice: of an actor, and of an offer within one."""
    yield from _twice(file, ("actors",), [one.id for one in frame.actors])
    for at, actor in enumerate(frame.actors):
        yield from _twice(file, ("actors", at, "offers"), [one.id for one in actor.offers])


def _twice(file: YamlFile, loc: tuple[int | str, ...], ids: Sequence[str]) -> Iterator[Problem]:
    for at, id_ in enumerate(ids):
        if id_ in ids[:at]:
            first = file.place((*loc, ids.index(id_), "id"))
            words: dict[str, object] = {"id": id_, "first": f"{file.name}:{first.line}"}
            yield Problem(file.place((*loc, at, "id")), "duplicate_id", words)


def _mistakes(activity: ProgrammeActivity, known: Known) -> Iterator[Mistake]:
    """What does not fit together in an activity of a programme, beside what holds for all activities."""
    if activity.addresses and not activity.questionnaires:
        yield ("addresses",), "invalid", {"reason": _UNNAMED}
    for at, id_ in enumerate(activity.prework):
        yield from one_of(("prework", at), id_, known.questionnaires)
    if activity.ends is not None:
        if activity.starts is None:
            yield ("ends",), "invalid", {"reason": "an end needs a beginning"}
        elif activity.ends <= activity.starts:
            yield ("ends",), "invalid", {"reason": "the end is not after the beginning"}
    yield from _of_chapters(activity, known)


def _of_chapters(activity: ProgrammeActivity, known: Known) -> Iterator[Mistake]:
    """Chapters stand in the order of time, each begins at another second."""
    before = -1
    for at, chapter in enumerate(activity.recording.chapters if activity.recording else ()):
        loc = ("recording", "chapters", at)
        if chapter.starts_at_seconds <= before:
            reason = "a chapter begins after the one before it"
            yield (*loc, "starts_at_seconds"), "invalid", {"reason": reason}
        before = chapter.starts_at_seconds
        if chapter.addresses and not activity.questionnaires:
            yield (*loc, "addresses"), "invalid", {"reason": _UNNAMED}
        yield from unmatched((*loc, "addresses"), chapter.addresses, activity.questionnaires, known)


def _lines(value: Any, indent: str = "") -> Iterator[str]:
    """A mapping or a list as block YAML; an empty one stands in its line."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _entry(f"{indent}{key}:", inner, indent)
        return
    for inner in value:
        if isinstance(inner, dict) and inner:
            first, *rest = _lines(inner, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}- {_scalar(inner)}"


def _entry(start: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield start
        yield from _lines(value, f"{indent}  ")
    else:
        yield f"{start} {_scalar(value)}"


def _scalar(value: Any) -> str:
    """As JSON, which YAML reads; a plain word without quotes."""
    if isinstance(value, str) and value.isascii() and value.isidentifier() and _stays_text(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _stays_text(word: str) -> bool:
    try:
        return plain_value(word) == word
    except NotANumber:
        return False
