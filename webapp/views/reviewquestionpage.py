"""What the page of one question of a review gets, worked out beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from assessment.answers import Answer
from assessment.review.approval import rated_score
from assessment.review.reading import rating_ids
from reports.formatting import Voice, clean, paragraphs
from reports.sections.answers import evidence_line, has_words
from reports.spoken import spoken, spoken_option
from webapp.auth import current
from webapp.forms.review import JudgeForm
from webapp.forms.sheets import sheet_of
from webapp.services.authors import Author
from webapp.services.evidence import Filed
from webapp.services.judging import HeldJudgement, Judgement
from webapp.services.opening import NOTHING
from webapp.services.pictures import SHOWN
from webapp.services.review import Item
from webapp.services.reviewquestion import Before, ReviewedQuestion, Told
from webapp.views.page import clock, day
from webapp.views.questionpage import called, size_text
from webapp.views.reviewpages import Pages, shared_values


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stood in the way of what was sent, in words, and what was typed.

    ``at``: the form it stood in. ``clash``: what a colleague saved meanwhile; ``is_late``: it is not in
    review any more; ``is_other``: what was typed was about another hand-in, or what stood before.
    """

    at: str = ""
    error: str = ""
    text: str = ""
    judge: JudgeForm | None = None
    clash: HeldJudgement | None = None
    clash_by: str = ""
    is_unsaved: bool = False
    is_late: bool = False
    is_other: bool = False


NO_TROUBLE = Trouble()


@dataclass(frozen=True, slots=True)
class RatingChoice:
    """One level an advisor can choose. ``is_company``: it is what the company's answer stands for."""

    value: str
    level: str
    text: str
    is_company: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class JudgeValues:
    """What stands in the form of a rating."""

    rating: str | None
    is_confirmed: bool
    reason: str
    base: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Answers that do not fit together."""

    suggests: str
    ask: str
    answers: tuple[tuple[str, str, str], ...]
    """Question, answer and address."""


@dataclass(frozen=True, slots=True)
class LastTime:
    """What was answered the round before, in words."""

    period: str
    said: str
    comment: tuple[str, ...]
    evidence: tuple[str, ...]
    is_same: bool
    is_answered: bool


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The answer as it was in one hand-in, in words."""

    number: int
    day: str
    said: str
    comment: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What was rated, by whom."""

    number: int
    who: str
    day: str
    time: str
    rated: str
    is_confirmed: bool
    reason: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A judgement in words."""

    rated: str
    is_confirmed: bool
    reason: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """What two advisors made of one answer at once. ``by``: who saved first."""

    by: str
    mine: Side
    theirs: Side


def question_page(pages: Pages, found: ReviewedQuestion, trouble: Trouble = NO_TROUBLE) -> dict[str, Any]:
    """A question with everything it is rated by."""
    item, plan = found.item, pages.opened.result.plan
    return {
        **shared_values(pages),
        **_place(pages, item),
        **_rating(pages, found, trouble),
        "item": item,
        "asked": sheet_of(plan.questionnaire, plan.sha256, current.language())[item.id],
        "section": pages.voice.texts[f"sections/{item.section}/title"],
        "answer": pages.view(item),
        "comment": paragraphs(item.said.comment),
        "typed": list(_typed(pages, item, found.files)),
        "files": found.files,
        "shown": SHOWN,
        "size": size_text,
        "doubts": [_doubt(pages, one.rule, one.questions, item.id) for one in found.contradictions],
        "before": _before(pages.voice, item, found.before) if found.before else None,
        "told": [_told(pages, item, one, older) for one, older in zip_longest(found.told, found.told[1:])],
        "asked_before": paragraphs(found.asked),
        "notes": found.notes,
        "trouble": trouble,
        "here": pages.address(item.id),
    }


def _place(pages: Pages, item: Item) -> dict[str, Any]:
    """Where the question stands in the list that was chosen; ``place``: 0 where it has left it."""
    opened = pages.opened
    before, after = opened.around(item.id, pages.wanted)
    listed = [one.id for one in opened.listed(pages.wanted)]
    return {
        "place": listed.index(item.id) + 1 if item.id in listed else 0,
        "count": len(listed),
        "previous": pages.address(before.id) if before else "",
        "following": pages.address(after.id) if after else "",
    }


def _rating(pages: Pages, found: ReviewedQuestion, trouble: Trouble) -> dict[str, Any]:
    """The form of the rating, what stands, and what stood before."""
    item = found.item
    values = _values(item, trouble)
    return {
        "choices": list(_choices(pages, item, values)),
        "values": values,
        "current": _standing(pages, item, found.by),
        "versions": [
            _version(pages, item, one.judgement, one.number, by=one.by, at_utc=one.at_utc)
            for one in found.rated
        ],
        "clash": _clash(pages, item, trouble),
    }


