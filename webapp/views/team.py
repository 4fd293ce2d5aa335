"""The advisors of a programme: who is in the team, and who follows which company until when."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.forms.team import AddForm, AssignForm, EndForm
from webapp.services import team
from webapp.services.team import Team, Wanted
from webapp.views.page import go, local_time, notice, show

pages = Blueprint("team", __name__, url_prefix="/<language:lang>/programme/<id_>/advisors")


@pages.get("")
def show_team(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Everybody in the team with their companies, and a form to add somebody."""
    return show("team/team.html.jinja", found=_team(id_), form=AddForm(formdata=None))


@pages.post("")
def add(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Take somebody into the team, and have them told."""
    site, form = current.site(), AddForm()
    found = _team(id_)
    if not form.validate():
        return show("team/team.html.jinja", 400, found=found, form=form)
    job_id = team.add(
        site, current.actor(), id_, current.now(), email=form.email.data, language=current.language()
    )
    site.queue.poke(job_id)
    notice("team.added", email=form.email.data)
    return go("team.show_team", id_=id_)


@pages.get("/assignments/new")
def choose(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The form that gives a company an advisor."""
    found = _team(id_)
    form = _assign_form(found, formdata=None, data={"advisor": request.args.get("advisor", "")})
    return show("team/assign.html.jinja", found=found, form=form)


@pages.post("/assignments/new")
def assign(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Give a company an advisor."""
    found = _team(id_)
    form = _assign_form(found)
    if not form.validate():
        return show("team/assign.html.jinja", 400, found=found, form=form)
    wanted = Wanted(form.advisor.data, form.company.data, form.from_on, form.until_on)
    team.assign(current.site(), current.actor(), id_, wanted, current.now())
    notice("team.assigned")
    return go("team.show_team", id_=id_)


@pages.get("/<person_id>/companies/<company_id>")
def show_assignment(lang: str, id_: str, person_id: str, company_id: str) -> Response:  # noqa: ARG001
    """One assignment: until when, and ending it."""
    return _assignment(id_, person_id, company_id)


@pages.post("/<person_id>/companies/<company_id>")
def change_end(lang: str, id_: str, person_id: str, company_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Have an assignment end on another day."""
    form = EndForm(_today())
    if not form.validate():
        return _assignment(id_, person_id, company_id, form)
    site, actor, now = current.site(), current.actor(), current.now()
    team.change_end(site, actor, id_, person_id, company_id, until_on=form.until_on, now=now)
    notice("team.end_changed")
    return go("team.show_team", id_=id_)


@pages.post("/<person_id>/companies/<company_id>/end")
def end_now(lang: str, id_: str, person_id: str, company_id: str) -> AnyResponse:  # noqa: ARG001
    """End an assignment at once."""
    team.end_now(current.site(), current.actor(), id_, person_id, company_id, now=current.now())
    notice("team.ended")
    return go("team.show_team", id_=id_)


@pages.get("/<person_id>/removal")
def think(lang: str, id_: str, person_id: str) -> Response:  # noqa: ARG001
    """What taking somebody out of the team means."""
    found = _team(id_)
    return show("team/remove.html.jinja", found=found, one=found.find(person_id))


@pages.post("/<person_id>/removal")
def remove(lang: str, id_: str, person_id: str) -> AnyResponse:  # noqa: ARG001
    """Take somebody out of the team."""
    team.remove(current.site(), current.actor(), id_, person_id, current.now())
    notice("team.removed")
    return go("team.show_team", id_=id_)


def _team(programme_id: str) -> Team:
    return team.open_team(current.site(), current.actor(), programme_id, current.now())


def _today() -> date:
    return local_time(current.now()).date()


def _assign_form(found: Team, **named: object) -> AssignForm:
    advisors = {one.person_id for one in found.advisors}
    return AssignForm(_today(), advisors, {id_ for id_, _ in found.companies}, **named)


def _assignment(programme_id: str, person_id: str, company_id: str, form: EndForm | None = None) -> Response:
    one, given = team.get_assignment(
        current.site(), current.actor(), programme_id, person_id, company_id, now=current.now()
    )
    status = 200 if form is None else 400
    if form is None:
        until = f"{given.until_on:%-d.%-m.%Y}" if given.until_on else ""
        form = EndForm(_today(), formdata=None, data={"until": until})
    return show(
        "team/assignment.html.jinja", status, programme_id=programme_id, one=one, given=given, form=form
    )


DOOR = Door(
    pages,
    {
        "show_team": "account",
        "add": "account",
        "choose": "account",
        "assign": "account",
        "show_assignment": "account",
        "change_end": "account",
        "end_now": "account",
        "think": "account",
        "remove": "account",
    },
)
