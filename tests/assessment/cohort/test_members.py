"""One result for each legal owner."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from assessment.cohort.members import one_for_each_owner
from tests.assessment.cohort.cohorts import member


def test_companies_with_one_owner_count_once() -> None:
    found = one_for_each_owner([member("a"), member("b1", owner="b"), member("b2", owner="b")])

    assert [one.owner for one in found] == ["a", "b"]


def test_the_owner_itself_counts_before_its_companies() -> None:
    parent = member("b", owner="b", coverage=Fraction(7, 10))

    assert one_for_each_owner([member("a1", owner="b"), parent]) == (parent,)


def test_without_the_owner_the_company_that_answered_most_counts_and_then_the_first_by_id() -> None:
    half = member("a", owner="x", coverage=Fraction(1, 2))
    full, as_full = member("b", owner="x"), member("c", owner="x")

    assert all(one_for_each_owner(some) == (full,) for some in permutations([half, full, as_full]))


def test_a_company_that_is_there_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="'a' is there twice"):
        one_for_each_owner([member("a"), member("a", owner="b")])
