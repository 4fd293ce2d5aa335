"""What the page of one question gets, worked out beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

from assessment.answers import Answer
from reports.formatting import Voice, clean, paragraphs
from webapp.auth import current
from webapp.evidence.kinds import ACCEPT
from webapp.forms.questions import QuestionView, question_view
from webapp.forms.sheets import AskedQuestion, sheet_of
from webapp.services.authors import Author
from webapp.services.discussion import thread_of
from webapp.services.evidence import Binder, open_binder
from webapp.services.history import Version, history_of
from webapp.services.opening import NOTHING
from webapp.services.question import OpenedQuestion
from webapp.services.wizard import sections_of, shown_of
from webapp.settings import MEGABYTE
from webapp.views.advised import find_asked, notes_about, notes_for_company
from webapp.views.page import clock, day, voice
from webapp.views.told import Told, listed, titles, told
from webapp.views.wizardpages import voice_of

NEWEST = 5
"""How many versions are seen at once; the older ones unfold."""


@dataclass(frozen=True, slots=True)
class Line:
    """One version of the answer. ``was``: None where the value stayed and only something beside it changed.

    ``comment``, ``evidence``: what they became; None where they stayed. ``may_restore``: it is another
    answer than the one that stands, and somebody can answer now.
    """

    number: int
    who: str
    day: str
    time: str
    now: Told
    was: Told | None
    comment: str | None
    evidence: str | None
    is_current: bool
    may_restore: bool


@dataclass(frozen=True, slots=True)
class CurrentAnswer:
    """The answer as it stands. ``levels``: those that the chosen anchors stand for."""

    told: Told
    view: QuestionView
    is_given: bool
    levels: tuple[str, ...]
    comment: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stood in the way of what was sent, in words, and what was typed.

    ``is_unsaved``: the database did not take it; ``is_clash``: somebody answered since the page was made.
    """

    comment_error: str = ""
    comment_text: str = ""
    file_error: str = ""
    is_unsaved: bool = False
    is_clash: bool = False


NO_TROUBLE = Trouble()


def question_page(at: OpenedQuestion, trouble: Trouble = NO_TROUBLE) -> dict[str, Any]:
    """A question with all that stands beside it."""
    site, actor = current.site(), current.actor()
    plan = at.opened.shelved.plan
    asked = sheet_of(plan.questionnaire, plan.sha256, current.language())[at.question.id]
    desk = _Desk(voice_of(at.opened), asked, at)
    lines = [desk.line(version) for version in history_of(site, at)]
    return {
        "at": at,
        "opened": at.opened,
        "asked": asked,
        "texts": asked.texts,
        "has_section": at.section.id in {section.id for section in sections_of(at.opened)},
        "answer": desk.current(),
        "thread": thread_of(site, actor, at),
        "notes": notes_about(notes_for_company(at.opened.id, asked.texts), at.question.id),
        "asked_again": find_asked(at.opened, voice_of(at.opened), at.question.id),
        "files": open_binder(site, actor, at.opened.id).beside(at.question.id),
        "accept": ACCEPT,
        "lines": lines,
        "newest": lines[:NEWEST],
        "older": lines[NEWEST:],
        "trouble": trouble,
        "called": called,
        "size": size_text,
    }


def binder_page(binder: Binder) -> dict[str, Any]:
    """Every file of an assessment by question, in the questionnaire's order."""
    questionnaire = binder.shelved.plan.questionnaire
    texts = questionnaire.words(current.language())
    return {
        "binder": binder,
        "title": texts["questionnaire/title"],
        "parts": [
            (question.id, texts[f"questions/{question.id}/text"], files)
            for _, question in questionnaire.questions()
            if (files := binder.beside(question.id))
        ],
        "called": called,
        "size": size_text,
    }


def called(by: Author) -> str:
    """What somebody is called beside what they did."""
    words = current.words()
    return words.say("question.gone") if by.is_gone else by.name or words.say("question.you")


def size_text(size_bytes: int) -> str:
    """How large a file is, as people say it; at least one kB."""
    words = current.words()
    if size_bytes >= MEGABYTE:
        decimals = 1 if size_bytes < 10 * MEGABYTE else 0
        return words.say("question.size_mb", number=voice().number(Fraction(size_bytes, MEGABYTE), decimals))
    return words.say("question.size_kb", number=max(1, size_bytes // 1000))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Says one question's answers."""

    voice: Voice
    asked: AskedQuestion
    at: OpenedQuestion

    def current(self) -> CurrentAnswer:
        """The answer as it stands, or the figure that was worked out."""
        held, question = self.at.held, self.at.question
        figure = shown_of(self.at.opened).figure(question.id) if self.at.is_of_depth else None
        answer = held.answer if figure is None else Answer("answered", cast(Any, figure))
        view = question_view(self.asked, question, held.answer, version=held.version)
        return CurrentAnswer(
            told=self.told(answer),
            view=view,
            is_given=answer != NOTHING,
            levels=tuple(c.level for c in self.asked.choices if c.value in view.chosen and c.level),
            comment=paragraphs(held.answer.comment),
            evidence=titles(held.answer.evidence),
        )

    def line(self, version: Version) -> Line:
        """One version of the answer."""
        now, was = self.told(version.answer), self.told(version.before)
        return Line(
            number=version.number,
            who=called(version.by),
            day=day(version.at_utc),
            time=clock(version.at_utc),
            now=now,
            was=was if was != now else None,
            comment=self._changed(version.before.comment, version.answer.comment),
            evidence=self._changed(listed(version.before), listed(version.answer)),
            is_current=version.number == self.at.held.version,
            may_restore=self.at.takes_answers and version.answer != self.at.held.answer,
        )

    def told(self, answer: Answer) -> Told:
        """An answer in words."""
        return told(self.voice, self.asked, self.at.question, answer)

    def _changed(self, before: str | None, after: str | None) -> str | None:
        if before == after:
            return None
        return Told(clean(after)).head if after else current.words().say("question.nothing")
