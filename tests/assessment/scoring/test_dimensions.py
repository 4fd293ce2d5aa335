"""One dimension: limits, several caps, and what the flags and shares count."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessment.scoring.dimensions import Cap, Counted, score_dimension, tally


def _answers(*weights_and_scores: tuple[int, int]) -> list[Counted]:
    return [Counted(f"q{at}", w, "answered", s) for at, (w, s) in enumerate(weights_and_scores)]


@pytest.mark.parametrize(
    ("not_applicable", "answered", "flags"),
    [(3, 7, ()), (3, 6, ("na_review",)), (1, 3, ()), (1, 2, ("na_review",))],
    ids=["exactly 3/10", "3/9", "1/4", "1/3"],
)
def test_more_than_three_tenths_not_applicable_is_flagged(
    not_applicable: int, answered: int, flags: tuple[str, ...]
) -> None:
    removed = [Counted("n", 1, "not_applicable")] * not_applicable
    kept = [Counted("a", 1, "answered", 2)] * answered

    assert score_dimension(tally([*removed, *kept])).flags == flags


def test_the_lowest_of_several_caps_holds_and_all_of_them_are_listed() -> None:
    gates = (Cap("gate", 2, ("q0",)), Cap("gate", 1, ("q1",)))

    result = score_dimension(tally(_answers((2, 4), (1, 4))), gates)

    assert (result.raw_level, result.level) == (4, 1)
    assert [(cap.rule, cap.max_level) for cap in result.caps] == [("gate", 2), ("gate", 1), ("evidence", 3)]


def test_a_cap_at_the_raw_level_is_not_listed() -> None:
    result = score_dimension(tally(_answers((1, 2))), [Cap("gate", 2, ("q0",))])

    assert (result.level, result.caps) == (2, ())


def test_the_evidence_cap_names_the_strong_answers_without_documents() -> None:
    documented = Counted("with", 1, "answered", 4, documented=True)
    counted = [documented, Counted("without", 2, "answered", 4), Counted("weak", 1, "answered", 2)]

    result = score_dimension(tally(counted))  # (4 + 8 + 2) / 4 = 7/2, so 4; documented 1 of 4

    assert result.caps == (Cap("evidence", 3, ("without",)),)


def test_a_withheld_dimension_keeps_its_capped_level_to_itself() -> None:
    missing = [Counted("m", 1, "missing")] * 3

    result = score_dimension(tally([*_answers((1, 4)), *missing]), [Cap("gate", 2, ("q0",))])

    assert (result.coverage, result.status) == (Fraction(1, 4), "withheld")
    assert (result.level, result.capped_level) == (None, 2)
