"""An organisation: setting it up, its page, and what stands under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotSaved, NotThere
from webapp.forms.organisation import NumberForm, OwnNameForm
from webapp.forms.texts import showable
from webapp.register.numbers import is_orgnr, spaced
from webapp.services import registering
from webapp.services.consents import own_cohorts
from webapp.services.invitations import list_open
from webapp.services.organisations import open_organisation
from webapp.services.registering import Looked, Wanted
from webapp.views.page import go, notice, show, show_unsaved
from webapp.views.signin import safe_path

pages = Blueprint("organisation", __name__, url_prefix="/<language:lang>/organisations")
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Aim:
    """What a number or name is for: a new organisation, one under ``parent``, or one that is there (``own``).

    ``name``: of the organisation named; ``next``: where to go on afterwards.
    """

    parent: str
    own: str
    name: str
    next: str

    @property
    def query(self) -> dict[str, str]:
        """What the addresses of the steps carry along."""
        found = {"parent": self.parent, "own": self.own, "next": self.next}
        return {name: value for name, value in found.items() if value}


def _aim() -> Aim:
    parent, own = request.args.get("parent", ""), request.args.get("own", "")
    actor = current.actor()
    if actor.is_trial:
        parent, own = "", next(iter(actor.organisations("owner")))
    name = registering.name_of(current.site(), actor, own or parent) if own or parent else ""
    return Aim(parent, own, name, safe_path(request.args.get("next", "")))


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"spaced": spaced, "knows": current.words().has}


@pages.get("/new")
def new(lang: str) -> Response:  # noqa: ARG001
    """The form that asks for a number."""
    return show("organisation/number.html.jinja", form=NumberForm(), aim=_aim())


@pages.post("/new")
def look_up(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Go on with a number."""
    form, aim = NumberForm(), _aim()
    if not form.validate():
        form.number.data = showable(request.form.get("number", ""))
        return show("organisation/number.html.jinja", 400, form=form, aim=aim)
    return go("organisation.confirm", orgnr=form.number.data, **aim.query)


@pages.get("/new/<orgnr>")
def confirm(lang: str, orgnr: str) -> Response:  # noqa: ARG001
    """What the register says of a number, to be confirmed; a name to type where it says nothing."""
    return show("organisation/confirm.html.jinja", **_found(orgnr, OwnNameForm()))


@pages.post("/new/<orgnr>")
def set_up(lang: str, orgnr: str) -> Response | AnyResponse:  # noqa: ARG001
    """Set up what was found, or what was typed."""
    form = OwnNameForm()
    page = _found(orgnr, form)
    looked: Looked = page["looked"]
    if looked.entry is None and not form.validate():
        return show("organisation/confirm.html.jinja", 400, **page)
    numbers = frozenset(request.form.getlist("answer_for"))
    if page["offers_units"] and not numbers & {orgnr, *(unit.orgnr for unit in looked.units)}:
        return show("organisation/confirm.html.jinja", 400, **{**page, "chose_nothing": True})
    try:
        return _keep(page["aim"], Wanted(looked, form.name.data or "", numbers or frozenset({orgnr})))
    except NotSaved:
        return show_unsaved("organisation/confirm.html.jinja", **page)


def _found(orgnr: str, form: OwnNameForm) -> dict[str, Any]:
    if not is_orgnr(orgnr):
        raise NotThere
    site, actor, aim = current.site(), current.actor(), _aim()
    looked = registering.look_up(site, orgnr)
    own = registering.find_own(site, actor, orgnr)
    return {
        "aim": aim,
        "looked": looked,
        "form": form,
        "has_already": own if own != aim.own else None,
        "offers_units": bool(looked.units) and not aim.query.keys() & {"parent", "own"},
        "chose_nothing": False,
        "chosen": set(request.form.getlist("answer_for")) if request.method == "POST" else {orgnr},
    }


def _keep(aim: Aim, wanted: Wanted) -> AnyResponse:
    site, actor, now = current.site(), current.actor(), current.now()
    if aim.own:
        registering.identify(site, actor, aim.own, wanted, now)
        id_ = aim.own
    else:
        wanted = Wanted(wanted.looked, wanted.name, wanted.numbers, aim.parent or None)
        id_ = registering.set_up(site, actor, wanted, now)
    notice("organisation.kept")
    answer = go("organisation.show_organisation", id_=aim.parent or id_)
    answer.headers["Location"] = aim.next or answer.headers["Location"]
    return answer


@pages.get("/new/unnumbered")
def name_it(lang: str) -> Response:  # noqa: ARG001
    """The form for an organisation without a number."""
    aim = _aim()
    form = OwnNameForm(data={"name": aim.name if aim.own else ""})
    return show("organisation/unnumbered.html.jinja", form=form, aim=aim)


@pages.post("/new/unnumbered")
def set_up_unnumbered(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Set up an organisation by its name alone."""
    form, aim = OwnNameForm(), _aim()
    if not form.validate():
        return show("organisation/unnumbered.html.jinja", 400, form=form, aim=aim)
    try:
        return _keep(aim, Wanted(None, form.name.data))
    except NotSaved:
        return show_unsaved("organisation/unnumbered.html.jinja", form=form, aim=aim)


@pages.get("/<id_>")
def show_organisation(lang: str, id_: str) -> Response:  # noqa: ARG001
    """What an organisation is, who belongs to it, and who else sees what."""
    site, actor, now = current.site(), current.actor(), current.now()
    opened = open_organisation(site, actor, id_, now)
    invitations = list_open(site, actor, id_, now) if opened.is_owner and not actor.is_trial else ()
    return show(
        "organisation/organisation.html.jinja",
        opened=opened,
        invitations=invitations,
        cohorts=() if actor.is_trial else own_cohorts(site, actor, id_),
        stored_mb=-(-opened.stored_bytes // MEGABYTE),
    )


@pages.post("/<id_>/register")
def fetch_again(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Renew what came from the register."""
    is_renewed = registering.fetch_again(current.site(), current.actor(), id_, current.now())
    notice("organisation.fetched" if is_renewed else "organisation.not_fetched")
    return go("organisation.show_organisation", id_=id_)


@pages.get("/<id_>/units")
def units(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The units of an organisation that nobody answers for here yet."""
    opened = open_organisation(current.site(), current.actor(), id_, current.now())
    current.actor().needs(id_, "owner")
    looked = registering.look_up(current.site(), opened.orgnr) if opened.orgnr else None
    there = {unit.orgnr for unit in opened.units}
    others = [] if looked is None else [unit for unit in looked.units if unit.orgnr not in there]
    return show("organisation/units.html.jinja", opened=opened, looked=looked, others=others)


@pages.post("/<id_>/units")
def add_units(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Answer for units too."""
    site, actor = current.site(), current.actor()
    opened = open_organisation(site, actor, id_, current.now())
    looked = registering.look_up(site, opened.orgnr) if opened.orgnr else None
    numbers, added = request.form.getlist("answer_for"), 0
    if looked is not None:
        added = registering.add_units(site, actor, id_, looked, numbers=numbers, now=current.now())
    if added:
        notice(f"organisation.units_added.{'one' if added == 1 else 'other'}", count=added)
    return go("organisation.show_organisation", id_=id_)


DOOR = Door(
    pages,
    {
        "new": "signed_in",
        "look_up": "signed_in",
        "confirm": "signed_in",
        "set_up": "signed_in",
        "name_it": "signed_in",
        "set_up_unnumbered": "signed_in",
        "show_organisation": "signed_in",
        "fetch_again": "signed_in",
        "units": "account",
        "add_units": "account",
    },
)
