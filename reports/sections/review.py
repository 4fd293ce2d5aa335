"""What the advisors have made of a hand-in: who approved it, both levels side by side, and why they part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.result import AssessmentResult
from assessment.scoring.dimensions import DimensionScore
from assessment.scoring.overall import OverallScore
from reports.material import ReviewMaterial
from reports.sections.desk import Desk, Section
from reports.sections.ratings import RatingLine, rating_lines
from reports.sections.remarks import NoteView, asked_line, note_view
from reports.sections.signing import approved_line


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One score on both sides. ``differs``: a word where they part, else empty."""

    title: str
    own_score: str
    own_level: str
    rated_score: str
    rated_level: str
    differs: str


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A question that was sent back, why, and what has become of it."""

    question: str
    said: str


@dataclass(frozen=True, slots=True)
class WholeNote:
    """A note about the whole, or about a question that is not shown in this report."""

    about: str
    note: NoteView


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The values of the part; what there is nothing of is empty.

    ``column_rated``: whose figures stand beside the company's. ``overrides``: answers that were rated
    otherwise; the advisor's edition has every rating elsewhere.
    """

    title: str
    lead: str
    handed_in: str
    column_rated: str
    levels: tuple[LevelLine, ...]
    overrides: tuple[RatingLine, ...]
    overrides_none: str
    accepted: str
    asked: tuple[AskedLine, ...]
    notes: tuple[WholeNote, ...]


def review(desk: Desk) -> Section | None:
    """The part; None where nothing of a review is for the reader."""
    held = desk.review
    if held is None:
        return None
    notes = tuple(_notes(desk, held))
    if not desk.is_advisor and not held.is_approved and not notes:
        return None
    words = desk.voice.words
    shows_levels = held.is_approved or (desk.is_advisor and bool(desk.result.review.ratings))
    shows_overrides = held.is_approved and not desk.is_advisor
    overrides = rating_lines(desk, are_different=True) if shows_overrides else ()
    title = words["review_title_approved" if held.is_approved else "review_title"]
    body = ReviewView(
        title=title,
        lead=_lead(desk, held),
        handed_in=_handed_in(desk, held) if shows_levels else "",
        column_rated=words["column_approved" if held.is_approved else "column_advisor"],
        levels=tuple(_levels(desk, held)) if shows_levels else (),
        overrides=overrides,
        overrides_none=words["overrides_none"] if shows_overrides and not overrides else "",
        accepted=_accepted(desk, held),
        asked=tuple(_asked(desk, held)),
        notes=notes,
    )
    return Section("review", title, body)


def level_words(desk: Desk, overall: OverallScore | DimensionScore) -> str:
    """A level with its name, and whether it is provisional."""
    named = desk.level_name(overall.level, overall.status)
    return f"{named} ({desk.voice.words['provisional']})" if overall.status == "provisional" else named


def _lead(desk: Desk, held: ReviewMaterial) -> str:
    words = desk.voice.words
    if held.is_approved:
        return " ".join(filter(None, (approved_line(desk, "approved_lead"), words["approved_means"])))
    return words["review_unfinished" if desk.is_advisor else "review_notes_lead"]


def _handed_in(desk: Desk, held: ReviewMaterial) -> str:
    """What the level was before documentation was confirmed, where that has changed it."""
    before, after = held.own.overall, desk.result.overall
    if (before.level, before.status) == (after.level, after.status):
        return ""
    return desk.voice.say("handed_in_level", level=level_words(desk, before), now=level_words(desk, after))


def _levels(desk: Desk, held: ReviewMaterial) -> Iterator[LevelLine]:
    own, rated = desk.result, held.rated
    yield _level_line(desk, desk.voice.words["whole"], own.overall, rated.overall)
    for dimension in desk.dimensions:
        scores = (_score(own, dimension.id), _score(rated, dimension.id))
        yield _level_line(desk, desk.voice.dimension(dimension.id), *scores)


def _score(result: AssessmentResult, dimension: str) -> DimensionScore:
    return result.scores.dimensions[dimension]


def _level_line(
    desk: Desk, title: str, own: OverallScore | DimensionScore, rated: OverallScore | DimensionScore
) -> LevelLine:
    words = desk.voice.words
    return LevelLine(
        title=title,
        own_score=words["none"] if own.score is None else desk.voice.score(own.score),
        own_level=level_words(desk, own),
        rated_score=words["none"] if rated.score is None else desk.voice.score(rated.score),
        rated_level=level_words(desk, rated),
        differs=words["differs"] if (own.score, own.level) != (rated.score, rated.level) else "",
    )


def _accepted(desk: Desk, held: ReviewMaterial) -> str:
    if not (desk.is_advisor or held.is_approved):
        return ""
    named = [desk.voice.dimension(d.id) for d in desk.dimensions if d.id in desk.result.review.accepted]
    return desk.voice.say("accepted_line", dimensions=desk.voice.listed(named)) if named else ""


def _asked(desk: Desk, held: ReviewMaterial) -> Iterator[AskedLine]:
    for asked in held.asked_again:
        key = f"questions/{asked.question}/text"
        yield AskedLine(desk.voice.texts.get(key, asked.question), asked_line(desk, asked))


def _notes(desk: Desk, held: ReviewMaterial) -> Iterator[WholeNote]:
    """Notes about the whole first, then those about questions that this report does not show."""
    for note in held.notes:
        if note.question is None:
            yield WholeNote("", note_view(desk, note))
    for note in held.notes:
        outcome = desk.outcomes.get(note.question or "")
        if note.question is not None and (outcome is None or outcome.state == "not_asked"):
            about = desk.voice.texts.get(f"questions/{note.question}/text", "")
            yield WholeNote(about, note_view(desk, note))
