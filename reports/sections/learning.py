"""The learning path: which webinars and which gathering, and why. Source: docs/scoring.md section 4.

Where a programme offers activities of its own they stand in place of the usual list, with when and where;
a weak answer then leads to the minute of a recording that helps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from assessment.advice.chapters import Place, WeakQuestion, chapters_for, weak_questions
from assessment.advice.learning import LearningPath, Suggestion, learning_path
from assessment.advice.offers import Offer
from questionnaires.activities import Activity
from questionnaires.programme import ProgrammeActivity, chapter_address
from reports.formatting import Voice
from reports.material import ProgrammeOffer
from reports.sections.desk import Desk, Section


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity to take part in. ``because``: the answers it is suggested for.

    ``when``: day, time and place; ``address``: of its recording; both empty where there is none.
    """

    id: str
    title: str
    kind: str
    because: str
    when: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ChapterLine:
    """Where a recording helps with a weak answer. ``said``: the activity, the time and the chapter."""

    question: str
    said: str
    address: str


@dataclass(frozen=True, slots=True)
class Learning:
    """The values of the part."""

    intro: str
    webinars: tuple[ActivityLine, ...]
    gathering: ActivityLine | None
    none: str
    chapters: tuple[ChapterLine, ...] = ()


def learning(desk: Desk) -> Section:
    """Webinars and a gathering for this company."""
    words, offer = desk.voice.words, desk.material.offer
    path = path_of(desk)
    body = Learning(
        intro=words["learning_intro" if offer is None else "learning_intro_own"],
        webinars=tuple(_line(desk, suggestion) for suggestion in path.webinars),
        gathering=_line(desk, path.gathering) if path.gathering else None,
        none="" if path.webinars or path.gathering else words["learning_none"],
        chapters=() if offer is None else tuple(_chapters(desk, offer)),
    )
    return Section("learning", words["learning_title"], body)


def path_of(desk: Desk) -> LearningPath:
    """What the rule suggests for this result alone."""
    offer = desk.material.offer
    if offer is None:
        return learning_path([desk.result], desk.material.activities)
    return learning_path([desk.result], offered(offer), done=offer.done)


def offered(offer: ProgrammeOffer) -> tuple[Offer, ...]:
    """The activities of programmes as the rule takes them: of what is over, its recording."""
    return tuple(
        Offer(
            id=one.id,
            depth=one.depth,
            kind=offer.kinds[one.id],
            questionnaires=one.questionnaires,
            basic_of=one.basic_of,
            addresses=one.addresses,
            condition=one.condition,
        )
        for one in offer.activities
    )


def _line(desk: Desk, suggestion: Suggestion) -> ActivityLine:
    words, offer = desk.voice.words, desk.material.offer
    activities: Mapping[str, Activity] = {
        one.id: one for one in (desk.material.activities if offer is None else offer.activities)
    }
    activity = activities[suggestion.activity]
    offered_as = activity.kind if offer is None else offer.kinds[activity.id]
    return ActivityLine(
        id=activity.id,
        title=getattr(activity.title, desk.voice.language),
        kind=f"{words[f'kind_{offered_as}']}, {words[f'depth_{activity.depth}']}",
        because=because(suggestion, lambda _questionnaire: desk.voice),
        when=_when(desk, activity, offered_as, offer),
        address=_address(activity, offered_as),
    )


def _when(desk: Desk, activity: Activity, offered_as: str, offer: ProgrammeOffer | None) -> str:
    if offer is None or not isinstance(activity, ProgrammeActivity) or offered_as == "recording":
        return ""
    if activity.starts is None:
        return activity.place or ""
    begins = activity.starts.astimezone(ZoneInfo(offer.zone))
    at = desk.voice.say("learning_at", day=desk.voice.date(begins.date()), time=clock(begins))
    return f"{at}, {activity.place}" if activity.place else at


def clock(moment: datetime) -> str:
    """A time of day: 09:00."""
    return f"{moment:%H:%M}"


def _address(activity: Activity, offered_as: str) -> str:
    if offered_as != "recording" or not isinstance(activity, ProgrammeActivity):
        return ""
    return "" if activity.recording is None else activity.recording.url


def _chapters(desk: Desk, offer: ProgrammeOffer) -> Iterator[ChapterLine]:
    activities = {one.id: one for one in offer.activities}
    places: Mapping[WeakQuestion, Place] = chapters_for(weak_questions([desk.result]), offer.activities)
    for (_, question), place in places.items():
        activity = activities[place.activity]
        assert activity.recording is not None  # the place is in it
        chapter = next(
            one
            for one in activity.recording.chapters
            if (one.starts_at_seconds, one.title) == (place.starts_at_seconds, place.title)
        )
        said = desk.voice.say(
            "learning_chapter",
            title=getattr(activity.title, desk.voice.language),
            time=recorded_at(place.starts_at_seconds),
            chapter=place.title,
        )
        yield ChapterLine(desk.voice.question(question), said, chapter_address(activity.recording, chapter))


def recorded_at(seconds: int) -> str:
    """A place in a recording: ``12:30``, from an hour on ``1:02:30``."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def because(suggestion: Suggestion, voice_of: Callable[[str], Voice]) -> str:
    """Why an activity is suggested: the largest contributions in words.

    ``voice_of``: speaks of the questions of a questionnaire, by its id.
    """
    said = []
    for reason in suggestion.because:
        voice = voice_of(reason.questionnaire)
        key = "because_unknown" if reason.state == "unknown" else "because_score"
        said.append(voice.say(key, question=voice.question(reason.question), score=reason.score))
    voice = voice_of(suggestion.because[0].questionnaire)
    return voice.say("because", answers=voice.listed(said))
