"""What a gap in a question is mostly a lack of: a file for each questionnaire, apart from its versions.

Published versions are frozen, and what a gap lacks is our judgement, not a part of them: see the head of
each file, and docs/cohort-figures.md. A file speaks of every question of every published version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field

from questionnaires.activities import raise_all
from questionnaires.errors import Problem
from questionnaires.model import Questionnaire
from questionnaires.schema import parse_entry
from questionnaires.values import Frozen, Id
from questionnaires.wording import hint
from questionnaires.yamlfile import YamlFile, read_yaml

FOLDER = Path(__file__).parent / "lacks"
MAX_QUESTIONS = 1_000

Lack: TypeAlias = Literal["skill", "infrastructure", "capital", "regulation", "none"]
"""``none``: several weigh alike, or a gap there is nobody's to close."""


class _Whole(Frozen):
    """The file."""

    questionnaire: Id
    lacks: dict[str, Lack] = Field(min_length=1, max_length=MAX_QUESTIONS)


def has_lacks(questionnaire: str, folder: Path) -> bool:
    """Whether there is a file for a questionnaire."""
    return (folder / f"{questionnaire}.yaml").is_file()


def load_lacks(questionnaire: str, versions: Iterable[Questionnaire], folder: Path) -> Mapping[str, Lack]:
    """What a gap lacks, by question, of a questionnaire with these versions.

    Raises DefinitionError with every problem: a question that no version has, or one without a word.
    """
    path = folder / f"{questionnaire}.yaml"
    file = read_yaml(path, f"{folder.name}/{path.name}")
    problems = list(file.problems)
    whole = parse_entry(_Whole, file.content, file, (), problems) if file.content is not None else None
    if whole is not None:
        known = dict.fromkeys(question.id for one in versions for _, question in one.questions())
        problems.extend(_mistakes(file, whole, questionnaire, list(known)))
    raise_all(problems)
    assert whole is not None
    return whole.lacks


def _mistakes(file: YamlFile, whole: _Whole, questionnaire: str, known: list[str]) -> Iterator[Problem]:
    if whole.questionnaire != questionnaire:
        words: dict[str, object] = {"value": whole.questionnaire, "choices": questionnaire, "hint": ""}
        yield Problem(file.place(("questionnaire",)), "not_one_of", words)
    for id_ in whole.lacks:
        if id_ not in known:
            unknown: dict[str, object] = {"id": id_, "hint": hint(id_, known)}
            yield Problem(file.place(("lacks", id_)), "unknown_question", unknown)
    for id_ in known:
        if id_ not in whole.lacks:
            yield Problem(file.place(("lacks",)), "missing_key", {"key": id_})
