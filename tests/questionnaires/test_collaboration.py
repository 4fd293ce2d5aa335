"""The questionnaire on collaboration as its documents promise it: size, ids, and what it shares."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from questionnaires.activities import DEFAULT_FILE, load_activities
from questionnaires.catalogue import Catalogue
from questionnaires.checks.gates import gate_bindings
from questionnaires.model import Question, Questionnaire, option_ids
from questionnaires.support import HELPS, THEMES

DOCUMENT = Path(__file__).parents[2] / "docs" / "demand-and-support.md"
PUBLISHED = ("circular_business_models", "sustainability_reporting")
CATALOGUE = Catalogue()


@pytest.fixture(scope="module")
def collaboration() -> Questionnaire:
    return CATALOGUE.load(CATALOGUE.find("collaboration", "1.0.0")).questionnaire


@pytest.fixture(scope="module")
def offered() -> list[Questionnaire]:
    return [CATALOGUE.load(CATALOGUE.find(id_)).questionnaire for id_ in PUBLISHED]


def test_it_has_six_dimensions_and_twenty_four_questions(collaboration: Questionnaire) -> None:
    depths = Counter(question.depth for _, question in collaboration.questions())
    unscored = [question.id for _, question in collaboration.questions() if question.weight == 0]

    assert {d.id: d.weight for d in collaboration.scheme.dimensions} == {
        "mandate": 15,
        "needs": 15,
        "coordination": 20,
        "symbiosis": 25,
        "trust": 10,
        "learning": 15,
    }
    assert depths == {"basic": 20, "advanced": 4}
    assert unscored == ["needs.support", "needs.themes"]


def test_it_asks_five_yes_or_no_about_the_organisation(collaboration: Questionnaire) -> None:
    asked = [fact.id for fact in collaboration.facts if fact.kind == "boolean" and fact.derived is None]

    assert asked == ["public", "handles_permits", "controls_land", "funds_companies", "advises_companies"]


def test_the_themes_are_the_dimensions_companies_are_scored_on(
    collaboration: Questionnaire, offered: list[Questionnaire]
) -> None:
    dimensions = [dimension.id for questionnaire in offered for dimension in questionnaire.scheme.dimensions]

    assert list(option_ids(_question(collaboration, "needs.themes"))) == [*dimensions, "none"]


def test_a_directory_knows_the_same_themes_and_kinds_of_help(collaboration: Questionnaire) -> None:
    assert {*option_ids(_question(collaboration, "needs.themes"))} == {*THEMES, "none"}
    assert {*option_ids(_question(collaboration, "needs.support"))} == {*HELPS, "none"}


@pytest.mark.parametrize("question", ["needs.support", "needs.themes"])
def test_every_kind_of_help_and_every_theme_is_documented(
    collaboration: Questionnaire, question: str
) -> None:
    words = DOCUMENT.read_text(encoding="utf-8")

    assert [id_ for id_ in option_ids(_question(collaboration, question)) if f"`{id_}`" not in words] == []


def test_the_symbiosis_activities_help_with_it_too(collaboration: Questionnaire) -> None:
    activities = load_activities(DEFAULT_FILE, [collaboration])  # every address must match in it alone

    assert [a.id for a in activities if "collaboration" in a.questionnaires] == ["S1", "S2", "S3"]


def test_results_cannot_rise_above_two_at_basic_depth_without_its_gate(collaboration: Questionnaire) -> None:
    # results 1 and competence 4 give (2*1 + 1*4) / 3 = 2: only evaluation lifts the rest above the gate
    depths = {binding.dimension: binding.depths for binding in gate_bindings(collaboration)}

    assert depths.pop("learning") == ("advanced",)
    assert set(depths.values()) == {("basic", "advanced")}


def _question(questionnaire: Questionnaire, id_: str) -> Question:
    return next(question for _, question in questionnaire.questions() if question.id == id_)
