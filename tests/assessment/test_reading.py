"""What a sound answer file holds when it has been read."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Answer, Evidence, Organisation
from assessment.jsontext import read_json
from assessment.reading import read_answers, reread_answer
from questionnaires.errors import UnknownDefinition
from questionnaires.model import Questionnaire
from tests.answers_broken.workshop import good_answers, good_text
from tests.assessment.shop_answers import good, read


def test_the_head_is_read(questionnaire: Questionnaire) -> None:
    answers = good(questionnaire)

    assert (answers.questionnaire, answers.version) == ("bicycle_shop", "1.0.0-draft")
    assert (answers.depth, answers.period) == ("advanced", "2025")
    assert answers.completed_on == date(2026, 3, 1)
    assert answers.organisation == Organisation("Eksempel Sykkel AS", "310028142")
    assert answers.profile == {
        "trade_code": "95.290",
        "employees": 12,
        "rents": True,
        "rents_in_winter": False,
    }


def test_every_kind_of_answer_is_read(questionnaire: Questionnaire) -> None:
    answers = good(questionnaire).answers

    assert answers["workshop.tools"] == Answer(
        "answered",
        "3",
        comment="Tavlen henger ved døren",
        evidence=(Evidence("Bilde av tavlen", "file", date(2026, 1, 10)),),
    )
    assert answers["workshop.repairs"].value == ("wheels", "brakes_full", "electric")
    assert answers["workshop.counted"].value is True
    assert answers["workshop.training_hours"] == Answer("answered", Decimal("12.5"), estimate=True)
    assert answers["workshop.motto"].value == "Alt ruller"
    assert answers["workshop.opened_on"].value == date(1999, 12, 31)
    assert answers["flows.parts"] == Answer("unknown", comment="Spør lageret")
    assert answers["flows.scrap"] == Answer("not_applicable", reason="Alt blir brukt igjen")
    assert answers["tables.scrap_out"].value == (
        {
            "scrap": "felger",
            "mass_tonnes": Decimal("3.25"),
            "potential_pct": Decimal(80),
            "actual_pct": Decimal(40),
        },
    )


@pytest.mark.parametrize("entry", [{}, {"value": None}, {"status": "missing"}, {"status": None}], ids=str)
def test_an_entry_that_says_nothing_is_the_same_as_no_entry(
    entry: dict[str, Any], questionnaire: Questionnaire
) -> None:
    content = good_answers(answers={"workshop.tools": entry})

    answers = read(content, questionnaire).answers

    assert answers is not None
    assert answers.answers == {}


def test_a_file_with_a_mistake_gives_no_answers_but_its_questionnaire(questionnaire: Questionnaire) -> None:
    reading = read(good_text().replace('"2025"', "2025"), questionnaire)

    assert reading.answers is None
    assert reading.questionnaire is questionnaire
    assert [problem.code for problem in reading.problems] == ["wrong_value"]


def test_the_questionnaire_is_asked_for_by_the_files_id_and_version(questionnaire: Questionnaire) -> None:
    asked: list[tuple[str, str]] = []

    read_answers(
        read_json(good_text().encode(), "a.json"), lambda *wanted: asked.append(wanted) or questionnaire
    )

    assert asked == [("bicycle_shop", "1.0.0-draft")]


@pytest.mark.parametrize("id_", ["a", "a@b", "", "æ" * 99])
def test_an_unknown_questionnaire_is_told_from_an_unknown_version(id_: str) -> None:
    def find(wanted: str, number: str) -> Questionnaire:
        raise UnknownDefinition(wanted, ["bicycle_shop"])

    content = json.dumps(good_answers(questionnaire=id_)).encode()

    codes = [problem.code for problem in read_answers(read_json(content, "a.json"), find).problems]

    assert codes[0] == "unknown_questionnaire"


@pytest.mark.parametrize("key", ["questionnaire", "version"])
@pytest.mark.parametrize("value", [None, 1, True, [], {}, ["bicycle_shop"]], ids=str)
def test_a_questionnaire_that_is_no_text_is_not_looked_for(
    key: str, value: Any, questionnaire: Questionnaire
) -> None:
    reading = read(good_answers(**{key: value}), questionnaire)

    assert reading.questionnaire is None
    assert [(p.code, p.place.path) for p in reading.problems] == [("wrong_value", key)]


_junk = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.sampled_from(["", "0", "x", "basic"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["value", "a"]), inner, max_size=2)
    ),
    max_leaves=4,
)
_HEAD = ("depth", "period", "completed_on", "organisation", "profile", "answers")


@given(changes=st.dictionaries(st.sampled_from(_HEAD), _junk, min_size=1))
def test_no_junk_anywhere_in_the_head_makes_it_fail(changes: Any, questionnaire: Questionnaire) -> None:
    reading = read(good_answers(**changes), questionnaire)

    assert (reading.answers is None) == bool(reading.problems)
    assert all(problem.message for problem in reading.problems)


@given(
    id_=st.sampled_from(sorted(good_answers()["answers"])),
    entry=st.dictionaries(
        st.sampled_from(["value", "status", "reason", "comment", "evidence", "estimate"]), _junk, max_size=4
    ),
)
def test_no_junk_in_an_answer_makes_it_fail(id_: str, entry: Any, questionnaire: Questionnaire) -> None:
    reading = read(good_answers(answers={id_: entry}), questionnaire)

    assert (reading.answers is None) == bool(reading.problems)
    assert all(problem.place.path.startswith(f"answers.{id_}") for problem in reading.problems)


def test_a_good_answer_fits_its_question_again(questionnaire: Questionnaire) -> None:
    answers = good(questionnaire).answers
    questions = {question.id: question for _, question in questionnaire.questions()}

    assert [id_ for id_, answer in answers.items() if reread_answer(questions[id_], answer)] == []


def test_an_answer_too_large_for_a_file_of_its_own_still_fits(questionnaire: Questionnaire) -> None:
    table = next(q for _, q in questionnaire.questions() if q.id == "tables.parts_in")
    rows = tuple({"part": "å" * 500, "mass_tonnes": Decimal(1)} for _ in range(500))
    long = Answer("answered", rows, comment="å" * 20_000, evidence=(Evidence("å" * 1000),) * 50)

    assert reread_answer(table, long) == ()


def test_an_answer_to_what_is_computed_now_does_not_fit(questionnaire: Questionnaire) -> None:
    computed = next(q for _, q in questionnaire.questions() if q.kind == "computed")

    problems = reread_answer(computed, Answer("answered", Decimal(1)))

    assert [problem.code for problem in problems] == ["computed_answer"]
