"""What must hold of every assessment, whatever is answered (docs/scoring.md section 6)."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.scoring.dimensions import Cap, Counted, score_dimension, tally
from assessment.scoring.engine import DimensionInput, Scores, score_engine_1

EXAMPLES = 3000 if os.environ.get("KRETSLOP_HOSTILE") else 150
many = settings(max_examples=EXAMPLES, deadline=None, derandomize=True)

WEIGHTS = (15, 15, 15, 15, 10, 10, 10, 10)
CORE = (True, False, False, True, False, False, False, True)
STATES = ("answered", "unknown", "missing", "not_applicable")


@st.composite
def questions(draw: st.DrawFn) -> Counted:
    state = draw(st.sampled_from(STATES))
    score = draw(st.integers(0, 4)) if state == "answered" else (0 if state == "unknown" else None)
    documented = state == "answered" and draw(st.booleans())
    return Counted("q", draw(st.integers(0, 3)), state, score, documented)  # type: ignore[arg-type]


def _with_gate(page: list[Counted]) -> list[Counted]:
    """A page whose first question opens the gate; such a question is never not applicable."""
    if not page or page[0].state == "not_applicable":
        return page
    return [replace(page[0], question="gate"), *page[1:]]


pages = st.lists(questions(), min_size=0, max_size=5).map(_with_gate)
assessments = st.lists(pages, min_size=8, max_size=8)


def _score(assessment: list[list[Counted]]) -> Scores:
    return score_engine_1(
        DimensionInput(f"d{at}", weight, core, page, tuple(_gate(page)))
        for at, (weight, core, page) in enumerate(zip(WEIGHTS, CORE, assessment, strict=True))
    )


def _gate(page: list[Counted]) -> list[Cap]:
    """A gate as definitions have them: it holds while its question scores below 2 or is unknown."""
    closed = any(
        q.question == "gate" and q.state in ("answered", "unknown") and (q.score or 0) < 2 for q in page
    )
    return [Cap("gate", 2, ("gate",))] if closed else []


def _levels(scores: Scores) -> list[int]:
    """Every level, -1 where none is shown."""
    found = [scores.overall.level, *(d.level for d in scores.dimensions.values())]
    return [-1 if level is None else level for level in found]


def _values(scores: Scores) -> list[Fraction]:
    found = [scores.overall.score, *(d.score for d in scores.dimensions.values())]
    return [Fraction(-1) if score is None else score for score in found]


def _changed(assessment: list[list[Counted]], pick: Any, change: Any) -> list[list[Counted]] | None:
    """The assessment with the first question that ``pick`` accepts changed, or None."""
    for at, page in enumerate(assessment):
        for place, question in enumerate(page):
            if pick(question):
                new = [*page[:place], change(question), *page[place + 1 :]]
                return [*assessment[:at], new, *assessment[at + 1 :]]
    return None


@many
@given(assessments, st.integers(0, 3))
def test_raising_an_answer_lowers_no_score_and_no_level(assessment: list[list[Counted]], low: int) -> None:
    raised = _changed(
        assessment,
        lambda q: q.state == "answered" and q.score == low,
        lambda q: replace(q, score=low + 1),
    )
    before = _score(assessment)
    after = _score(raised or assessment)

    assert all(b <= a for b, a in zip(_values(before), _values(after), strict=True))
    assert all(b <= a for b, a in zip(_levels(before), _levels(after), strict=True))


@many
@given(assessments, st.integers(0, 4))
def test_answering_instead_of_unknown_lowers_no_score_and_no_level(
    assessment: list[list[Counted]], score: int
) -> None:
    answered = _changed(
        assessment, lambda q: q.state == "unknown", lambda q: replace(q, state="answered", score=score)
    )
    before = _score(assessment)
    after = _score(answered or assessment)

    assert all(b <= a for b, a in zip(_values(before), _values(after), strict=True))
    assert all(b <= a for b, a in zip(_levels(before), _levels(after), strict=True))


@many
@given(assessments, st.lists(st.integers(0, 4), min_size=40, max_size=40))
def test_every_completion_of_the_missing_answers_lies_in_the_range(
    assessment: list[list[Counted]], completion: list[int]
) -> None:
    scores = iter(completion)
    complete = [
        [replace(q, state="answered", score=next(scores)) if q.state == "missing" else q for q in page]
        for page in assessment
    ]
    before, after = _score(assessment), _score(complete)

    for then, now in zip(before.dimensions.values(), after.dimensions.values(), strict=True):
        assert now.score is None or (then.low is not None and then.high is not None)
        assert now.score is None or then.low <= now.score <= then.high  # type: ignore[operator]
    if after.overall.score is not None:
        assert before.overall.low <= after.overall.score <= before.overall.high  # type: ignore[operator]


@many
@given(assessments)
def test_low_score_and_high_are_in_order(assessment: list[list[Counted]]) -> None:
    scores = _score(assessment)

    for dimension in scores.dimensions.values():
        if dimension.score is not None and dimension.low is not None and dimension.high is not None:
            assert dimension.low <= dimension.score <= dimension.high


@many
@given(assessments)
def test_removing_a_not_applicable_question_changes_only_its_share(assessment: list[list[Counted]]) -> None:
    without = [[q for q in page if q.state != "not_applicable"] for page in assessment]
    before, after = _score(assessment), _score(without)

    for then, now in zip(before.dimensions.values(), after.dimensions.values(), strict=True):
        assert (then.score, then.coverage, then.low, then.high) == (
            now.score,
            now.coverage,
            now.low,
            now.high,
        )
        assert (then.raw_level, then.capped_level) == (now.raw_level, now.capped_level)
    assert before.overall.score == after.overall.score
    assert before.overall.coverage == after.overall.coverage


@many
@given(st.integers(0, 4), st.lists(st.integers(1, 3), min_size=1, max_size=6))
def test_all_scores_alike_give_that_score(score: int, weights: list[int]) -> None:
    result = score_dimension(tally(Counted("q", weight, "answered", score) for weight in weights))

    assert result.score == score


@many
@given(assessments, st.randoms(use_true_random=False))
def test_the_order_of_questions_never_matters(assessment: list[list[Counted]], random: Any) -> None:
    shuffled = [random.sample(page, len(page)) for page in assessment]

    assert _score(shuffled).overall == _score(assessment).overall


@many
@given(assessments, questions())
def test_a_question_of_weight_0_has_no_effect(assessment: list[list[Counted]], extra: Counted) -> None:
    more = [[*page, replace(extra, weight=0)] if page else page for page in assessment]

    assert _score(more) == _score(assessment)


@many
@given(assessments)
def test_documenting_an_answer_never_lowers_a_level(assessment: list[list[Counted]]) -> None:
    documented = _changed(
        assessment,
        lambda q: q.state == "answered" and not q.documented,
        lambda q: replace(q, documented=True),
    )
    before, after = _score(assessment), _score(documented or assessment)

    assert all(b <= a for b, a in zip(_levels(before), _levels(after), strict=True))
    assert _values(before) == _values(after)