def _values(item: Item, trouble: Trouble) -> JudgeValues:
    """What was typed, else what stands."""
    held, form = item.judgement, trouble.judge
    if form is None:
        said = held.judgement
        return JudgeValues(said.rating, said.is_confirmed, said.reason, held.version)
    base = trouble.clash.version if trouble.clash is not None else form.base.data
    base = held.version if trouble.is_other else base
    return JudgeValues(form.rating.data or None, bool(form.confirmed.data), form.reason.data or "", base or 0)


def _choices(pages: Pages, item: Item, values: JudgeValues) -> Iterator[RatingChoice]:
    outcome, voice = item.outcome, pages.voice
    if not item.is_ratable:
        return
    for value in rating_ids(item.question):
        score, is_choice = rated_score(item.question, value), item.question.kind == "single_choice"
        own = spoken_option(voice, item.id, value) if is_choice else ""
        anchor = voice.texts.get(f"questions/{item.id}/anchors/{value}") or voice.level(score)
        is_company = outcome is not None and outcome.state == "answered"
        if is_company and outcome is not None:
            is_company = outcome.value == value if is_choice else outcome.score == score
        yield RatingChoice(value, str(score), own or anchor, is_company, value == values.rating)


def _typed(pages: Pages, item: Item, files: tuple[Filed, ...]) -> Iterator[str]:
    """The evidence that was written down, without the files that stand beside it."""
    names = {clean(file.name) for file in files}
    for one in item.said.evidence:
        if has_words(one) and not (one.kind == "file" and clean(one.title) in names):
            yield evidence_line(pages.desk, one)


def _doubt(pages: Pages, rule: str, questions: tuple[str, ...], here: str) -> Doubt:
    texts, answers = pages.voice.texts, []
    for id_ in questions:
        other = pages.opened.item(id_)
        view = pages.view(other) if other is not None else None
        if view is not None:
            answers.append((view.question, view.said, "" if id_ == here else pages.address(id_)))
    return Doubt(
        texts[f"contradictions/{rule}/suggests"], texts[f"contradictions/{rule}/ask"], tuple(answers)
    )


def _before(voice: Voice, item: Item, before: Before) -> LastTime:
    """By the words of the version that was answered then."""
    then = Voice(voice.language, voice.words, before.questionnaire.words(current.language()))
    answer = before.answer
    now = (item.said.status, item.said.value)
    return LastTime(
        period=clean(before.period),
        said=spoken(then, before.question, answer),
        comment=paragraphs(answer.comment),
        evidence=_titles(answer),
        is_same=(answer.status, answer.value) == now,
        is_answered=answer.status != "missing",
    )


def _told(pages: Pages, item: Item, told: Told, older: Told | None) -> HandedIn:
    """An answer as it was handed in; comment and evidence only where they had changed."""
    was = older.answer if older is not None else NOTHING
    return HandedIn(
        told.number,
        day(told.at_utc),
        spoken(pages.voice, item.question, told.answer),
        paragraphs(told.answer.comment) if told.answer.comment != was.comment else (),
        _titles(told.answer) if told.answer.evidence != was.evidence else (),
    )


def _titles(answer: Answer) -> tuple[str, ...]:
    return tuple(title for one in answer.evidence if (title := clean(one.title)))


def _standing(pages: Pages, item: Item, by: Author | None) -> Version | None:
    """What stands; None before anything was saved."""
    held = item.judgement
    if held.at_utc is None or by is None:
        return None
    return _version(pages, item, held.judgement, pages.opened.at.number, by=by, at_utc=held.at_utc)


def _version(
    pages: Pages, item: Item, said: Judgement, number: int, *, by: Author, at_utc: datetime
) -> Version:
    return Version(
        number=number,
        who=called(by),
        day=day(at_utc),
        time=clock(at_utc),
        rated=pages.rated(item, said.rating),
        is_confirmed=said.is_confirmed,
        reason=paragraphs(said.reason),
    )


def _clash(pages: Pages, item: Item, trouble: Trouble) -> Clash | None:
    """Both sides of a clash, in words."""
    if trouble.clash is None:
        return None
    typed = _values(item, trouble)
    mine = Judgement(typed.rating, typed.is_confirmed, typed.reason)
    return Clash(
        trouble.clash_by,
        _side(pages, item, mine),
        _side(pages, item, trouble.clash.judgement),
    )


def _side(pages: Pages, item: Item, said: Judgement) -> Side:
    is_known = said.rating in rating_ids(item.question)
    rated = pages.rated(item, said.rating) if is_known else current.words().say("review.rating_none")
    return Side(rated, said.is_confirmed, paragraphs(said.reason))
