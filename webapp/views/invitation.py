"""Using an invitation, by its link or from one's own page."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.forms.organisation import JoinForm
from webapp.services import joining
from webapp.services.joining import Joined, Offered
from webapp.services.signin import Entered
from webapp.views.errors import error_page
from webapp.views.page import go, notice, show, to
from webapp.views.signin import welcome

pages = Blueprint("invitation", __name__, url_prefix="/<language:lang>")


@pages.get("/invitation/<token>")
def look(lang: str, token: str) -> Response:  # noqa: ARG001
    """Who asks whom to join what, and a button; the way to sign in where they have an account.

    Looking uses nothing up.
    """
    return _page(token, JoinForm())


def _page(token: str, form: JoinForm, status: int = 200) -> Response:
    found, asking = joining.look(current.site(), token, current.now()), current.find_actor()
    if not isinstance(found, Offered):
        return _closed(found)
    return show(
        "organisation/invitation.html.jinja",
        status,
        found=found,
        token=token,
        form=form,
        is_own=asking is not None and asking.email == found.email,
    )


@pages.post("/invitation/<token>")
def join(lang: str, token: str) -> Response | AnyResponse:  # noqa: ARG001
    """Sign in as the new person that was invited, and join; an account is asked to sign in first."""
    site, form, asking = current.site(), JoinForm(), current.find_actor()
    if not form.validate():
        return _page(token, form, 400)
    joined = joining.join(
        site,
        token,
        name=form.name.data or "",
        language=current.language(),
        trial_id=asking.person_id if asking is not None and asking.is_trial else None,
        now=current.now(),
    )
    if joined == "known":
        return go("invitation.look", token=token)
    if not isinstance(joined, Joined):
        return _closed(joined)
    notice("organisation.joined", organisation=joined.organisation)
    return welcome(Entered(joined.token or "", _place(joined), current.language()))


@pages.post("/invitations/<invitation_id>/joining")
def join_own(lang: str, invitation_id: str) -> AnyResponse:  # noqa: ARG001
    """Accept an invitation to the address one is signed in with."""
    joined = joining.join_own(current.site(), current.actor(), invitation_id, current.now())
    notice("organisation.joined", organisation=joined.organisation)
    answer = go("assessments.overview")
    answer.headers["Location"] = _place(joined)
    return answer


@pages.post("/invitations/<invitation_id>/refusal")
def decline_own(lang: str, invitation_id: str) -> AnyResponse:  # noqa: ARG001
    """Say no to an invitation."""
    joining.decline_own(current.site(), current.actor(), invitation_id, current.now())
    notice("organisation.declined")
    return go("account.show_account")


def _place(joined: Joined) -> str:
    """Where to go on: the section that was given, else everything there is to do."""
    if joined.assessment_id is not None and joined.section_id is not None:
        return to("wizard.section", id_=joined.assessment_id, section_id=joined.section_id)
    return to("assessments.overview")


def _closed(state: joining.InvitationState) -> Response:
    return error_page(404 if state == "unknown" else 410, f"invitation_{state}")


DOOR = Door(pages, {"look": "public", "join": "public", "join_own": "account", "decline_own": "account"})
