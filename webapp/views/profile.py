"""The profile: facts about the company, asked once for all questionnaires."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotSaved, Refused
from webapp.forms.facts import profile_view
from webapp.forms.organisation_name import NameForm
from webapp.forms.profile import ProfileInput, read_profile
from webapp.forms.questions import ErrorLink
from webapp.services.naming import is_to_be_named, name_company
from webapp.services.opening import Opened, open_assessment
from webapp.services.profile import FactClash, SaidFact, facts_for, open_profile, save_profile
from webapp.services.wizard import sections_of
from webapp.views.page import go, notice, show
from webapp.views.profilefacts import clash_views, facts_json, known_fact, renewed

pages = Blueprint("profile", __name__, url_prefix="/<language:lang>/assessments/<id_>/profile")


@pages.get("")
def edit(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The facts that this questionnaire goes by."""
    opened = open_assessment(current.site(), current.actor(), id_)
    return show(
        "wizard/profile.html.jinja", **_page(opened, NameForm(data={"name": opened.organisation.name}))
    )


@pages.post("")
def save(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep the facts; what is wrong or clashes stays in the form."""
    site, actor = current.site(), current.actor()
    opened, said = _open_and_read(id_)
    form, asks_name = NameForm(), is_to_be_named(opened.organisation)
    is_named = not asks_name or form.validate()
    try:
        clashes = _keep(opened, said)
        if asks_name and is_named:
            name_company(site, actor, opened.organisation.id, form.name.data, current.now())
    except NotSaved:
        return show("wizard/profile.html.jinja", 503, **_page(opened, form, said, is_unsaved=True))
    if said.has_problems or said.appeared or clashes or not is_named:
        opened = open_assessment(site, actor, id_)
        status = 409 if clashes else 400 if said.has_problems or not is_named else 200
        return show("wizard/profile.html.jinja", status, **_page(opened, form, said, clashes=clashes))
    return _after(opened)


@pages.post("/answers")
def autosave(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Save what a script sends while somebody is writing."""
    site, actor = current.site(), current.actor()
    opened, said = _open_and_read(id_)
    clashes = _keep(opened, said, is_touched=True)
    held = open_profile(site, actor, opened.organisation.id)
    reply = facts_json(said, held, clashes, _texts(opened))
    is_trial = opened.organisation.kind == "trial"  # only there the field is saved as it is typed
    if "name" in request.form and is_trial and is_to_be_named(opened.organisation):
        problems = _save_name(opened)
        reply["saved"]["name"] = 0
        reply["problems"] |= {"name": problems} if problems else {}
    return jsonify(reply)


def _save_name(opened: Opened) -> list[dict[str, str]]:
    """Keep what a trial calls its company; what is wrong with it, for a script."""
    form = NameForm()
    if form.validate():
        name_company(current.site(), current.actor(), opened.organisation.id, form.name.data, current.now())
    return [{"part": "value", "text": link.text} for link in _name_links(form)]


def _open_and_read(id_: str) -> tuple[Opened, ProfileInput]:
    site, actor = current.site(), current.actor()
    opened = open_assessment(site, actor, id_)
    if not opened.is_editable:
        raise Refused("wizard.locked")
    held = open_profile(site, actor, opened.organisation.id)
    known = {fact_id: fact.value for fact_id, fact in held.items()}
    facts = facts_for(opened.shelved.plan.questionnaire, opened.organisation)
    return opened, read_profile(facts, dict(request.form.lists()), known, current.language())


def _texts(opened: Opened) -> Mapping[str, str]:
    return opened.shelved.plan.questionnaire.words(current.language())


def _keep(opened: Opened, said: ProfileInput, *, is_touched: bool = False) -> tuple[FactClash, ...]:
    facts = [
        SaidFact(one.fact.id, one.value, one.base, is_touched) for one in said.facts if one.wrong is None
    ]
    return save_profile(current.site(), current.actor(), opened.organisation.id, facts, current.now())


def _after(opened: Opened) -> AnyResponse:
    notice("profile.saved")
    if request.form.get("action") == "leave":
        return go("assessments.overview")
    if request.form.get("from") == "check":
        return go("wizard.check", id_=opened.id)
    return go("wizard.section", id_=opened.id, section_id=sections_of(opened)[0].id)


def _page(
    opened: Opened,
    form: NameForm,
    said: ProfileInput | None = None,
    *,
    clashes: tuple[FactClash, ...] = (),
    is_unsaved: bool = False,
) -> dict[str, Any]:
    site, words = current.site(), current.words()
    held = open_profile(site, current.actor(), opened.organisation.id)
    questionnaire = opened.shelved.plan.questionnaire
    known = {id_: known_fact(fact) for id_, fact in held.items()}
    view = profile_view(
        facts_for(questionnaire, opened.organisation),
        known,
        words,
        _texts(opened),
        said=renewed(said, held, clashes),
    )
    return {
        "opened": opened,
        "form": form,
        "asks_name": is_to_be_named(opened.organisation),
        "view": view,
        "links": (*_name_links(form), *view.links),
        "clashes": clash_views(clashes, _texts(opened)),
        "is_unsaved": is_unsaved,
        "returns": request.values.get("from") == "check",
    }


def _name_links(form: NameForm) -> Iterator[ErrorLink]:
    words = current.words()
    for message in form.name.errors:
        yield ErrorLink(form.name.id, words.say(message), words.say("profile.name"))


DOOR = Door(pages, {"edit": "signed_in", "save": "signed_in", "autosave": "signed_in"})
