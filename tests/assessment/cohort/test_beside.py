"""Two cohorts that share results: what both were told gives nobody away."""

from __future__ import annotations

from dataclasses import replace

from assessment.cohort.beside import connected, laid_out_alike
from assessment.cohort.figures import cohort_figures
from assessment.cohort.layout import Layout
from assessment.cohort.members import Member
from assessment.cohort.publishing import Release, publish
from assessment.cohort.recheck import exposures
from tests.assessment.cohort.cohorts import PLAIN, at, figures, member, members, published, told

EVERYBODY = members([1] * 10 + [3] * 10)
OTHER = Layout("eksempel", dimensions=("b",), regions=("Eksempelvik",), activities=("webinar",))


def of(cohort: list[Member], layout: Layout = PLAIN, beside: tuple[Release, ...] = ()) -> Release:
    release = publish(cohort_figures(cohort, layout), [], beside)
    assert isinstance(release, Release), release
    return release


def test_a_cohort_with_one_company_less_is_not_told_what_says_where_that_one_stands() -> None:
    first = of(EVERYBODY)

    alone, beside = of(EVERYBODY[1:]), of(EVERYBODY[1:], PLAIN, (first,))

    assert told(first) == {(): {"none_or_0+1": 10, "2+3+4": 10}}
    assert told(alone) == {(): {"none_or_0+1": 9, "2+3+4": 10}}  # less that, the first one stands on 1
    assert told(beside) == {}
    assert beside.table("level").mean is None


def test_a_third_cohort_is_looked_at_with_two_that_are_together_as_large_but_for_one() -> None:
    halves = [members([1] * 6 + [3] * 6), members([1] * 18 + [3] * 6)[12:]]
    apart = tuple(of(half) for half in halves)
    union = [*halves[0], *halves[1], member("x", 3)]

    assert told(of(union, PLAIN, apart[:1])) != {}
    assert told(of(union, PLAIN, apart)) == {}  # that less both would be where x stands


def test_cohorts_that_share_nothing_are_told_as_if_alone() -> None:
    first = of(EVERYBODY)
    others = [replace(one, result="2") for one in EVERYBODY[1:]]

    assert of(others, PLAIN, (first,)) == of(others)


def test_who_shares_with_one_that_shares_is_looked_at_too() -> None:
    near, far, apart = (cohort_figures(EVERYBODY[a:b], PLAIN) for a, b in ((4, 12), (10, 20), (0, 3)))

    assert connected([cohort_figures(EVERYBODY[3:5], PLAIN)], [far, apart, near]) == (0, 2)


def test_figures_of_another_layout_keep_what_the_last_one_tells_of() -> None:
    known = member("x", 2, dimensions={"a": at(1), "b": at(3)}, region="Eksempelvik", attended={"webinar"})
    other = cohort_figures([known], OTHER)
    own = cohort_figures([known], Layout("eksempel", dimensions=("a", "b"), activities=("samling",)))

    [there, here] = laid_out_alike([other, own])

    assert there.layout == here.layout
    assert there.layout.activities == ("samling", "webinar")
    # no dimension "a" there, and nothing known of an activity that is not its own
    assert (there.counted[0].values[:3], here.counted[0].values[:3]) == ((2, None, 3), (2, 1, 3))
    assert [one and int(one) for one in there.counted[0].scores] == [2, None, 3]
    assert there.counted[0].marks == ("Eksempelvik", "", "", "attended")
    assert here.counted[0].marks == ("", "", "not_attended", "")


def test_a_layout_of_another_cohort_changes_no_table_of_ones_own() -> None:
    first = of(EVERYBODY, OTHER)

    second = of(EVERYBODY[1:] + members([2] * 30)[20:], PLAIN, (first,))

    assert [one.id for one in second.tables] == [one.id for one in PLAIN.tables]
    histories = laid_out_alike([first.basis, second.basis])
    assert exposures(histories, [first.tables, second.tables]) == ()


def test_nothing_beside_is_as_it_was() -> None:
    assert publish(figures([1] * 10 + [3] * 10), [], ()) == published(figures([1] * 10 + [3] * 10))
