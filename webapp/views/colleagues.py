"""The people of an organisation: asking them to join, their roles, and how they go."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotSaved
from webapp.forms.organisation import InviteForm, RoleForm
from webapp.services import colleagues, invitations
from webapp.services.organisations import open_organisation
from webapp.views.page import go, notice, show, show_unsaved

pages = Blueprint("colleagues", __name__, url_prefix="/<language:lang>/organisations/<id_>")

INVITE = "organisation/invite.html.jinja"


@pages.get("/invitations/new")
def ask(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The form that asks whom to invite."""
    return show(INVITE, **_invite_page(id_, InviteForm()))


@pages.post("/invitations/new")
def invite(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Invite somebody."""
    site, form = current.site(), InviteForm()
    if not form.validate():
        return show(INVITE, 400, **_invite_page(id_, form))
    try:
        sent = invitations.invite(
            site,
            current.actor(),
            id_,
            current.now(),
            email=form.email.data,
            role=form.role.data,
            language=current.language(),
        )
    except NotSaved:
        return show_unsaved(INVITE, **_invite_page(id_, form))
    site.queue.poke(sent.job_id)
    notice("organisation.invited", email=form.email.data)
    return go("organisation.show_organisation", id_=id_)


def _invite_page(id_: str, form: InviteForm) -> dict[str, Any]:
    actor = current.actor()
    actor.needs(id_, "owner")
    return {"opened": open_organisation(current.site(), actor, id_, current.now()), "form": form}


@pages.post("/invitations/<invitation_id>/again")
def send_again(lang: str, id_: str, invitation_id: str) -> AnyResponse:  # noqa: ARG001
    """Send an invitation once more."""
    site = current.site()
    sent = invitations.send_again(site, current.actor(), id_, invitation_id, current.now())
    site.queue.poke(sent.job_id)
    notice("organisation.sent_again")
    return go("organisation.show_organisation", id_=id_)


@pages.post("/invitations/<invitation_id>/withdrawal")
def withdraw(lang: str, id_: str, invitation_id: str) -> AnyResponse:  # noqa: ARG001
    """Take an invitation back."""
    invitations.withdraw(current.site(), current.actor(), id_, invitation_id, current.now())
    notice("organisation.withdrawn")
    return go("organisation.show_organisation", id_=id_)


@pages.get("/people/<person_id>")
def show_colleague(lang: str, id_: str, person_id: str) -> Response:  # noqa: ARG001
    """One of the people: what they are, and taking their access away."""
    site, actor = current.site(), current.actor()
    colleague = colleagues.get_colleague(site, actor, id_, person_id)
    return show(
        "organisation/colleague.html.jinja",
        colleague=colleague,
        opened=open_organisation(site, actor, id_, current.now()),
        form=RoleForm(data={"role": colleague.role}),
    )


@pages.post("/people/<person_id>/role")
def change_role(lang: str, id_: str, person_id: str) -> AnyResponse:  # noqa: ARG001
    """Make somebody an owner or a member."""
    role, now = str(RoleForm().role.data), current.now()
    colleagues.change_role(current.site(), current.actor(), id_, person_id, role=role, now=now)
    notice(f"organisation.now_{role}")
    return go("organisation.show_organisation", id_=id_)


@pages.post("/people/<person_id>/removal")
def remove(lang: str, id_: str, person_id: str) -> AnyResponse:  # noqa: ARG001
    """Take somebody's access away."""
    colleagues.remove(current.site(), current.actor(), id_, person_id, current.now())
    if person_id == current.actor().person_id:
        return _gone()
    notice("organisation.removed")
    return go("organisation.show_organisation", id_=id_)


@pages.get("/leaving")
def think(lang: str, id_: str) -> Response:  # noqa: ARG001
    """What leaving means."""
    opened = open_organisation(current.site(), current.actor(), id_, current.now())
    return show("organisation/leave.html.jinja", opened=opened)


@pages.post("/leaving")
def leave(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Leave."""
    colleagues.leave(current.site(), current.actor(), id_, current.now())
    return _gone()


def _gone() -> AnyResponse:
    notice("organisation.left")
    return go("account.show_account")


DOOR = Door(
    pages,
    {
        "ask": "account",
        "invite": "account",
        "send_again": "account",
        "withdraw": "account",
        "show_colleague": "account",
        "change_role": "account",
        "remove": "account",
        "think": "account",
        "leave": "account",
    },
)
