"""Empty answer files to fill in."""

from __future__ import annotations

from typing import Any

from questionnaires.model import asked_at
from questionnaires.values import Depth
from webapp.services.definitions import Definitions


def answer_template(definitions: Definitions, id_: str, number: str | None, depth: Depth) -> dict[str, Any]:
    """An answer file with every fact and question of a depth and nothing answered yet.

    Raises UnknownDefinition and DefinitionError.
    """
    version = definitions.catalogue.find(id_, number)
    questionnaire = definitions.plan(version.id, version.number).questionnaire
    questions = [q for _, q in questionnaire.questions() if asked_at(q, depth) and q.kind != "computed"]
    return {
        "questionnaire": version.id,
        "version": version.number,
        "depth": depth,
        "period": "2025",
        "organisation": {"name": "Eksempel AS"},
        "profile": {fact.id: None for fact in questionnaire.facts if fact.derived is None},
        "answers": {question.id: {"value": None} for question in questions},
    }
