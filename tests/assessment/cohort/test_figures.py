"""On which step an owner stands."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from assessment.cohort.figures import Counted, cohort_figures
from assessment.cohort.layout import Layout
from assessment.cohort.members import Gap, Standing
from tests.assessment.cohort.cohorts import at, member

LAYOUT = Layout("eksempel", ("strategy",), ("q1",), ("nord", "sør"), ("bygg",), ("first",))


def counted(level: int | None = 2, **more: Any) -> Counted:
    return cohort_figures([member("a", level, **more)], LAYOUT).counted[0]


def step(attribute: str, **more: Any) -> str | None:
    """The name of the step of a company for one attribute."""
    ids = [one.id for one in LAYOUT.attributes]
    number = counted(**more).values[ids.index(attribute)]
    return None if number is None else LAYOUT.attributes[ids.index(attribute)].steps[number]


@pytest.mark.parametrize(("level", "name"), [(None, "none_or_0"), (0, "none_or_0"), (1, "1"), (4, "4")])
def test_without_a_level_is_as_on_level_0(level: int | None, name: str) -> None:
    assert step("level", level=level) == name


def test_a_dimension_has_its_own_level() -> None:
    assert step("level.strategy", dimensions={"strategy": at(3)}) == "3"
    assert step("level.strategy") == "none_or_0"


@pytest.mark.parametrize(
    ("coverage", "name"),
    [
        (None, "below_80"),
        (Fraction(79, 100), "below_80"),
        (Fraction(4, 5), "80_to_100"),
        (Fraction(1), "all"),
    ],
)
def test_coverage_stands_in_bands(coverage: Fraction | None, name: str) -> None:
    assert step("coverage", coverage=coverage) == name


def test_a_question_is_a_gap_a_strength_or_neither() -> None:
    assert step("question.q1", gaps=(Gap("q1"),)) == "gap"
    assert step("question.q1", strengths=frozenset({"q1"})) == "strength"
    assert step("question.q1") == "neither"


def test_a_company_lacks_what_most_of_its_gaps_lack() -> None:
    # capital twice, skill once
    gaps = (Gap("q1", "skill"), Gap("q2", "capital"), Gap("q3", "capital"))

    assert step("tag", gaps=gaps) == "capital"


def test_of_two_equal_lacks_the_one_of_the_heavier_gap_counts() -> None:
    assert step("tag", gaps=(Gap("q1", "regulation"), Gap("q2", "skill"))) == "regulation"


def test_gaps_that_lack_none_of_them_are_no_lack() -> None:
    assert step("tag", gaps=(Gap("q1"),)) == "none"


@pytest.mark.parametrize(
    ("previous", "level", "name"),
    [(1, 2, "up"), (2, 2, "same"), (3, 2, "down"), (None, 2, None), (1, None, None)],
)
def test_development_is_from_one_level_to_another(
    previous: int | None, level: int | None, name: str | None
) -> None:
    assert step("development", level=level, previous=previous) == name


def test_a_region_outside_the_layout_is_unknown() -> None:
    assert counted(region="nord", sector="fiske", attended=frozenset({"first"})).marks == (
        "nord",
        "",
        "attended",
    )
    assert counted().marks == ("", "", "not_attended")


def test_a_score_without_a_level_is_not_counted() -> None:
    withheld = Standing(None, Fraction(3))

    assert counted(overall=withheld).scores == (None, None)
    assert counted(dimensions={"strategy": at(1)}).scores == (Fraction(2), Fraction(1))
