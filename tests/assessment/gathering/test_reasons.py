"""A table's reason names topics and people, and never how large a gap is."""

from __future__ import annotations

from assessment.gathering.reasons import Help, SharedGap, TableReason, reasons
from assessment.gathering.seats import Plan
from tests.assessment.gathering.making import person


def test_shared_gaps_go_by_people_then_by_weight_then_by_id() -> None:
    people = [
        person("a", {"all": 1, "big": 5, "one": 3}),
        person("b", {"all": 1, "big": 5, "low": 2}),
        person("c", {"all": 1, "low": 2, "own": 9}),
    ]

    (found,) = reasons(Plan((("a", "b", "c"),)), people)

    # all: three people; big: two, 5 + 5; low: two, 2 + 2; one and own: nobody else's
    assert found.shared == (
        SharedGap("all", ("a", "b", "c")),
        SharedGap("big", ("a", "b")),
        SharedGap("low", ("b", "c")),
    )


def test_the_best_help_comes_from_another_company_where_it_can() -> None:
    people = [
        person("a", {"x": 3}, owner="one"),
        person("b", strengths={"x": 9}, owner="one"),
        person("c", strengths={"x": 1}, owner="two"),
    ]

    (both,) = reasons(Plan((("a", "b", "c"),)), people)
    (colleague,) = reasons(Plan((("a", "b"),)), people)

    assert both.helps == (Help("c", "a", "x"),)
    assert colleague.helps == (Help("b", "a", "x"),)


def test_a_table_without_anything_in_common_has_no_reason() -> None:
    assert reasons(Plan((("a", "x"), ())), [person("a", {"q": 1})]) == (
        TableReason((), ()),
        TableReason((), ()),
    )
