"""Taking everything away, and having everything erased: for people, and for owners of companies."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import cookies, current
from webapp.auth.access import Door
from webapp.forms.privacy import EraseForm
from webapp.services import privacy
from webapp.services.company_copy import Copy, company_copy
from webapp.services.personal_copy import personal_copy
from webapp.services.privacy import Ending
from webapp.views.page import go, notice, show

pages = Blueprint("privacy", __name__, url_prefix="/<language:lang>")

CHUNK_BYTES = 64 * 1024


@pages.get("/account/copy")
def export_person(lang: str) -> Response:  # noqa: ARG001
    """What a copy of everything about oneself holds, and a button."""
    return show("privacy/export_person.html.jinja")


@pages.post("/account/copy")
def take_person(lang: str) -> Response:  # noqa: ARG001
    """Everything about oneself, as one file."""
    content = personal_copy(current.site(), current.actor(), current.now())
    name = current.words().say("privacy.export_person.file")
    return _download(Response(content, mimetype="application/json"), f"{name}.json", len(content))


@pages.get("/account/erasure")
def erase_person(lang: str) -> Response:  # noqa: ARG001
    """What erasing oneself means, what stands in its way, and a button."""
    return _leaving_page()


@pages.post("/account/erasure")
def do_erase_person(lang: str) -> Response | AnyResponse:  # noqa: ARG001
    """Erase whoever asks."""
    site, actor = current.site(), current.actor()
    if privacy.look_at_leaving(site, actor).held:
        return _leaving_page(409)
    privacy.erase_person(site, actor.person_id, current.now())
    notice("privacy.erase_trial.done" if actor.is_trial else "privacy.erase_person.done")
    answer = go("start.front")
    cookies.take_session(answer, site.settings)  # type: ignore[arg-type]  # a redirect is a response
    return answer


def _leaving_page(status: int = 200) -> Response:
    leaving = privacy.look_at_leaving(current.site(), current.actor())
    return show("privacy/erase_person.html.jinja", status, leaving=leaving)


@pages.get("/organisations/<id_>/copy")
def export_organisation(lang: str, id_: str) -> Response:  # noqa: ARG001
    """What a copy of everything a company has holds, and a button."""
    company = privacy.look_at_ending(current.site(), current.actor(), id_)
    return show("privacy/export_organisation.html.jinja", company=company)


@pages.post("/organisations/<id_>/copy")
def take_organisation(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Everything a company has, as one file."""
    copy = company_copy(current.site(), current.actor(), id_, current.now())
    answer = Response(_chunks(copy), mimetype="application/zip")
    answer.call_on_close(copy.file.close)
    return _download(answer, copy.name, copy.size_bytes)


@pages.get("/organisations/<id_>/erasure")
def erase_organisation(lang: str, id_: str) -> Response:  # noqa: ARG001
    """What erasing a company means, and a form to be sure."""
    company = privacy.look_at_ending(current.site(), current.actor(), id_)
    return _ending_page(company, EraseForm(formdata=None))


@pages.post("/organisations/<id_>/erasure")
def do_erase_organisation(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Erase a company whose name was typed."""
    site, actor, form = current.site(), current.actor(), EraseForm()
    company = privacy.look_at_ending(site, actor, id_)
    is_named = form.validate() and privacy.is_same_name(form.name.data or "", company.name)
    if not is_named:
        form.name.errors = ["privacy.other_name"]
        return _ending_page(company, form, 400)
    privacy.erase_organisation(site, actor, id_, form.name.data or "", current.now())
    notice("privacy.erase_organisation.done")
    return go("assessments.overview")


def _ending_page(company: Ending, form: EraseForm, status: int = 200) -> Response:
    return show("privacy/erase_organisation.html.jinja", status, company=company, form=form)


def _chunks(copy: Copy) -> Iterator[bytes]:
    with copy.file as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _download(answer: Response, name: str, size: int) -> Response:
    """An answer that is saved, never shown."""
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.content_length = size
    return answer


DOOR = Door(
    pages,
    {
        "export_person": "signed_in",
        "take_person": "signed_in",
        "erase_person": "signed_in",
        "do_erase_person": "signed_in",
        "export_organisation": "signed_in",
        "take_organisation": "signed_in",
        "erase_organisation": "account",
        "do_erase_organisation": "account",
    },
)
