"""What is shown of agreement: nothing of few companies, counts in bands, and one question as one question."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.review.agreement import LEAST_PAIRS, RatedPair
from assessment.review.calibration import (
    LEAST_COMPANIES,
    PlacedPair,
    Reading,
    advisor_drifts,
    as_asked,
    band_end,
    banded,
    compare,
)
from questionnaires.model import Question, Questionnaire

scores = st.integers(0, 4)


def placed(
    *counts: tuple[int, int, int], companies: int = 30, question: str = "q", rater: str = "r"
) -> list[PlacedPair]:
    """(company's score, advisor's, how often), going round the companies."""
    pairs = [RatedPair(question, rater, own, other) for own, other, times in counts for _ in range(times)]
    return [PlacedPair(pair, f"c{at % companies}", "1.0.0") for at, pair in enumerate(pairs)]


def test_of_four_companies_there_is_a_count_and_nothing_else() -> None:
    found = compare(placed((3, 2, 40), companies=4))["q"]

    assert (found.agreement.n, found.companies) == (40, 4)
    assert not found.is_shown
    assert (found.agreement.same, found.agreement.bias, found.agreement.kappa) == (None, None, None)
    assert (found.cells, found.reading, found.is_one_sided) == ((), None, False)


def test_of_five_companies_there_are_figures_but_no_kappa_of_few_pairs() -> None:
    found = compare(placed((3, 3, 15), (4, 2, 14), companies=5))["q"]

    assert (found.agreement.same, found.agreement.bias) == (Fraction(15, 29), Fraction(28, 29))
    assert (found.agreement.kappa, found.cells, found.reading, found.has_enough) == (None, (), None, False)
    assert not found.is_one_sided


def test_from_thirty_pairs_on_there_is_kappa_and_a_table_in_bands() -> None:
    """Seen 14 · 2 = 28, times 30. By chance: first 3: 16, 4: 14; second 3: 16, 2: 14: 224 + 224 + 392."""
    found = compare(placed((3, 3, 16), (4, 2, 14)))["q"]

    assert found.agreement.kappa == 1 - Fraction(30 * 28, 840) == 0
    assert found.cells == ((0,) * 5, (0,) * 5, (0,) * 5, (0, 0, 0, 15, 0), (0, 0, 10, 0, 0))
    assert (found.reading, found.is_one_sided) == ("apart", True)


@pytest.mark.parametrize(
    ("count", "start", "end"),
    [(0, 0, 0), (1, 1, 4), (4, 1, 4), (5, 5, 9), (9, 5, 9), (10, 10, 14), (31, 30, 34)],
)
def test_a_count_is_shown_as_the_band_it_is_in(count: int, start: int, end: int) -> None:
    assert (banded(count), band_end(banded(count))) == (start, end)


@pytest.mark.parametrize(
    ("counts", "reading"),
    [
        # 1/3 on each of 1, 2, 3 and all alike: kappa 1.
        (((1, 1, 10), (2, 2, 10), (3, 3, 10)), "alike"),
        # 12 of 40 one apart; chance 40·40 / (20·20 + 20·20) = 1/2: 1 - (12/40) / (1/2) = 0.4.
        (((1, 1, 14), (1, 2, 6), (2, 1, 6), (2, 2, 14)), "partly"),
        # 8 of 40 one apart: 1 - (8/40) / (1/2) = 0.6.
        (((1, 1, 16), (1, 2, 4), (2, 1, 4), (2, 2, 16)), "alike"),
        # 14 of 40 one apart: 0.3.
        (((1, 1, 13), (1, 2, 7), (2, 1, 7), (2, 2, 13)), "apart"),
        # Kappa -1/29, but 28 of 30 are the same.
        (((3, 3, 28), (3, 4, 1), (4, 3, 1)), "alike"),
        # Everybody chose 3: no kappa, and nothing to improve.
        (((3, 3, 30),), "alike"),
    ],
    ids=["all alike", "two fifths", "three fifths", "less", "nearly all", "one score"],
)
def test_how_a_question_is_read(counts: tuple[tuple[int, int, int], ...], reading: Reading) -> None:
    assert compare(placed(*counts))["q"].reading == reading


def test_those_with_figures_come_first_and_hidden_ones_in_no_telling_order() -> None:
    """The order by how far they are apart is itself a figure."""
    alike, apart = placed((3, 3, 6), question="a"), placed((3, 1, 6), question="b")
    hidden = placed((2, 2, 3), question="c", companies=3) + placed((4, 0, 3), question="d", companies=3)

    assert list(compare(hidden + alike + apart)) == ["b", "a", "c", "d"]


@given(st.lists(st.tuples(st.sampled_from("pqr"), scores, scores, st.integers(0, 7)), max_size=90))
def test_no_figure_comes_of_few_companies_and_no_table_of_few_pairs(
    given_pairs: list[tuple[str, int, int, int]],
) -> None:
    pairs = [
        PlacedPair(RatedPair(question, "r", own, other), str(company), "1.0.0")
        for question, own, other, company in given_pairs
    ]
    for id_, found in compare(pairs).items():
        companies = {one.company for one in pairs if one.pair.question == id_}
        assert found.companies == len(companies)
        assert found.is_shown == (len(companies) >= LEAST_COMPANIES)
        assert bool(found.cells) == (found.is_shown and found.agreement.n >= LEAST_PAIRS)
        assert all(cell < 2 or cell % 5 == 0 for row in found.cells for cell in row)


def test_drift_needs_companies_as_well_as_pairs() -> None:
    many = placed((3, 2, 30), rater="strict", companies=5) + placed((3, 3, 30), rater="other")
    few = placed((3, 2, 30), rater="strict", companies=4) + placed((3, 3, 30), rater="other")

    assert [(one.rater, one.companies, one.drift) for one in advisor_drifts(many)] == [
        ("other", 30, -1),
        ("strict", 5, 1),
    ]
    assert [(one.rater, one.n, one.drift) for one in advisor_drifts(few)] == [
        ("other", 30, -1),
        ("strict", 30, None),
    ]


def _reweighted(questionnaire: Questionnaire, id_: str) -> Questionnaire:
    return _with_question(questionnaire, id_, weight=3, shown_if="profile.employees > 3", source="noe annet")


def _reworded(questionnaire: Questionnaire, id_: str) -> Questionnaire:
    return _with_text(questionnaire, questionnaire.source_language, id_)


def _retranslated(questionnaire: Questionnaire, id_: str) -> Questionnaire:
    other = next(one for one in questionnaire.texts if one != questionnaire.source_language)
    return _with_text(questionnaire, other, id_)


def _refused(questionnaire: Questionnaire, id_: str) -> Questionnaire:
    held = next(question for _, question in questionnaire.questions() if question.id == id_)
    return _with_question(questionnaire, id_, allows_not_applicable=not held.allows_not_applicable)


def _with_question(questionnaire: Questionnaire, id_: str, **changed: Any) -> Questionnaire:
    def one(question: Question) -> Question:
        return question.model_copy(update=changed) if question.id == id_ else question

    sections = tuple(
        section.model_copy(update={"questions": tuple(map(one, section.questions))})
        for section in questionnaire.sections
    )
    return questionnaire.model_copy(update={"sections": sections})


def _with_text(questionnaire: Questionnaire, language: str, id_: str) -> Questionnaire:
    texts = {code: dict(words) for code, words in questionnaire.texts.items()}
    texts[language][f"questions/{id_}/text"] = "Noe helt annet?"
    return questionnaire.model_copy(update={"texts": texts})


@pytest.mark.parametrize(
    ("change", "is_same"),
    [(_reweighted, True), (_reworded, False), (_retranslated, False), (_refused, False)],
)
def test_a_question_stays_the_same_until_it_is_asked_in_another_way(
    questionnaire: Questionnaire, change: Callable[[Questionnaire, str], Questionnaire], is_same: bool
) -> None:
    ids = [question.id for _, question in questionnaire.questions()]
    changed = change(questionnaire, ids[0])
    before, after = (
        {question.id: as_asked(one, question) for _, question in one.questions()}
        for one in (questionnaire, changed)
    )

    assert changed != questionnaire
    assert (before[ids[0]] == after[ids[0]]) is is_same
    assert {id_: before[id_] for id_ in ids[1:]} == {id_: after[id_] for id_ in ids[1:]}
