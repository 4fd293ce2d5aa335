"""Which gates can hold their dimension below its raw level, worked by hand.

Brewing: water weighs 2 (scores 0 to 4), kettle 1 (0, 2 or 4), blends 1 (0 to 4): 16 points at most over 4.
Serving: cups weigh 2 (0 or 4), guests_pct 1 (0 to 4): 12 points at most over 3.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaires.checks.gates import gate_bindings, possible_scores
from questionnaires.loader import load_folder
from questionnaires.model import Questionnaire
from tests.questionnaires.conftest import Edit, Problems

GATE = 'if: brewing.water.score < 2 || profile.indoors_only && brewing.water.state == "unknown"\n'
LEVEL = "        max_level: 2\n"


def gate(condition: str, max_level: int) -> tuple[str, str, str]:
    return "scoring.yaml", GATE + LEVEL, f"if: {condition}\n{LEVEL.replace('2', str(max_level))}"


@pytest.mark.parametrize(
    ("condition", "max_level"),
    [
        ("brewing.water.score < 2", 2),  # 1: 2 + 4 + 4 = 10 of 4 is 2.5, raw level 3
        ("brewing.water.score < 1", 1),  # 0: 8 of 4 is 2.0, raw level 2
        ("brewing.water.score <= 2", 2),  # 2: 12 of 4 is 3.0
        ("brewing.water.score <= 3", 3),  # 3: 14 of 4 is 3.5, raw level 4
        ("brewing.kettle.score < 4", 3),  # 2, not 3: 14 of 4 is 3.5
        ('brewing.water.state == "unknown"', 1),  # counts 0: 2.0
        ("brewing.water.score < 1 || brewing.kettle.score < 1", 2),  # kettle 0: 12 of 4 is 3.0
        ("brewing.water.score < 3 && brewing.kettle.score < 3", 2),  # 2 and 2: 10 of 4 is 2.5
        ("brewing.water.score < 2 && profile.has_garden", 2),
        ("serving.cups.score < 1", 3),  # another dimension's answer takes nothing from this one
        ("profile.has_garden", 3),
    ],
)
def test_gate_that_can_bind_is_accepted(condition: str, max_level: int, edit: Edit, folder: Path) -> None:
    waive_nothing(edit)
    edit(*gate(condition, max_level))

    (binding,) = gate_bindings(load_folder(folder))

    assert binding.depths == ("basic", "advanced")


@pytest.mark.parametrize(
    ("condition", "max_level"),
    [
        ("brewing.water.score < 2", 3),  # 2.5 is raw level 3, which the gate allows
        ("brewing.water.score < 1", 2),  # 2.0
        ("brewing.water.score <= 2", 3),  # 3.0
        ("brewing.water.score < 0", 0),
        ('brewing.water.state == "unknown"', 2),  # 2.0
        ("brewing.kettle.score < 2 && brewing.water.score < 2", 2),  # kettle 0, not 1: 6 of 4 is 1.5
        ("brewing.water.score < 1 && brewing.kettle.score < 1", 2),  # 4 of 4
        ("brewing.water.score < 2 && profile.grows_tea && profile.indoors_only", 2),
    ],
)
def test_gate_that_can_never_bind_is_reported(
    condition: str, max_level: int, edit: Edit, problems: Problems
) -> None:
    waive_nothing(edit)
    edit(*gate(condition, max_level))

    assert [(p.code, p.place.path) for p in problems()] == [("gate_never_binds", "dimensions[0].gates[0]")]


def waive_nothing(edit: Edit) -> None:
    """Questions that open a gate cannot be declared not applicable."""
    edit("sections/brewing.yaml", KETTLE_WAIVED, KETTLE_WAIVED.replace("true", "false"))
    edit("sections/serving.yaml", CUPS_WAIVED, CUPS_WAIVED.replace("true", "false"))


KETTLE_WAIVED = "Syngende kanne}\n    allows_not_applicable: true"
CUPS_WAIVED = "no_score: 0\n    allows_not_applicable: true"


def test_gate_on_an_advanced_question_binds_at_that_depth_only(edit: Edit, folder: Path) -> None:
    edit(*gate("leaves.dried_share.score < 1", 2))

    (binding,) = gate_bindings(load_folder(folder))

    assert binding.depths == ("advanced",)


def test_question_asked_of_some_only_binds_for_them(edit: Edit, folder: Path) -> None:
    waive_nothing(edit)
    condition = "    shown_if: profile.grows_tea\n    text: Hva slags"
    edit("sections/brewing.yaml", "    text: Hva slags", condition)
    edit(
        "sections/brewing.yaml",
        "    kind: multiple_choice\n    weight: 1",
        "    kind: multiple_choice\n    weight: 2",
    )
    edit(*gate("brewing.kettle.score < 1", 2))

    (binding,) = gate_bindings(load_folder(folder))

    assert binding.depths == ("basic", "advanced")


def test_gate_over_too_many_answers_is_reported(edit: Edit, folder: Path, problems: Problems) -> None:
    for file in folder.glob("sections/*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("allows_not_applicable: true", "allows_not_applicable: false"))
    limits = [f"{id_}.score <= {score}" for id_ in SCORED for score in range(4)]
    edit(*gate(" && ".join(("brewing.water.score < 0", *limits)), 0))

    found = [(p.code, p.place.path) for p in problems()]

    assert found == [("condition_too_wide", "dimensions[0].gates[0]")]


SCORED = (
    "brewing.water",
    "brewing.kettle",
    "brewing.blends",
    "serving.cups",
    "serving.guests_pct",
    "leaves.harvest",
    "leaves.compost",
    "leaves.reused_pct",
)


@pytest.mark.parametrize(
    ("id_", "scores"),
    [
        ("brewing.water", {0, 1, 2, 3, 4}),
        ("brewing.kettle", {0, 2, 4}),
        ("brewing.blends", {0, 1, 2, 3, 4}),
        ("serving.cups", {0, 4}),
        ("serving.guests_pct", {0, 1, 2, 3, 4}),
        ("leaves.dried_share", {0, 1, 2, 3, 4}),
        ("tables.leaves_in", {0}),
    ],
)
def test_question_can_only_have_the_scores_of_its_answers(
    id_: str, scores: set[int], tea_house: Questionnaire
) -> None:
    (question,) = (question for _, question in tea_house.questions() if question.id == id_)

    assert possible_scores(question) == scores
