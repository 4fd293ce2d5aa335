"""What the company and its advisor agreed to do, and how far that has come."""

from __future__ import annotations

from dataclasses import dataclass

from reports.formatting import clean, paragraphs
from reports.material import PlannedAction
from reports.sections.desk import Desk, Section


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action. ``about``: the question it is to lift; ``remark``: how it goes; empty for none."""

    text: str
    about: str
    remark: str
    owner: str
    due: str
    effort: str
    status: str


@dataclass(frozen=True, slots=True)
class Actions:
    """Actions agreed on at the same time. ``title``: empty where there is but one such group."""

    title: str
    lines: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """The values of the part."""

    title: str
    lead: str
    groups: tuple[Actions, ...]


def plan(desk: Desk) -> Section | None:
    """The agreed actions, this round's before the earlier ones; None where nothing was agreed."""
    actions = () if desk.is_share else desk.material.plan
    if not actions:
        return None
    words = desk.voice.words
    now = tuple(action_line(desk, one) for one in actions if not one.is_earlier)
    earlier = tuple(action_line(desk, one) for one in actions if one.is_earlier)
    is_both = bool(now and earlier)
    groups = (
        Actions(words["plan_now"] if is_both else "", now),
        Actions(words["plan_earlier"] if is_both else "", earlier),
    )
    is_followed = bool(earlier) or any(one.status != "open" for one in actions)
    title = words["plan_title_followed" if is_followed else "plan_title"]
    lead = words["plan_lead" if now else "plan_lead_earlier"]
    return Section("plan", title, PlanView(title, lead, tuple(group for group in groups if group.lines)))


def action_line(desk: Desk, action: PlannedAction) -> ActionLine:
    """One action in words."""
    voice, words = desk.voice, desk.voice.words
    question = voice.texts.get(f"questions/{action.question_id}/text", "") if action.question_id else ""
    return ActionLine(
        text=" ".join(paragraphs(action.text)),
        about=voice.say("action_about", question=question) if question else "",
        remark=" ".join(paragraphs(action.remark)),
        owner=clean(action.owner) or words["none"],
        due=words["none"] if action.due_on is None else voice.date(action.due_on),
        effort=words.get(f"effort_{action.effort}", words["none"]) if action.effort else words["none"],
        status=words[f"action_{action.status}"],
    )
