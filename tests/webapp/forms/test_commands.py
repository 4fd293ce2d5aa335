"""Buttons that work without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from assessment.answers import Answer, Evidence
from questionnaires.model import Question
from tests.webapp.forms.filling import sent
from webapp.forms.commands import Command, carry_out, read_command
from webapp.forms.page import read_section


def test_a_button_says_which_question_and_line_it_is_about() -> None:
    assert read_command({"remove_row": ["tables.scrap_out:2"]}) == Command(
        "remove_row", "tables.scrap_out", 2
    )
    assert read_command({"add_row": ["tables.scrap_out"]}) == Command("add_row", "tables.scrap_out", None)


@pytest.mark.parametrize(
    "form", [{}, {"add_row": ["x"]}, {"clear": []}, {"remove_row": ["a.b:-1"]}, {"save": ["a.b"]}]
)
def test_what_makes_no_sense_is_no_button(form: Mapping[str, list[str]]) -> None:
    assert read_command(form) is None


def test_a_row_is_taken_out_of_the_table(asked: Mapping[str, Question]) -> None:
    table = asked["tables.scrap_out"]
    form = sent(table, ("row-0.scrap", "a"), ("row-1.scrap", "b"), ("row-10.scrap", "c"))

    left = carry_out(form, Command("remove_row", table.id, 1))

    (said,) = read_section([table], left, "nb").questions
    assert said.answer == Answer("answered", ({"scrap": "a"}, {"scrap": "c"}))


def test_a_line_of_evidence_is_taken_out(asked: Mapping[str, Question]) -> None:
    tools = asked["workshop.tools"]
    form = sent(tools, ("", "2"), ("evidence-0-title", "a"), ("evidence-1-title", "b"))

    left = carry_out(form, Command("remove_evidence", tools.id, 0))

    (said,) = read_section([tools], left, "nb").questions
    assert said.answer == Answer("answered", "2", evidence=(Evidence("b"),))


def test_an_answer_taken_back_leaves_its_comment(asked: Mapping[str, Question]) -> None:
    hours = asked["workshop.training_hours"]
    form = {
        **sent(
            hours,
            ("", "2"),
            ("estimate", "yes"),
            ("status", "unknown"),
            ("comment", "Om lag"),
            ("version", "4"),
        ),
        **sent(asked["workshop.tools"], ("", "1")),
    }

    left = carry_out(form, Command("clear", hours.id, None))

    tools, cleared = read_section([asked["workshop.tools"], hours], left, "nb").questions
    assert (cleared.answer, cleared.base) == (Answer("missing", comment="Om lag"), 4)
    assert tools.answer == Answer("answered", "1")


def test_adding_a_row_saves_what_is_there(asked: Mapping[str, Question]) -> None:
    table = asked["tables.scrap_out"]
    form = sent(table, ("row-0.mass_tonnes", "1,5"))

    left = carry_out(form, Command("add_row", table.id, None))

    (said,) = read_section([table], left, "nb").questions
    assert said.answer == Answer("answered", ({"mass_tonnes": Decimal("1.5")},))
