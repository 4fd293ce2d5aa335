"""Releases: when there is one, and what one after another gives away."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from assessment.cohort import publishing
from assessment.cohort.audit import Exposure
from assessment.cohort.figures import CohortFigures, cohort_figures
from assessment.cohort.layout import Layout
from assessment.cohort.members import Member
from assessment.cohort.publishing import Refusal, changed_owners, publish, release_text
from assessment.cohort.recheck import Found, exposures
from tests.assessment.cohort.cohorts import PLAIN, figures, member, members, published, told

FIRST = members([1] * 10 + [3] * 10)


def after(cohort: list[Member], round_: int = 2) -> CohortFigures:
    return cohort_figures(cohort, PLAIN, round_)


def test_a_release_is_the_same_text_and_checksum_each_time() -> None:
    one, again = (published(figures([1] * 10 + [3] * 10)) for _ in range(2))

    assert release_text(one) == release_text(again)
    assert one.sha256 == hashlib.sha256(release_text(one).encode()).hexdigest()


def test_what_is_released_names_nobody() -> None:
    text = release_text(published(figures([1] * 10 + [3] * 10)))

    assert "eksempel-" not in text


def test_nine_owners_are_too_few() -> None:
    assert publish(figures([1] * 4 + [3] * 5), []) == Refusal("too_few_owners", 9, 10)


def test_a_round_has_one_release() -> None:
    first = published(after(FIRST, 1))

    assert publish(after([], 1), [first]) == Refusal("too_few_owners", 0, 10)
    assert publish(after([*FIRST, *members([2] * 30)[20:]], 1), [first]) == Refusal("same_round")


def test_four_changes_are_too_few_and_five_are_enough() -> None:
    first = published(after(FIRST, 1))
    # one has left, one has a new result, two have come, and then a third
    four = [replace(FIRST[1], result="2"), *FIRST[2:], member("x"), member("y")]

    assert publish(after(four), [first]) == Refusal("too_few_changes", 4, 5)
    assert published(after([*four, member("z")]), [first]).number == 2


def test_changes_are_counted_by_owner() -> None:
    group = [member(f"x{one}", owner="x") for one in range(5)]

    assert changed_owners(after(FIRST), after([*FIRST, *group])) == 1


def test_another_layout_is_refused() -> None:
    other = cohort_figures(FIRST, Layout("eksempel", ("strategy",)), 2)

    assert publish(other, [published(after(FIRST, 1))]) == Refusal("other_layout")


def test_where_a_few_have_come_the_table_is_not_told_again() -> None:
    # 10 and 10, then 13 and 12: the five that came would be 3 and 2
    first = published(after(FIRST, 1))
    come = [member(f"x{one}", level) for one, level in enumerate([1, 1, 1, 3, 3])]
    second = published(after([*FIRST, *come]), [first])

    assert told(first) == {(): {"none_or_0+1": 10, "2+3+4": 10}}
    assert told(second) == {}


def test_where_many_have_come_they_are_told_in_groups_of_six() -> None:
    # 10 and 10, then 16 and 17: those that came are 6 and 7
    first = published(after(FIRST, 1))
    come = [member(f"x{one}", level) for one, level in enumerate([1] * 6 + [3] * 7)]

    assert told(published(after([*FIRST, *come]), [first])) == {(): {"none_or_0+1": 16, "2+3+4": 17}}


def test_a_new_round_with_all_new_results_is_told_in_full_and_so_are_the_few_that_kept_theirs() -> None:
    # two keep their old result: they may stand anywhere, since 18 old and 18 new results are unknown too
    first = published(after(FIRST, 1))
    again = [replace(one, result="2") for one in FIRST[:9] + FIRST[11:]]
    second = published(after([*again, FIRST[9], FIRST[10]]), [first])

    assert told(second) == {(): {"none_or_0+1": 10, "2+3+4": 10}}


def test_a_mean_is_not_told_again_where_it_would_tell_of_five() -> None:
    first = published(after(FIRST, 1))
    second = published(after([*FIRST, *(member(f"x{one}", 2) for one in range(5))]), [first])
    third = published(after([*FIRST, *(member(f"x{one}", 2) for one in range(10))]), [first])

    assert (first.table("level").mean, second.table("level").mean) == ("2.0", None)
    assert third.table("level").mean == "2.0"


def test_the_audit_of_what_was_released_finds_what_should_not_have_been() -> None:
    first = published(after(FIRST, 1))
    more = after([*FIRST, *(member(f"x{one}", level) for one, level in enumerate([1, 1, 1, 3, 3]))])
    alone = published(more)

    found = exposures([first.basis, more], [first.tables, alone.tables])

    # those that came are in the second table only: three in its first group, two in its second
    parts = [one.exposure for one in found if one.attribute == "level" and one.exposure.part]
    assert Exposure((1,), (0,), 3) in parts
    assert Exposure((1,), (1,), 2) in parts


def test_what_the_last_look_finds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "exposures", lambda *_: (Found("level", Exposure((0,), (0,), 1)),))

    assert publish(after(FIRST, 1), []) == Refusal("would_expose", 1)
