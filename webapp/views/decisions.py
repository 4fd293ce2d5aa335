"""What an advisor decides about a hand-in: beginning, sending back, approving, opening it again."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotSaved, Refused
from webapp.forms.review import ApproveForm, ReasonForm
from webapp.services import reviewing
from webapp.services.review import open_review
from webapp.services.reviewapproval import draft_approval
from webapp.views.decisionpages import approve_page, reopen_page, send_back_page
from webapp.views.page import go, local_time, notice, show
from webapp.views.reviewpages import pages_of

pages = Blueprint("decisions", __name__, url_prefix="/<language:lang>/assessments/<id_>/review")


@pages.post("/start")
def start(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Begin the review."""
    seen = request.form.get("seen")
    reviewing.decide(current.site(), current.actor(), id_, "start_review", current.now(), seen=seen)
    notice("review.started_now")
    return go("review.overview", id_=id_)


@pages.get("/send-back")
def ask_send_back(lang: str, id_: str) -> Response:  # noqa: ARG001
    """What the company will be asked for."""
    return _send_back(id_, _reason_form())


@pages.post("/send-back")
def send_back(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Send it back to the company."""
    form = _reason_form(is_sent=True)
    if status := _decide(id_, "send_back", form):
        return _send_back(id_, form, status)
    notice("review.sent_back")
    return go("review.overview", id_=id_)


@pages.get("/approve")
def ask_approve(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Both results side by side, and what stands in the way."""
    draft = draft_approval(current.site(), current.actor(), id_)
    return show("review/approve.html.jinja", **approve_page(pages_of(draft.opened), draft))


@pages.post("/approve")
def approve(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Sign it off, unless anything has changed since the page was made."""
    form = ApproveForm()
    if not form.validate():
        raise Refused("review.changed")
    reviewing.decide(
        current.site(),
        current.actor(),
        id_,
        "approve",
        current.now(),
        seen=form.seen.data,
        judged=form.judged.data,
    )
    notice("review.approved")
    return go("review.overview", id_=id_)


@pages.get("/reopen")
def ask_reopen(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Why it is to be opened again."""
    return _reopen(id_, _reason_form())


@pages.post("/reopen")
def reopen(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Open it for the company again."""
    form = _reason_form(is_sent=True)
    if status := _decide(id_, "reopen", form):
        return _reopen(id_, form, status)
    notice("review.reopened")
    return go("review.overview", id_=id_)


def _reason_form(*, is_sent: bool = False) -> ReasonForm:
    today = local_time(current.now()).date()
    return ReasonForm(today) if is_sent else ReasonForm(today, formdata=None)


def _decide(id_: str, event: str, form: ReasonForm) -> int:
    """Take a step. Where it cannot be taken the form says why, and keeps what was written: the status."""
    if not form.validate():
        if form.seen.errors:
            form.seen.errors, form.reason.errors = [], ["errors.refused.review.changed"]
        return 400
    site, actor = current.site(), current.actor()
    said = {"reason": form.reason.data, "seen": form.seen.data}
    try:
        jobs = reviewing.decide(site, actor, id_, event, current.now(), **said, due_on=form.due_on)
    except Refused as refused:
        form.reason.errors = [f"errors.refused.{refused.code}"]
        return 409
    except NotSaved:
        form.reason.errors = ["review.unsaved_text"]
        return 503
    for job_id in jobs:
        site.queue.poke(job_id)
    return 0


def _send_back(id_: str, form: ReasonForm, status: int = 200) -> Response:
    opened = open_review(current.site(), current.actor(), id_)
    return show("review/send_back.html.jinja", status, **send_back_page(pages_of(opened), form))


def _reopen(id_: str, form: ReasonForm, status: int = 200) -> Response:
    opened = open_review(current.site(), current.actor(), id_)
    return show("review/reopen.html.jinja", status, **reopen_page(pages_of(opened), form))


DOOR = Door(
    pages,
    {
        "start": "account",
        "ask_send_back": "account",
        "send_back": "account",
        "ask_approve": "account",
        "approve": "account",
        "ask_reopen": "account",
        "reopen": "account",
    },
)
