"""An advisor sets a company up, and hands it over to its first owner."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotThere
from webapp.forms.organisation import NumberForm, OwnNameForm
from webapp.forms.profile import read_profile
from webapp.forms.team import AddForm
from webapp.forms.texts import showable
from webapp.register.numbers import is_orgnr, spaced
from webapp.services import handing_over
from webapp.services.profile import SaidFact
from webapp.services.registering import Looked, look_up
from webapp.services.team import teams_of
from webapp.views.handoverpage import facts_page, shared_facts
from webapp.views.page import go, notice, show

pages = Blueprint("handover", __name__, url_prefix="/<language:lang>/portfolio/companies")


@pages.context_processor
def _words() -> dict[str, Any]:
    return {"spaced": spaced, "knows": current.words().has}


def _programme() -> tuple[str, str]:
    """The programme a company is set up for: the one that was named, else the first. Raises NotThere."""
    wanted = request.args.get("programme", "")
    for id_, name in teams_of(current.site(), current.actor()):
        if wanted in ("", id_):
            return id_, name
    raise NotThere


def _page(form: NumberForm | OwnNameForm, **more: Any) -> dict[str, Any]:
    programme_id, programme = _programme()
    teams = teams_of(current.site(), current.actor())
    return {"form": form, "programme_id": programme_id, "programme": programme, "teams": teams, **more}


@pages.get("/new")
def begin(lang: str) -> Response:  # noqa: ARG001
    """The form that asks for a company's number."""
    return show("handover/number.html.jinja", **_page(NumberForm(formdata=None)))


@pages.post("/new")
def find(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Go on with a number."""
    form = NumberForm()
    page = _page(form)
    if not form.validate():
        form.number.data = showable(request.form.get("number", ""))
        return show("handover/number.html.jinja", 400, **page)
    return go("handover.confirm", orgnr=form.number.data, programme=page["programme_id"])


@pages.get("/new/<orgnr>")
def confirm(lang: str, orgnr: str) -> Response:  # noqa: ARG001
    """What the register says of a number, to be confirmed; a name to type where it says nothing."""
    return show("handover/confirm.html.jinja", **_found(orgnr, OwnNameForm(formdata=None)))


@pages.post("/new/<orgnr>")
def set_up(lang: str, orgnr: str) -> Response | AnyResponse:  # noqa: ARG001
    """Set up what was found, or what was typed."""
    form = OwnNameForm()
    page = _found(orgnr, form)
    looked: Looked = page["looked"]
    if looked.entry is None and not form.validate():
        return show("handover/confirm.html.jinja", 400, **page)
    return _keep(page["programme_id"], looked, form.name.data or "")


def _found(orgnr: str, form: OwnNameForm) -> dict[str, Any]:
    if not is_orgnr(orgnr):
        raise NotThere
    page = _page(form)
    site, actor = current.site(), current.actor()
    return {**page, "looked": look_up(site, orgnr), "known": handing_over.find_known(site, actor, orgnr)}


@pages.get("/new/unnumbered")
def name_it(lang: str) -> Response:  # noqa: ARG001
    """The form for a company without a number."""
    return show("handover/unnumbered.html.jinja", **_page(OwnNameForm(formdata=None)))


@pages.post("/new/unnumbered")
def set_up_unnumbered(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Set up a company by its name alone."""
    form = OwnNameForm()
    page = _page(form)
    if not form.validate():
        return show("handover/unnumbered.html.jinja", 400, **page)
    return _keep(page["programme_id"], None, form.name.data)


def _keep(programme_id: str, looked: Looked | None, name: str) -> AnyResponse:
    site, actor, now = current.site(), current.actor(), current.now()
    id_ = handing_over.set_up(site, actor, programme_id, now, looked=looked, name=name)
    notice("handover.kept")
    return go("handover.show_company", id_=id_)


@pages.get("/<id_>")
def show_company(lang: str, id_: str) -> Response:  # noqa: ARG001
    """A company that waits to be taken over: its facts, and whom to invite."""
    return _company(id_, AddForm(formdata=None))


def _company(id_: str, form: AddForm, status: int = 200) -> Response:
    found = handing_over.open_pending(current.site(), current.actor(), id_, current.now())
    return show("handover/company.html.jinja", status, found=found, form=form)


@pages.post("/<id_>/invitation")
def invite(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Ask somebody to take the company over."""
    site, form = current.site(), AddForm()
    if not form.validate():
        return _company(id_, form, 400)
    sent = handing_over.invite_owner(
        site, current.actor(), id_, current.now(), email=form.email.data, language=current.language()
    )
    site.queue.poke(sent.job_id)
    notice("handover.invited", email=form.email.data)
    return go("handover.show_company", id_=id_)


@pages.post("/<id_>/invitation/withdrawal")
def withdraw(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Take the invitation back."""
    handing_over.withdraw_invitation(current.site(), current.actor(), id_, current.now())
    notice("organisation.withdrawn")
    return go("handover.show_company", id_=id_)


@pages.get("/<id_>/facts")
def edit_facts(lang: str, id_: str) -> Response:  # noqa: ARG001
    """What is known of the company."""
    site, actor, now = current.site(), current.actor(), current.now()
    found = handing_over.open_pending(site, actor, id_, now)
    held = handing_over.open_facts(site, actor, id_, now)
    return show("handover/facts.html.jinja", found=found, **facts_page(held))


@pages.post("/<id_>/facts")
def save_facts(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep the facts; what is wrong or clashes stays in the form."""
    site, actor, now = current.site(), current.actor(), current.now()
    found = handing_over.open_pending(site, actor, id_, now)
    held = handing_over.open_facts(site, actor, id_, now)
    known = {fact_id: fact.value for fact_id, fact in held.items()}
    said = read_profile(shared_facts(), dict(request.form.lists()), known, current.language())
    facts = [SaidFact(one.fact.id, one.value, one.base) for one in said.facts if one.wrong is None]
    clashes = handing_over.write_facts(site, actor, id_, facts, now)
    if said.has_problems or said.appeared or clashes:
        held = handing_over.open_facts(site, actor, id_, now)
        status = 409 if clashes else 400 if said.has_problems else 200
        page = facts_page(held, said, clashes)
        return show("handover/facts.html.jinja", status, found=found, **page)
    notice("profile.saved")
    return go("handover.show_company", id_=id_)


DOOR = Door(
    pages,
    {
        "begin": "account",
        "find": "account",
        "confirm": "account",
        "set_up": "account",
        "name_it": "account",
        "set_up_unnumbered": "account",
        "show_company": "account",
        "invite": "account",
        "withdraw": "account",
        "edit_facts": "account",
        "save_facts": "account",
    },
)
