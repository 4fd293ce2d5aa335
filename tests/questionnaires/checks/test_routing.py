"""Which questions some profile and answers can show, and which dimensions are too thin for someone."""

from __future__ import annotations

from pathlib import Path

import pytest

from questionnaires.loader import load_folder
from tests.questionnaires.conftest import Edit, Problems

SHOWN_IF = 'shown_if: serving.cups.state != "not_asked"'
OPENED_ON = "questions[3].shown_if"


def shown_if(condition: str) -> tuple[str, str, str]:
    quoted = condition.replace("'", "''")
    return "sections/serving.yaml", SHOWN_IF, f"shown_if: '{quoted}'"


@pytest.mark.parametrize(
    "condition",
    [
        "profile.has_garden",
        "!profile.has_garden",
        "profile.trade_group == 0",
        "profile.trade_group > 98",
        "profile.trade_code in ['a', 'b']",
        "profile.guests in [7, 9]",
        "profile.guests > profile.trade_group",
        "profile.guests == profile.trade_group",
        "profile.guests < profile.trade_group",
        "serving.guests_pct.value == 2.5",
        "serving.guests_pct.value > 10 && serving.guests_pct.value < 11",
        "serving.guests_pct.value < 0",
        "serving.guests_pct.value > 100",
        "'simple_mint' in brewing.blends.value && 'simple_rose' in brewing.blends.value"
        " && 'bold_smoke' in brewing.blends.value && !('bold_pine' in brewing.blends.value)",
        "!('none' in brewing.blends.value)",
        "brewing.kettle.value in ['tin', 'singing']",
        "brewing.kettle.state == 'not_applicable'",
        "brewing.kettle.state == 'missing'",
        "brewing.kettle.state == 'unknown' && brewing.kettle.score == 0",
        "serving.motto.value == 'Te er te'",
        "serving.motto.value != 'Te er te'",
        "brewing.water.score == 1 && brewing.kettle.score == 3",
    ],
)
def test_condition_that_someone_meets_is_accepted(condition: str, edit: Edit, folder: Path) -> None:
    edit(*shown_if(condition))

    assert load_folder(folder).id == "tea_house"


@pytest.mark.parametrize(
    "condition",
    [
        "false",
        "profile.has_garden && !profile.has_garden",
        "profile.grows_tea && !profile.has_garden",
        "profile.trade_group > 99",
        "profile.guests < 0",
        "profile.guests > 2 && profile.guests < 3",
        "profile.trade_code == 'a' && profile.trade_code == 'b'",
        "brewing.kettle.value == 'tin' && brewing.kettle.state == 'unknown'",
        "brewing.water.state == 'not_applicable'",
        "brewing.water.score > 4",
        "brewing.water.state == 'missing' && brewing.water.score == 0",
        "serving.cups.value && serving.cups.state == 'unknown'",
        "serving.cups.value == (1 > 2) && serving.cups.value",
    ],
)
def test_condition_that_nobody_meets_is_reported(condition: str, edit: Edit, problems: Problems) -> None:
    edit(*shown_if(condition))

    assert [(p.code, p.place.path) for p in problems()] == [("never_shown", OPENED_ON)]


def test_condition_on_a_question_that_is_not_asked_then_is_reported(edit: Edit, problems: Problems) -> None:
    edit("sections/brewing.yaml", "weight: 1\n    text: Hva slags", WITH_GARDEN + "    text: Hva slags")
    edit(*shown_if("brewing.kettle.score >= 2 && !profile.has_garden"))

    assert [p.code for p in problems()] == ["never_shown"]


WITH_GARDEN = "weight: 1\n    shown_if: profile.has_garden\n"


def test_dimension_that_is_only_asked_at_advanced_depth_for_some_is_too_thin(
    edit: Edit, problems: Problems
) -> None:
    edit("sections/leaves.yaml", "weight: 1\n    text: Hvor blir", WITH_GARDEN + "    text: Hvor blir")
    edit("sections/leaves.yaml", "weight: 2\n", "weight: 2\n    shown_if: profile.has_garden\n")

    (problem,) = problems()

    assert problem.code == "thin_dimension"
    assert "has_garden=false" in problem.message
    assert "0 basic questions of weight 0" in problem.message


def test_dimension_that_nobody_is_asked_for_some_is_no_mistake(edit: Edit, folder: Path) -> None:
    for old in ("text: Teller dere", "text: Hvor stor del av gjestene"):
        edit("sections/serving.yaml", f"    {old}", f"    shown_if: profile.has_garden\n    {old}")

    assert load_folder(folder).id == "tea_house"


def test_question_that_hangs_on_an_answer_does_not_count_as_asked(edit: Edit, problems: Problems) -> None:
    condition = "    shown_if: serving.cups.value\n    text: Hvor stor del av gjestene"
    edit("sections/serving.yaml", "    text: Hvor stor del av gjestene", condition)

    (problem,) = problems()

    assert (problem.code, problem.particulars["count"]) == ("thin_dimension", 1)


def test_too_many_answers_in_one_condition_are_reported(edit: Edit, problems: Problems) -> None:
    named = " && ".join(
        f"{id_}.state != 'missing' && {id_}.score > 9"
        for id_ in ("brewing.water", "brewing.kettle", "brewing.blends", "serving.cups", "serving.guests_pct")
    )
    edit(*shown_if(f"{named} && serving.guests_pct.value == 1"))

    assert [(p.code, p.place.path) for p in problems()] == [("condition_too_wide", OPENED_ON)]


def test_too_many_profiles_are_reported_once(edit: Edit, problems: Problems) -> None:
    guests, groups = str([*range(0, 270, 3)]), str([*range(0, 99, 3)])
    condition = f"profile.guests in {guests} || profile.trade_group in {groups}"
    edit("questionnaire.yaml", "asked_if: profile.has_garden\n", f"asked_if: {condition}\n")

    assert [p.code for p in problems()] == ["too_many_profiles"]
