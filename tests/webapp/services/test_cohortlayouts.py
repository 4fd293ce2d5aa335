"""Which places the fixed layout of a cohort's figures names."""

from __future__ import annotations

from assessment.cohort.audit import LARGE
from webapp.services.cohortlayouts import MAX_REGIONS, Located, named_regions


def owners(counts: dict[str, int]) -> list[Located]:
    return [Located(name) for name, count in counts.items() for _ in range(count)]


def test_a_place_that_few_share_is_not_named() -> None:
    everybody = owners({"Eksempelvik": LARGE, "Eksempelnes": LARGE - 1})

    assert named_regions([*everybody, Located()]) == ("Eksempelvik",)


def test_of_too_many_places_those_that_most_share_are_named() -> None:
    small = {f"Eksempel {number:02}": LARGE for number in range(MAX_REGIONS)}
    named = named_regions(owners(small | {"Øvre Eksempel": LARGE + 1}))

    assert named == (*sorted(small)[:-1], "Øvre Eksempel")
