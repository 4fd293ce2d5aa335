"""A programme for those who run it: setting one up, its partners, and the file that carries it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from questionnaires.programme import ProgrammeTemplate
from reports.branding import MAX_LOGO_BYTES
from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import Refused
from webapp.forms.programme import ROLES, AboutForm, PartnerForm, SavedAboutForm, SavedPartnerForm, SetUpForm
from webapp.services import partners, programmedesk
from webapp.services.partners import NewPartner
from webapp.services.programmedesk import MAX_FILE_BYTES, FileProblems, NewProgramme
from webapp.views.documentpages import attachment
from webapp.views.page import go, notice, show

pages = Blueprint("programme", __name__, url_prefix="/<language:lang>/programme")


@pages.get("/new")
def begin(lang: str) -> Response:  # noqa: ARG001
    """The form of a new programme."""
    return _new(SetUpForm(formdata=None, data={"source": "template"}))


@pages.post("/new")
def set_up(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Set one up: from the template, from one of one's own, or from a file."""
    site, actor, form = current.site(), current.actor(), SetUpForm()
    if not form.validate():
        return _new(form, 400)
    try:
        template = _template(form)
    except FileProblems as found:
        language = current.language()
        return _new(form, 400, problems=[problem.text_in(language) for problem in found.problems])
    wanted = NewProgramme(form.name.data, form.controller.data, form.contact.data, form.purpose.data)
    id_ = programmedesk.set_up(site, actor, wanted, template, current.now())
    notice("programme.is_set_up", name=form.name.data)
    return go("activitydesk.show_list", id_=id_)


@pages.get("/<id_>/settings")
def edit(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The form of what it is called and who answers for it."""
    about = programmedesk.open_about(current.site(), current.actor(), id_)
    return _settings(id_, SavedAboutForm(formdata=None, data=asdict(about) | {"base": about.base}))


@pages.post("/<id_>/settings")
def save(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep what was changed."""
    form = SavedAboutForm()
    if not form.validate():
        return _settings(id_, form, 400)
    wanted = NewProgramme(form.name.data, form.controller.data, form.contact.data, form.purpose.data)
    programmedesk.change_about(
        current.site(), current.actor(), id_, wanted, base=form.base.data or "", now=current.now()
    )
    notice("programme.is_changed")
    return go("portfolio.show_programme", id_=id_)


@pages.get("/<id_>/partners")
def show_partners(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The organisations behind it, and a form to name one more."""
    return _partners(id_, PartnerForm(formdata=None))


@pages.post("/<id_>/partners")
def add_partner(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Name one more."""
    form = PartnerForm()
    if not form.validate():
        return _partners(id_, form, 400)
    wanted = _wanted(form)
    partners.add_partner(current.site(), current.actor(), id_, wanted, current.now())
    notice("programme.partner_added", name=form.name.data)
    return go("programme.show_partners", id_=id_)


@pages.get("/<id_>/partners/<partner_id>")
def edit_partner(lang: str, id_: str, partner_id: str) -> Response:  # noqa: ARG001
    """The form of what is said of one."""
    one = partners.open_partner(current.site(), current.actor(), id_, partner_id)
    said = {"name": one.name, "roles": one.roles.split(), "url": one.url, "base": partners.state_of(one)}
    return _partner(id_, partner_id, SavedPartnerForm(formdata=None, data=said))


@pages.post("/<id_>/partners/<partner_id>")
def save_partner(lang: str, id_: str, partner_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep what was changed."""
    form = SavedPartnerForm()
    if not form.validate():
        return _partner(id_, partner_id, form, 400)
    partners.save_partner(
        current.site(),
        current.actor(),
        id_,
        partner_id,
        _wanted(form),
        base=form.base.data or "",
        keeps_logo=not form.drops_logo.data,
        now=current.now(),
    )
    notice("programme.partner_saved", name=form.name.data)
    return go("programme.show_partners", id_=id_)


@pages.post("/<id_>/partners/<partner_id>/removal")
def remove_partner(lang: str, id_: str, partner_id: str) -> AnyResponse:  # noqa: ARG001
    """Name one no more."""
    partners.remove_partner(current.site(), current.actor(), id_, partner_id, current.now())
    notice("programme.partner_removed")
    return go("programme.show_partners", id_=id_)


@pages.get("/<id_>/programme.yaml")
def take_file(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The one file that carries it to another installation."""
    name, content = programmedesk.programme_file(current.site(), current.actor(), id_)
    return attachment(name, content, "application/yaml")


def _template(form: SetUpForm) -> ProgrammeTemplate:
    """What the new programme starts from. Raises FileProblems, Refused and NotThere."""
    site, actor, source = current.site(), current.actor(), form.source.data
    programmedesk.own_programmes(site, actor)
    if source == "template":
        return programmedesk.shipped_template(site)
    if source != "file":
        return programmedesk.copied_template(site, actor, source)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refused("programme.file_missing")
    return programmedesk.read_programme_file(site, file.read(MAX_FILE_BYTES + 1), file.filename[-100:])


def _new(form: SetUpForm, status: int = 200, **more: Any) -> Response:
    own = programmedesk.own_programmes(current.site(), current.actor())
    return show("programme/new.html.jinja", status, form=form, own=own, **{"problems": [], **more})


def _settings(programme_id: str, form: AboutForm, status: int = 200) -> Response:
    found = programmedesk.open_about(current.site(), current.actor(), programme_id)
    return show("programme/settings.html.jinja", status, id_=programme_id, name=found.name, form=form)


def _partners(programme_id: str, form: PartnerForm, status: int = 200) -> Response:
    found = programmedesk.open_desk(current.site(), current.actor(), programme_id)
    return show("programme/partners.html.jinja", status, found=found, form=form, roles=ROLES)


def _partner(programme_id: str, partner_id: str, form: SavedPartnerForm, status: int = 200) -> Response:
    one = partners.open_partner(current.site(), current.actor(), programme_id, partner_id)
    return show("programme/partner.html.jinja", status, id_=programme_id, one=one, form=form, roles=ROLES)


def _wanted(form: PartnerForm) -> NewPartner:
    file = request.files.get("logo")
    logo = b"" if file is None else file.read(MAX_LOGO_BYTES + 1)
    return NewPartner(form.name.data, tuple(form.roles.data), form.url.data, logo)


DOOR = Door(
    pages,
    {
        "begin": "account",
        "set_up": "account",
        "edit": "account",
        "save": "account",
        "show_partners": "account",
        "add_partner": "account",
        "edit_partner": "account",
        "save_partner": "account",
        "remove_partner": "account",
        "take_file": "account",
    },
)
