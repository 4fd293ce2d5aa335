"""What most have in common."""

from __future__ import annotations

from assessment.cohort.commonest import Topic, commonest
from assessment.cohort.told import Row, ToldTable

THREE = (("gap",), ("neither",), ("strength",))
GAPS = (("gap",), ("neither", "strength"))


def question(id_: str, groups: tuple[tuple[str, ...], ...], *counts: int) -> ToldTable:
    return ToldTable(f"question.{id_}", f"question.{id_}", None, groups, (Row((), counts),))


TABLES = (
    question("few", GAPS, 8, 32),  # 20 %
    question("half", THREE, 20, 6, 14),  # 50 %, and 35 % strong
    question("alike", GAPS, 21, 19),  # 52.5 %: 55 %
    ToldTable("question.hidden", "question.hidden", None),
    question("strong", (("gap", "neither"), ("strength",)), 10, 30),  # 75 % strong
)


def test_the_commonest_gaps_come_first() -> None:
    assert commonest(TABLES, "gap", 2) == (Topic("alike", 55), Topic("half", 50))


def test_strengths_are_those_told_apart_from_the_rest() -> None:
    assert commonest(TABLES, "strength", 5) == (Topic("strong", 75), Topic("half", 35))


def test_equal_percents_keep_the_order_of_the_questions() -> None:
    # 20/40 and 19/40 = 47.5 %: both 50 %
    tables = (question("second", GAPS, 19, 21), question("first", GAPS, 20, 20))

    assert [one.question for one in commonest(tables, "gap", 5)] == ["second", "first"]
