"""When "don't know" alone makes a level provisional. Figures of the builder: its expected.yaml."""

from __future__ import annotations

from typing import Any

from reports.formatting import Voice
from reports.sections.desk import Desk, lay_out
from reports.sections.unsure import Unsure, count_unsure, find_unsure, find_unsure_overall
from reports.translations.report import REPORT_WORDS
from tests.reports.making import BUILDER, WORKSHOP, material_of, raw_answers

REPORTING = "eksempel_bygg/sustainability_reporting"


def desk_of(raw: dict[str, Any] | str) -> Desk:
    material = material_of(raw)
    texts = material.result.plan.questionnaire.words("nb")
    return lay_out(material, Voice("nb", REPORT_WORDS["nb"], texts))


def test_the_whole_is_provisional_for_what_nobody_knew() -> None:
    assert find_unsure_overall(desk_of(BUILDER)) == Unsure(unknown=2, asked=23)


def test_a_dimension_is_provisional_for_what_nobody_knew() -> None:
    assert find_unsure(desk_of(BUILDER), "insight") == Unsure(unknown=1, asked=2)


def test_a_dimension_that_lacks_answers_is_not_said_to_be_unsure() -> None:
    assert find_unsure(desk_of(BUILDER), "use") is None


def test_a_level_that_stands_is_not_unsure_whatever_nobody_knew() -> None:
    desk = desk_of(WORKSHOP)

    assert find_unsure_overall(desk) is None
    assert count_unsure(desk) == Unsure(unknown=1, asked=24)


def test_a_whole_that_is_provisional_for_something_else_is_not_unsure() -> None:
    # 85 per cent is answered, one dimension has too few answers whatever was known
    assert find_unsure_overall(desk_of(REPORTING)) is None


def test_without_answers_nothing_is_unsure() -> None:
    desk = desk_of({**raw_answers(WORKSHOP), "answers": {}})

    assert find_unsure_overall(desk) is None
    assert count_unsure(desk).unknown == 0
