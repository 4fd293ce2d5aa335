"""Ways to tell steps together."""

from __future__ import annotations

import pytest

from assessment.cohort.layout import Attribute
from assessment.cohort.partitions import are_nested, coarser, groupings


def test_steps_in_order_are_told_with_those_beside_them_the_most_groups_first() -> None:
    assert groupings(Attribute("question", "q1")) == (
        ((0,), (1,), (2,)),
        ((0,), (1, 2)),
        ((0, 1), (2,)),
    )


def test_tags_are_told_alone_or_with_all_others() -> None:
    found = groupings(Attribute("tag"))

    assert found[0] == ((0,), (1,), (2,), (3,), (4,))
    # three alone of five: ten ways; two: ten; one: five
    assert len(found) == 1 + 10 + 10 + 5
    assert found[1] == ((0,), (1,), (2,), (3, 4))


def test_coarser_groups_are_made_of_whole_groups() -> None:
    assert coarser(((0, 1), (2,), (3, 4))) == (
        ((0, 1), (2,), (3, 4)),
        ((0, 1), (2, 3, 4)),
        ((0, 1, 2), (3, 4)),
    )


@pytest.mark.parametrize(
    ("one", "other", "nested"),
    [
        (((0,), (1, 2)), ((0,), (1,), (2,)), True),
        (((0,), (1,), (2,)), ((0, 1), (2,)), True),
        (((0,), (1, 2)), ((0, 1), (2,)), False),
    ],
)
def test_groups_are_nested_where_none_overlaps(
    one: tuple[tuple[int, ...], ...], other: tuple[tuple[int, ...], ...], nested: bool
) -> None:
    assert are_nested(one, other) is nested
