"""Referring a company to somebody who can help, and following up what came of it: beside its plan."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from assessment.support.outcomes import OUTCOMES
from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotSaved, NotThere
from webapp.forms.support import OutcomeForm, ReferForm
from webapp.services import referring
from webapp.services.plan import open_plan
from webapp.views.page import go, notice, show
from webapp.views.planpages import about_plan, question_choices
from webapp.views.referralpages import offer_choices, referral_view

pages = Blueprint("referrals", __name__, url_prefix="/<language:lang>/assessments/<id_>/referrals")


@pages.get("/new")
def begin(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The form, with what the address names chosen."""
    args = request.args
    chosen = {"offer": args.get("offer", ""), "question": args.get("question", "")}
    return _refer(id_, ReferForm(formdata=None, data=chosen))


@pages.post("/new")
def refer(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Refer the company."""
    form = ReferForm()
    if not form.validate():
        return _refer(id_, form, 400)
    try:
        referral_id = referring.refer(
            current.site(),
            current.actor(),
            id_,
            current.now(),
            offer=form.offer.data,
            question_id=form.question.data or None,
            note=form.note.data or "",
            language=current.language(),
        )
    except NotSaved:
        return _refer(id_, form, 503)
    notice("support.referred")
    return go("referrals.show_referral", id_=id_, referral_id=referral_id)


@pages.get("/<referral_id>")
def show_referral(lang: str, id_: str, referral_id: str) -> Response:  # noqa: ARG001
    """One referral: to whom, why, and what came of it."""
    return _referral(id_, referral_id)


@pages.post("/<referral_id>")
def follow_up(lang: str, id_: str, referral_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Say what came of it."""
    form = OutcomeForm()
    if not form.validate():
        return _referral(id_, referral_id, form, 400)
    try:
        referring.follow_up(
            current.site(),
            current.actor(),
            id_,
            referral_id,
            current.now(),
            outcome=form.outcome.data,
            note=form.note.data or "",
        )
    except NotSaved:
        return _referral(id_, referral_id, form, 503)
    notice("support.followed_up")
    return go("plan.show_plan", id_=id_, _anchor="referrals")


def _refer(id_: str, form: ReferForm, status: int = 200) -> Response:
    site, actor = current.site(), current.actor()
    plan = open_plan(site, actor, id_, current.now())
    choices = offer_choices(referring.open_referring(site, actor, id_))
    return show(
        "support/refer.html.jinja",
        status,
        **about_plan(plan),
        form=form,
        offers=choices,
        questions=question_choices(plan.shelved, plan.row.depth, form.question.data),
        is_unsaved=status == 503,
    )


def _referral(id_: str, referral_id: str, form: OutcomeForm | None = None, status: int = 200) -> Response:
    site, actor = current.site(), current.actor()
    plan = open_plan(site, actor, id_, current.now())
    found = next((one for one in plan.referrals if one.id == referral_id), None)
    if found is None:
        raise NotThere
    chosen = {"outcome": found.outcome or ""}
    return show(
        "support/referral.html.jinja",
        status,
        **about_plan(plan),
        one=referral_view(plan, found),
        form=form or OutcomeForm(formdata=None, data=chosen),
        outcomes=OUTCOMES,
        is_unsaved=status == 503,
    )


DOOR = Door(
    pages,
    {
        "begin": "signed_in",
        "refer": "signed_in",
        "show_referral": "signed_in",
        "follow_up": "signed_in",
    },
)
