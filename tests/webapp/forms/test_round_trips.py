"""An answer shown in inputs and read back is the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.answers import Answer, Evidence
from questionnaires.model import Question, option_ids
from questionnaires.values import Language
from tests.reports.making import answers_of, definitions, every_example, raw_answers
from tests.webapp.forms.filling import LANGUAGES
from webapp.forms.answers import typed_of
from webapp.forms.page import read_section
from webapp.forms.typed import fields_of

SHIPPED = ("circular_business_models", "sustainability_reporting", "collaboration")
QUESTIONS = {
    question.id: question
    for id_ in SHIPPED
    for _, question in definitions.plan(id_).questionnaire.questions()
    if question.kind != "computed"
}


def _there_and_back(question: Question, answer: Answer, language: Language) -> tuple[Answer | None, int]:
    """What a browser sends back that was shown the answer, and the version it was told."""
    data: dict[str, list[str]] = {}
    for name, value in fields_of(question.id, typed_of(question, answer, language), 3, language):
        data.setdefault(name, []).append(value.replace("\n", "\r\n"))
    (said,) = read_section([question], data, "nb").questions
    assert said.problems == ()
    return said.answer, said.base


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", every_example())
def test_every_answer_of_the_examples_comes_back_the_same(example: str, language: Language) -> None:
    answers = answers_of(raw_answers(example)).answers

    back = {id_: _there_and_back(QUESTIONS[id_], answer, language) for id_, answer in answers.items()}

    assert back == {id_: (answer, 3) for id_, answer in answers.items()}


@pytest.mark.parametrize("id_", QUESTIONS)
def test_every_shipped_question_takes_each_kind_of_answer(id_: str) -> None:
    question = QUESTIONS[id_]
    said = [Answer("missing"), Answer("unknown", comment="Én linje\n\nog en til")]
    said += [Answer("answered", value) for value in _some_values(question)]
    if question.allows_not_applicable:
        said.append(Answer("not_applicable", reason="Gjelder ikke oss"))

    back = [_there_and_back(question, answer, "nb")[0] for answer in said]

    assert back == said


def _some_values(question: Question) -> list[Any]:
    match question.kind:
        case "single_choice":
            return list(option_ids(question))
        case "multiple_choice":
            return [(option.id,) for option in question.options if not option.requires_any]
        case "number":
            low, high = question.minimum, question.maximum
            return [
                low if low is not None else Decimal("-12.25"),
                high if high is not None else Decimal(1234567),
            ]
        case "table":
            return [({c.id: "Stål" if c.kind == "text" else Decimal("1.5") for c in question.columns},)]
        case _:
            return []


def test_the_examples_of_both_questionnaires_are_walked() -> None:
    assert {example.split("/")[1] for example in every_example()} == set(SHIPPED)


written = st.text(st.characters(exclude_categories=("C",), exclude_characters="\x85\u2028\u2029"), min_size=1)
texts = written.map(str.strip).filter(bool)
evidence = st.builds(
    Evidence,
    texts,
    st.none() | st.sampled_from(["file", "link", "document"]),
    st.none() | st.dates(date(1000, 1, 1)),
)
beside = st.tuples(st.none() | texts, st.lists(evidence, max_size=3).map(tuple), st.booleans())
numbers = st.decimals(0, 2000, places=3).map(lambda n: Decimal(format(n.normalize(), "f")))


ANY: dict[str, st.SearchStrategy[Any]] = {
    "workshop.tools": st.sampled_from("01234"),
    "workshop.counted": st.booleans(),
    "workshop.training_hours": numbers,
    "workshop.motto": texts,
    "workshop.opened_on": st.dates(date(1000, 1, 1)),
    "tables.scrap_out": st.lists(
        st.fixed_dictionaries({"scrap": texts}, optional={"mass_tonnes": numbers.filter(bool)}),
        min_size=1,
        max_size=4,
    ).map(tuple),
}


@given(st.data(), st.sampled_from(LANGUAGES))
def test_anything_an_answer_can_hold_comes_back_the_same(
    asked: Mapping[str, Question], data: st.DataObject, language: Language
) -> None:
    id_, values = data.draw(st.sampled_from(list(ANY.items())))
    comment, shown, estimate = data.draw(beside)
    answer = Answer("answered", data.draw(values), None, comment, shown, estimate)

    assert _there_and_back(asked[id_], answer, language) == (answer, 3)
