"""Odd answers are pointed out and change nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assessment.jsontext import read_json
from assessment.reading import read_answers
from assessment.routing import make_plan
from assessment.warnings import find_warnings
from questionnaires.model import Questionnaire
from tests.answers_broken.workshop import good_answers

NO_TABLE = {"tables.parts_in": {"value": None}}


def _warnings(
    questionnaire: Questionnaire, answers: dict[str, Any], **head: Any
) -> list[tuple[str, str, str]]:
    content = good_answers(**head)
    content["answers"] = {**content["answers"], **answers}
    source = read_json(json.dumps(content, indent=1).encode(), "a.json")
    read = read_answers(source, lambda _id, _version: questionnaire).answers
    assert read is not None
    found = find_warnings(make_plan(questionnaire, ""), read, source)
    return [(warning.code, warning.place.path, warning.message) for warning in found]


def test_the_good_file_has_no_warnings(questionnaire: Questionnaire) -> None:
    assert _warnings(questionnaire, {}) == []


def test_an_answer_that_is_not_asked_is_pointed_out(questionnaire: Questionnaire) -> None:
    found = _warnings(questionnaire, {}, profile={"rents": False})

    assert [(code, path) for code, path, _ in found] == [("not_asked_answer", "answers.rental.bikes")]


def test_a_missing_answer_that_is_not_asked_is_not_pointed_out(questionnaire: Questionnaire) -> None:
    answers = {"rental.bikes": {"comment": "Senere"}, "rental.logbook": {"value": None}}

    assert _warnings(questionnaire, answers, profile={"rents": False}) == []


def test_an_advanced_answer_in_a_basic_assessment_is_pointed_out(questionnaire: Questionnaire) -> None:
    found = _warnings(questionnaire, {}, depth="basic")

    assert {path for _, path, _ in found} == {"answers.tables.parts_in", "answers.tables.scrap_out"}


def test_a_typed_share_beside_its_table_is_pointed_out(questionnaire: Questionnaire) -> None:
    found = _warnings(questionnaire, {"flows.reused_pct": {"value": 40}})

    assert [(code, path) for code, path, _ in found] == [("typed_beside_table", "answers.flows.reused_pct")]


@pytest.mark.parametrize(
    ("reused", "recycled", "codes"),
    [(60, 40, []), (60, "40.000001", ["shares_sum"]), (100, 100, ["shares_sum"]), (100, None, [])],
    ids=str,
)
def test_typed_shares_over_100_are_pointed_out(
    questionnaire: Questionnaire, reused: Any, recycled: Any, codes: list[str]
) -> None:
    typed = {"flows.reused_pct": {"value": reused}, "flows.recycled_pct": {"value": recycled}}

    found = _warnings(questionnaire, {**NO_TABLE, **typed})

    assert [code for code, _, _ in found] == codes


def test_the_sum_of_typed_shares_is_said(questionnaire: Questionnaire) -> None:
    typed = {"flows.reused_pct": {"value": 80}, "flows.recycled_pct": {"value": "40.50"}}

    [(_, path, message)] = _warnings(questionnaire, {**NO_TABLE, **typed})

    assert path == "answers.flows.recycled_pct"
    assert message == "the shares flows.reused_pct, flows.recycled_pct sum to 120.5 %"


@pytest.mark.parametrize(
    ("outflow", "codes"),
    [("2.8", []), ("2.799999", ["mass_balance"]), ("4.2", []), ("4.200001", ["mass_balance"])],
)
def test_masses_that_differ_by_more_than_a_fifth_are_pointed_out(
    questionnaire: Questionnaire, outflow: str, codes: list[str]
) -> None:
    # inflow 2 + 1.5 = 3.5 t; a fifth of it is 0.7 t
    found = _warnings(questionnaire, {"tables.scrap_out": {"value": [{"mass_tonnes": outflow}]}})

    assert [code for code, _, _ in found] == codes


def test_a_row_without_its_mass_is_no_balance(questionnaire: Questionnaire) -> None:
    rows = [{"mass_tonnes": 900}, {"scrap": "slanger"}]

    assert _warnings(questionnaire, {"tables.scrap_out": {"value": rows}}) == []
