"""The dimensions beside each other: as a chart, and as the table of the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from questionnaires.scheme import Dimension
from reports.charts import Chart, Plotted, draw
from reports.sections.desk import Desk, Section


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One dimension in the table."""

    title: str
    target: str
    score: str
    range: str
    level: str
    note: str
    weight: str
    share: str
    answered: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The table's values; the whole is the last line."""

    intro: str
    rows: tuple[ProfileRow, ...]
    caps: tuple[str, ...]


def profile(desk: Desk) -> Section:
    """The figures of every dimension and of the whole."""
    rows = (*(_row(desk, dimension) for dimension in desk.dimensions), _whole(desk))
    body = Profile(desk.voice.words["profile_intro"], rows, tuple(_all_caps(desk)))
    return Section("profile", desk.voice.words["profile_title"], body)


def profile_chart(desk: Desk) -> Chart:
    """The dimensions with level bands, range and ceiling, the whole last."""
    overall = desk.result.overall
    plotted = [plot(desk, dimension) for dimension in desk.dimensions]
    plotted.append(
        Plotted(
            label=desk.voice.words["whole"],
            status=overall.status,
            score=overall.score,
            low=overall.low,
            high=overall.high,
            cap=min((cap.max_level for cap in overall.caps), default=None),
            figure=_figure(desk, overall.score),
            level=short_level(desk, overall.level, overall.status),
            is_strong=True,
        )
    )
    words = desk.voice.words
    return draw("profile-chart", words["profile_chart"], words["profile_chart_about"], plotted)


def plot(desk: Desk, dimension: Dimension) -> Plotted:
    """One dimension as a chart shows it."""
    score = desk.score(dimension.id)
    return Plotted(
        label=desk.voice.dimension(dimension.id),
        status=score.status,
        score=score.score,
        low=score.low,
        high=score.high,
        cap=min((cap.max_level for cap in score.caps), default=None),
        figure=_figure(desk, score.score),
        level=short_level(desk, score.level, score.status),
    )


def short_level(desk: Desk, level: int | None, status: str) -> str:
    """The level in two words."""
    if status == "not_applicable":
        return desk.voice.words["not_applicable_short"]
    if level is None:
        return desk.voice.words["withheld_short"]
    return desk.voice.say("level_short", level=level)


def _figure(desk: Desk, score: Fraction | None) -> str:
    return desk.voice.words["none"] if score is None else desk.voice.score(score)


def _row(desk: Desk, dimension: Dimension) -> ProfileRow:
    voice, words = desk.voice, desk.voice.words
    score, part = desk.score(dimension.id), desk.part(dimension.id)
    notes = [words["core"]] if dimension.core else []
    notes += [words["provisional"]] if score.status == "provisional" else []
    notes += [words["na_review"]] if score.flags else []
    notes += [voice.say("capped_from", raw=score.raw_level)] if score.caps else []
    return ProfileRow(
        title=voice.dimension(dimension.id),
        target=f"dimension-{dimension.id}",
        score=_figure(desk, score.score),
        range=desk.range(score.low, score.high),
        level=desk.level_name(score.level, score.status),
        note=", ".join(notes),
        weight=str(dimension.weight),
        share=words["none"] if part.contribution is None else voice.number(part.contribution),
        answered=words["none"] if score.coverage is None else voice.percent(score.coverage),
    )


def _whole(desk: Desk) -> ProfileRow:
    voice, words = desk.voice, desk.voice.words
    overall = desk.result.overall
    notes = [words["provisional"]] if overall.status == "provisional" else []
    notes += [voice.say("capped_from", raw=overall.raw_level)] if overall.caps else []
    return ProfileRow(
        title=words["whole"],
        target="summary",
        score=_figure(desk, overall.score),
        range=desk.range(overall.low, overall.high),
        level=desk.level_name(overall.level, overall.status),
        note=", ".join(notes),
        weight=str(sum(dimension.weight for dimension in desk.dimensions)),
        share=_figure(desk, overall.score),
        answered=words["none"] if overall.coverage is None else voice.percent(overall.coverage),
    )


def _all_caps(desk: Desk) -> list[str]:
    """Every ceiling of a dimension as a sentence, with the dimension's name."""
    return [
        f"{desk.voice.dimension(dimension.id)}: {sentence}"
        for dimension in desk.dimensions
        for sentence in desk.caps(desk.score(dimension.id).caps)
    ]
