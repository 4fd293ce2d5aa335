"""The staircase keeps what nothing beats, whatever the order of arrival."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.advice.frontier import keep_unbeaten
from assessment.advice.staircase import Staircase

small = st.integers(-4, 4)
points = st.lists(st.tuples(small, small), max_size=12)
many = settings(max_examples=200, deadline=None, derandomize=True, database=None)


@given(points, st.tuples(small, small))
@many
def test_point_is_added_unless_one_is_as_far_right_and_as_high(
    earlier: list[tuple[int, int]], point: tuple[int, int]
) -> None:
    stairs = _build(earlier)

    is_added = stairs.add(*point)

    assert is_added == (not any(x >= point[0] and y >= point[1] for x, y in earlier))


@given(points, small)
@many
def test_highest_is_the_largest_y_from_x_rightwards(earlier: list[tuple[int, int]], x: int) -> None:
    stairs = _build(earlier)

    highest = stairs.find_highest(x)

    assert highest == max((y for other, y in earlier if other >= x), default=None)


@given(st.lists(st.tuples(small, small, small), max_size=12, unique_by=lambda pick: pick[0]))
@many
def test_pick_is_kept_unless_a_cheaper_one_buys_as_much(picks: list[tuple[int, int, int]]) -> None:
    kept = keep_unbeaten(picks)

    assert kept == sorted(
        pick for pick in picks if not any(p < pick[0] and g >= pick[1] and e >= pick[2] for p, g, e in picks)
    )


def _build(earlier: list[tuple[int, int]]) -> Staircase:
    stairs = Staircase()
    for x, y in earlier:
        stairs.add(x, y)
    return stairs
