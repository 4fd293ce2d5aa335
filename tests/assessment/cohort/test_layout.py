"""The tables of a cohort, once and for all."""

from __future__ import annotations

import pytest

from assessment.cohort.layout import Layout

LAYOUT = Layout("eksempel", ("strategy",), ("q1",), ("nord",), ("bygg",), ("first",))


def test_the_tables_are_of_everybody_first_and_then_by_what_tells_them_apart() -> None:
    assert [table.id for table in LAYOUT.tables] == [
        "level",
        "level.strategy",
        "coverage",
        "tag",
        "development",
        "question.q1",
        "level/region",
        "level/sector",
        "development/activity.first",
    ]


def test_without_regions_there_is_no_table_of_them() -> None:
    assert "level/region" not in [table.id for table in Layout("eksempel", ()).tables]


def test_another_layout_has_another_checksum() -> None:
    other = Layout("eksempel", ("strategy",), ("q1",), ("nord",), ("bygg",), ("second",))

    assert LAYOUT.sha256 != other.sha256
    assert len(LAYOUT.sha256) == 64


@pytest.mark.parametrize("regions", [("nord", "nord"), ("nord", "")])
def test_an_id_twice_or_empty_is_a_mistake(regions: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="regions of a layout"):
        Layout("eksempel", (), regions=regions)
