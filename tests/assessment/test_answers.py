"""Answers written and read again are the same, and their checksum knows only what they say."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from assessment.answers import Answer, AnswerSet, Evidence, answers_checksum, plain_number, to_json
from questionnaires.model import Questionnaire
from tests.answers_broken.workshop import good_answers, good_text
from tests.assessment.shop_answers import answer_sets, good, read

CHECKSUM = "41a4de2282c08347e74e1c3a7b7c812c67fda5499eb334d6c303a3a5034be51c"


@given(answers=answer_sets())
def test_what_is_written_is_read_again(answers: AnswerSet, questionnaire: Questionnaire) -> None:
    reading = read(to_json(answers), questionnaire)

    assert reading.problems == ()
    assert reading.answers == answers
    assert to_json(reading.answers) == to_json(answers)
    assert answers_checksum(reading.answers) == answers_checksum(answers)


def test_answers_of_nobody_are_read_again(questionnaire: Questionnaire) -> None:
    answers = AnswerSet("bicycle_shop", "1.0.0", "basic", "2025")

    reading = read(to_json(answers), questionnaire)

    assert reading.problems == ()
    assert reading.answers == answers


@given(answers=answer_sets())
@settings(max_examples=50)
def test_the_order_of_keys_and_the_spacing_do_not_change_the_checksum(
    answers: AnswerSet, questionnaire: Questionnaire
) -> None:
    shuffled = json.dumps(_shuffled(to_json(answers)), indent=3)

    again = read(shuffled, questionnaire).answers

    assert again is not None
    assert answers_checksum(again) == answers_checksum(answers)


def _shuffled(value: Any) -> Any:
    if isinstance(value, list):
        return [_shuffled(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _shuffled(value[name]) for name in reversed(value)}


@pytest.mark.parametrize("form", ["12.5", '"12.5"', "12.50", "1.25e1", "125E-1", '"012.5"', "0.00125e+4"])
def test_the_form_of_a_number_does_not_change_the_checksum(form: str, questionnaire: Questionnaire) -> None:
    answers = read(good_text().replace('"12.5"', form), questionnaire).answers

    assert answers is not None
    assert answers_checksum(answers) == answers_checksum(good(questionnaire))


@pytest.mark.parametrize("form", ["0", "-0", "0.0", '"-0.000"', "0e3", "0e-3", "-0E+15"])
def test_every_nought_is_the_same(form: str, questionnaire: Questionnaire) -> None:
    answers = read(good_text().replace('"12.5"', form), questionnaire).answers
    plain = read(good_text().replace('"12.5"', "0"), questionnaire).answers

    assert answers is not None
    assert plain is not None
    assert answers_checksum(answers) == answers_checksum(plain)


def test_the_order_of_chosen_options_does_not_change_the_checksum(questionnaire: Questionnaire) -> None:
    other = good_text().replace(
        '["wheels", "brakes_full", "electric"]', '["electric", "wheels", "brakes_full"]'
    )

    answers = read(other, questionnaire).answers

    assert answers is not None
    assert answers_checksum(answers) == answers_checksum(good(questionnaire))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"12.5"', '"12.6"'),
        ('"period": "2025"', '"period": "2024"'),
        ('"employees": 12', '"employees": 13'),
        ('"comment": "Spør lageret"', '"comment": "Spør lageret."'),
        ('"kind": "file"', '"kind": "link"'),
        ('"status": "unknown"', '"status": "missing"'),
        ('"estimate": true\n', '"estimate": false\n'),
        ("Eksempel Sykkel AS", "Eksempel Sykkel ASA"),
    ],
    ids=lambda text: text[:24],
)
def test_what_is_said_changes_the_checksum(old: str, new: str, questionnaire: Questionnaire) -> None:
    answers = read(good_text().replace(old, new), questionnaire).answers

    assert answers is not None
    assert answers_checksum(answers) != answers_checksum(good(questionnaire))


def test_the_checksum_is_the_same_for_ever() -> None:
    # printf '%s' '{"answers":{},"depth":"basic","organisation":{},"period":"2025","profile":{"rents":true},\
    # "questionnaire":"bicycle_shop","version":"1.0.0"}' | sha256sum    (without the break)
    answers = AnswerSet("bicycle_shop", "1.0.0", "basic", "2025", profile={"rents": True})

    assert answers_checksum(answers) == CHECKSUM


def test_the_good_file_says_the_same_when_written(questionnaire: Questionnaire) -> None:
    written = to_json(good(questionnaire))

    expected = good_answers()
    expected["answers"]["workshop.stand"] = {"value": "hook"}
    expected["answers"]["workshop.repairs"] = {"value": ["wheels", "brakes_full", "electric"]}
    del expected["answers"]["rental.logbook"], expected["answers"]["flows.reused_pct"]
    assert written.keys() == expected.keys()
    assert _as_texts(written) == _as_texts(expected)


def _as_texts(value: Any) -> Any:
    """Numbers in tables are written in quotes."""
    if isinstance(value, dict):
        return {name: _as_texts(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_as_texts(item) for item in value]
    return str(value) if type(value) in (int, float) else value


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("12.50", "12.5"),
        ("1E+3", "1000"),
        ("1E-6", "0.000001"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0E+5", "0"),
        ("100", "100"),
        ("-7.10", "-7.1"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_a_number_is_written_as_people_do(number: str, text: str) -> None:
    assert plain_number(Decimal(number)) == text


@pytest.mark.parametrize(
    ("title", "kind", "complete"),
    [
        ("Logg", "file", True),
        ("Logg", None, False),
        (None, "file", False),
        (" ", "file", False),
        ("", "link", False),
    ],
)
def test_evidence_counts_with_both_a_title_and_a_kind(title: str | None, kind: Any, complete: bool) -> None:
    answer = Answer("answered", "3", evidence=(Evidence(), Evidence(title, kind)))

    assert answer.has_evidence is complete


def test_answers_cannot_be_changed(questionnaire: Questionnaire) -> None:
    answers = good(questionnaire)

    with pytest.raises(FrozenInstanceError):
        answers.version = "2.0.0"  # type: ignore[misc]  # that is the test
    assert replace(answers, version="2.0.0") != answers
