"""The topics of the whole gathering, in the words in which they may be told."""

from __future__ import annotations

from dataclasses import dataclass

from reports.gathering.desk import PackDesk


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A shared gap. ``who``: how many companies have it, as told."""

    topic: str
    question: str
    who: str


def topic_lines(desk: PackDesk) -> tuple[TopicLine, ...]:
    """The list as it was kept, in its order."""
    topics = desk.material.topics
    lines = (
        TopicLine(
            one.topic,
            desk.topic(one.topic),
            desk.voice.say("count_or_more" if one.or_more else "count", count=one.owners, all=topics.owners),
        )
        for one in topics.topics
    )
    return tuple(line for line in lines if line.question)
