"""What pages say of an activity: its words in the reader's language, its times where the people are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from assessment.advice.learning import Suggestion
from questionnaires.programme import ProgrammeActivity, Recording, chapter_address
from reports.formatting import Voice
from reports.sections.learning import because
from reports.translations.report import REPORT_WORDS
from webapp.auth import current
from webapp.forms.activity import clock_of
from webapp.services.activities import Offered
from webapp.services.offering import ends_of
from webapp.services.suggesting import Suggested
from webapp.views.page import local_time, to, voice


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A place in a recording. ``clock``: ``12:30``; ``address``: where it is seen."""

    clock: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An activity as a page shows it. ``when``: day and time; empty where it has none.

    ``host``: where the recording lies; ``prework``: titles of questionnaires; empty is not known.
    """

    title: str
    kind: str
    part: str
    about: str
    when: str
    place: str
    spoken: str
    audience: str
    prework: tuple[str, ...]
    agenda: tuple[tuple[str, int | None], ...]
    recording: str
    host: str
    chapters: tuple[ShownChapter, ...]
    presentations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Activities that stand together in a list. ``key``: of the words of its heading."""

    key: str
    lines: tuple[tuple[Offered, Shown], ...]


def shown(activity: ProgrammeActivity) -> Shown:
    """An activity in words."""
    words, language = current.words(), current.language()
    recording = activity.recording
    return Shown(
        title=getattr(activity.title, language),
        kind=words.say(f"activities.kind_{activity.kind}"),
        part=words.say(f"programme.part_{activity.depth}"),
        about=getattr(activity.about, language) if activity.about else "",
        when=when_of(activity),
        place=activity.place or "",
        spoken=words.say(f"common.language_{activity.language}") if activity.language else "",
        audience=getattr(activity.audience, language) if activity.audience else "",
        prework=tuple(_questionnaires(activity.prework)),
        agenda=tuple((getattr(one.title, language), one.minutes) for one in activity.agenda),
        recording="" if recording is None else recording.url,
        host="" if recording is None else urlsplit(recording.url).hostname or "",
        chapters=() if recording is None else tuple(_chapters(recording)),
        presentations=tuple((one.title, one.url) for one in activity.presentations),
    )


def when_of(activity: ProgrammeActivity) -> str:
    """Its day and its time, as the clocks of the people show it."""
    if activity.starts is None:
        return ""
    words, begins = current.words(), local_time(activity.starts)
    ends = None if activity.ends is None and activity.duration_min is None else ends_of(activity)
    until = local_time(ends) if ends is not None else None
    day = voice().date(begins.date())
    if until is None or until.date() != begins.date():
        return words.say("activities.at", day=day, time=f"{begins:%H:%M}")
    return words.say("activities.from_to", day=day, time=f"{begins:%H:%M}", until=f"{until:%H:%M}")


def groups_of(offered: Iterable[Offered]) -> tuple[Group, ...]:
    """What comes, what has no time, and what is over, the last first."""
    found: dict[str, list[Offered]] = {"coming": [], "anytime": [], "undated": [], "past": []}
    for one in offered:
        found[_group(one)].append(one)
    found["past"].reverse()
    return tuple(
        Group(f"activities.group_{name}", tuple((one, shown(one.activity)) for one in lines))
        for name, lines in found.items()
        if lines
    )


def _group(one: Offered) -> str:
    if one.activity.starts is not None:
        return "past" if one.is_over else "coming"
    is_there = one.activity.recording or one.activity.presentations or one.activity.kind == "guide"
    return "anytime" if is_there else "undated"


def _chapters(recording: Recording) -> Iterable[ShownChapter]:
    for chapter in recording.chapters:
        yield ShownChapter(
            clock_of(chapter.starts_at_seconds), chapter.title, chapter_address(recording, chapter)
        )


def _questionnaires(ids: Iterable[str]) -> Iterable[str]:
    """The titles of those that are in use."""
    for id_ in ids:
        shelved = current.site().shelf.newest(id_)
        if shelved is not None:
            yield shelved.title(current.language())


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """An activity that is suggested to a company, with where it leads and why."""

    title: str
    address: str
    kind: str
    when: str
    because: str


@dataclass(frozen=True, slots=True)
class ShownPath:
    """What is suggested to one company."""

    company: str
    lines: tuple[ShownSuggestion, ...]


def shown_path(found: Suggested) -> ShownPath:
    """What is suggested to a company, in the order it is suggested."""
    activities = {one.id: one for one in found.offer.activities}
    gathering = (found.path.gathering,) if found.path.gathering else ()
    return ShownPath(
        found.company,
        tuple(
            _suggestion(found, activities[one.activity], one) for one in (*found.path.webinars, *gathering)
        ),
    )


def _suggestion(found: Suggested, activity: ProgrammeActivity, suggestion: Suggestion) -> ShownSuggestion:
    kind = found.offer.kinds[activity.id]
    return ShownSuggestion(
        title=getattr(activity.title, current.language()),
        address=to("activities.show_activity", id_=found.pages[activity.id]),
        kind=current.words().say(f"activities.kind_{kind}"),
        when="" if kind == "recording" else when_of(activity),
        because=because(suggestion, _voice_of),
    )


def _voice_of(questionnaire: str) -> Voice:
    """Speaks of a questionnaire's questions, as its newest version words them."""
    language, shelved = current.language(), current.site().shelf.newest(questionnaire)
    texts = {} if shelved is None else shelved.plan.questionnaire.words(language)
    return Voice(language, REPORT_WORDS[language], texts)
