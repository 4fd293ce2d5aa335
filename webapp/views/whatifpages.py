"""What the template of trying other answers gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from assessment.answers import Answer
from assessment.result import AssessmentResult
from questionnaires.model import Question, asked_at
from reports.charts import Plotted
from reports.sections.desk import Desk
from reports.sections.profile import short_level
from reports.spoken import spoken
from webapp.auth import current
from webapp.forms.page import FormData, QuestionInput, read_section
from webapp.forms.questions import ErrorLink, QuestionView, question_view
from webapp.forms.sheets import sheet_of
from webapp.services.opening import NOTHING
from webapp.services.results import Result
from webapp.services.whatif import (
    KINDS,
    Tried,
    can_change,
    documented,
    first_questions,
    next_step_answers,
    try_answers,
)
from webapp.views.resultpages import BANDS, Bar, desk_of, rows_of


@dataclass(frozen=True, slots=True)
class Side:
    """A level with its name, before or after. ``index``: empty where there is none."""

    level: str
    name: str
    index: str


@dataclass(frozen=True, slots=True)
class TryLine:
    """One question that can be changed. ``given``: what was answered, in words."""

    view: QuestionView
    given: str
    is_documented: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a form asks for: other answers, and which questions stand on the page, with what was typed."""

    answers: Mapping[str, Answer]
    wanted: tuple[str, ...]
    typed: Mapping[str, QuestionInput]


def first_page(result: Result) -> dict[str, Any]:
    """The page before anything was tried."""
    return _page(result, _Wish({}, first_questions(result.material.result), {}))


def tried_page(result: Result, form: FormData) -> dict[str, Any]:
    """The page with what a form tried. What cannot be read is told, and counts as it was answered."""
    before = result.material.result
    said = read_section(_readable(before), form, current.language()).questions
    proven = frozenset(form.get("documented", ()))
    answers = {one.question.id: _answer(before, one, one.question.id in proven) for one in said}
    wanted = tuple(answers) or first_questions(before)
    if "next_step" in form:
        following = next_step_answers(before)
        answers = {**answers, **following}
        wanted = tuple(dict.fromkeys((*wanted, *following)))
        said = tuple(one for one in said if one.question.id not in following)
    if "more" in form:
        wanted = tuple(dict.fromkeys((form.get("add", [""])[-1], *wanted)))
    return _page(result, _Wish(answers, wanted, {one.question.id: one for one in said}))


def _readable(before: AssessmentResult) -> list[Question]:
    depth = before.answers.depth
    questions = (question for _, question in before.plan.questionnaire.questions())
    return [q for q in questions if q.kind in KINDS and q.weight > 0 and asked_at(q, depth)]


def _answer(before: AssessmentResult, said: QuestionInput, is_proven: bool) -> Answer:
    """What a form says to one question; as it was answered where nothing that can be read is said."""
    given = before.answers.answers.get(said.question.id, NOTHING)
    answer = given
    if said.answer is not None and said.answer.status != "missing":
        value, status, reason = said.answer.value, said.answer.status, said.answer.reason
        answer = replace(given, status=status, value=value, reason=reason)
    return documented(answer, is_documented=is_proven) if answer.status == "answered" else answer


def _page(result: Result, wish: _Wish) -> dict[str, Any]:
    desk, before = desk_of(result), result.material.result
    tried = try_answers(before, wish.answers)
    changeable = {outcome.id: outcome for outcome in tried.routed.outcomes if can_change(outcome)}
    lines = [_line(desk, tried, wish, id_) for id_ in wish.wanted if id_ in changeable]
    shown = {line.view.asked.id for line in lines}
    links: list[ErrorLink] = [link for line in lines for link in line.view.links]
    return {
        "result": result,
        "texts": desk.voice.texts,
        "words": desk.voice.words,
        "lines": lines,
        "links": links,
        "sides": tuple(
            _side(desk, whole.score, whole.level, whole.status)
            for whole in (before.overall, tried.scores.overall)
        ),
        "count": len(tried.changed),
        "caps": desk.caps(tried.scores.overall.caps),
        "bars": _bars(desk, tried),
        "bands": BANDS,
        "appeared": [desk.voice.question(id_) for id_ in tried.appeared],
        "groups": _groups(desk, [id_ for id_ in changeable if id_ not in shown]),
        "has_step": before.next_step is not None,
    }


def _line(desk: Desk, tried: Tried, wish: _Wish, id_: str) -> TryLine:
    plan = tried.before.plan
    asked = sheet_of(plan.questionnaire, plan.sha256, current.language())[id_]
    question = next(planned.question for planned in plan.questions if planned.question.id == id_)
    given = tried.before.answers.answers.get(id_, NOTHING)
    answer, typed = wish.answers.get(id_, given), wish.typed.get(id_)
    problems = typed.problems if typed is not None else ()
    return TryLine(
        view=question_view(
            asked,
            question,
            answer,
            typed=typed.typed if typed is not None and problems else None,
            problems=problems,
        ),
        given=spoken(desk.voice, question, given),
        is_documented=answer.has_evidence,
        is_changed=id_ in tried.changed,
    )


def _side(desk: Desk, score: Fraction | None, level: int | None, status: str) -> Side:
    words = desk.voice.words
    if status == "not_applicable":
        name = words["not_applicable_whole"]
    else:
        name = words["withheld_whole"] if level is None else desk.voice.level(level)
    return Side(
        level=words["none"] if level is None else str(level),
        name=name,
        index="" if score is None else desk.voice.index(score),
    )


def _bars(desk: Desk, tried: Tried) -> list[Bar]:
    plotted = [_plotted(desk, tried, dimension.id) for dimension in desk.dimensions]
    return [Bar(item.label, "", "", row) for item, row in zip(plotted, rows_of(plotted), strict=True)]


def _plotted(desk: Desk, tried: Tried, id_: str) -> Plotted:
    old, new = tried.before.scores.dimensions[id_], tried.scores.dimensions[id_]
    is_moved = old.score != new.score
    none, number = desk.voice.words["none"], desk.voice.number
    figures = [none if score.score is None else number(score.score) for score in (old, new)]
    levels = [short_level(desk, s.level, s.status) for s in (old, new)]
    return Plotted(
        label=desk.voice.dimension(id_),
        status=new.status,
        score=new.score,
        low=None,
        high=None,
        cap=min((cap.max_level for cap in new.caps), default=None),
        figure=" → ".join(dict.fromkeys(figures)),
        level=" → ".join(dict.fromkeys(levels)),
        before=old.score if is_moved else None,
        is_strong=is_moved,
    )


def _groups(desk: Desk, ids: Iterable[str]) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """Questions to choose from, by dimension."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for id_ in ids:
        dimension = desk.voice.dimension(desk.outcomes[id_].planned.dimension)
        groups.setdefault(dimension, []).append((id_, desk.voice.question(id_)))
    return list(groups.items())
