"""What carries over to another version, what is dropped and why, and what is new."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given

from assessment.answers import AnswerSet, to_json
from assessment.change.moving import Dropped, move_answers
from questionnaires.loader import load_folder
from questionnaires.model import Questionnaire
from tests.answers_broken.workshop import change, edit, translate, write_shop
from tests.assessment.shop_answers import answer_sets, good

WORKSHOP = "sections/workshop.yaml"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The folder of version 2.0.0, still the same as the first."""
    return write_shop(tmp_path, "2.0.0-draft", "2.0.0")


def _dropped(newer: Path, questionnaire: Questionnaire) -> list[tuple[str, str]]:
    moved = move_answers(good(questionnaire), questionnaire, load_folder(newer), "2.0.0")
    return [(dropped.path, dropped.reason) for dropped in moved.dropped]


@given(answers=answer_sets())
def test_moving_to_the_same_version_changes_nothing(answers: AnswerSet, questionnaire: Questionnaire) -> None:
    moved = move_answers(answers, questionnaire, questionnaire, answers.version)

    assert moved.answers == answers
    assert set(moved.carried) == set(answers.answers)
    assert (moved.dropped, moved.new_questions) == ((), ())


def test_only_the_version_changes_when_the_questions_stay(newer: Path, questionnaire: Questionnaire) -> None:
    answers = good(questionnaire)

    moved = move_answers(answers, questionnaire, load_folder(newer), "2.0.0")

    assert to_json(moved.answers) == {**to_json(answers), "version": "2.0.0"}


def test_the_old_answers_are_not_touched(newer: Path, questionnaire: Questionnaire) -> None:
    change(newer, "questionnaire.yaml", "id: trade_code, kind: text", "id: code, kind: text")
    change(newer, WORKSHOP, "kind: date", "kind: text")
    answers = good(questionnaire)
    before = copy.deepcopy(to_json(answers))

    moved = move_answers(answers, questionnaire, load_folder(newer), "2.0.0")

    assert to_json(answers) == before
    assert moved.answers.answers is not answers.answers
    assert moved.answers.profile is not answers.profile


def test_a_question_that_is_gone_is_dropped(newer: Path, questionnaire: Questionnaire) -> None:
    change(newer, WORKSHOP, "id: workshop.motto", "id: workshop.slogan")

    assert _dropped(newer, questionnaire) == [("answers.workshop.motto", "removed")]


def test_a_question_of_another_kind_is_dropped(newer: Path, questionnaire: Questionnaire) -> None:
    change(newer, WORKSHOP, "kind: date", "kind: text")

    assert _dropped(newer, questionnaire) == [("answers.workshop.opened_on", "kind_changed")]


def test_an_option_that_is_gone_drops_the_answer_with_its_reason(
    newer: Path, questionnaire: Questionnaire
) -> None:
    change(newer, WORKSHOP, "id: hook", "id: rope")
    answers = good(questionnaire)

    moved = move_answers(answers, questionnaire, load_folder(newer), "2.0.0")

    assert moved.dropped == (Dropped("answers.workshop.stand", "not_accepted", "there is no option 'hook'"),)
    assert "workshop.stand" not in moved.answers.answers
    assert "workshop.stand" not in moved.carried


@pytest.mark.parametrize(
    "refused",
    [
        (WORKSHOP, "maximum: 2000", "maximum: 12", "answers.workshop.training_hours"),
        (WORKSHOP, "not_with: [brakes_basic]", "not_with: [wheels]", "answers.workshop.repairs"),
        ("sections/tables.yaml", "at_most: 100", "at_most: 50", "answers.tables.parts_in"),
        (
            "sections/tables.yaml",
            "id: scrap, kind: text",
            "id: waste, kind: text",
            "answers.tables.scrap_out",
        ),
    ],
    ids=lambda refused: refused[2],
)
def test_what_the_new_version_does_not_accept_is_dropped(
    newer: Path, questionnaire: Questionnaire, refused: tuple[str, str, str, str]
) -> None:
    file, old, new, path = refused

    change(newer, file, old, new)

    assert _dropped(newer, questionnaire) == [(path, "not_accepted")]


def test_not_applicable_is_dropped_where_it_is_not_allowed_any_more(
    newer: Path, questionnaire: Questionnaire
) -> None:
    section = newer / "sections" / "flows.yaml"
    head, _, tail = section.read_text(encoding="utf-8").partition("id: flows.scrap")
    section.write_text(head + "id: flows.scrap" + tail.replace("applicable: true", "applicable: false", 1))

    assert _dropped(newer, questionnaire) == [("answers.flows.scrap", "not_accepted")]


def test_facts_that_are_gone_or_of_another_kind_are_dropped(
    newer: Path, questionnaire: Questionnaire
) -> None:
    edit(
        newer / "questionnaire.yaml",
        "id: trade_code, kind: text, register_field: nace",
        "id: code, kind: text",
    )
    edit(newer / "questionnaire.yaml", "id: employees, kind: integer", "id: employees, kind: text")
    edit(newer / "questionnaire.yaml", "derived: profile.employees < 10", 'derived: profile.employees == "1"')
    translate(newer)

    assert _dropped(newer, questionnaire) == [
        ("profile.trade_code", "removed"),
        ("profile.employees", "kind_changed"),
    ]


def test_new_questions_of_the_depth_are_listed(newer: Path, questionnaire: Questionnaire) -> None:
    change(newer, WORKSHOP, "id: workshop.motto", "id: workshop.slogan")
    change(newer, "sections/tables.yaml", "id: tables.scrap_out", "id: tables.junk_out")
    change(newer, "scoring.yaml", "tables.scrap_out", "tables.junk_out")
    new, answers = load_folder(newer), good(questionnaire)

    advanced = move_answers(answers, questionnaire, new, "2.0.0").new_questions

    assert advanced == ("tables.junk_out", "workshop.slogan")


def test_new_questions_of_another_depth_are_not_listed(newer: Path, questionnaire: Questionnaire) -> None:
    change(newer, "sections/tables.yaml", "id: tables.scrap_out", "id: tables.junk_out")
    change(newer, "scoring.yaml", "tables.scrap_out", "tables.junk_out")
    basic = move_answers(good(questionnaire), questionnaire, questionnaire, "1").answers

    moved = move_answers(
        AnswerSet("bicycle_shop", "1.0.0", "basic", "2025", answers=basic.answers),
        questionnaire,
        load_folder(newer),
        "2.0.0",
    )

    assert moved.new_questions == ()
