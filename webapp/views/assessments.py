"""The list of assessments, starting one, and its task list."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from assessment.review.lifecycle import is_editable
from questionnaires.values import Depth
from webapp.auth import current
from webapp.auth.access import Door
from webapp.forms.start import StartForm
from webapp.services import assessments, choices
from webapp.services.delegation import sections_of
from webapp.services.opening import open_assessment
from webapp.services.plan import what_is_left
from webapp.services.wizard import progress_of
from webapp.views.advised import back_page, deadline
from webapp.views.navigation import places_of
from webapp.views.page import go, notice, show
from webapp.views.wizardpages import voice_of

pages = Blueprint("assessments", __name__, url_prefix="/<language:lang>/assessments")


@pages.get("")
def overview(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Everything somebody has to do with, and what waits for them."""
    site, actor = current.site(), current.actor()
    if (home := places_of(actor)[0].address) != request.path:
        return redirect(home, code=303)
    listed = assessments.list_assessments(site, actor)
    own = [one for one in listed if one.is_theirs]
    return show(
        "assessments/overview.html.jinja",
        open_ones=[one for one in own if is_editable(one.state)],
        handed_in=[one for one in own if not is_editable(one.state)],
        others=[one for one in listed if not one.is_theirs],
        given=sections_of(site, actor),
        reasons=assessments.reasons_of(site, [one.id for one in own if one.state in assessments.REASONED]),
        left=what_is_left(site, actor, current.now()),
        deadlines={one.id: deadline(one.due_on) for one in own},
    )


@pages.get("/new")
def choose(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """What to answer, for whom, about when."""
    offer = choices.offer(current.site(), current.actor(), current.now())
    if not offer.organisations:
        return go("organisation.new")
    form = StartForm(
        data={
            "organisation": request.args.get("organisation", offer.organisations[0][0]),
            "questionnaire": request.args.get("questionnaire"),
            "depth": "basic",
            "period": offer.period,
            "carry": "carry",
        }
    )
    return show("assessments/new.html.jinja", form=_filled(form, offer), offer=offer)


@pages.post("/new")
def start(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Start an assessment."""
    site, actor = current.site(), current.actor()
    offer = choices.offer(site, actor, current.now())
    if not offer.organisations:
        return go("organisation.new")
    form = _filled(StartForm(), offer)
    if not form.validate():
        return show("assessments/new.html.jinja", 400, form=form, offer=offer)
    earlier = offer.earlier.get((form.organisation.data, form.questionnaire.data))
    wanted = assessments.Wanted(
        organisation_id=form.organisation.data,
        questionnaire=form.questionnaire.data,
        depth=form.depth.data,
        period=form.period.data,
        carry_from=earlier.id if earlier is not None and form.carry.data == "carry" else None,
    )
    return go("profile.edit", id_=assessments.start_assessment(site, actor, wanted, current.now()))


def _filled(form: StartForm, offer: choices.Offer) -> StartForm:
    form.organisation.choices = [id_ for id_, _ in offer.organisations]
    form.questionnaire.choices = [one.id for one in offer.questionnaires]
    form.depth.choices = ["basic", "advanced"]
    form.period.choices = list(offer.periods)
    return form


@pages.get("/<id_>")
def tasks(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """The parts of an assessment, and how far each has come."""
    opened = open_assessment(current.site(), current.actor(), id_)
    if not opened.is_editable and opened.row.submissions:
        return go("result.show_result", id_=opened.id)
    return show(
        "assessments/tasks.html.jinja",
        opened=opened,
        progress=progress_of(opened),
        given=assessments.given_to(current.site(), opened.id),
        left=what_is_left(current.site(), current.actor(), current.now()).get(opened.id),
        **back_page(opened, voice_of(opened)),
    )


@pages.post("/<id_>/depth")
def change_depth(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Ask more questions, or fewer; answers stay."""
    depth: Depth = "advanced" if request.form.get("depth") == "advanced" else "basic"
    assessments.change_depth(current.site(), current.actor(), id_, depth, current.now())
    notice(f"assessments.depth_now_{depth}")
    return go("assessments.tasks", id_=id_)


DOOR = Door(
    pages,
    {
        "overview": "signed_in",
        "choose": "signed_in",
        "start": "signed_in",
        "tasks": "signed_in",
        "change_depth": "signed_in",
    },
)
