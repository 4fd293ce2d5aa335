"""The directory of support for those who run a programme: writing it, and what companies lack beside it."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from questionnaires.support import ACTOR_KINDS, SupportActor, SupportOffer
from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotThere, Refused
from webapp.forms.support import ActorForm, OfferForm, shown_actor, shown_offer
from webapp.services import balancing, directorydesk
from webapp.services.directorydesk import DeskLine, DirectoryDesk
from webapp.views.page import go, notice, show, voice
from webapp.views.supportpages import help_choices, offer_view, theme_choices

pages = Blueprint("supportdesk", __name__, url_prefix="/<language:lang>/programme/<id_>/support")


@pages.get("")
def show_list(lang: str, id_: str) -> Response:  # noqa: ARG001
    """All of it, and the ways to more."""
    found = _opened(id_)
    return show("support/desk.html.jinja", found=found, date=voice().date)


@pages.get("/demand")
def show_demand(lang: str, id_: str) -> Response:  # noqa: ARG001
    """What companies lack beside the help there is."""
    found = balancing.open_balance(current.site(), current.actor(), id_)
    return show(
        "support/demand.html.jinja",
        found=found,
        themes=dict(theme_choices()),
        helps=dict(help_choices()),
    )


@pages.get("/new")
def begin(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The form of a new organisation."""
    return _actor_page(_opened(id_), None, ActorForm(formdata=None, data={"base": 0}))


@pages.post("/new")
def add(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep a new organisation, and go on to what it offers."""
    found, form = _opened(id_), ActorForm()
    if not form.validate():
        _refuse_damaged(form)
        return _actor_page(found, None, form, 400)
    actor_id = directorydesk.add_actor(current.site(), current.actor(), id_, form.said, current.now())
    notice("support.added", name=form.said.name)
    return go("supportdesk.edit", id_=id_, actor_id=actor_id)


@pages.get("/<actor_id>")
def edit(lang: str, id_: str, actor_id: str) -> Response:  # noqa: ARG001
    """An organisation: what it offers, and the form of what is said of it."""
    found = _opened(id_)
    line = found.line(actor_id)
    return _actor_page(found, line, shown_actor(line.actor, line.version))


@pages.post("/<actor_id>")
def save(lang: str, id_: str, actor_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep what was changed."""
    found, form = _opened(id_), ActorForm()
    line = found.line(actor_id)
    if not form.validate():
        _refuse_damaged(form)
        return _actor_page(found, line, form, 400)
    said = form.said.model_copy(update={"checked_on": line.actor.checked_on})
    site, now = current.site(), current.now()
    directorydesk.save_actor(site, current.actor(), id_, actor_id, said, base=form.base.data, now=now)
    notice("support.saved")
    return go("supportdesk.edit", id_=id_, actor_id=actor_id)


@pages.post("/<actor_id>/confirmation")
def confirm(lang: str, id_: str, actor_id: str) -> AnyResponse:  # noqa: ARG001
    """Say that all of it still holds."""
    site, base = current.site(), request.form.get("base", 0, type=int)
    directorydesk.confirm_actor(site, current.actor(), id_, actor_id, base=base, now=current.now())
    notice("support.confirmed")
    return go("supportdesk.edit", id_=id_, actor_id=actor_id)


@pages.post("/<actor_id>/removal")
def remove(lang: str, id_: str, actor_id: str) -> AnyResponse:  # noqa: ARG001
    """Take one out."""
    directorydesk.remove_actor(current.site(), current.actor(), id_, actor_id, current.now())
    notice("support.removed")
    return go("supportdesk.show_list", id_=id_)


@pages.get("/<actor_id>/new-offer")
def begin_offer(lang: str, id_: str, actor_id: str) -> Response:  # noqa: ARG001
    """The form of a new offer."""
    found = _opened(id_)
    line = found.line(actor_id)
    return _offer_page(found, line, None, OfferForm(formdata=None, data={"base": line.version}))


@pages.post("/<actor_id>/new-offer")
def add_offer(lang: str, id_: str, actor_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep a new offer."""
    return _save_offer(id_, actor_id, None)


@pages.get("/<actor_id>/offers/<offer_id>")
def edit_offer(lang: str, id_: str, actor_id: str, offer_id: str) -> Response:  # noqa: ARG001
    """The form of an offer that is there."""
    found = _opened(id_)
    line = found.line(actor_id)
    offer = _offer(line.actor, offer_id)
    return _offer_page(found, line, offer, shown_offer(offer, line.version))


@pages.post("/<actor_id>/offers/<offer_id>")
def save_offer(lang: str, id_: str, actor_id: str, offer_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep what was changed about an offer."""
    return _save_offer(id_, actor_id, offer_id)


@pages.post("/<actor_id>/offers/<offer_id>/removal")
def remove_offer(lang: str, id_: str, actor_id: str, offer_id: str) -> AnyResponse:  # noqa: ARG001
    """Take an offer out."""
    site, now = current.site(), current.now()
    directorydesk.remove_offer(site, current.actor(), id_, actor_id, offer_id=offer_id, now=now)
    notice("support.offer_removed")
    return go("supportdesk.edit", id_=id_, actor_id=actor_id)


def _opened(programme_id: str) -> DirectoryDesk:
    return directorydesk.open_directory(current.site(), current.actor(), programme_id)


def _refuse_damaged(form: ActorForm | OfferForm) -> None:
    """Raises Refused for a form that does not say which version it shows: no page of ours sends one."""
    if form.base.errors:
        raise Refused("support.damaged")


def _offer(actor: SupportActor, offer_id: str) -> SupportOffer:
    for offer in actor.offers:
        if offer.id == offer_id:
            return offer
    raise NotThere


def _save_offer(programme_id: str, actor_id: str, offer_id: str | None) -> Response | AnyResponse:
    found, form = _opened(programme_id), OfferForm()
    line = found.line(actor_id)
    offer = None if offer_id is None else _offer(line.actor, offer_id)
    if not form.validate():
        _refuse_damaged(form)
        return _offer_page(found, line, offer, form, status=400)
    directorydesk.save_offer(
        current.site(),
        current.actor(),
        programme_id,
        actor_id,
        form.said,
        offer_id=offer_id,
        base=form.base.data,
        now=current.now(),
    )
    notice("support.offer_saved")
    return go("supportdesk.edit", id_=programme_id, actor_id=actor_id)


def _actor_page(found: DirectoryDesk, line: DeskLine | None, form: ActorForm, status: int = 200) -> Response:
    offers = [] if line is None else [offer_view(one) for one in line.actor.offers]
    return show(
        "support/entry.html.jinja",
        status,
        found=found,
        line=line,
        form=form,
        offers=offers,
        kinds=ACTOR_KINDS,
        date=voice().date,
    )


def _offer_page(
    found: DirectoryDesk, line: DeskLine, offer: SupportOffer | None, form: OfferForm, *, status: int = 200
) -> Response:
    return show(
        "support/offer.html.jinja",
        status,
        found=found,
        line=line,
        offer=offer,
        form=form,
        themes=theme_choices(),
        helps=help_choices(),
    )


DOOR = Door(
    pages,
    dict.fromkeys(
        (
            "show_list",
            "show_demand",
            "begin",
            "add",
            "edit",
            "save",
            "confirm",
            "remove",
            "begin_offer",
            "add_offer",
            "edit_offer",
            "save_offer",
            "remove_offer",
        ),
        "account",
    ),
)
