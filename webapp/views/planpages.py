"""What the templates of a plan get, worked out beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessment.review.plan import PARTS, STATUSES, ActionStatus, Agreed
from questionnaires.model import asked_at
from questionnaires.values import Depth
from reports.formatting import paragraphs
from webapp.auth import current
from webapp.forms.plan import EFFORTS, AgreeForm, FollowUpForm, ReviseForm
from webapp.services.agreeing import Parting
from webapp.services.authors import Author
from webapp.services.plan import Entry, OpenedPlan, Version, history_of
from webapp.services.shelf import Shelved
from webapp.views.page import clock, day, voice

GROUPS: tuple[ActionStatus, ...] = ("begun", "open", "done", "dropped")
"""In the order of the page: what is left before what is over."""


@dataclass(frozen=True, slots=True)
class Card:
    """One action on the page. ``due``, ``owner``, ``effort``, ``lifts``: empty where there is none.

    ``lifts``: the question; ``dimension``: of it; ``link``: whether the reader has a page for the question.
    ``from_period``: of an earlier round; empty for this one's. ``followed``: who said how far it is, when.
    """

    id: str
    text: tuple[str, ...]
    owner: str
    due: str
    effort: str
    lifts: str
    dimension: str
    question_id: str
    has_link: bool
    remark: tuple[str, ...]
    followed: str
    from_period: str
    status: ActionStatus
    is_overdue: bool
    is_live: bool

    @property
    def title(self) -> str:
        """Its first line."""
        return self.text[0] if self.text else ""


@dataclass(frozen=True, slots=True)
class Group:
    """The actions that have come equally far."""

    status: ActionStatus
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one part of an action."""

    part: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Line:
    """One version of an action. ``is_first``: when it was agreed on."""

    number: int
    who: str
    day: str
    time: str
    is_first: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One part that two people changed to different things."""

    part: str
    mine: str
    theirs: str
    before: str


@dataclass(frozen=True, slots=True)
class PartingView:
    """Two different changes of one action. ``who`` saved the other one, at ``time``."""

    who: str
    day: str
    time: str
    sides: tuple[Side, ...]


def plan_page(plan: OpenedPlan) -> dict[str, Any]:
    """A plan by how far its actions have come."""
    cards = [card(plan, entry) for entry in plan.entries]
    groups = (Group(status, tuple(one for one in cards if one.status == status)) for status in GROUPS)
    return {**about_plan(plan), "groups": [group for group in groups if group.cards], "left": plan.left}


def adding_page(plan: OpenedPlan, form: AgreeForm) -> dict[str, Any]:
    """The form for something new."""
    return {**about_plan(plan), "form": form, **_choices(plan.shelved, plan.row.depth, form.question.data)}


def action_page(
    plan: OpenedPlan,
    entry: Entry,
    form: ReviseForm | None = None,
    following: FollowUpForm | None = None,
) -> dict[str, Any]:
    """One action with its forms and its history. ``form``, ``following``: as they were sent."""
    errors = {**(form.errors if form else {}), **(following.errors if following else {})}
    revising = form or revise_form(entry.agreed, entry.version)
    return {
        **about_plan(plan),
        "card": card(plan, entry),
        "revising": revising,
        "following": following or follow_up_form(entry.agreed, entry.version),
        "is_revising": form is not None,
        "sent": form or following,
        "has_errors": bool(errors),
        "statuses": STATUSES,
        "lines": [_line(entry, version) for version in history_of(current.site(), entry)],
        **_choices(entry.shelved, plan.row.depth, revising.question.data),
    }


def revise_form(agreed: Agreed, version: int) -> ReviseForm:
    """The form that changes what an action says, as it stands."""
    return ReviseForm(
        formdata=None,
        data={
            "text": agreed.text,
            "owner": agreed.owner,
            "due": agreed.due_on.isoformat() if agreed.due_on else "",
            "effort": agreed.effort or "",
            "question": agreed.question_id or "",
            "base": version,
        },
    )


def follow_up_form(agreed: Agreed, version: int) -> FollowUpForm:
    """The form that says how far an action has come, as it stands."""
    return FollowUpForm(
        formdata=None, data={"status": agreed.status, "remark": agreed.remark, "base": version}
    )


def parting_view(entry: Entry, parting: Parting) -> PartingView:
    """Two different changes in words."""
    return PartingView(
        who=called(parting.by),
        day=day(parting.at_utc),
        time=clock(parting.at_utc),
        sides=tuple(
            Side(part, *(_said(entry.shelved, one, part) for one in _three(parting)))
            for part in parting.parts
        ),
    )


def card(plan: OpenedPlan, entry: Entry) -> Card:
    """One action in words."""
    agreed, texts = entry.agreed, texts_of(entry.shelved)
    id_ = agreed.question_id or ""
    dimension = next((p.dimension for p in entry.shelved.plan.questions if p.question.id == id_), "")
    return Card(
        id=entry.id,
        text=paragraphs(agreed.text),
        owner=agreed.owner,
        due=_said(entry.shelved, agreed, "due_on"),
        effort=_said(entry.shelved, agreed, "effort"),
        lifts=texts.get(f"questions/{id_}/text", ""),
        dimension=texts.get(f"dimensions/{dimension}/title", ""),
        question_id=id_,
        has_link=plan.is_own and id_ in {p.question.id for p in plan.shelved.plan.questions},
        remark=paragraphs(agreed.remark),
        followed=_followed(entry),
        from_period=entry.period if entry.is_earlier else "",
        status=agreed.status,
        is_overdue=entry.is_overdue,
        is_live=entry.is_live,
    )


def called(by: Author) -> str:
    """What somebody is called beside what they agreed on."""
    words = current.words()
    return words.say("plan.gone") if by.is_gone else by.name or words.say("plan.you")


def about_plan(plan: OpenedPlan) -> dict[str, Any]:
    """What every page beside a plan shows."""
    return {"plan": plan, "texts": texts_of(plan.shelved)}


def question_choices(
    shelved: Shelved, depth: Depth, chosen: str | None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The questions of a depth by dimension, and the one that is chosen."""
    texts = texts_of(shelved)
    groups: dict[str, list[tuple[str, str]]] = {}
    for planned in shelved.plan.questions:
        if not asked_at(planned.question, depth) and planned.question.id != chosen:
            continue
        line = (planned.question.id, texts[f"questions/{planned.question.id}/text"])
        groups.setdefault(planned.dimension, []).append(line)
    return [(texts[f"dimensions/{id_}/title"], lines) for id_, lines in groups.items()]


