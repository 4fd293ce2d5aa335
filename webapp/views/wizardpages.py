"""What the wizard's templates get, worked out beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from questionnaires.model import Question, Section
from reports.formatting import Voice
from reports.translations.report import REPORT_WORDS
from webapp.auth import current
from webapp.forms.page import QuestionInput, SectionInput
from webapp.forms.questions import QuestionView, question_view
from webapp.forms.sheets import AskedQuestion, Sheet, sheet_of
from webapp.services.answering import Clash, Saved
from webapp.services.discussion import Marks, marks
from webapp.services.opening import Held, Opened
from webapp.services.people import names_of
from webapp.services.wizard import Shown, progress_of, questions_in, section_after, sections_of, shown_of
from webapp.views.advised import AskedLine, asked_lines, back_page, count_notes
from webapp.views.clashes import ClashView, clash_view
from webapp.views.page import clock, session_end
from webapp.views.told import Told, titles, told

_NOBODY = Held()
_NO_MARKS = Marks()


@dataclass(frozen=True, slots=True)
class Other:
    """A question whose answer does not fit one on the page; ``html_id``: its place in its section."""

    section: str
    html_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why an answer may be worth another look, and the questions it is held against."""

    rule: str
    text: str
    others: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One question on the page of a section. ``asked``: an advisor wants it looked at again.

    ``notes``: how many the advisors have written to the company about it.
    """

    view: QuestionView
    is_shown: bool
    is_carried: bool
    marks: Marks
    asked: AskedLine | None
    notes: int
    clash: ClashView | None
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One question on the page that shows all of them. ``evidence``: what was written down as evidence."""

    id: str
    html_id: str
    text: str
    said: Told
    evidence: tuple[str, ...]
    is_missing: bool
    is_unknown: bool
    is_carried: bool
    comment: str
    files: int


def section_page(
    opened: Opened,
    section: Section,
    said: SectionInput | None = None,
    *,
    clashes: Sequence[Clash] = (),
    is_unsaved: bool = False,
) -> dict[str, Any]:
    """A section with what stands in it, or with what was ``said`` where that could not be kept."""
    lines = _lines(opened, section, said, clashes, is_unsaved=is_unsaved)
    ids = [one.id for one in sections_of(opened)]
    return {
        "opened": opened,
        "section": section,
        "texts": _texts(opened),
        "number": ids.index(section.id) + 1,
        "count": len(ids),
        "lines": lines,
        "links": [link for line in lines if line.is_shown for link in line.view.links],
        "is_unsaved": is_unsaved,
        "is_last": section_after(opened, section.id) is None,
        "progress": progress_of(opened),
        "returns": _returns(),
        **back_page(opened, voice_of(opened)),
    }


def _returns() -> bool:
    """Whether the page was opened from the check of all answers, and leads back there."""
    return request.values.get("from") == "check"


def _texts(opened: Opened) -> Mapping[str, str]:
    return opened.shelved.plan.questionnaire.words(current.language())


def voice_of(opened: Opened) -> Voice:
    """The page's language with the texts of an assessment's questionnaire."""
    language = current.language()
    return Voice(language, REPORT_WORDS[language], _texts(opened))


def _lines(
    opened: Opened,
    section: Section,
    said: SectionInput | None,
    clashes: Sequence[Clash],
    *,
    is_unsaved: bool,
) -> list[Line]:
    sheet, shown, voice = _sheet(opened), shown_of(opened), voice_of(opened)
    found, notes = marks(current.site(), opened.id), count_notes(opened)
    asked = {one.question_id: one for one in asked_lines(opened, voice)}
    clash_of = _clash_views(opened, voice, clashes)
    lines = []
    for question in questions_in(opened, section):
        sent = said.find(question.id) if said is not None else None
        clash = clash_of.get(question.id)
        held = opened.held.get(question.id, _NOBODY)
        lines.append(
            Line(
                view=_view(
                    sheet[question.id],
                    question,
                    held,
                    sent,
                    is_clash=clash is not None,
                    is_unsaved=is_unsaved,
                    figure=_figure(voice, shown, question),
                ),
                is_shown=shown.is_asked(question.id),
                is_carried=held.is_carried,
                marks=found.get(question.id, _NO_MARKS),
                asked=asked.get(question.id),
                notes=notes[question.id],
                clash=clash,
                doubts=tuple(_doubts(opened, shown, voice, question)),
            )
        )
    return lines


def _sheet(opened: Opened) -> Sheet:
    plan = opened.shelved.plan
    return sheet_of(plan.questionnaire, plan.sha256, current.language())


def _doubts(opened: Opened, shown: Shown, voice: Voice, question: Question) -> Iterator[Doubt]:
    sections = {q.id: section.id for section in sections_of(opened) for q in section.questions}
    for found in shown.doubts:
        if question.id in found.questions:
            others = (id_ for id_ in found.questions if id_ != question.id and id_ in sections)
            yield Doubt(
                found.rule,
                voice.texts[f"contradictions/{found.rule}/suggests"],
                tuple(Other(sections[id_], _place(id_), voice.question(id_)) for id_ in others),
            )


def _place(question_id: str) -> str:
    """The id of a question on its page."""
    return f"q-{question_id.replace('.', '-')}"


