"""The page a busy managing director reads: where we stand, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.advice.standing import Standing
from reports.charts import Chart
from reports.sections.desk import Desk, Section
from reports.sections.nextstep import StepLine, way
from reports.sections.profile import profile_chart
from reports.sections.signing import approved_line

SHOWN = 3
STEPS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A plain fact: a share and what it is a share of."""

    name: str
    figure: str
    about: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """A question (or in the short edition a dimension) that stands out, and where it stands."""

    text: str
    note: str


@dataclass(frozen=True, slots=True)
class ApprovedLevel:
    """The level an advisor stands for. ``note``: why it and the company's part, empty where they do not."""

    level: str
    level_name: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The values of the page. ``level``: the figure, or a dash; ``before_caps``: the raw level.

    ``more_steps``: how many lines of the way are left out here. ``approved``: None before that.
    """

    level: str
    level_name: str
    level_text: str
    status: str
    figures: str
    before_caps: str
    before_caps_text: str
    caps: tuple[str, ...]
    caps_none: str
    facts: tuple[Fact, ...]
    chart: Chart
    strengths_title: str
    strengths: tuple[Highlight, ...]
    strengths_none: str
    gaps_title: str
    gaps: tuple[Highlight, ...]
    gaps_none: str
    way_title: str
    way: tuple[StepLine, ...]
    more_steps: str
    way_none: str
    approved: ApprovedLevel | None = None


def summary(desk: Desk) -> Section:
    """The one-page summary."""
    voice, words = desk.voice, desk.voice.words
    overall = desk.result.overall
    found = None if desk.is_share else way(desk, desk.result.next_step)
    lines = found.lines if found else ()
    left = len(lines) - STEPS_SHOWN
    strong, weak = _highlights(desk)
    body = Summary(
        level=words["none"] if overall.level is None else str(overall.level),
        level_name=_level_name(desk),
        level_text=_level_text(desk),
        status=_status(desk),
        figures=_figures(desk),
        before_caps=words["none"] if overall.raw_level is None else str(overall.raw_level),
        before_caps_text="" if overall.raw_level is None else voice.level(overall.raw_level),
        caps=desk.caps(overall.caps),
        caps_none=words["caps_none"] if overall.raw_level is not None else words["caps_unknown"],
        facts=tuple(_facts(desk)),
        chart=profile_chart(desk),
        strengths_title=words["strong_dimensions" if desk.is_share else "strengths"],
        strengths=strong,
        strengths_none=words["ranking_none" if desk.is_share else "strengths_none"],
        gaps_title=words["weak_dimensions" if desk.is_share else "gaps"],
        gaps=weak,
        gaps_none=words["ranking_none" if desk.is_share else "gaps_none"],
        way_title=found.title if found else words["way_title"],
        way=lines[:STEPS_SHOWN],
        more_steps=voice.say("more_steps", count=left) if left > 0 else "",
        way_none="" if found or desk.is_share else _no_way(desk),
        approved=_approved(desk),
    )
    return Section("summary", words["summary_title"], body)


def _approved(desk: Desk) -> ApprovedLevel | None:
    if desk.review is None or not desk.review.is_approved:
        return None
    voice, words = desk.voice, desk.voice.words
    own, rated = desk.result.overall, desk.review.rated.overall
    name = words["withheld_short"] if rated.level is None else voice.level(rated.level)
    if rated.status == "not_applicable":
        name = words["not_applicable_short"]
    elif rated.status == "provisional":
        name = f"{name} ({words['provisional']})"
    is_other = (own.score, own.level) != (rated.score, rated.level)
    return ApprovedLevel(
        level=words["none"] if rated.level is None else str(rated.level),
        level_name=name,
        by=approved_line(desk, "approved"),
        note=words["approved_other_share" if desk.is_share else "approved_other"] if is_other else "",
    )


def _level_name(desk: Desk) -> str:
    overall = desk.result.overall
    if overall.status == "not_applicable":
        return desk.voice.words["not_applicable_whole"]
    if overall.level is None:
        return desk.voice.words["withheld_whole"]
    return desk.voice.level(overall.level)


def _level_text(desk: Desk) -> str:
    overall = desk.result.overall
    if overall.status == "not_applicable":
        return desk.voice.words["not_applicable_text"]
    if overall.level is None:
        return desk.voice.say("withheld_text", answered=desk.voice.percent(overall.coverage))
    text = desk.voice.texts[f"levels/{overall.level}/description"]
    return desk.voice.say("level_typical", level=overall.level, text=text)


def _status(desk: Desk) -> str:
    """Why the level is provisional, in one sentence; empty when it is not."""
    overall = desk.result.overall
    if overall.status != "provisional":
        return ""
    scores = desk.result.scores.dimensions
    if any(scores[dimension.id].status == "withheld" for dimension in desk.dimensions):
        return desk.voice.words["provisional_withheld"]
    if any(scores[d.id].flags and d.id not in desk.result.review.accepted for d in desk.dimensions):
        return desk.voice.words["provisional_na"]
    return desk.voice.words["provisional_coverage"]


def _figures(desk: Desk) -> str:
    overall, voice = desk.result.overall, desk.voice
    if overall.score is None:
        return ""
    return voice.say(
        "figures",
        score=voice.score(overall.score),
        range=desk.range(overall.low, overall.high),
        index=voice.index(overall.score),
    )


def _facts(desk: Desk) -> list[Fact]:
    overall, voice, words = desk.result.overall, desk.voice, desk.voice.words
    shares = {"answered": overall.coverage, "documented": overall.documented, "reviewed": overall.reviewed}
    about = {name: words[f"{name}_about"] for name in shares}
    if desk.is_approved:  # the whole was reviewed, whatever share of the answers was confirmed one by one
        about["reviewed"] = words["reviewed_about_approved"]
    return [Fact(words[name], voice.percent(share), about[name]) for name, share in shares.items()]


def _highlights(desk: Desk) -> tuple[tuple[Highlight, ...], tuple[Highlight, ...]]:
    if desk.is_share:
        return _dimension_highlights(desk)
    result = desk.result
    return tuple(_questions(desk, result.strengths)), tuple(_questions(desk, result.gaps))


def _questions(desk: Desk, found: Iterable[Standing]) -> list[Highlight]:
    return [
        Highlight(
            desk.voice.question(standing.question),
            f"{_stands(desk, standing.question)} · {desk.voice.dimension(standing.dimension)}",
        )
        for standing in list(found)[:SHOWN]
    ]


def _stands(desk: Desk, question: str) -> str:
    outcome = desk.outcomes[question]
    if outcome.state == "unknown":
        return desk.voice.words["unknown"]
    return desk.voice.say("mark", score=outcome.score or 0)


def _dimension_highlights(desk: Desk) -> tuple[tuple[Highlight, ...], tuple[Highlight, ...]]:
    """The strongest and the weakest dimensions by score, ties in definition order, none in both."""
    scores = desk.result.scores.dimensions
    shown = [d for d in desk.dimensions if scores[d.id].level is not None]
    ranked = sorted(shown, key=lambda d: -(scores[d.id].score or 0))
    most = min(SHOWN, len(ranked) // 2)
    strong, weak = ranked[:most], ranked[::-1][:most]

    def highlight(id_: str) -> Highlight:
        score = scores[id_]
        return Highlight(desk.voice.dimension(id_), desk.level_name(score.level, score.status))

    return tuple(highlight(d.id) for d in strong), tuple(highlight(d.id) for d in weak)


def _no_way(desk: Desk) -> str:
    """Why no way up is shown."""
    overall = desk.result.overall
    if overall.level == 4:
        return desk.voice.words["way_top"]
    return desk.voice.words["way_none"]
