"""The plan of a company: what was agreed on, adding to it, changing it, and saying how far it has come."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotSaved, Refused
from webapp.forms.plan import AgreeForm, FollowUpForm, ReviseForm
from webapp.services import advising, agreeing
from webapp.services.agreeing import Kept, Wanted
from webapp.services.blindness import RATE_FIRST
from webapp.services.plan import open_plan
from webapp.views.page import go, notice, show
from webapp.views.planpages import (
    action_page,
    adding_page,
    follow_up_form,
    parting_view,
    plan_page,
    revise_form,
)
from webapp.views.referralpages import referral_view

pages = Blueprint("plan", __name__, url_prefix="/<language:lang>/assessments/<id_>/plan")


@pages.get("")
def show_plan(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Everything that was agreed on, by how far it has come; an advisor who rates first is sent there."""
    try:
        plan = open_plan(current.site(), current.actor(), id_, current.now())
    except Refused as refused:
        if refused.code != RATE_FIRST:
            raise
        return go("review.overview", id_=id_)
    referrals = [referral_view(plan, one) for one in plan.referrals]
    return show("plan/plan.html.jinja", **plan_page(plan), referrals=referrals)


@pages.get("/new")
def new(lang: str, id_: str) -> Response:  # noqa: ARG001
    """A form for something to agree on, filled in from the advice on a question where one is named."""
    question = request.args.get("question", "")
    offer = advising.advice_on(current.site(), current.actor(), id_, question, current.language())
    form = AgreeForm(
        formdata=None,
        data={"text": offer.text, "effort": offer.effort or "", "question": offer.question_id or ""},
    )
    return _adding(id_, form)


@pages.post("/new")
def add(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Put an action on the plan."""
    form = AgreeForm()
    if not form.validate():
        return _adding(id_, form, 400)
    try:
        agreeing.agree(current.site(), current.actor(), id_, current.now(), wanted=_wanted(form))
    except NotSaved:
        return _adding(id_, form, 503)
    notice("plan.added")
    return go("plan.show_plan", id_=id_)


@pages.get("/<action_id>")
def show_action(lang: str, id_: str, action_id: str) -> Response:  # noqa: ARG001
    """One action: how far it has come, what it says, and what it said before."""
    return _action(id_, action_id)


@pages.post("/<action_id>")
def revise(lang: str, id_: str, action_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Have an action say something else."""
    form = ReviseForm()
    if not form.validate():
        _refuse_damaged(form)
        return _action(id_, action_id, 400, form=form)
    try:
        kept = agreeing.revise(
            current.site(),
            current.actor(),
            id_,
            action_id,
            current.now(),
            wanted=_wanted(form),
            base=form.base.data,
        )
    except NotSaved:
        return _action(id_, action_id, 503, form=form)
    return _after(id_, action_id, kept)


@pages.post("/<action_id>/status")
def follow_up(lang: str, id_: str, action_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Say how far an action has come."""
    form = FollowUpForm()
    if not form.validate():
        _refuse_damaged(form)
        return _action(id_, action_id, 400, following=form)
    try:
        kept = agreeing.follow_up(
            current.site(),
            current.actor(),
            id_,
            action_id,
            current.now(),
            status=form.status.data,
            remark=form.remark.data,
            base=form.base.data,
        )
    except NotSaved:
        return _action(id_, action_id, 503, following=form)
    return _after(id_, action_id, kept, is_followed=True)


def _adding(id_: str, form: AgreeForm, status: int = 200) -> Response:
    plan = open_plan(current.site(), current.actor(), id_, current.now())
    return show("plan/new.html.jinja", status, **adding_page(plan, form), is_unsaved=status == 503)


def _action(
    id_: str,
    action_id: str,
    status: int = 200,
    *,
    form: ReviseForm | None = None,
    following: FollowUpForm | None = None,
    kept: Kept | None = None,
) -> Response:
    """The page of one action, with what stood in the way of what was sent in one of its forms."""
    plan = open_plan(current.site(), current.actor(), id_, current.now())
    page = action_page(plan, plan.entry(action_id), form, following)
    parting = parting_view(plan.entry(action_id), kept.parting) if kept and kept.parting else None
    return show("plan/action.html.jinja", status, **page, parting=parting, is_unsaved=status == 503)


def _after(id_: str, action_id: str, kept: Kept, *, is_followed: bool = False) -> Response | AnyResponse:
    """Back to the plan, or the form again where somebody else changed the same."""
    if kept.parting is None:
        notice("plan.followed" if is_followed else "plan.revised")
        return go("plan.show_plan", id_=id_)
    parting = kept.parting
    if is_followed:
        again = follow_up_form(parting.both, parting.version)
        return _action(id_, action_id, 409, following=again, kept=kept)
    return _action(id_, action_id, 409, form=revise_form(parting.both, parting.version), kept=kept)


def _refuse_damaged(form: ReviseForm | FollowUpForm) -> None:
    """Raises Refused for a form that does not say which version it shows: no page of ours sends one."""
    if form.base.errors:
        raise Refused("plan.damaged")


def _wanted(form: AgreeForm) -> Wanted:
    return Wanted(
        text=form.text.data or "",
        owner=form.owner.data or "",
        due_on=form.due_on,
        effort=form.effort.data or None,
        question_id=form.question.data or None,
    )


DOOR = Door(
    pages,
    {
        "show_plan": "signed_in",
        "new": "signed_in",
        "add": "signed_in",
        "show_action": "signed_in",
        "revise": "signed_in",
        "follow_up": "signed_in",
    },
)
