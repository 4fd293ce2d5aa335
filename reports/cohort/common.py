"""What many of the cohort have in common: strengths, gaps, what the gaps lack, and what is worth an hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.cohort.commonest import Shared, Topic, commonest
from reports.cohort import bars
from reports.cohort.desk import CohortDesk
from reports.sections.desk import Section

MOST_QUESTIONS = 6
MOST_TOPICS = 4
ON_SUMMARY = 3


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question that many share. ``lacks``: what a gap in it is mostly a lack of; empty without."""

    question: str
    dimension: str
    lacks: str
    share: str


@dataclass(frozen=True, slots=True)
class TagLine:
    """What most gaps of a company lack, and of how many companies that is so."""

    name: str
    count: str
    share: str


@dataclass(frozen=True, slots=True)
class Common:
    """The values of the part; ``none``: the one sentence where nothing is told.

    ``has_tags``: whether any gap says what it lacks. ``chart``: of the tags.
    """

    intro: str
    none: str
    gaps: tuple[QuestionLine, ...]
    strengths: tuple[QuestionLine, ...]
    has_tags: bool
    tags: tuple[TagLine, ...]
    chart: bars.Bars | None


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic worth an hour. ``who``: how many have the gap, and can tell how they closed it."""

    question: str
    dimension: str
    who: str
    ask: str


@dataclass(frozen=True, slots=True)
class Topics:
    """The values of the part."""

    intro: str
    topics: tuple[TopicLine, ...]


def common(desk: CohortDesk) -> Section:
    """The part; with one calm sentence where nothing is told."""
    words = desk.voice.words
    gaps, strengths = (shared_lines(desk, which, MOST_QUESTIONS) for which in ("gap", "strength"))
    tags = tag_lines(desk)
    is_told = bool(gaps or strengths or tags)
    body = Common(
        intro=words["common_intro"] if is_told else "",
        none="" if is_told else words["not_told"],
        gaps=gaps,
        strengths=strengths,
        has_tags=any(one.lacks for one in gaps),
        tags=tags,
        chart=_tag_chart(desk),
    )
    return Section("common", words["common_title"], body)


def topics(desk: CohortDesk) -> Section | None:
    """What to talk about when they meet; None where no gap is told."""
    chosen = chosen_topics(desk)
    if not chosen:
        return None
    able = {one.question: one.percent for one in _told(desk, "strength")}
    body = Topics(
        intro=desk.voice.words["topics_intro"],
        topics=tuple(_topic_line(desk, one, able) for one in chosen),
    )
    return Section("topics", desk.voice.words["topics_title"], body)


def chosen_topics(desk: CohortDesk) -> tuple[Topic, ...]:
    """The commonest gaps, one of each dimension as long as there are dimensions without one."""
    found = _told(desk, "gap")
    seen: set[str] = set()
    first = []
    for one in found:
        if (dimension := dimension_of(desk, one.question)) not in seen:
            seen.add(dimension)
            first.append(one)
    return (*first, *(one for one in found if one not in first))[:MOST_TOPICS]


def shared_lines(desk: CohortDesk, which: Shared, most: int) -> tuple[QuestionLine, ...]:
    """The questions that are a gap, or a strength, of most, as far as it is told."""
    return tuple(_question_line(desk, one) for one in _told(desk, which)[:most])


def tag_lines(desk: CohortDesk) -> tuple[TagLine, ...]:
    """What most gaps lack; what is told together is one line."""
    table = desk.tables.get("tag")
    if table is None:
        return ()
    row = table.rows[0]
    return tuple(
        TagLine(desk.steps(group), desk.count(count), desk.share(percent))
        for group, count, percent in zip(table.groups, row.counts, row.percents, strict=True)
    )


def dimension_of(desk: CohortDesk, question: str) -> str:
    """The dimension a question counts in. KeyError where the questionnaire lacks the question."""
    asked = desk.material.questionnaire.questions()
    return {one.id: section.dimension for section, one in asked}[question]


def _told(desk: CohortDesk, which: Shared) -> tuple[Topic, ...]:
    return commonest(desk.material.release.tables, which, len(desk.tables))


def _question_line(desk: CohortDesk, topic: Topic) -> QuestionLine:
    tag = desk.material.tags.get(topic.question)
    return QuestionLine(
        question=desk.voice.question(topic.question),
        dimension=desk.voice.dimension(dimension_of(desk, topic.question)),
        lacks=desk.voice.words[f"step_{tag}"] if tag else "",
        share=desk.share(topic.percent),
    )


def _topic_line(desk: CohortDesk, topic: Topic, able: Mapping[str, int]) -> TopicLine:
    said = _question_line(desk, topic)
    who = desk.voice.say("topic_gap", share=said.share)
    if topic.question in able:
        who = desk.voice.say("topic_both", share=said.share, able=desk.share(able[topic.question]))
    tag = desk.material.tags.get(topic.question) or "first"
    return TopicLine(said.question, said.dimension, who, desk.voice.words[f"ask_{tag}"])


def _tag_chart(desk: CohortDesk) -> bars.Bars | None:
    table, words = desk.tables.get("tag"), desk.voice.words
    if table is None:
        return None
    row = table.rows[0]
    plotted = [
        bars.Plotted(line.name, (bars.Part(count, bars.SHADES - 2),), row.owners, line.share)
        for line, count in zip(tag_lines(desk), row.counts, strict=True)
    ]
    return bars.draw("tag-chart", words["tags_title"], words["chart_about"], plotted)
