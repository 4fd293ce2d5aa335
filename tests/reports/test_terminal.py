"""The explained result: whole sentences in three languages, and nothing that steers the terminal."""

from __future__ import annotations

import json
import re
import string
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assessment.answers import Review
from assessment.assess import assess
from assessment.jsontext import read_json
from assessment.reading import read_answers
from assessment.result import AssessmentResult
from assessment.routing import Plan, make_plan
from assessment.scoring.dimensions import Cap
from questionnaires.loader import load_folder
from reports.terminal import WIDTH, describe_questionnaire, describe_result
from reports.translations.terminal import WORDS
from tests.answers_broken.workshop import good_answers, write_shop
from webapp.services.definitions import Definitions
from webapp.services.scoring import score_file

LANGUAGES = ("nb", "nn", "en")
EXAMPLES = sorted((Path(__file__).parents[2] / "questionnaires" / "examples").glob("*/*.json"))
SHIPPED = Definitions()
ALL_BEST = {
    "workshop.tools": {"value": "4"},
    "workshop.repairs": {"value": ["wheels", "chains", "brakes_full", "electric"]},
    "workshop.stand": {"value": "lift"},
    "workshop.counted": {"value": True},
    "workshop.training_hours": {"value": 20},
    "flows.parts": {"value": "4"},
    "flows.scrap": {"value": "4"},
}
BASIC: dict[str, Any] = {"depth": "basic", "profile": {"rents": False}}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The bicycle shop."""
    return make_plan(load_folder(write_shop(tmp_path_factory.mktemp("shop"))), "")


def _result(plan: Plan, **changes: Any) -> AssessmentResult:
    source = read_json(json.dumps(good_answers(**changes)).encode(), "a.json")
    answers = read_answers(source, lambda _id, _version: plan.questionnaire).answers
    assert answers is not None
    return assess(plan, answers, Review())


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _odd_characters(text: str) -> set[str]:
    """What a terminal would not just show: anything but visible characters, spaces and line ends."""
    return {character for character in text if not character.isprintable()} - {"\n", "\u00a0"}


def test_the_tables_of_words_have_the_same_keys_and_particulars() -> None:
    shapes = [{key: _fields(text) for key, text in WORDS[language].items()} for language in LANGUAGES]

    assert set(WORDS) == set(LANGUAGES)
    assert shapes[0] == shapes[1] == shapes[2]
    assert [key for words in WORDS.values() for key, text in words.items() if not text.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_result_has_no_gaps_in_it(plan: Plan, language: str) -> None:
    text = describe_result(_result(plan), language)

    assert re.search(r"[{}]|None|Fraction|Decimal|\bTrue\b|\( | \)| :|»»|««|''", text) is None
    assert [line for line in text.splitlines() if line != line.rstrip()] == []
    assert "\n\n\n" not in text
    assert max(map(len, text.splitlines())) <= WIDTH
    assert text.endswith("\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem[:8]}")
def test_every_shipped_example_can_be_explained(path: Path, language: str) -> None:
    text = describe_result(score_file(path, SHIPPED), language)

    assert re.search(r"[{}]|None|Fraction|Decimal", text) is None
    assert "\n\n\n" not in text
    assert _odd_characters(text) == set()
    assert WORDS[language]["method"] in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ["Nivå 2: Fylt", " 2,32 (indeks 58,0; ", "innsats", "vet ikke", "Egenvurdering"]),
        ("nn", ["Nivå 2: nn: Fylt", " 2,32 (indeks 58,0; ", "innsats", "veit ikkje", "Eigenvurdering"]),
        ("en", ["Level 2: en: Fylt", " 2.32 (index 58.0; ", "effort", "don't know", "self-assessment"]),
    ],
)
def test_a_result_speaks_its_language(plan: Plan, language: str, words: list[str]) -> None:
    text = describe_result(_result(plan), language)

    assert [word for word in words if word.lower() not in text.lower()] == []


HOSTILE = {
    "escape": "\x1b[2J\x1b]0;owned\x07",
    "line breaks": "A\nB\r\nC\x0bD\x0cE\x85F\u2028G\u2029H",
    "right to left": "\u202eA\u202c\u2066B\u2069\u200f",
    "tabs and bells": "\t\a\b\x00\x7f\x9b31m",
    "lone surrogate": "\ud800A\udfff",
    "tags": "A\U000e0041\U000e007f",
    "zero width": "A\u200b\u200d\ufeffB",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_cannot_steer_the_terminal(plan: Plan, name: str, language: str) -> None:
    plain = describe_result(_result(plan, organisation={"name": "A"}, period="2025"), language)

    hostile = describe_result(_result(plan, organisation={"name": name + "x"}, period=name + "x"), language)

    assert _odd_characters(hostile) == set()
    assert len(hostile.split("\n")) == len(plain.split("\n"))
    assert hostile.split("\n")[1:] == plain.split("\n")[1:]
    hostile.encode("utf-8")


def test_letters_of_every_script_stay(plan: Plan) -> None:
    name = "Ærlig & Sønn 🚲 \u00a0日本 <b>"

    assert describe_result(_result(plan, organisation={"name": name}), "nb").startswith(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_answers_no_level_is_shown(plan: Plan, language: str) -> None:
    text = describe_result(_result(plan, answers={}, profile={}), language)

    words = WORDS[language]
    assert words["no_level"] in text
    assert text.count(words["dimension_withheld"]) == 3
    assert words["answer"] in text
    assert words["strengths"] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_too_few_answers_the_score_stands_without_a_level(plan: Plan, language: str) -> None:
    text = describe_result(_result(plan, **BASIC, answers={"workshop.tools": {"value": "3"}}), language)

    words = WORDS[language]
    assert words["no_level"] in text
    assert f"{words['score']} 3" in text
    assert f"{words['level'].lower()} –" in text
    assert words["raw"].partition("{")[0] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dimension_that_does_not_apply_is_told_from_one_without_answers(plan: Plan, language: str) -> None:
    text = describe_result(_result(plan, **BASIC, answers={"workshop.tools": {"value": "3"}}), language)

    titles, words = plan.questionnaire.texts[language], WORDS[language]
    assert f"{titles['dimensions/rental/title']} ({words['dimension_none']})" in text
    assert f"{titles['dimensions/flows/title']} ({words['dimension_withheld']})" in text
    assert f"{titles['dimensions/workshop/title']} ({words['core']}; {words['dimension_withheld']})" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_company_to_which_nothing_applies_is_told_so(plan: Plan, language: str) -> None:
    result = _result(plan, **BASIC, answers={})
    dimensions = {
        id_: replace(score, status="not_applicable", coverage=None, low=None, high=None)
        for id_, score in result.scores.dimensions.items()
    }
    overall = replace(result.overall, status="not_applicable", coverage=None, low=None, high=None)

    text = describe_result(
        replace(result, scores=replace(result.scores, dimensions=dimensions, overall=overall)), language
    )

    assert WORDS[language]["not_applicable"] in text
    assert text.count(f"{WORDS[language]['dimension_none']})") == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_gate_and_a_lack_of_evidence_say_what_they_hold(plan: Plan, language: str) -> None:
    gated = _result(plan, **BASIC, answers={**ALL_BEST, "workshop.tools": {"value": "1"}})
    unproved = _result(plan, **BASIC, answers=ALL_BEST)

    words, texts = WORDS[language], plan.questionnaire.texts[language]
    gate = words["gate"].format(because=texts["questions/workshop.tools/text"], max=2)
    assert gate in re.sub(r"\s+", " ", describe_result(gated, language))
    assert describe_result(unproved, language).count(words["evidence"]) == 3
    assert words["raw"].format(raw=4) in describe_result(unproved, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_caps_of_the_whole_name_their_dimension(plan: Plan, language: str) -> None:
    result = _result(plan)
    caps = (Cap("weakest_link", 2, ("workshop",)), Cap("neglected_dimension", 3, ("rental", "flows")))
    overall = replace(result.overall, caps=caps)

    text = describe_result(replace(result, scores=replace(result.scores, overall=overall)), language)

    titles, flat = plan.questionnaire.texts[language], re.sub(r"\s+", " ", text)
    both = f"{titles['dimensions/rental/title']}, {titles['dimensions/flows/title']}"
    assert WORDS[language]["weakest_link"].format(because=titles["dimensions/workshop/title"], max=2) in flat
    assert WORDS[language]["neglected_dimension"].format(because=both, max=3) in flat


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contradiction_is_a_question(plan: Plan, language: str) -> None:
    answers = {**ALL_BEST, "workshop.repairs": {"value": ["nothing"]}}

    text = describe_result(_result(plan, **BASIC, answers=answers), language)

    assert WORDS[language]["contradictions"] in text
    assert plan.questionnaire.texts[language]["contradictions/c01/ask"] in text


def test_a_provisional_level_says_so(plan: Plan) -> None:
    answers = {**ALL_BEST, "workshop.tools": {"value": None}}

    text = describe_result(_result(plan, **BASIC, answers=answers), "nb")

    assert re.search(r"^Nivå [0-4]: \w+ \(foreløpig\)$", text, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_questionnaire_is_told_with_every_question(plan: Plan, language: str) -> None:
    text = describe_questionnaire(plan.questionnaire, language)

    texts = plan.questionnaire.texts[language]
    assert text.startswith(f"{texts['questionnaire/title']} 1.0.0\n")
    assert all(question.id in text for _, question in plan.questionnaire.questions())
    assert WORDS[language]["questions"].format(basic=11, advanced=5) in text
    assert max(map(len, text.splitlines())) <= WIDTH
