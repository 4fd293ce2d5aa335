"""A definition as outside programs read it (``kretslop definitions show --json``)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from assessment.answers import plain_number
from questionnaires.catalogue import Definition
from questionnaires.model import Column, Fact, Question, Questionnaire, Section, option_ids
from questionnaires.scheme import Dimension

LEVELS = range(5)


def definition_json(definition: Definition) -> dict[str, Any]:
    """The contract of ``show``: structure, and every text by language and key."""
    questionnaire = definition.questionnaire
    return {
        "id": definition.version.id,
        "version": definition.version.number,
        "status": definition.version.status,
        "sha256": definition.sha256,
        "source_language": questionnaire.source_language,
        "levels": [_level(questionnaire, level) for level in LEVELS],
        "facts": [_fact(fact) for fact in questionnaire.facts],
        "dimensions": [_dimension(dimension) for dimension in questionnaire.scheme.dimensions],
        "sections": [_section(section) for section in questionnaire.sections],
        "questions": [_question(section, question) for section, question in questionnaire.questions()],
        "contradictions": [{"id": r.id, "if": r.condition} for r in questionnaire.scheme.contradictions],
        "indicators": [i.model_dump(mode="json") for i in questionnaire.scheme.indicators],
        "advice": [a.model_dump(mode="json") for a in questionnaire.scheme.advice],
        "texts": questionnaire.texts,
    }


def _level(questionnaire: Questionnaire, level: int) -> dict[str, Any]:
    names = {
        language: texts[f"levels/{level}/name"]
        for language, texts in questionnaire.texts.items()
        if f"levels/{level}/name" in texts
    }
    return {"level": level, "name": names}


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "kind": fact.kind,
        "required": fact.required,
        "derived": fact.derived,
        "asked_if": fact.asked_if,
        "prefill": fact.prefill,
        "register_field": fact.register_field,
        "source": fact.source,
    }


def _dimension(dimension: Dimension) -> dict[str, Any]:
    return {
        "id": dimension.id,
        "weight": dimension.weight,
        "core": dimension.core,
        "gates": [{"if": gate.condition, "max_level": gate.max_level} for gate in dimension.gates],
        "source": dimension.source,
    }


def _section(section: Section) -> dict[str, Any]:
    ids = [question.id for question in section.questions]
    return {"id": section.id, "dimension": section.dimension, "questions": ids}


def _question(section: Section, question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "section": section.id,
        "dimension": section.dimension,
        "depth": question.depth,
        "kind": question.kind,
        "weight": question.weight,
        "shown_if": question.shown_if,
        "options": _options(question),
        "bundles": [
            {"score": b.score, "at_least": b.at_least, "of": _matching(question, b.of)}
            for b in question.bundles
        ],
        "breakpoints": [plain_number(point) for point in question.breakpoints],
        "direction": question.direction,
        "unit": question.unit,
        "minimum": None if question.minimum is None else plain_number(question.minimum),
        "maximum": None if question.maximum is None else plain_number(question.maximum),
        "columns": [_column(column) for column in question.columns],
        "indicator": question.indicator,
        "allows_not_applicable": question.allows_not_applicable,
        "source": question.source,
        "maps_to": [reference.model_dump(mode="json") for reference in question.maps_to],
    }


def _options(question: Question) -> list[dict[str, Any]]:
    """Options with the score each gives by itself; a multiple choice scores by its bundles."""
    if question.kind == "yes_no":
        return [{"id": True, "score": question.yes_score}, {"id": False, "score": question.no_score}]
    if question.kind == "single_choice" and not question.options:
        return [{"id": id_, "score": int(id_)} for id_ in option_ids(question)]
    return [
        {
            "id": option.id,
            "score": option.score,
            "exclusive": option.exclusive,
            "not_with": list(option.not_with),
            "requires_any": _matching(question, option.requires_any),
        }
        for option in question.options
    ]


def _matching(question: Question, patterns: tuple[str, ...]) -> list[str]:
    return [id_ for id_ in option_ids(question) if any(fnmatchcase(id_, pattern) for pattern in patterns)]


def _column(column: Column) -> dict[str, Any]:
    return column.model_dump(mode="json")
