"""The whole: which levels the caps look at, the order they come in, and the three plain facts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.scoring.dimensions import Cap, Counted, DimensionScore, score_dimension, tally
from assessment.scoring.overall import WeightedDimension, score_overall


def _dimension(*scores: int, gate: int | None = None, documented: bool = False) -> DimensionScore:
    counted = [Counted(f"q{at}", 1, "answered", s, documented) for at, s in enumerate(scores)]
    return score_dimension(tally(counted), [] if gate is None else [Cap("gate", gate, ("q0",))])


def _whole(core: DimensionScore, other: DimensionScore, accepted: bool = False) -> list[WeightedDimension]:
    """A core dimension of weight 10 and another of weight 90."""
    return [
        WeightedDimension("core", 10, True, core, accepted),
        WeightedDimension("other", 90, False, other, accepted),
    ]


def _caps(dimensions: list[WeightedDimension]) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(cap.rule, cap.max_level, cap.because) for cap in score_overall(dimensions).caps]


def test_the_weakest_link_looks_at_the_level_after_gates() -> None:
    # core: raw 4, its gate holds it at 0; O = 4, raw 4; 0 + 2 = 2
    found = _caps(_whole(_dimension(4, 4, gate=0, documented=True), _dimension(4, 4, documented=True)))

    assert found == [("weakest_link", 2, ("core",))]


def test_the_weakest_link_counts_a_withheld_core_dimension() -> None:
    missing = [Counted(f"m{at}", 1, "missing") for at in range(3)]
    withheld = score_dimension(tally([Counted("q", 1, "answered", 0), *missing]))

    found = score_overall(_whole(withheld, _dimension(4, 4, documented=True)))

    # O = (10*0 + 90*4) / 100 = 18/5, raw 4
    assert withheld.level is None
    assert [(cap.rule, cap.max_level) for cap in found.caps] == [("weakest_link", 2)]


def test_a_neglected_dimension_is_one_at_level_0_after_gates() -> None:
    other = WeightedDimension("other", 10, False, _dimension(4, gate=0, documented=True))
    core = WeightedDimension("core", 90, True, _dimension(4, 4, documented=True))

    assert _caps([core, other]) == [("neglected_dimension", 3, ("other",))]


def test_a_core_dimension_at_level_0_is_the_weakest_link_and_not_neglected() -> None:
    found = _caps(_whole(_dimension(0), _dimension(4, 4, documented=True)))

    assert found == [("weakest_link", 2, ("core",))]


def test_the_caps_come_as_weakest_link_neglected_dimension_evidence() -> None:
    dimensions = [
        WeightedDimension("core", 5, True, _dimension(1)),
        WeightedDimension("small", 5, False, _dimension(0)),
        WeightedDimension("large", 90, False, _dimension(4, 4)),
    ]

    found = score_overall(dimensions)  # (5*1 + 5*0 + 90*4) / 100 = 73/20, raw 4

    assert [cap.rule for cap in found.caps] == ["weakest_link", "neglected_dimension", "evidence"]
    assert found.level == 3


@pytest.mark.parametrize(("accepted", "status"), [(False, "provisional"), (True, "published")])
def test_an_advisor_may_accept_what_does_not_apply(accepted: bool, status: str) -> None:
    removed = Counted("n", 1, "not_applicable")
    flagged = score_dimension(tally([removed, Counted("q", 1, "answered", 3)]))

    assert score_overall(_whole(flagged, _dimension(3), accepted)).status == status


def test_documented_is_a_share_of_what_is_answered_not_of_what_is_unknown() -> None:
    counted = [Counted("a", 1, "answered", 2, documented=True), Counted("u", 3, "unknown", 0)]
    core = score_dimension(tally(counted))

    found = score_overall(_whole(core, _dimension(2)))

    assert found.documented == Fraction(1, 10)  # (10 * 1/1 + 90 * 0) / 100


def test_equal_weights_take_the_plain_mean_of_the_scored_dimensions() -> None:
    assert score_overall(_whole(_dimension(0), _dimension(3))).equal_weights == Fraction(3, 2)


def test_where_no_dimension_applies_there_is_nothing_to_say() -> None:
    empty = score_dimension(tally([Counted("n", 1, "not_applicable")]))

    found = score_overall(_whole(empty, empty))

    assert (found.status, found.score, found.coverage, found.level) == ("not_applicable", None, None, None)
