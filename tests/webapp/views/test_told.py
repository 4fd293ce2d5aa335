"""An answer in words, and what of several answers differs."""

from __future__ import annotations

from decimal import Decimal

from assessment.answers import Answer, Evidence, Row
from reports.formatting import Voice
from reports.translations.report import REPORT_WORDS
from tests.webapp.sites import SHELF
from webapp.forms.sheets import sheet_of
from webapp.views.told import Side, sides, told

PLAN = SHELF.open("circular_business_models", "1.0.0").plan
SHEET = sheet_of(PLAN.questionnaire, PLAN.sha256, "nb")
VOICE = Voice("nb", REPORT_WORDS["nb"], PLAN.questionnaire.words("nb"))
QUESTIONS = {question.id: question for _, question in PLAN.questionnaire.questions()}


def compared(question: str, *answers: Answer) -> tuple[Side, ...]:
    return sides(VOICE, SHEET[question], QUESTIONS[question], answers)


def table(*rows: tuple[str, str]) -> Answer:
    lines: list[Row] = [{"material": name, "mass_tonnes": Decimal(tonnes)} for name, tonnes in rows]
    return Answer("answered", tuple(lines))


def test_a_table_is_told_row_by_row_under_its_heads() -> None:
    said = told(VOICE, SHEET["indicators.inflow"], QUESTIONS["indicators.inflow"], table(("Stål", "10.5")))

    assert len(said.rows) == 1
    assert [part.partition(": ")[2] for part in said.rows[0].split("; ")] == ["Stål", "10,5"]


def test_of_the_same_choice_the_different_comments_are_told() -> None:
    mine, theirs, before = compared(
        "strategy.ambition",
        Answer("answered", "2", comment="Sjekk tallene"),
        Answer("answered", "2", comment="Fra 2024"),
        Answer("answered", "2"),
    )

    assert mine.text == theirs.text == before.text
    assert [side.comment and side.comment.text for side in (mine, theirs, before)] == [
        "Sjekk tallene",
        "Fra 2024",
        "",
    ]
    assert [side.evidence for side in (mine, theirs, before)] == [None, None, None]


def test_different_evidence_is_told_by_its_titles() -> None:
    given = [
        Answer("answered", "2", comment="Likt", evidence=(Evidence(title, "document"),)) for title in "AB"
    ]

    mine, theirs = compared("strategy.ambition", *given)

    assert [side.evidence and side.evidence.text for side in (mine, theirs)] == ["A", "B"]
    assert mine.comment is None


def test_of_tables_only_the_rows_that_differ_are_told() -> None:
    steel, wood, more_wood = ("Stål", "10"), ("Tre", "2"), ("Tre", "3")

    mine, theirs, before = compared(
        "indicators.inflow", table(steel, wood), table(steel, more_wood), table(steel)
    )

    assert [len(side.rows) for side in (mine, theirs, before)] == [1, 1, 0]
    assert "Tre" in mine.rows[0]
    assert mine.rows != theirs.rows


def test_of_tables_that_differ_by_order_alone_every_row_is_told() -> None:
    steel, wood = ("Stål", "10"), ("Tre", "2")

    mine, theirs = compared("indicators.inflow", table(steel, wood), table(wood, steel))

    assert mine.rows == tuple(reversed(theirs.rows))
    assert len(mine.rows) == 2


def test_equal_tables_show_no_rows() -> None:
    mine, theirs = compared("indicators.inflow", table(("Stål", "10")), table(("Stål", "10")))

    assert (mine.rows, theirs.rows) == ((), ())