def _choices(shelved: Shelved, depth: Depth, chosen: str | None) -> dict[str, Any]:
    """What an action can lift at a depth, and what it can take."""
    return {
        "questions": question_choices(shelved, depth, chosen),
        "efforts": [(effort, _effort(effort)) for effort in EFFORTS],
    }


def _followed(entry: Entry) -> str:
    """Who changed it last and when; empty while nobody has since it was agreed on."""
    if entry.version == 1:
        return ""
    return current.words().say("plan.changed_by", who=called(entry.by), day=day(entry.at_utc))


def _line(entry: Entry, version: Version) -> Line:
    return Line(
        number=version.number,
        who=called(version.by),
        day=day(version.at_utc),
        time=clock(version.at_utc),
        is_first=version.before is None,
        changes=tuple(_changes(entry.shelved, version)),
    )


def _changes(shelved: Shelved, version: Version) -> Iterator[Change]:
    before = version.before or Agreed("")
    for part in PARTS:
        was, now = (_said(shelved, one, part) for one in (before, version.agreed))
        if was != now:
            yield Change(part, was if version.before else "", now)


def _three(parting: Parting) -> tuple[Agreed, Agreed, Agreed]:
    return parting.mine, parting.theirs, parting.before


def _said(shelved: Shelved, agreed: Agreed, part: str) -> str:
    """One part of an action in words; empty where there is nothing."""
    value = getattr(agreed, part)
    match part:
        case "due_on":
            return voice().date(value) if value else ""
        case "effort":
            return _effort(value) if value else ""
        case "question_id":
            return texts_of(shelved).get(f"questions/{value}/text", "") if value else ""
        case "status":
            return current.words().say(f"plan.status_{value}")
        case _:
            return " ".join(paragraphs(value))


def _effort(effort: str) -> str:
    found = voice().words[f"effort_{effort}"]
    return f"{found[:1].upper()}{found[1:]}"


def texts_of(shelved: Shelved) -> Mapping[str, str]:
    """The texts of a questionnaire in the page's language."""
    return shelved.plan.questionnaire.words(current.language())
