"""Everything of a hand-in to take away: answers and result as JSON, and as a spreadsheet."""

from __future__ import annotations

import json
from dataclasses import dataclass

from questionnaires.values import Language
from reports.export import answers_xlsx, assessment_json
from webapp.services.actor import Actor
from webapp.services.reports import slug
from webapp.services.results import open_result
from webapp.services.site import Site

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Export:
    """A file to hand out."""

    name: str
    content: bytes
    media_type: str


def export_json(site: Site, actor: Actor, assessment_id: str, language: Language) -> Export:
    """Answers and result as the contracts have them. Raises as ``open_result``."""
    result = open_result(site, actor, assessment_id, language)
    content = json.dumps(assessment_json(result.material.result), ensure_ascii=False, indent=1)
    return Export(
        f"{_stem(result.organisation.name, result.row.questionnaire)}.json",
        content.encode(),
        "application/json",
    )


def export_xlsx(site: Site, actor: Actor, assessment_id: str, language: Language) -> Export:
    """Every question with its answer, in words. Raises as ``open_result``."""
    result = open_result(site, actor, assessment_id, language)
    content = answers_xlsx(result.material.result, language)
    stem = _stem(result.organisation.name, result.row.questionnaire)
    return Export(f"{stem}-{language}.xlsx", content, XLSX)


def _stem(company: str, questionnaire: str) -> str:
    return f"{slug(company) or 'company'}-{questionnaire}"
