"""Giving a section to somebody, and taking it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotSaved, Refused
from webapp.forms.delegation import OTHER, GiveForm
from webapp.services import delegation
from webapp.services.holders import Handing, look_at
from webapp.services.wizard import sections_of
from webapp.views.page import go, notice, show, show_unsaved

pages = Blueprint(
    "delegation", __name__, url_prefix="/<language:lang>/assessments/<id_>/sections/<section_id>"
)


@pages.get("/give")
def give(lang: str, id_: str, section_id: str) -> Response:  # noqa: ARG001
    """Who could answer a section, and who has it."""
    handing = look_at(current.site(), current.actor(), id_, section_id)
    return show("delegation/give.html.jinja", **_page(handing, _form(handing)))


@pages.post("/give")
def send(lang: str, id_: str, section_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Give a section to somebody."""
    site, actor = current.site(), current.actor()
    handing = look_at(site, actor, id_, section_id)
    form = _form(handing)
    if not form.validate():
        return show("delegation/give.html.jinja", 400, **_page(handing, form))
    try:
        given = delegation.give_section(
            site, actor, id_, section_id, current.now(), email=form.address, language=current.language()
        )
    except Refused as refused:
        form.email.errors = [f"errors.refused.{refused.code}"]
        return show("delegation/give.html.jinja", 409, **_page(handing, form))
    except NotSaved:
        return show_unsaved("delegation/give.html.jinja", **_page(handing, form))
    for job_id in given.job_ids:
        site.queue.poke(job_id)
    if given.is_self:
        notice("together.given_self")
    elif given.is_invited:
        notice("together.given_invited", who=given.who)
    else:
        notice("together.given" if given.job_ids else "together.given_unmailed", who=given.who)
    return go("assessments.tasks", id_=id_)


@pages.post("/take-back")
def take_back(lang: str, id_: str, section_id: str) -> AnyResponse:  # noqa: ARG001
    """Make a section nobody's task again."""
    taken = delegation.take_back(current.site(), current.actor(), id_, section_id, current.now())
    if taken is None or not taken.who:
        notice("together.nobody_had")
    else:
        notice(
            "together.taken_back_withdrawn" if taken.is_withdrawn else "together.taken_back", who=taken.who
        )
    return go("delegation.give", id_=id_, section_id=section_id)


def _form(handing: Handing) -> GiveForm:
    addresses = {one.person_id: one.email for one in handing.candidates}
    return GiveForm(addresses, handing.may_invite)


def _page(handing: Handing, form: GiveForm) -> dict[str, Any]:
    texts = handing.opened.shelved.plan.questionnaire.words(current.language())
    return {
        "handing": handing,
        "opened": handing.opened,
        "form": form,
        "other": OTHER,
        "title": texts[f"sections/{handing.section.id}/title"],
        "parts": [
            (section.id, texts[f"sections/{section.id}/title"], handing.holders.get(section.id))
            for section in sections_of(handing.opened)
        ],
    }


DOOR = Door(pages, {"give": "account", "send": "account", "take_back": "account"})
