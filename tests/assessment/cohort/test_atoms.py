"""Which owners can be told apart, and how many of them stand where."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from assessment.cohort.atoms import Heap, RecordClass, View, atoms_of, by_axes, heaps_of, records_of
from assessment.cohort.figures import CohortFigures, Counted
from tests.assessment.cohort.cohorts import PLAIN

ONE = Counted("a", "1", ("nord", ""), (1,), (Fraction(3, 2),))


def heaps(*releases: Counted) -> dict[RecordClass, Heap]:
    """The records of one attribute of one owner, counted so in one release after the other."""
    histories = [CohortFigures(PLAIN, at, (one,)) for at, one in enumerate(releases, start=1)]
    return dict(heaps_of(by_axes(records_of(histories), (0,)), 0, 2, 0))


def test_a_result_in_another_region_is_the_same_record() -> None:
    moved = replace(ONE, marks=("sør", ""))

    assert heaps(ONE, moved) == {RecordClass((("nord", ""), ("sør", ""))): Heap([0, 1], 1, Fraction(3, 2))}


def test_another_result_is_another_record_even_on_the_same_step() -> None:
    found = heaps(ONE, replace(ONE, result="2"))

    assert list(found) == [RecordClass((("nord", ""), None)), RecordClass((None, ("nord", "")))]


def test_a_result_that_stands_elsewhere_all_the_same_is_another_record() -> None:
    found = heaps(ONE, replace(ONE, values=(0,)))

    assert {known: heap.steps for known, heap in found.items()} == {
        RecordClass((("nord", ""), None)): [0, 1],
        RecordClass((None, ("nord", ""))): [1, 0],
    }


def test_who_is_not_counted_for_an_attribute_is_no_record_of_it() -> None:
    assert heaps(replace(ONE, values=(None,))) == {}


def test_steps_that_no_row_tells_apart_are_one_cell() -> None:
    known = {RecordClass((("nord",),)): Heap([1, 2, 3], 0, Fraction())}
    views = [View(0, None, frozenset(), ((0, 1), (2,))), View(0, 0, frozenset({"nord"}), ((0, 1), (2,)))]

    (atom,) = atoms_of(known, views)

    assert atom.cells == {(0, 0): 3, (1, 1): 3}


def test_axes_that_no_table_is_by_tell_nobody_apart() -> None:
    records = by_axes(
        records_of([CohortFigures(PLAIN, 1, (ONE, replace(ONE, owner="b", marks=("sør", ""))))]), (1,)
    )

    assert list(records.steady) == [RecordClass((("", ""),))]
