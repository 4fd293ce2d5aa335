"""From a weak answer to the minute that helps: which chapter of which recording.

Of several chapters that help with a question, the one whose address says most about it: the question
itself before a wildcard, the longer wildcard before the shorter; then the activity's id (C2 before
C10), then the time. Source: decision 0037.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Protocol, TypeAlias

from assessment.advice.learning import id_order
from assessment.result import AssessmentResult

WeakQuestion: TypeAlias = tuple[str, str]
"""A questionnaire's id and a question's."""


class ChapterLike(Protocol):
    """What is looked at of a chapter (:class:`questionnaires.programme.Chapter`)."""

    @property
    def starts_at_seconds(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def addresses(self) -> tuple[str, ...]: ...


class RecordingLike(Protocol):
    """What is looked at of a recording."""

    @property
    def chapters(self) -> tuple[ChapterLike, ...]: ...


class Recorded(Protocol):
    """What is looked at of an activity that may have a recording."""

    @property
    def id(self) -> str: ...
    @property
    def questionnaires(self) -> tuple[str, ...]: ...
    @property
    def recording(self) -> RecordingLike | None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A chapter of a recording. ``address``: the one by which it was found, as it is written."""

    activity: str
    starts_at_seconds: int
    title: str
    address: str


_Rank: TypeAlias = tuple[tuple[int, int, int], tuple[str, int], int, str, str]
_Found: TypeAlias = tuple[_Rank, Place]


def weak_questions(results: Iterable[AssessmentResult]) -> tuple[WeakQuestion, ...]:
    """Every gap of every result, by questionnaire, the largest first."""
    ordered = sorted(results, key=lambda result: result.answers.questionnaire)
    return tuple((result.answers.questionnaire, gap.question) for result in ordered for gap in result.gaps)


def chapters_for(
    questions: Iterable[WeakQuestion], activities: Iterable[Recorded]
) -> Mapping[WeakQuestion, Place]:
    """The chapter for each question that has one, in the order of the questions.

    The order of activities and of chapters does not matter.
    """
    recorded = list(activities)
    found = ((question, list(_places(question, recorded))) for question in questions)
    return {question: min(places)[1] for question, places in found if places}


def _places(question: WeakQuestion, activities: Iterable[Recorded]) -> Iterator[_Found]:
    questionnaire, id_ = question
    for activity in activities:
        if activity.recording is None or questionnaire not in activity.questionnaires:
            continue
        for chapter in activity.recording.chapters:
            for address in chapter.addresses:
                if fnmatchcase(id_, address):
                    yield _ranked(activity.id, chapter, address)


def _ranked(activity: str, chapter: ChapterLike, address: str) -> _Found:
    """A place with what it is ordered by, the smallest first."""
    place = Place(activity, chapter.starts_at_seconds, chapter.title, address)
    stars = address.count("*")
    specific = (min(stars, 1), stars - len(address), stars)
    return (specific, id_order(activity), chapter.starts_at_seconds, chapter.title, address), place
