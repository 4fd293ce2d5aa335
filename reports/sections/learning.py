"""The learning path: which webinars and which gathering, and why. Source: docs/scoring.md section 4."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.advice.learning import LearningPath, Suggestion, learning_path
from questionnaires.activities import Activity
from reports.sections.desk import Desk, Section


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity to take part in. ``because``: the answers it is suggested for."""

    id: str
    title: str
    kind: str
    because: str


@dataclass(frozen=True, slots=True)
class Learning:
    """The values of the part."""

    intro: str
    webinars: tuple[ActivityLine, ...]
    gathering: ActivityLine | None
    none: str


def learning(desk: Desk) -> Section:
    """Webinars and a gathering for this company."""
    words = desk.voice.words
    path = path_of(desk)
    activities = {activity.id: activity for activity in desk.material.activities}
    body = Learning(
        intro=words["learning_intro"],
        webinars=tuple(_line(desk, activities[s.activity], s) for s in path.webinars),
        gathering=_line(desk, activities[path.gathering.activity], path.gathering)
        if path.gathering
        else None,
        none="" if path.webinars or path.gathering else words["learning_none"],
    )
    return Section("learning", words["learning_title"], body)


def path_of(desk: Desk) -> LearningPath:
    """What the rule suggests for this result alone."""
    return learning_path([desk.result], desk.material.activities)


def _line(desk: Desk, activity: Activity, suggestion: Suggestion) -> ActivityLine:
    words = desk.voice.words
    kind = f"{words[f'kind_{activity.kind}']}, {words[f'depth_{activity.depth}']}"
    return ActivityLine(
        id=activity.id,
        title=getattr(activity.title, desk.voice.language),
        kind=kind,
        because=desk.voice.say("because", answers=_because(desk, suggestion)),
    )


def _because(desk: Desk, suggestion: Suggestion) -> str:
    """The largest contributions in words."""
    voice = desk.voice
    said = []
    for reason in suggestion.because:
        key = "because_unknown" if reason.state == "unknown" else "because_score"
        said.append(voice.say(key, question=voice.question(reason.question), score=reason.score))
    return voice.listed(said)
