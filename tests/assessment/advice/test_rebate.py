"""The rebate's bound is never above the cheapest solution, and close to it where that is possible."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.advice.frontier import Pick
from assessment.advice.rebate import find_rebate
from assessment.advice.work import WorkLimit

Options = list[list[Pick]]

picks = st.tuples(st.integers(0, 10_000), st.integers(-50, 50), st.integers(-50, 50))
options = st.lists(st.lists(picks, min_size=1, max_size=5), min_size=1, max_size=3)


@given(options, st.integers(1, 1_000))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_no_solution_is_cheaper_than_the_bound(options: Options, highest: int) -> None:
    rebate = find_rebate(options, highest, WorkLimit(10_000))

    assert all(rebate.bound <= price for price in _list_solution_prices(options))


def test_bound_meets_the_cost_of_gain_at_its_best_rate() -> None:
    # Both lack 6; the first gains 4 a unit of price, the second 2: 12 / 4 = 3 units of 1000.
    options = [[(1000 * n, 4 * n - 6, 0) for n in range(7)], [(1000 * n, 2 * n - 6, 0) for n in range(7)]]

    rebate = find_rebate(options, 10_000, WorkLimit(10_000))

    assert 2990 <= rebate.bound <= 3000


def _list_solution_prices(options: Options) -> list[int]:
    chosen = [[sum(axis) for axis in zip(*combination, strict=True)] for combination in product(*options)]
    return [price for price, gain, evidence in chosen if gain >= 0 and evidence >= 0]
