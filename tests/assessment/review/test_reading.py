"""An advisor's file is checked as strictly as the answers."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Review
from assessment.jsontext import read_json
from assessment.review.reading import rating_ids, read_review
from questionnaires.errors import Problem
from questionnaires.model import Questionnaire
from tests.answers_broken.workshop import REVIEW

TEXT = REVIEW.read_text(encoding="utf-8")


def _read(text: str, questionnaire: Questionnaire) -> tuple[Review | None, tuple[Problem, ...]]:
    return read_review(read_json(text.encode(), "review.json"), questionnaire)


def test_a_good_review_is_read(questionnaire: Questionnaire) -> None:
    review, problems = _read(TEXT, questionnaire)

    assert problems == ()
    assert review == Review(
        confirmed=frozenset({"workshop.tools", "workshop.counted"}),
        accepted=frozenset({"flows"}),
        ratings={"workshop.tools": "2", "workshop.stand": "lift", "workshop.training_hours": "4"},
        by="Kari Rådgiver",
        on=date(2026, 3, 20),
    )


@pytest.mark.parametrize("text", ["{}", '{"by": null, "on": null}', '{"confirmed": [], "ratings": {}}'])
def test_everything_in_a_review_is_optional(text: str, questionnaire: Questionnaire) -> None:
    review, problems = _read(text, questionnaire)

    assert problems == ()
    assert review == Review()


@pytest.mark.parametrize(
    "mistake",
    [
        ('"confirmed"', '"confirm"', "answers_unknown_key", "confirm", 2, "did you mean 'confirmed'?"),
        ('"by"', '"on": "2026-01-01",\n"by"', "duplicate_key", "on", 11, "'on' is there twice"),
        ('["workshop.tools"', '["workshop.tool"', "unknown_question", "confirmed[0]", 2, "'workshop.tools'?"),
        ('["workshop.tools"', "[7", "unknown_question", "confirmed[0]", 2, "no question '7'"),
        ('["workshop.tools"', "[null", "unknown_question", "confirmed[0]", 2, "no question 'empty'"),
        ('["flows"]', '["flow"]', "unknown_dimension", "accepted[0]", 3, "did you mean 'flows'?"),
        ('["flows"]', '"flows"', "wrong_value", "accepted", 3, "a list of ids, but is text"),
        ('["flows"]', "null", "wrong_value", "accepted", 3, "a list of ids, but is empty"),
        ('"workshop.stand"', '"workshop.sand"', "unknown_question", "ratings.workshop.sand", 6, "stand"),
        ('"lift"', '"roof"', "unknown_option", "ratings.workshop.stand", 6, "no option 'roof'"),
        (': "2"', ': "5"', "unknown_option", "ratings.workshop.tools", 5, "no option '5'"),
        (': "2"', ": 2", "wrong_value", "ratings.workshop.tools", 5, "in quotes, but is a number"),
        (': "2"', ': ["2"]', "wrong_value", "ratings.workshop.tools", 5, "in quotes, but is a list"),
        (': "4"\n', ': "5"\n', "unknown_option", "ratings.workshop.training_hours", 7, "no option '5'"),
        ('"workshop.stand"', '"workshop.tools": "3",\n"workshop.stand"', "duplicate_key",
         "ratings.workshop.tools", 6, "twice"),
        ('"Kari Rådgiver"', "7", "wrong_value", "by", 9, "must be text, but is a number"),
        ('"Kari Rådgiver"', f'"{"x" * 301}"', "text_too_long", "by", 9, "301 characters"),
        ('"2026-03-20"', '"20. mars"', "not_a_date", "on", 10, "'20. mars' is not a date"),
        ('"2026-03-20"', '""', "text_empty", "on", 10, "empty"),
        ('"2026-03-20"', "false", "wrong_value", "on", 10, "text, but is true or false"),
    ],
    ids=lambda mistake: mistake[1][:30].strip(),
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(
    mistake: tuple[str, str, str, str, int, str], questionnaire: Questionnaire
) -> None:
    old, new, code, path, line, words = mistake
    assert TEXT.count(old) == 1

    review, problems = _read(TEXT.replace(old, new), questionnaire)

    assert review is None
    assert [(p.code, p.place.path, p.place.line) for p in problems] == [(code, path, line)]
    assert words in problems[0].message


@pytest.mark.parametrize("text", ["[]", "null", '"x"', "3"])
def test_a_review_is_an_object(text: str, questionnaire: Questionnaire) -> None:
    review, problems = _read(text, questionnaire)

    assert review is None
    assert [problem.code for problem in problems] == ["wrong_value"]


def test_ratings_are_an_object(questionnaire: Questionnaire) -> None:
    _, problems = _read('{"ratings": ["workshop.tools"]}', questionnaire)

    assert [(problem.code, problem.place.path) for problem in problems] == [("wrong_value", "ratings")]


def test_a_broken_file_says_so(questionnaire: Questionnaire) -> None:
    review, problems = _read("{", questionnaire)

    assert review is None
    assert [problem.code for problem in problems] == ["not_json"]


def test_what_has_no_options_that_score_is_rated_with_a_score(questionnaire: Questionnaire) -> None:
    ids = {question.id: rating_ids(question) for _, question in questionnaire.questions()}

    assert (
        ids["workshop.tools"] == ids["workshop.repairs"] == ids["flows.circular"] == ("0", "1", "2", "3", "4")
    )
    assert ids["workshop.stand"] == ("floor", "hook", "lift")


_junk = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=2)


@given(content=st.dictionaries(st.sampled_from(["confirmed", "accepted", "ratings", "by", "on", "x"]), _junk))
def test_no_junk_makes_it_fail(content: Any, questionnaire: Questionnaire) -> None:
    review, problems = _read(json.dumps(content), questionnaire)

    assert (review is None) == bool(problems)
