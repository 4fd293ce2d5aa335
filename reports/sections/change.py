"""The change since last time, split into what the company changed and what the scale changed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assessment.change.comparison import Change, Comparison
from assessment.scoring.levels import ResultStatus
from reports.charts import Chart, Plotted, draw
from reports.formatting import clean
from reports.material import Previous
from reports.sections.desk import Desk, Section
from reports.sections.profile import plot


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One score before and after, and the parts of the difference."""

    title: str
    before: str
    after: str
    total: str
    you: str
    scale: str
    depth: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The values of the part. ``has_depth``: the depth differs, so there is a third part."""

    intro: str
    lines: tuple[ChangeLine, ...]
    has_depth: bool
    notes: tuple[str, ...]
    chart: Chart


def change(desk: Desk) -> Section | None:
    """The change; None without an earlier assessment."""
    previous = desk.material.previous
    if previous is None:
        return None
    voice, words = desk.voice, desk.voice.words
    compared = previous.comparison
    lines = [_line(desk, voice.dimension(id_), part) for id_, part in compared.dimensions.items()]
    body = ChangeView(
        intro=voice.say(
            "change_intro",
            before=clean(previous.answers.period) or words["unknown_period"],
            after=clean(desk.result.answers.period) or words["unknown_period"],
        ),
        lines=(_line(desk, words["whole"], compared.overall), *lines),
        has_depth=not compared.same_depth,
        notes=tuple(_notes(desk, previous)),
        chart=_chart(desk, compared),
    )
    return Section("change", words["change_title"], body)


def _line(desk: Desk, title: str, part: Change) -> ChangeLine:
    def signed(value: Fraction | None) -> str:
        return desk.voice.words["none"] if value is None else desk.voice.signed(value)

    def plain(value: Fraction | None) -> str:
        return desk.voice.words["none"] if value is None else desk.voice.score(value)

    return ChangeLine(
        title=title,
        before=plain(part.before),
        after=plain(part.after),
        total=signed(part.total),
        you=signed(part.you),
        scale=signed(part.scale),
        depth=signed(part.depth),
    )


def _notes(desk: Desk, previous: Previous) -> list[str]:
    voice, words = desk.voice, desk.voice.words
    old, new = previous.answers, desk.result.answers
    notes = []
    if old.version != new.version:
        notes.append(voice.say("change_versions", old=old.version, new=new.version))
    if old.depth != new.depth:
        notes.append(
            voice.say("change_depths", old=words[f"depth_{old.depth}"], new=words[f"depth_{new.depth}"])
        )
    if dropped := previous.comparison.dropped:
        notes.append(voice.say("change_dropped", count=len(dropped)))
    return notes


def _chart(desk: Desk, compared: Comparison) -> Chart:
    words = desk.voice.words
    plotted = [_plotted(desk, words["whole"], desk.result.overall.status, compared.overall, is_strong=True)]
    for dimension in desk.dimensions:
        now = plot(desk, dimension)
        part = compared.dimensions[dimension.id]
        plotted.append(_plotted(desk, now.label, now.status, part))
    return draw("change-chart", words["change_chart"], words["change_chart_about"], plotted)


def _plotted(
    desk: Desk, label: str, status: ResultStatus, part: Change, *, is_strong: bool = False
) -> Plotted:
    words = desk.voice.words
    return Plotted(
        label=label,
        status=status,
        score=part.after,
        low=None,
        high=None,
        cap=None,
        figure=words["none"] if part.after is None else desk.voice.score(part.after),
        level=words["none"] if part.total is None else desk.voice.signed(part.total),
        before=part.before,
        is_strong=is_strong,
    )
