"""What the overview of a review gets, worked out beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from assessment.review.approval import rated_score
from reports.formatting import Voice
from reports.material import Material
from reports.sections.answers import AnswerView, answer_view
from reports.sections.desk import Desk, lay_out
from reports.spoken import spoken_option
from reports.translations.report import REPORT_WORDS
from webapp.auth import current
from webapp.services.notes import Note
from webapp.services.review import FILTERS, Filter, Item, OpenedReview
from webapp.views.page import day, to
from webapp.views.questionpage import called

Colour: TypeAlias = Literal["warning", "danger", "success", "info", "neutral"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside a question. ``colour``: of its tag."""

    text: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Line:
    """One question in the list. ``said``, ``rated``: answer and rating in words; empty for none."""

    id: str
    text: str
    address: str
    status: Mark
    marks: tuple[Mark, ...]
    said: str
    rated: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under a heading."""

    id: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A list one can choose. ``count``: how many stand in it."""

    text: str
    address: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level with what it is called, and what stands below it."""

    name: str
    level: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Says what a review holds in the page's language."""

    opened: OpenedReview
    desk: Desk
    wanted: Filter

    @property
    def voice(self) -> Voice:
        """The language of the page."""
        return self.desk.voice

    def address(self, question_id: str) -> str:
        """Where a question is, in the list that was chosen."""
        return review_address(self.opened.id, self.wanted, question_id)

    def view(self, item: Item) -> AnswerView | None:
        """The company's answer; None while it is hidden."""
        return None if item.outcome is None else answer_view(self.desk, item.outcome)

    def rated(self, item: Item, rating: str | None) -> str:
        """A rating in words; empty for none."""
        if rating is None:
            return ""
        text = self.voice.texts.get(f"questions/{item.id}/anchors/{rating}") or ""
        said = spoken_option(self.voice, item.id, rating) if item.question.kind == "single_choice" else text
        score = current.words().say("review.score", score=rated_score(item.question, rating))
        return f"{score} – {said}" if said else score

    def line(self, item: Item) -> Line:
        """One question of the list."""
        view, words = self.view(item), current.words()
        said = words.say("review.line_hidden") if item.is_hidden else ""
        if view is not None:
            said = words.say("review.line_said", said=self.said(item, view))
        rated = self.rated(item, item.judgement.judgement.rating)
        return Line(
            id=item.id,
            text=self.voice.question(item.id),
            address=self.address(item.id),
            status=self._status(item),
            marks=tuple(self._marks(item)),
            said=said,
            rated=words.say("review.line_rated", said=rated) if rated else "",
            is_changed=item.is_changed,
        )

    def said(self, item: Item, view: AnswerView) -> str:
        """The company's answer with what it scores."""
        outcome = item.outcome
        if outcome is None or outcome.score is None:
            return view.said
        return f"{current.words().say('review.score', score=outcome.score)} – {view.said}"

    def _status(self, item: Item) -> Mark:
        words = current.words()
        if not item.is_ratable:
            return Mark(words.say("review.mark_not_rated"), "neutral")
        if not item.is_rated:
            return Mark(words.say("review.mark_unrated"), "neutral")
        if item.lacks_reason:
            return Mark(words.say("review.mark_lacks_reason"), "danger")
        if item.differs:
            return Mark(words.say("review.mark_differs"), "warning")
        return Mark(words.say("review.mark_same"), "success")

    def _marks(self, item: Item) -> Iterator[Mark]:
        words, is_asked = current.words(), self.opened.state == "sent_back"
        if "contradiction" in item.attention:
            yield Mark(words.say("review.mark_contradiction"), "warning")
        if "too_high" in item.attention:
            yield Mark(words.say("review.mark_too_high"), "warning")
        if item.is_changed:
            yield Mark(words.say("review.mark_changed"), "info")
        if item.judgement.judgement.is_confirmed:
            yield Mark(words.say("review.mark_confirmed"), "success")
        if item.request:
            key = "review.mark_was_requested" if is_asked else "review.mark_requested"
            yield Mark(words.say(key), "info")
        if item.private:
            yield Mark(words.plural("review.private_notes", item.private), "neutral")
        if item.shared:
            yield Mark(words.plural("review.shared_notes", item.shared), "neutral")


def pages_of(opened: OpenedReview, wanted: Filter = "all") -> Pages:
    """The review laid out in the page's language."""
    language = current.language()
    questionnaire = opened.result.plan.questionnaire
    voice = Voice(language, REPORT_WORDS[language], questionnaire.words(language))
    return Pages(opened, lay_out(Material(opened.result, language, "advisor"), voice), wanted)


