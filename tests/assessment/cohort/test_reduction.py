"""Whole combinations of whole vectors."""

from __future__ import annotations

from assessment.cohort.reduction import Basis


def basis(*vectors: dict[str, int]) -> Basis[str, int]:
    found: Basis[str, int] = Basis()
    for name, vector in enumerate(vectors):
        found.add(name, vector)
    return found


def test_a_combination_is_found_with_how_often_each_is_taken() -> None:
    # x - z = (x - y) + (y - z)
    found = basis({"x": 1, "y": -1}, {"y": 1, "z": -1}).combination({"x": 1, "z": -1})

    assert found == {0: 1, 1: 1}


def test_what_is_taken_the_other_way_round_is_negative() -> None:
    assert basis({"x": 1, "y": -1}, {"z": 1, "y": -1}).combination({"x": 1, "z": -1}) == {0: 1, 1: -1}


def test_what_none_makes_has_no_combination() -> None:
    assert basis({"x": 1, "y": -1}).combination({"x": 1, "z": -1}) is None


def test_nothing_is_made_of_nothing() -> None:
    assert basis().combination({}) == {}
    assert basis().combination({"x": 1}) is None


def test_a_vector_that_others_make_is_not_taken_in() -> None:
    found = basis({"x": 1, "y": -1}, {"y": 1, "z": -1})

    assert not found.add(2, {"x": 1, "z": -1})
    assert found.add(3, {"w": 1})


def test_half_of_a_vector_is_no_whole_combination() -> None:
    assert basis({"x": 2, "y": -2}).combination({"x": 1, "y": -1}) is None
