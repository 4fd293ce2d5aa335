"""Reports of the shipped examples, made in this process: the model and its page, without a PDF."""

from __future__ import annotations

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from assessment.advice.dimension_step import dimension_steps
from assessment.answers import AnswerSet, Review
from assessment.assess import assess
from assessment.change.comparison import compare
from assessment.jsontext import read_json
from assessment.reading import read_answers
from questionnaires.activities import DEFAULT_FILE, Activity, load_activities
from questionnaires.values import Language
from reports.branding import NO_BRANDING, Branding
from reports.material import Edition, Material, Previous
from reports.maturity import build_report
from reports.render import report_html
from reports.sections.desk import Section
from webapp.services.definitions import Definitions

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "questionnaires" / "examples"
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
WORKSHOP = "eksempel_mobelverksted/circular_business_models"
LARGEST = "eksempel_metallverksted/circular_business_models"
BUILDER = "eksempel_bygg/circular_business_models"

definitions = Definitions()


def every_example() -> list[str]:
    """The names of all shipped answer files."""
    return [f"{path.parent.name}/{path.stem}" for path in sorted(EXAMPLES.glob("*/*.json"))]


def raw_answers(example: str) -> dict[str, Any]:
    """An example's answer file as it stands, to be changed by a test."""
    content: dict[str, Any] = json.loads((EXAMPLES / f"{example}.json").read_text(encoding="utf-8"))
    return content


def answers_of(raw: dict[str, Any]) -> AnswerSet:
    """The answer set of a file's content."""
    source = read_json(json.dumps(raw).encode(), "answers.json")
    reading = read_answers(source, definitions.questionnaire, definitions.shared_facts)
    assert reading.answers is not None, reading.problems
    return reading.answers


@cache
def activities() -> tuple[Activity, ...]:
    """The activities that come with the program."""
    ids = sorted({version.id for version in definitions.catalogue.versions()})
    return load_activities(DEFAULT_FILE, [definitions.plan(id_).questionnaire for id_ in ids])


def material_of(
    raw: dict[str, Any] | str,
    language: Language = "nb",
    edition: Edition = "company",
    *,
    review: Review | None = None,
    previous: dict[str, Any] | None = None,
    branding: Branding = NO_BRANDING,
    is_draft: bool = False,
) -> Material:
    """The material of a report, from an example's name or a file's content."""
    answers = answers_of(raw_answers(raw) if isinstance(raw, str) else raw)
    plan = definitions.plan(answers.questionnaire, answers.version)
    result = assess(plan, answers, review or Review())
    earlier = None
    if previous is not None:
        old = answers_of(previous)
        old_plan = definitions.plan(old.questionnaire, old.version)
        earlier = Previous(old, compare(old_plan, old, plan, answers))
    return Material(
        result=result,
        language=language,
        edition=edition,
        is_draft=is_draft,
        activities=activities(),
        steps=dimension_steps(result),
        previous=earlier,
        branding=branding,
    )


def page_of(raw: dict[str, Any] | str, language: Language = "nb", edition: Edition = "company") -> str:
    """The page of a report."""
    return report_html(build_report(material_of(raw, language, edition)))


def section_of(material: Material, id_: str) -> Section:
    """One part of a report; fails when it is not there."""
    return next(section for section in build_report(material).sections if section.id == id_)


def words_of(page: str) -> str:
    """What a page says, without its mark-up, with single spaces."""
    reader = _Reader()
    reader.feed(page)
    return " ".join(" ".join(reader.found).replace("\u00a0", " ").split())


class _Reader(HTMLParser):
    """Gathers the text a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.hidden += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)
