"""From a folder of YAML to a checked version, with every mistake found at once.

Order: files, entries, texts, references, questions, conditions; and only when all of that is
sound, what has to be tried over every profile.
"""

from __future__ import annotations

from pathlib import Path

from questionnaires.assemble import assemble
from questionnaires.checks.conditions import check_conditions
from questionnaires.checks.gates import check_gates
from questionnaires.checks.questions import check_questions
from questionnaires.checks.references import check_references
from questionnaires.checks.routing import check_routing
from questionnaires.draft import Draft, read_draft
from questionnaires.errors import DefinitionError
from questionnaires.model import Questionnaire
from questionnaires.texts import all_texts, source_units


def load_folder(folder: Path) -> Questionnaire:
    """The version a folder holds. Raises DefinitionError with every problem found."""
    draft = read_draft(folder)
    questionnaire = _check(draft, folder)
    if draft.problems or questionnaire is None:
        raise DefinitionError(draft.problems)
    return questionnaire


def _check(draft: Draft, folder: Path) -> Questionnaire | None:
    if draft.head is None:
        return None
    _check_folder(draft, folder)
    check_references(draft)
    check_questions(draft)
    check_conditions(draft)
    texts = all_texts(draft, source_units(draft))
    if draft.problems:
        return None
    questionnaire = assemble(draft, texts)
    check_routing(draft, questionnaire)
    check_gates(draft, questionnaire)
    return questionnaire


def _check_folder(draft: Draft, folder: Path) -> None:
    """The folder's names say which questionnaire and version it holds."""
    assert draft.head is not None
    version = folder.name.removesuffix("-draft")
    if draft.head.version != version:
        where = draft.place("questionnaire", "version")
        draft.complain(where, "folder_mismatch", found=draft.head.version, wanted=version)
    if draft.head.id != folder.parent.name:
        where = draft.place("questionnaire", "id")
        draft.complain(where, "folder_mismatch", found=draft.head.id, wanted=folder.parent.name)
