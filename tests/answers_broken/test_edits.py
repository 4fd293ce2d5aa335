"""Every kind of mistake in an answer file is found, named, placed, and told what is allowed."""

from __future__ import annotations

import json

import pytest

from assessment.jsontext import read_json
from assessment.reading import read_answers
from questionnaires.errors import Problem
from tests.answers_broken.edit import Edit
from tests.answers_broken.edits import EDITS
from tests.answers_broken.workshop import good_text
from webapp.services.definitions import Definitions


def _problems(text: str, shop: Definitions) -> tuple[Problem, ...]:
    return read_answers(read_json(text.encode(), "answers.json"), shop.questionnaire).problems


def test_the_good_file_has_no_mistakes(shop: Definitions) -> None:
    assert _problems(good_text(), shop) == ()


def test_there_are_many_different_mistakes() -> None:
    assert len({edit.id for edit in EDITS}) == len(EDITS) >= 45


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.id)
def test_a_mistake_is_named_with_its_place_and_what_is_allowed(edit: Edit, shop: Definitions) -> None:
    text = good_text()
    assert text.count(edit.old) == 1

    problems = _problems(text.replace(edit.old, edit.new), shop)

    assert [problem.code for problem in problems] == [edit.code]
    problem = problems[0]
    assert edit.message in problem.message
    assert edit.allowed in problem.allowed
    assert (problem.place.file, problem.place.path, problem.place.line) == (
        "answers.json",
        edit.path,
        edit.line,
    )
    assert len(str(problem)) < 3000


def test_many_mistakes_are_all_reported_with_their_lines(shop: Definitions) -> None:
    broken = (
        good_text()
        .replace('"period": "2025"', '"period": 2025')
        .replace('"rents": true', '"rents": "yes"')
        .replace('"reused_pct": 25', '"reused_pct": 250')
        .replace('"value": "3"', '"value": "7"')
        .replace('"kind": "file"', '"kind": "photo"')
        .replace('"value": true', '"value": 1')
        .replace('"12.5"', '"NaN"')
        .replace('"status": "missing"', '"status": "lost"')
    )

    found = [(problem.code, problem.place.line) for problem in _problems(broken, shop)]

    assert sorted(found, key=lambda item: item[1] or 0) == [
        ("wrong_value", 5),
        ("wrong_value", 14),
        ("number_range", 20),
        ("unknown_option", 31),
        ("evidence_kind", 34),
        ("wrong_value", 39),
        ("number_form", 40),
        ("unknown_status", 47),
    ]


def test_without_its_questionnaire_the_rest_of_the_file_is_still_looked_at(shop: Definitions) -> None:
    broken = good_text().replace("bicycle_shop", "tricycle").replace('"period": "2025",', '"perod": "2025",')

    codes = [problem.code for problem in _problems(broken, shop)]

    assert codes == ["unknown_questionnaire", "answers_unknown_key", "missing_key"]


def test_more_mistakes_than_anybody_reads_are_cut_off(shop: Definitions) -> None:
    answers = {f"workshop.q{at}": {} for at in range(20_000)}
    text = json.dumps({**json.loads(good_text()), "answers": answers})

    problems = _problems(text, shop)

    assert len(problems) == 1001
    assert problems[-1].code == "too_many_problems"
