"""One's own page: name, language, address, where one is signed in, and whom one answers for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from questionnaires.values import Language
from webapp.auth import cookies, current
from webapp.auth.access import Door
from webapp.errors import NotSaved
from webapp.forms.account import DetailsForm
from webapp.forms.signin import AskForm
from webapp.register.numbers import spaced
from webapp.services import account, addresses
from webapp.services.cohortjoining import list_asked
from webapp.services.joining import list_own
from webapp.views.errors import error_page
from webapp.views.page import go, notice, show, show_unsaved
from webapp.words import language_of

pages = Blueprint("account", __name__, url_prefix="/<language:lang>/account")

ACCOUNT = "account/account.html.jinja"


@pages.get("")
def show_account(lang: str) -> Response:  # noqa: ARG001
    """Everything one can decide for oneself."""
    return show(ACCOUNT, **_page())


def _page(details: DetailsForm | None = None, address: AskForm | None = None) -> dict[str, Any]:
    site, actor, now = current.site(), current.actor(), current.now()
    own = account.open_account(site, actor, _token(), now)
    mail = {"wants_mail": own.wants_mail, "shown_mail": own.wants_mail}
    known = {"name": own.name, "language": own.language, **mail}
    return {
        "own": own,
        "spaced": spaced,
        "invitations": list_own(site, actor, now),
        "asked": list_asked(site, actor, now),
        "details": details or DetailsForm(formdata=None, data=known),
        "address": address or AskForm(formdata=None),
    }


def _token() -> str | None:
    return cookies.read_session(current.site().settings)


@pages.post("")
def save(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep name, language of mails, and what to be told of."""
    form = DetailsForm()
    if not form.validate():
        return show(ACCOUNT, 400, **_page(details=form))
    chosen: Language = language_of(form.language.data) or current.language()
    try:
        account.save_details(
            current.site(),
            current.actor(),
            name=form.name.data or "",
            language=chosen,
            wants_mail=form.wants_mail.data,
            shown_mail=form.shown_mail.data,
            now=current.now(),
        )
    except NotSaved:
        return show_unsaved(ACCOUNT, **_page(details=form))
    notice("account.saved")
    return go("account.show_account")


@pages.post("/sessions")
def end_others(lang: str) -> AnyResponse:  # noqa: ARG001
    """Sign out everywhere else."""
    account.end_other_sessions(current.site(), current.actor(), _token(), current.now())
    notice("account.others_ended")
    return go("account.show_account")


@pages.post("/address")
def ask_for_address(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Have a link sent to another address; the page says the same whoever has it."""
    site, form = current.site(), AskForm()
    if not form.validate():
        return show(ACCOUNT, 400, **_page(address=form))
    try:
        job_id = addresses.ask_for_address(
            site, current.actor(), form.email.data, current.language(), current.now()
        )
    except NotSaved:
        return show_unsaved(ACCOUNT, **_page(address=form))
    site.queue.poke(job_id)
    notice("account.link_sent", email=form.email.data)
    return go("account.show_account")


@pages.get("/address/<token>")
def look_at_change(lang: str, token: str) -> Response:  # noqa: ARG001
    """What a link to another address is good for, and a button. Looking uses nothing up."""
    looked = addresses.look_at_change(current.site(), current.actor(), token, current.now())
    if looked.state != "ready":
        return error_page(404 if looked.state == "unknown" else 410, f"address_{looked.state}")
    return show("account/address.html.jinja", token=token, email=looked.email)


@pages.post("/address/<token>")
def use_change(lang: str, token: str) -> AnyResponse:  # noqa: ARG001
    """Take the other address over."""
    site = current.site()
    job_id = addresses.use_change(site, current.actor(), token, _token(), current.now())
    if job_id:
        site.queue.poke(job_id)
    notice("account.address_changed")
    return go("account.show_account")


DOOR = Door(
    pages,
    {
        "show_account": "account",
        "save": "account",
        "end_others": "account",
        "ask_for_address": "account",
        "look_at_change": "account",
        "use_change": "account",
    },
)
