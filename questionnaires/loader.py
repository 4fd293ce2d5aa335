"""From a folder of YAML to a checked version, with every mistake found at once.

Order: files, entries, texts, references, questions, conditions; and only when all of that is
sound, what has to be tried over every profile.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from questionnaires.assemble import assemble
from questionnaires.checks.conditions import check_conditions
from questionnaires.checks.gates import check_gates
from questionnaires.checks.questions import check_questions
from questionnaires.checks.references import check_references
from questionnaires.checks.routing import check_routing
from questionnaires.draft import MAX_PROBLEMS, Draft, TooManyProblems, read_draft
from questionnaires.errors import DefinitionError, Place, Problem
from questionnaires.model import Questionnaire
from questionnaires.texts import all_texts, source_units


def load_folder(folder: Path) -> Questionnaire:
    """The version a folder holds. Raises DefinitionError with every problem found, by file and line."""
    folder = Path(os.path.abspath(folder))
    draft = read_draft(folder)
    questionnaire = None
    with suppress(TooManyProblems):
        questionnaire = _check(draft, folder)
    if draft.problems or questionnaire is None:
        raise DefinitionError(sorted(_within_limit(draft), key=_position))
    return questionnaire


def _position(problem: Problem) -> tuple[str, int]:
    return problem.place.file, problem.place.line or 0


def _within_limit(draft: Draft) -> list[Problem]:
    if len(draft.problems) < MAX_PROBLEMS:
        return draft.problems
    more = Problem(Place(draft.folder), "too_many_problems", {"limit": MAX_PROBLEMS})
    return [*draft.problems[:MAX_PROBLEMS], more]


def _check(draft: Draft, folder: Path) -> Questionnaire | None:
    """Checks as far as they make sense: what names other parts only when every part could be read."""
    _check_folder(draft, folder)
    check_questions(draft)
    if not draft.is_whole:
        return None
    check_references(draft)
    check_conditions(draft)
    texts = all_texts(draft, source_units(draft))
    if draft.problems or draft.head is None:
        return None
    questionnaire = assemble(draft, draft.head, texts)
    check_routing(draft, questionnaire)
    check_gates(draft, questionnaire)
    return questionnaire


def _check_folder(draft: Draft, folder: Path) -> None:
    """The folder's names say which questionnaire and version it holds."""
    if draft.head is None:
        return
    version = folder.name.removesuffix("-draft")
    if draft.head.version != version:
        where = draft.place("questionnaire", "version")
        draft.complain(where, "folder_mismatch", found=draft.head.version, wanted=version)
    if draft.head.id != folder.parent.name:
        where = draft.place("questionnaire", "id")
        draft.complain(where, "folder_mismatch", found=draft.head.id, wanted=folder.parent.name)