def _view(
    asked: AskedQuestion,
    question: Question,
    held: Held,
    sent: QuestionInput | None,
    *,
    is_clash: bool,
    is_unsaved: bool,
    figure: str,
) -> QuestionView:
    """What was typed stays where it could not be saved; a clash is settled from the newest version."""
    if sent is None or not (sent.problems or is_clash or is_unsaved):
        return question_view(asked, question, held.answer, version=held.version, figure=figure)
    return question_view(
        asked,
        question,
        held.answer,
        version=held.version if is_clash else sent.base,
        typed=sent.typed,
        problems=sent.problems,
        figure=figure,
    )


def _figure(voice: Voice, shown: Shown, question: Question) -> str:
    value = shown.figure(question.id)
    if value is None:
        return ""
    unit = voice.texts.get(f"questions/{question.id}/unit_text", question.unit or "")
    return f"{voice.number(value, 1)} {unit}".strip()


def saved_json(opened: Opened, said: SectionInput, saved: Saved) -> dict[str, Any]:
    """What a script is told: what was saved as which version, what was not and why, what is asked now."""
    shown, words, texts = shown_of(opened), current.words(), _texts(opened)
    done = progress_of(opened)
    sections = {section.id for section in sections_of(opened) for q in section.questions if said.find(q.id)}
    voice = voice_of(opened)
    return {
        "saved": dict(saved.versions),
        "at": clock(current.now()),
        "ends": session_end(),
        "problems": {
            one.question.id: [{"part": p.part, "text": p.text(words, texts)} for p in one.problems]
            for one in said.questions
            if one.problems
        },
        "clashes": {
            id_: render_template("wizard/clash.html.jinja", clash=view, question=id_)
            for id_, view in _clash_views(opened, voice, saved.clashes).items()
        },
        "shown": {
            id_: shown.is_asked(id_)
            for section in sections_of(opened)
            if section.id in sections
            for id_ in (q.id for q in questions_in(opened, section))
        },
        "figures": {
            question.id: _figure(voice, shown, question)
            for section in sections_of(opened)
            if section.id in sections
            for question in questions_in(opened, section)
            if question.indicator
        },
        "doubts": [found.rule for found in shown.doubts],
        "minutes": words.plural("wizard.minutes_left", done.minutes_left) if done.minutes_left else "",
    }


def _clash_views(opened: Opened, voice: Voice, clashes: Sequence[Clash]) -> dict[str, ClashView]:
    sheet, people = _sheet(opened), names_of(current.site(), [one.theirs.by_person_id for one in clashes])
    questions = {planned.question.id: planned.question for planned in opened.shelved.plan.questions}
    return {
        id_: clash_view(opened.id, voice, sheet[id_], questions[id_], clash, people=people)
        for clash in clashes
        for id_ in (clash.question_id,)
    }


def check_page(opened: Opened) -> dict[str, Any]:
    """Every question with its answer in words, and what is left to do."""
    shown, voice = shown_of(opened), voice_of(opened)
    found = marks(current.site(), opened.id)
    done = progress_of(opened)
    parts = [
        (section, [_check_line(opened, voice, q, found) for q in _asked_in(opened, section, shown)])
        for section in sections_of(opened)
    ]
    return {
        "opened": opened,
        "texts": voice.texts,
        "parts": [(section, lines) for section, lines in parts if lines],
        "progress": done,
        "missing": sum(line.is_missing for _, lines in parts for line in lines),
        "unknown": sum(line.is_unknown for _, lines in parts for line in lines),
        "facts": _facts(opened, voice),
        "unused": [(q.id, voice.question(q.id)) for q in _unused(opened, shown)],
        **back_page(opened, voice),
    }


def _asked_in(opened: Opened, section: Section, shown: Shown) -> list[Question]:
    return [q for q in questions_in(opened, section) if shown.is_asked(q.id) and q.kind != "computed"]


def _unused(opened: Opened, shown: Shown) -> list[Question]:
    """What was answered and is not asked now."""
    return [
        question
        for section in sections_of(opened)
        for question in questions_in(opened, section)
        if opened.held.get(question.id, _NOBODY).answer.status != "missing"
        and not shown.is_asked(question.id)
    ]


def _check_line(opened: Opened, voice: Voice, question: Question, found: Mapping[str, Marks]) -> CheckLine:
    held = opened.held.get(question.id, _NOBODY)
    return CheckLine(
        id=question.id,
        html_id=_place(question.id),
        text=voice.question(question.id),
        said=told(voice, _sheet(opened)[question.id], question, held.answer),
        evidence=titles(held.answer.evidence),
        is_missing=held.answer.status == "missing",
        is_unknown=held.answer.status == "unknown",
        is_carried=held.is_carried,
        comment=held.answer.comment or "",
        files=found.get(question.id, _NO_MARKS).files,
    )


def _facts(opened: Opened, voice: Voice) -> list[tuple[str, str]]:
    """What the company is called and the facts that were given, in words."""
    name = opened.organisation.name
    lines = [(current.words().say("profile.name"), name)] if name else []
    for fact in opened.shelved.plan.questionnaire.facts:
        value = opened.answers.profile.get(fact.id)
        if fact.derived is None and value is not None:
            said = (
                (voice.words["yes"] if value else voice.words["no"])
                if isinstance(value, bool)
                else str(value)
            )
            lines.append((voice.texts[f"facts/{fact.id}/text"], said))
    return lines
