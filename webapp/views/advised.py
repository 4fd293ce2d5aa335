"""What advisors ask of a company and have told it, as the company's pages show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.formatting import Voice
from webapp.auth import current
from webapp.services.asked import Asked, asked_now
from webapp.services.assessments import find_sent_back
from webapp.services.authors import Author
from webapp.services.notes import Note, shared_notes
from webapp.services.opening import Opened
from webapp.views.page import clock, day, local_time, voice


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A question to look at again. ``section``: empty where the wizard has no place for it now."""

    question_id: str
    section: str
    html_id: str
    text: str
    who: str
    reason: tuple[str, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when it should be handed in, in words."""

    day: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note for the company. ``question_id``: empty for one about the whole; ``text``: the question."""

    id: str
    question_id: str
    text: str
    who: str
    day: str
    time: str
    lines: tuple[str, ...]


def back_page(opened: Opened, voice: Voice) -> dict[str, Any]:
    """Why an assessment is the company's to change again: the reason, the questions, the deadline."""
    return {
        "sent_back": find_sent_back(current.site(), opened.row),
        "asked": asked_lines(opened, voice),
        "deadline": deadline(opened.row.due_on if opened.is_editable else None),
    }


def asked_lines(opened: Opened, voice: Voice) -> tuple[AskedLine, ...]:
    """The questions to look at again."""
    places = {
        question.id: section.id
        for section, question in opened.shelved.plan.questionnaire.questions()
        if question.kind != "computed"
    }
    found = asked_now(current.site(), opened)
    return tuple(asked_line(one, voice, places.get(one.question_id, "")) for one in found.values())


def find_asked(opened: Opened, voice: Voice, question_id: str) -> AskedLine | None:
    """What an advisor wants looked at again of one question."""
    return next((one for one in asked_lines(opened, voice) if one.question_id == question_id), None)


def asked_line(asked: Asked, voice: Voice, section: str) -> AskedLine:
    """One of them in words."""
    return AskedLine(
        question_id=asked.question_id,
        section=section,
        html_id=f"q-{asked.question_id.replace('.', '-')}",
        text=voice.texts.get(f"questions/{asked.question_id}/text", asked.question_id),
        who=_advisor(asked.by),
        reason=asked.reason,
        is_changed=asked.is_changed,
    )


def notes_for_company(assessment_id: str, texts: Mapping[str, str]) -> tuple[NoteLine, ...]:
    """Everything advisors have written to the company, the oldest first."""
    notes = shared_notes(current.site(), current.actor(), assessment_id)
    return tuple(_note_line(note, texts) for note in notes)


def notes_about(lines: Iterable[NoteLine], question_id: str) -> tuple[NoteLine, ...]:
    """Those about one question."""
    return tuple(line for line in lines if line.question_id == question_id)


def count_notes(opened: Opened) -> Counter[str]:
    """How many notes there are for the company about each question; none before anything was handed in."""
    if not opened.row.submissions:
        return Counter()
    notes = shared_notes(current.site(), current.actor(), opened.id)
    return Counter(note.question_id for note in notes if note.question_id)


def _note_line(note: Note, texts: Mapping[str, str]) -> NoteLine:
    return NoteLine(
        id=note.id,
        question_id=note.question_id or "",
        text=texts.get(f"questions/{note.question_id}/text", "") if note.question_id else "",
        who=_advisor(note.by),
        day=day(note.at_utc),
        time=clock(note.at_utc),
        lines=note.lines,
    )


def _advisor(by: Author) -> str:
    """What an advisor is called; those who are no longer there are advisors still."""
    return by.name or current.words().say("advised.somebody")


def deadline(due_on: date | None) -> Deadline | None:
    """A day as a deadline."""
    if due_on is None:
        return None
    return Deadline(voice().date(due_on), due_on < local_time(current.now()).date())
