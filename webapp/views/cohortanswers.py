"""A cohort for the company: answering an invitation, and changing what answers may be used for."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.forms.organisation import JoinForm
from webapp.register.numbers import spaced
from webapp.services import cohortjoining, consents
from webapp.services.cohortjoining import AnswerState, Asked
from webapp.services.signin import Entered
from webapp.services.uses import USES
from webapp.views.errors import error_page
from webapp.views.page import go, notice, show, to
from webapp.views.signin import welcome

pages = Blueprint("cohortanswers", __name__, url_prefix="/<language:lang>")


@pages.get("/cohort-invitation/<token>")
def look(lang: str, token: str) -> Response | AnyResponse:  # noqa: ARG001
    """Who asks for what, and what becomes of the answers. Looking uses nothing up."""
    return _asked(token, JoinForm())


def _asked(token: str, form: JoinForm, status: int = 200) -> Response | AnyResponse:
    found, asking = cohortjoining.look(current.site(), token, current.now()), current.find_actor()
    if not isinstance(found, Asked):
        return _closed(found)
    if asking is not None and asking.email == found.email:
        return go("cohortanswers.consider", invitation_id=found.id)
    is_other = asking is not None and not asking.is_trial
    return show(
        "cohorts/asked.html.jinja",
        status,
        found=found,
        token=token,
        form=form,
        is_other=is_other,
        uses=USES,
        spaced=spaced,
    )


@pages.post("/cohort-invitation/<token>")
def enter(lang: str, token: str) -> Response | AnyResponse:  # noqa: ARG001
    """Sign in as the new person that was invited; an account is asked to sign in by its own ways."""
    form, asking = JoinForm(), current.find_actor()
    if not form.validate():
        return _asked(token, form, 400)
    entered = cohortjoining.enter(
        current.site(),
        token,
        name=form.name.data or "",
        language=current.language(),
        trial_id=asking.person_id if asking is not None and asking.is_trial else None,
        now=current.now(),
    )
    if isinstance(entered, str):
        return _closed(entered)
    invitation_id, session = entered
    if not session:
        return go("cohortanswers.look", token=token)
    place = to("cohortanswers.consider", invitation_id=invitation_id)
    return welcome(Entered(session, place, current.language()))


@pages.post("/cohort-invitation/<token>/refusal")
def refuse(lang: str, token: str) -> Response | AnyResponse:  # noqa: ARG001
    """Say no without an account."""
    state = cohortjoining.refuse_by_link(current.site(), token, current.now())
    if state is not None:
        return _closed(state)
    notice("cohorts.declined")
    return go("start.front")


@pages.get("/cohort-invitations/<invitation_id>")
def consider(lang: str, invitation_id: str) -> Response:  # noqa: ARG001
    """The same for somebody who is signed in: with which company, and what its answers may be used for."""
    found = cohortjoining.open_asked(current.site(), current.actor(), invitation_id, current.now())
    return show("cohorts/consider.html.jinja", found=found, uses=USES, spaced=spaced)


@pages.post("/cohort-invitations/<invitation_id>")
def accept(lang: str, invitation_id: str) -> AnyResponse:  # noqa: ARG001
    """Join."""
    company, cohort = cohortjoining.accept(
        current.site(),
        current.actor(),
        invitation_id,
        company_id=request.form.get("company", ""),
        uses=request.form.getlist("uses"),
        now=current.now(),
    )
    notice("cohorts.joined")
    return go("cohortanswers.show_consents", id_=company, cohort_id=cohort)


@pages.post("/cohort-invitations/<invitation_id>/refusal")
def decline(lang: str, invitation_id: str) -> AnyResponse:  # noqa: ARG001
    """Say no."""
    cohortjoining.decline(current.site(), current.actor(), invitation_id, current.now())
    notice("cohorts.declined")
    return go("account.show_account")


@pages.get("/organisations/<id_>/cohorts/<cohort_id>")
def show_consents(lang: str, id_: str, cohort_id: str) -> Response:  # noqa: ARG001
    """What a company lets a cohort use its answers for, and all it has said about that."""
    found = consents.own_cohort(current.site(), current.actor(), id_, cohort_id)
    return show("cohorts/consents.html.jinja", found=found, uses=USES)


@pages.post("/organisations/<id_>/cohorts/<cohort_id>")
def save_consents(lang: str, id_: str, cohort_id: str) -> AnyResponse:  # noqa: ARG001
    """Let these uses and no other."""
    consents.save_consents(
        current.site(),
        current.actor(),
        id_,
        cohort_id,
        uses=request.form.getlist("uses"),
        shown=request.form.getlist("shown"),
        now=current.now(),
    )
    notice("cohorts.consents_saved")
    return go("cohortanswers.show_consents", id_=id_, cohort_id=cohort_id)


@pages.get("/organisations/<id_>/cohorts/<cohort_id>/leaving")
def think(lang: str, id_: str, cohort_id: str) -> Response:  # noqa: ARG001
    """What leaving means."""
    found = consents.own_cohort(current.site(), current.actor(), id_, cohort_id)
    current.actor().needs(id_, "owner")
    return show("cohorts/leave.html.jinja", found=found)


@pages.post("/organisations/<id_>/cohorts/<cohort_id>/leaving")
def leave(lang: str, id_: str, cohort_id: str) -> AnyResponse:  # noqa: ARG001
    """Take the company out."""
    consents.leave(current.site(), current.actor(), id_, cohort_id, current.now())
    notice("cohorts.left")
    return go("organisation.show_organisation", id_=id_)


def _closed(state: AnswerState) -> Response:
    return error_page(404 if state == "unknown" else 410, f"cohort_invitation_{state}")


DOOR = Door(
    pages,
    {
        "look": "public",
        "enter": "public",
        "refuse": "public",
        "consider": "account",
        "accept": "account",
        "decline": "account",
        "show_consents": "account",
        "save_consents": "account",
        "think": "account",
        "leave": "account",
    },
)