def wanted_of(text: str | None) -> Filter:
    """The list that an address asks for; all where it asks for none of ours."""
    return next((one for one in FILTERS if one == text), "all")


def review_address(assessment_id: str, wanted: Filter, question_id: str | None = None, **more: Any) -> str:
    """The overview or a question of a review, with the list that was chosen."""
    kept = {} if wanted == "all" else {"show": wanted}
    if question_id is None:
        return to("review.overview", id_=assessment_id, **kept, **more)
    return to("review.show_question", id_=assessment_id, question_id=question_id, **kept, **more)


def shared_values(pages: Pages) -> dict[str, Any]:
    """What every page of a review shows."""
    opened = pages.opened
    return {
        "opened": opened,
        "company": opened.at.organisation.name or current.words().say("assessments.nameless"),
        "title": pages.voice.texts["questionnaire/title"],
        "back": review_address(opened.id, pages.wanted),
        "called": called,
    }


def overview_page(pages: Pages) -> dict[str, Any]:
    """The overview."""
    opened = pages.opened
    ratable = [item for item in opened.items if item.is_ratable]
    unrated = next((item for item in ratable if not item.is_rated), None)
    return {
        **shared_values(pages),
        "levels": list(_levels(pages)),
        "rated": sum(item.is_rated for item in ratable),
        "ratable": len(ratable),
        "differing": len(opened.listed("differs")),
        "lacking": sum(item.lacks_reason for item in opened.items),
        "requested": sum(bool(item.request) for item in opened.items),
        "go_on": pages.address(unrated.id) if unrated is not None else "",
        "choices": list(_choices(pages)),
        "groups": list(_groups(pages)),
        "nothing": current.words().say(f"review.nothing_{pages.wanted}"),
        "doubts": [
            (
                pages.voice.texts[f"contradictions/{found.rule}/suggests"],
                pages.voice.texts[f"contradictions/{found.rule}/ask"],
            )
            for found in opened.of_profile
        ],
        "flagged": [(one, pages.voice.dimension(one.dimension)) for one in opened.flagged],
        "notes": whole_notes(opened.notes),
        "started": _started(opened),
    }


def whole_notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Those about no single question."""
    return tuple(note for note in notes if note.question_id is None)


def _started(opened: OpenedReview) -> str:
    if opened.started_utc is None or opened.started_by is None:
        return ""
    key = "review.started_gone" if opened.started_by.is_gone else "review.started"
    return current.words().say(key, who=opened.started_by.name, day=day(opened.started_utc))


def _levels(pages: Pages) -> Iterator[LevelLine]:
    words, opened = current.words(), pages.opened
    if opened.left_blind:
        yield LevelLine(words.say("review.company_level"), "–", words.say("review.level_hidden"))
        return
    overall = opened.result.overall
    name = pages.desk.level_name(overall.level, overall.status)
    yield LevelLine(words.say("review.company_level"), name)
    if opened.approval is not None:
        approval = opened.approval
        status = "withheld" if approval.level is None else "published"
        key = "review.approved_gone" if approval.is_gone else "review.approved_by"
        by = words.say(key, who=approval.by, day=day(approval.at_utc))
        yield LevelLine(words.say("review.approved_level"), pages.desk.level_name(approval.level, status), by)


def _choices(pages: Pages) -> Iterator[Choice]:
    opened, words = pages.opened, current.words()
    for one in FILTERS:
        is_due = one != "changed" or opened.at.number > 1
        if is_due and (one != "first" or not opened.left_blind):
            yield Choice(
                text=words.say(f"review.show_{one}"),
                address=review_address(opened.id, one, _anchor="questions"),
                count=len(opened.listed(one)),
                is_chosen=one == pages.wanted,
            )


def _groups(pages: Pages) -> Iterator[Group]:
    """What needs a look first, then the rest by section; while anything is hidden all by section."""
    opened = pages.opened
    items = opened.listed(pages.wanted)
    first = [item for item in items if item.attention and not opened.left_blind]
    if first:
        yield Group("first", current.words().say("review.look_first"), tuple(map(pages.line, first)))
    rest = [item for item in items if item not in first]
    for section in dict.fromkeys(item.section for item in rest):
        lines = tuple(pages.line(item) for item in rest if item.section == section)
        yield Group(f"section-{section}", pages.voice.texts[f"sections/{section}/title"], lines)
