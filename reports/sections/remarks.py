"""What the advisors say of single answers, as its reader may see it: ratings, notes, what was confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.review.approval import rated_score
from assessment.routing import Outcome
from reports.formatting import clean, paragraphs
from reports.material import AskedAgain, ReviewNote
from reports.sections.desk import Desk
from reports.spoken import spoken_option


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note. ``kind``: in words whether the company reads it too; ``by``: who wrote it and when."""

    kind: str
    is_shared: bool
    by: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remarks:
    """All of it for one answer; what there is nothing of is empty.

    ``reason``: why the advisors' rating is another; ``asked``: what had to be looked at again.
    """

    reason: tuple[str, ...] = ()
    confirmed: str = ""
    asked: tuple[str, ...] = ()
    notes: tuple[NoteView, ...] = ()


NO_REMARKS = Remarks()


def remarks(desk: Desk, outcome: Outcome) -> Remarks:
    """What the advisors say of one answer, beside their rating."""
    held = desk.review
    if held is None:
        return NO_REMARKS
    return Remarks(
        reason=paragraphs(held.reasons.get(outcome.id)) if shown_rating(desk, outcome) else (),
        confirmed=desk.voice.words["confirmed_seen"] if outcome.confirmed else "",
        asked=tuple(asked_line(desk, one) for one in held.asked_again if one.question == outcome.id),
        notes=tuple(note_view(desk, note) for note in held.notes if note.question == outcome.id),
    )


def shown_rating(desk: Desk, outcome: Outcome) -> str:
    """The advisors' own choice in words; empty where there is none, and where its reader has no part in it.

    The advisor's edition has every rating, the company's those of an approval that score otherwise.
    """
    option = desk.result.review.ratings.get(outcome.id)
    is_open = desk.is_advisor or (desk.is_approved and not desk.is_share and differs(desk, outcome))
    if option is None or not is_open:
        return ""
    anchor = desk.voice.texts.get(f"questions/{outcome.id}/anchors/{option}")
    return f"{option} – {anchor}" if anchor else spoken_option(desk.voice, outcome.id, option)


def differs(desk: Desk, outcome: Outcome) -> bool:
    """Whether the advisors' choice scores otherwise than the company's answer."""
    option = desk.result.review.ratings.get(outcome.id)
    if option is None or outcome.state == "not_asked" or outcome.planned.score is None:
        return False
    return rated_score(outcome.planned.question, option) != outcome.score


def note_view(desk: Desk, note: ReviewNote) -> NoteView:
    """A note as it is printed."""
    words = desk.voice.words
    name = clean(note.by) or words["somebody"]
    return NoteView(
        kind=words["note_shared" if note.is_shared else "note_private"],
        is_shared=note.is_shared,
        by=f"{name}, {desk.voice.date(note.on)}",
        lines=tuple(line for text in note.lines for line in paragraphs(text)),
    )


def asked_line(desk: Desk, asked: AskedAgain) -> str:
    """Why a question had to be looked at again, and whether its answer is another one now."""
    reason = " ".join(paragraphs(asked.reason))
    said = desk.voice.say("asked_on", reason=reason, date=desk.voice.date(asked.on))
    if asked.is_changed is None:
        return said
    return f"{said} {desk.voice.words['asked_changed' if asked.is_changed else 'asked_unchanged']}"
