"""The summary: one page with the most important of all parts."""

from __future__ import annotations

from dataclasses import dataclass

from reports.cohort import bars
from reports.cohort.common import ON_SUMMARY, QuestionLine, chosen_topics, shared_lines
from reports.cohort.desk import CohortDesk
from reports.cohort.levels import level_chart
from reports.formatting import shortened
from reports.sections.desk import Section

_LONGEST = 150
"""How many characters of a question stand on the page."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One plain figure."""

    name: str
    figure: str
    about: str


@dataclass(frozen=True, slots=True)
class CohortSummary:
    """The values of the page. ``lead``: where most companies stand, or that it is not told."""

    lead: str
    facts: tuple[Fact, ...]
    chart: bars.Bars | None
    gaps: tuple[QuestionLine, ...]
    strengths: tuple[QuestionLine, ...]
    topics: tuple[str, ...]


def summary(desk: CohortDesk) -> Section:
    """The page."""
    body = CohortSummary(
        lead=_lead(desk),
        facts=tuple(_facts(desk)),
        chart=level_chart(desk),
        gaps=shared_lines(desk, "gap", ON_SUMMARY),
        strengths=shared_lines(desk, "strength", ON_SUMMARY),
        topics=tuple(
            shortened(desk.voice.question(one.question), _LONGEST) for one in chosen_topics(desk)[:ON_SUMMARY]
        ),
    )
    return Section("summary", desk.voice.words["summary_title"], body)


def _lead(desk: CohortDesk) -> str:
    table = desk.tables.get("level")
    if table is None:
        return desk.voice.words["lead_not_told"]
    row = table.rows[0]
    at = max(range(len(row.counts)), key=lambda at: (row.percents[at], -at))
    return desk.voice.say(
        "lead_without" if "none_or_0" in table.groups[at] else "lead",
        steps=desk.steps(table.groups[at]),
        count=desk.count(row.counts[at]),
        owners=desk.count(row.owners),
        share=desk.share(row.percents[at]),
    )


def _facts(desk: CohortDesk) -> list[Fact]:
    words, release = desk.voice.words, desk.material.release
    found = [Fact(words["column_companies"], desk.count(release.owners), words["counted_about"])]
    mean = release.table("level").mean
    if mean is not None:
        found.append(Fact(words["mean"], desk.voice.decimal(mean), words["mean_about"]))
    moved = desk.tables.get("development")
    if moved is not None and ("up",) in moved.groups:
        share = desk.share(moved.rows[0].percents[moved.groups.index(("up",))])
        found.append(Fact(words["up"], share, words["up_about"]))
    if (lack := _commonest_lack(desk)) is not None:
        tag, percent = lack
        about = desk.voice.say("lacks_about", share=desk.share(percent))
        found.append(Fact(words["lacks_most"], words[f"step_{tag}"], about))
    return found


def _commonest_lack(desk: CohortDesk) -> tuple[str, int] | None:
    """The one tag that stands before all others as they are shown, with its percent; None without one.

    Tags that are told together may each be rare: where they come first, no single one is known to.
    """
    table = desk.tables.get("tag")
    if table is None:
        return None
    percents = table.rows[0].percents
    first = max(percents)
    group = table.groups[percents.index(first)]
    is_clear = len(group) == 1 and percents.count(first) == 1 and group != ("none",)
    return (group[0], first) if is_clear else None
