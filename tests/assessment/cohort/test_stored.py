"""Releases kept as text."""

from __future__ import annotations

import pytest

from assessment.cohort.layout import Layout
from assessment.cohort.publishing import changed_owners, release_text
from assessment.cohort.stored import basis_text, forget, read_release
from tests.assessment.cohort.cohorts import PLAIN, figures, published

RELEASE = published(figures([1] * 8 + [2] * 8 + [4] * 7 + [None], previous=1))


def test_a_release_comes_back_as_it_was() -> None:
    assert RELEASE.table("level").box is not None
    assert read_release(release_text(RELEASE), basis_text(RELEASE), PLAIN) == RELEASE


def test_a_release_of_another_layout_is_not_read() -> None:
    with pytest.raises(ValueError, match="another layout"):
        read_release(release_text(RELEASE), basis_text(RELEASE), Layout("eksempel", ("strategy",)))


def test_a_text_in_another_form_is_not_read() -> None:
    with pytest.raises(ValueError, match="not as it was written"):
        read_release(release_text(RELEASE).replace(":", ": "), basis_text(RELEASE), PLAIN)


def test_an_erased_owner_is_nobody_and_still_counted() -> None:
    basis = forget(RELEASE.basis, "eksempel-003", "stranger")

    assert "eksempel-003" not in {one.owner for one in basis.counted}
    assert len(basis.counted) == RELEASE.owners
    assert changed_owners(RELEASE.basis, basis) == 2


def test_two_results_of_an_erased_owner_are_still_two() -> None:
    later = figures([1] * 8 + [2] * 8 + [4] * 7 + [None], round_=2, result="2")
    both = [forget(basis, "eksempel-003", "stranger") for basis in (RELEASE.basis, later, RELEASE.basis)]

    first, second, again = (
        [one.result for one in basis.counted if one.owner == "stranger"] for basis in both
    )

    assert first != second
    assert first == again
