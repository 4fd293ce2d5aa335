"""What is no mistake: empty values, answers without effect, numbers in quotes, hostile free text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assessment.answers import AnswerSet, answers_checksum, to_json
from assessment.assess import assess
from assessment.jsontext import read_json
from assessment.reading import read_answers
from assessment.result import result_json
from tests.answers_broken.workshop import good_answers, good_text
from webapp.services.definitions import Definitions
from webapp.services.scoring import check_file


def _read(content: dict[str, Any], shop: Definitions) -> AnswerSet:
    reading = read_answers(read_json(json.dumps(content).encode(), "a.json"), shop.questionnaire)
    assert reading.problems == ()
    assert reading.answers is not None
    return reading.answers


def _score(answers: AnswerSet, shop: Definitions) -> dict[str, Any]:
    result = result_json(assess(shop.plan(answers.questionnaire, answers.version), answers))
    return {name: value for name, value in result.items() if name != "answers_sha256"}


def _with(changes: dict[str, Any]) -> dict[str, Any]:
    good = good_answers()
    return {**good, "answers": {**good["answers"], **changes}}


NO_EFFECT: dict[str, dict[str, Any]] = {
    "value null": {"rental.logbook": {"value": None}},
    "no entry at all is the same as an empty one": {"rental.logbook": {}},
    "status missing": {"rental.logbook": {"status": "missing"}},
    "status and value null": {"rental.logbook": {"value": None, "status": None, "reason": None}},
    "comment without an answer": {"rental.logbook": {"comment": "Vi kommer tilbake til dette"}},
    "evidence without an answer": {"rental.logbook": {"evidence": [{"title": "Logg", "kind": "file"}]}},
    "empty comment": {"rental.bikes": {"value": "2", "comment": ""}},
    "blank comment": {"rental.bikes": {"value": "2", "comment": " \n"}},
    "empty evidence": {"rental.bikes": {"value": "2", "evidence": [], "estimate": False}},
    "evidence with a title only": {"rental.bikes": {"value": "2", "evidence": [{"title": "Logg"}]}},
    "evidence with a kind only": {"rental.bikes": {"value": "2", "evidence": [{"kind": "link"}]}},
    "evidence with nothing": {"rental.bikes": {"value": "2", "evidence": [{}]}},
    "everything null": {"rental.bikes": {"value": "2", "comment": None, "evidence": None, "estimate": None}},
    "an estimated choice": {"rental.bikes": {"value": "2", "estimate": True}},
    "a typed share beside its table": {"flows.reused_pct": {"value": 99}},
    "a number as a number": {"workshop.training_hours": {"value": 12.5}},
    "a number with an exponent": {"workshop.training_hours": {"value": "1.25e1"}},
    "a number with zeros": {"workshop.training_hours": {"value": "0012.5000000000"}},
    "options in another order": {"workshop.repairs": {"value": ["electric", "brakes_full", "wheels"]}},
    "a table without rows": {"tables.scrap_out": {"value": []}},
}


@pytest.mark.parametrize("changes", NO_EFFECT.values(), ids=NO_EFFECT)
def test_it_is_accepted_and_scores_the_same(changes: dict[str, Any], shop: Definitions) -> None:
    scores = _score(_read(_with(changes), shop), shop)

    expected = _score(_read(good_answers(), shop), shop)
    compared = ("strengths", "contradictions") if "tables.scrap_out" in changes else tuple(expected)
    assert {name: scores[name] for name in compared} == {name: expected[name] for name in compared}


@pytest.mark.parametrize(
    ("profile", "answers"),
    [
        ({"rents": False, "rents_in_winter": True}, {}),
        ({"rents": False}, {}),
        ({"rents": False, "employees": None, "is_small": True}, {}),
        ({"rents": False, "rents_in_winter": None}, {"rental.logbook": {"value": True}}),
        ({"rents": False}, {"rental.bikes": {"status": "unknown"}}),
        ({"rents": False}, {"rental.bikes": {"status": "not_applicable", "reason": "Nei"}}),
    ],
    ids=str,
)
def test_facts_and_answers_that_are_not_asked_are_kept_without_effect(
    profile: dict[str, Any], answers: dict[str, Any], shop: Definitions
) -> None:
    content = {**_with(answers), "profile": profile}

    read = _read(content, shop)

    without = {**good_answers(), "profile": {"rents": False}}
    without["answers"] = {k: v for k, v in without["answers"].items() if not k.startswith("rental.")}
    assert _score(read, shop) == _score(_read(without, shop), shop)
    assert dict(read.profile) == {name: value for name, value in profile.items() if value is not None}
    assert set(answers) <= set(read.answers)


def test_advanced_answers_in_a_basic_assessment_are_kept_without_effect(
    shop: Definitions, tmp_path: Path
) -> None:
    file = tmp_path / "basic.json"
    file.write_text(good_text().replace('"advanced"', '"basic"'))

    warnings = check_file(file, shop)

    assert [(warning.code, warning.place.path, warning.place.line) for warning in warnings] == [
        ("not_asked_answer", "answers.tables.parts_in", 18),
        ("not_asked_answer", "answers.tables.scrap_out", 25),
    ]


def test_a_profile_may_be_left_out(shop: Definitions) -> None:
    content = {name: value for name, value in good_answers().items() if name != "profile"}

    assert _read(content, shop).profile == {}


def test_only_what_the_contract_asks_for_must_be_there(shop: Definitions) -> None:
    keys = ("questionnaire", "version", "depth", "period")
    content = {name: good_answers()[name] for name in keys}

    read = _read({**content, "organisation": {"name": "Ø"}, "answers": {}}, shop)

    assert _score(read, shop)["overall"]["status"] == "withheld"


HOSTILE = {
    "HTML": "<script>alert('x')</script><img src=x onerror=alert(1)>&amp;{{7*7}}${7*7}",
    "right to left": "\u202eabc\u202c \u2066x\u2069 שלום مرحبا",
    "emoji": "🚲🏳️‍🌈👩🏽‍🔧",
    "NUL": "a\u0000b",
    "control characters": "".join(map(chr, range(1, 32))) + "\u007f\u0085\u009b31m",
    "lone surrogate": "\ud800",
    "surrogates the wrong way round": "\udc00\ud83d",
    "one long word": "x" * 10_000,
    "combining marks": "a" + "\u0301" * 5_000,
    "line separators": "a\u2028b\u2029c\r\nd",
    "formula": '=HYPERLINK("http://example.test")',
    "percent and braces": "%s %(x)s {x} {0} {{}}",
    "not a character": "\ufffe\uffff\U0010ffff",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_scores_has_a_checksum_and_comes_back_as_it_was(text: str, shop: Definitions) -> None:
    entry = {"value": "2", "comment": text, "evidence": [{"title": text[:1000], "kind": "file"}]}
    reason = {"status": "not_applicable", "reason": text}
    content = _with({"rental.bikes": entry, "flows.scrap": reason, "workshop.motto": {"value": text}})
    content["organisation"] = {"name": text[:300]}
    content["profile"] = {"rents": True, "trade_code": text[:200]}

    read = _read(content, shop)

    assert len(answers_checksum(read)) == 64
    assert _read(to_json(read), shop) == read
    assert read.answers["rental.bikes"].comment == text
    assert json.loads(json.dumps(_score(read, shop)))["overall"]["level"] is not None
