"""What stands beside a result: what was signed off, what advisors have told and asked, and the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reports.sections.answers import answer_view
from reports.sections.desk import Desk
from webapp.auth import current
from webapp.services.levels import Levels, Override, Pair, Standing
from webapp.services.plan import OpenedPlan, open_plan
from webapp.services.results import Result
from webapp.views.advised import asked_line, notes_for_company
from webapp.views.page import day
from webapp.views.resultsteps import OFFERED


@dataclass(frozen=True, slots=True)
class Side:
    """A level as one of the two has it. ``points``: empty where there are none."""

    level: str
    name: str
    points: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of both levels. ``title``: of the dimension, empty for the whole; ``is_other``: they part."""

    title: str
    own: Side
    approved: Side
    is_other: bool


@dataclass(frozen=True, slots=True)
class OtherRating:
    """A question that was signed off with another score. ``anchor``: what that score stands for."""

    text: str
    own: str
    said: str
    approved: str
    anchor: str
    reason: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """An approval. ``rows``: the whole first, then each dimension."""

    by: str
    rows: tuple[Row, ...]
    others: tuple[OtherRating, ...]
    is_other: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to put advice on the plan. ``action_id``: of what is there already; empty where nothing is."""

    question_id: str
    action_id: str


def advice_page(result: Result, desk: Desk) -> dict[str, Any]:
    """Everything beside the result of a hand-in, for the company or for its advisor."""
    plan = open_plan(current.site(), current.actor(), result.id, current.now())
    return {
        "signed": None if result.levels is None else _signed(desk, result.levels),
        "notes": notes_for_company(result.id, desk.voice.texts) if result.is_own else (),
        "asked": [asked_line(one, desk.voice, "") for one in result.asked] if result.is_own else [],
        "offers": list(_offers(desk, plan)),
        "plan": plan,
        "left": plan.left,
    }


def approved_by(levels: Levels) -> str:
    """Who approved it and when; a former advisor where they were erased."""
    approval = levels.approval
    key = "result.approved_gone" if approval.is_gone else "result.approved_by"
    return current.words().say(key, who=approval.by, day=day(approval.at_utc))


def _signed(desk: Desk, levels: Levels) -> Signed:
    return Signed(
        by=approved_by(levels),
        rows=tuple(_row(desk, pair) for pair in (levels.overall, *levels.dimensions)),
        others=tuple(_other(desk, one) for one in levels.overrides),
        is_other=levels.is_other,
    )


def _row(desk: Desk, pair: Pair) -> Row:
    title = desk.voice.dimension(pair.dimension) if pair.dimension else ""
    return Row(title, _side(desk, pair.own), _side(desk, pair.approved), pair.is_other)


def _side(desk: Desk, standing: Standing) -> Side:
    voice, words = desk.voice, desk.voice.words
    if standing.level is None:
        return Side("", desk.level_name(None, standing.status), "")
    name = voice.level(standing.level)
    return Side(
        level=str(standing.level),
        name=f"{name} ({words['provisional']})" if standing.status == "provisional" else name,
        points="" if standing.score is None else voice.score(standing.score),
    )


def _other(desk: Desk, one: Override) -> OtherRating:
    words, outcome = current.words(), desk.outcomes[one.question_id]
    return OtherRating(
        text=desk.voice.question(one.question_id),
        own=words.say("advised.no_score") if one.own is None else words.say("advised.score", score=one.own),
        said=answer_view(desk, outcome).said,
        approved=words.say("advised.score", score=one.approved),
        anchor=desk.voice.texts.get(f"questions/{one.question_id}/anchors/{one.approved}", ""),
        reason=one.reason,
    )


def _offers(desk: Desk, plan: OpenedPlan) -> Iterator[Offer]:
    """For each advice on the page, in its order."""
    on_it = {one.agreed.question_id: one.id for one in plan.entries if one.agreed.status != "dropped"}
    for advice in desk.result.recommendations[:OFFERED]:
        yield Offer(advice.question, on_it.get(advice.question, ""))
