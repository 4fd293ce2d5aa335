"""Agreement between companies and advisors, against tables worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.review.agreement import (
    LEAST_PAIRS,
    RatedPair,
    agreement,
    by_question,
    drifts,
    weighted_kappa,
)

scores = st.integers(0, 4)
ratings = st.lists(st.tuples(scores, scores), min_size=1, max_size=60)


def rated(*counts: tuple[int, int, int]) -> list[tuple[int, int]]:
    """(first, second, how often), one pair each time."""
    return [(one, other) for one, other, times in counts for _ in range(times)]


def pairs(found: list[tuple[int, int]], question: str = "q", rater: str = "r") -> list[RatedPair]:
    return [RatedPair(question, rater, one, other) for one, other in found]


def test_two_scores_give_the_plain_kappa() -> None:
    """20 both 0, 5 and 10 apart, 15 both 1: 35 of 50 alike where chance gives 25: (0.7 - 0.5) / 0.5."""
    assert weighted_kappa(rated((0, 0, 20), (0, 1, 5), (1, 0, 10), (1, 1, 15))) == Fraction(2, 5)


def test_three_scores_weigh_two_steps_twice() -> None:
    """Of ten pairs three are one apart and one is two apart: 5 in all, 50/100 a pair.

    First side 0: 4, 1: 3, 2: 3. Second side 0: 4, 1: 4, 2: 2. By chance a pair is
    (1·4·4 + 2·4·2 + 1·3·4 + 1·3·2 + 2·3·4 + 1·3·4) / 100 = 86 / 100 apart. 1 - 50/86.
    """
    found = rated((0, 0, 3), (0, 1, 1), (1, 1, 2), (1, 2, 1), (2, 1, 1), (2, 2, 1), (2, 0, 1))
    assert weighted_kappa(found) == 1 - Fraction(50, 86)


@pytest.mark.parametrize("found", [[], [(3, 3)], [(2, 2)] * 40], ids=["none", "one", "all the same"])
def test_where_nothing_differs_by_chance_there_is_no_kappa(found: list[tuple[int, int]]) -> None:
    assert weighted_kappa(found) is None


def test_who_turns_the_scale_round_agrees_less_than_chance() -> None:
    """Half 0 against 4, half 4 against 0: always 4 apart, by chance 2. 1 - 4/2."""
    assert weighted_kappa(rated((0, 4, 5), (4, 0, 5))) == -1


def test_a_score_nobody_uses_still_lies_between_the_others() -> None:
    """Nobody uses 2. Of ten pairs three are one apart: 10 · 3 = 30.

    First side 0: 2, 1: 3, 3: 3, 4: 2. Second side 0: 3, 1: 2, 3: 3, 4: 2. By chance
    2·(1·2 + 3·3 + 4·2) + 3·(1·3 + 2·3 + 3·2) + 3·(3·3 + 2·2 + 1·2) + 2·(4·3 + 3·2 + 1·3)
    = 38 + 45 + 45 + 42 = 170.
    """
    found = rated((0, 0, 2), (1, 1, 2), (1, 0, 1), (3, 3, 2), (3, 4, 1), (4, 4, 1), (4, 3, 1))
    assert weighted_kappa(found) == 1 - Fraction(30, 170)


def test_a_side_that_always_says_the_same_agrees_as_much_as_chance() -> None:
    """Companies always choose 3: seen 0·10 + 1·12 + 2·8 = 28, and by chance the same 28."""
    assert weighted_kappa(rated((3, 3, 10), (3, 2, 12), (3, 1, 8))) == 0


def test_two_who_differ_among_many_alike_agree_less_than_chance() -> None:
    """28 of 30 both 3, one 3 and 4, one 4 and 3: seen 30 · 2, by chance 29·1 + 1·29 = 58. 1 - 60/58."""
    assert weighted_kappa(rated((3, 3, 28), (3, 4, 1), (4, 3, 1))) == Fraction(-1, 29)


@given(ratings)
def test_kappa_is_the_same_from_both_sides_and_at_most_one(found: list[tuple[int, int]]) -> None:
    kappa = weighted_kappa(found)

    assert kappa == weighted_kappa((other, one) for one, other in found)
    if kappa is not None:
        assert -1 <= kappa <= 1
        assert (kappa == 1) == all(one == other for one, other in found)


@given(ratings, st.randoms(use_true_random=False))
def test_the_order_of_pairs_does_not_matter(found: list[tuple[int, int]], random: object) -> None:
    mixed = list(found)
    random.shuffle(mixed)  # type: ignore[attr-defined]

    assert agreement(pairs(mixed)) == agreement(pairs(found))


def test_kappa_is_shown_from_thirty_pairs_on_and_the_rest_from_the_first() -> None:
    few = agreement(pairs(rated((3, 3, 15), (4, 2, 14))))
    enough = agreement(pairs(rated((3, 3, 15), (4, 2, 15))))

    assert (few.n, few.kappa) == (29, None)
    assert (few.same, few.close, few.bias) == (Fraction(15, 29), Fraction(15, 29), Fraction(28, 29))
    assert enough.n == LEAST_PAIRS
    assert enough.kappa == 1 - Fraction(30 * 30, 15 * 15 * (0 + 1 + 1 + 2))


def test_nothing_is_said_about_no_pairs() -> None:
    assert agreement([]) == agreement(iter(()))
    assert (agreement([]).n, agreement([]).same, agreement([]).bias) == (0, None, None)


def test_the_question_that_is_read_most_differently_comes_first() -> None:
    found = pairs([(3, 3), (3, 2)], "a") + pairs([(4, 1), (0, 2)], "b") + pairs([(1, 2), (2, 2)], "c")

    assert list(by_question(found)) == ["b", "a", "c"]
    assert by_question(found)["b"].bias == Fraction(1, 2)


def test_a_strict_advisor_drifts_from_the_others_by_what_they_take_off() -> None:
    """Both meet companies that choose 3; one gives 2, the other 3."""
    found = pairs([(3, 2)] * 30, rater="strict") + pairs([(3, 3)] * 30, rater="other")

    strict, other = sorted(drifts(found), key=lambda one: one.rater == "other")
    assert (strict.rater, strict.n, strict.others_n, strict.drift) == ("strict", 30, 30, 1)
    assert other.drift == -1


def test_hard_questions_make_nobody_strict() -> None:
    """Everybody takes two off at "hard" and none at "easy"; one advisor has mostly hard ones."""
    hard, easy = [(4, 2)], [(3, 3)]
    found = pairs(hard * 28, "hard", "a") + pairs(easy * 2, "easy", "a")
    found += pairs(hard * 2, "hard", "b") + pairs(easy * 28, "easy", "b")

    assert [one.drift for one in drifts(found)] == [0, 0]


def test_drift_is_not_shown_for_few_pairs_nor_for_questions_nobody_else_has_rated() -> None:
    found = pairs([(3, 2)] * 29, rater="a") + pairs([(3, 3)] * 40, rater="b")
    alone = pairs([(3, 2)] * 40, "one", "a") + pairs([(3, 3)] * 40, "two", "b")

    assert {one.drift for one in drifts(found)} == {None}
    assert [(one.n, one.drift) for one in drifts(alone)] == [(0, None), (0, None)]


@pytest.mark.parametrize(("company", "advisor"), [(5, 0), (0, -1)])
def test_what_is_no_score_is_refused(company: int, advisor: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 4"):
        RatedPair("q", "r", company, advisor)
