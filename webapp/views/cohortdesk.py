"""One cohort for those who run its programme: progress, inviting from a list, reminding, and files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import Refused
from webapp.forms.organisation import squeezed
from webapp.forms.portfolio import read_page
from webapp.forms.texts import showable
from webapp.register.numbers import spaced
from webapp.services import cohortfiles, cohortinviting, cohortreminding, cohorts
from webapp.services.cohortprogress import MAX_ASKED, ProgressWish, open_progress
from webapp.services.cohortstanding import STEPS, WAITING
from webapp.services.exports import Export
from webapp.services.invitees import MAX_ROWS, PARTS
from webapp.services.tablefiles import MAX_FILE_BYTES, text_of_file
from webapp.views.documentpages import attachment
from webapp.views.page import go, notice, show, to

pages = Blueprint("cohortdesk", __name__, url_prefix="/<language:lang>/programme/<id_>/cohorts/<cohort_id>")

SHOWN_PROBLEMS = 200


@pages.get("")
def show_cohort(lang: str, id_: str, cohort_id: str) -> Response:  # noqa: ARG001
    """How far each company has come, of those that were asked for."""
    found = open_progress(current.site(), current.actor(), id_, cohort_id, now=current.now(), wish=_wish())
    chosen = {
        name: value
        for name, value in (
            ("name", found.wish.name),
            ("step", found.wish.step),
            ("waits", found.wish.waits),
        )
        if value
    }
    words = current.words()

    def at_page(number: int) -> str:
        return to("cohortdesk.show_cohort", id_=id_, cohort_id=cohort_id, **chosen, page=number)

    return show(
        "cohorts/cohort.html.jinja",
        found=found,
        chosen=chosen,
        at_page=at_page,
        spaced=spaced,
        step_options=[(one, words.say(f"cohorts.step_{one}")) for one in STEPS],
        waits_options=[(one, words.say(f"cohorts.waits_{one}")) for one in WAITING],
    )


def _wish() -> ProgressWish:
    said = request.args
    return ProgressWish(
        name=str(squeezed(showable(said.get("name", "")[:MAX_ASKED]))),
        step=said.get("step", ""),
        waits=said.get("waits", ""),
        page=read_page(said.get("page", "")),
    )


@pages.get("/progress.csv")
def take_csv(lang: str, id_: str, cohort_id: str) -> Response:  # noqa: ARG001
    """The progress of every company as a text table."""
    return _file(
        cohortfiles.csv_of(
            current.site(),
            current.actor(),
            id_,
            cohort_id,
            language=current.language(),
            now=current.now(),
        )
    )


@pages.get("/progress.xlsx")
def take_xlsx(lang: str, id_: str, cohort_id: str) -> Response:  # noqa: ARG001
    """The same as a spreadsheet."""
    return _file(
        cohortfiles.xlsx_of(
            current.site(),
            current.actor(),
            id_,
            cohort_id,
            language=current.language(),
            now=current.now(),
        )
    )


def _file(export: Export) -> Response:
    return attachment(export.name, export.content, export.media_type)


@pages.get("/invitations")
def ask(lang: str, id_: str, cohort_id: str) -> Response:  # noqa: ARG001
    """Where a list is pasted or chosen."""
    return _page("cohorts/invite.html.jinja", id_, cohort_id, text="")


@pages.post("/invitations")
def preview(lang: str, id_: str, cohort_id: str) -> Response:  # noqa: ARG001
    """What a list would do, before it does."""
    cohorts.open_cohort(current.site(), current.actor(), id_, cohort_id, current.now())
    return _preview(id_, cohort_id, _text())


def _text() -> str:
    """The list as it was pasted, or as it stands in the file that was chosen. Raises Refused."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return text_of_file(file.read(MAX_FILE_BYTES + 1))
    return showable(request.form.get("text", ""))


def _preview(id_: str, cohort_id: str, text: str) -> Response:
    found = cohortinviting.preview(
        current.site(), current.actor(), id_, cohort_id, text=text, language=current.language()
    )
    template = "cohorts/preview.html.jinja" if found.may_import else "cohorts/invite.html.jinja"
    status = 200 if found.may_import or not found.problems else 400
    return _page(template, id_, cohort_id, status, text=text, preview=found)


@pages.post("/invitations/import")
def import_list(lang: str, id_: str, cohort_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Invite everybody on the list, or nobody; what has become wrong since is shown again."""
    site, text = current.site(), showable(request.form.get("text", ""))
    try:
        count, job_id = cohortinviting.invite_all(
            site,
            current.actor(),
            id_,
            cohort_id,
            text=text,
            language=current.language(),
            now=current.now(),
        )
    except Refused as refused:
        if refused.code != "cohorts.list_wrong":
            raise
        return _preview(id_, cohort_id, text)
    if job_id is not None:
        site.queue.poke(job_id)
    notice("cohorts.invited.one" if count == 1 else "cohorts.invited.other", count=count)
    return go("cohortdesk.show_cohort", id_=id_, cohort_id=cohort_id)


@pages.post("/invitations/<invitation_id>/withdrawal")
def take_back(lang: str, id_: str, cohort_id: str, invitation_id: str) -> AnyResponse:  # noqa: ARG001
    """Take an invitation back."""
    site, actor = current.site(), current.actor()
    cohortinviting.take_back(site, actor, id_, cohort_id, invitation_id=invitation_id, now=current.now())
    notice("cohorts.taken_back")
    return go("cohortdesk.show_cohort", id_=id_, cohort_id=cohort_id)


@pages.get("/reminder")
def think(lang: str, id_: str, cohort_id: str) -> Response:  # noqa: ARG001
    """Who would be reminded."""
    found = cohortreminding.open_reminding(current.site(), current.actor(), id_, cohort_id, current.now())
    return show("cohorts/remind.html.jinja", found=found)


@pages.post("/reminder")
def remind(lang: str, id_: str, cohort_id: str) -> AnyResponse:  # noqa: ARG001
    """Have them reminded."""
    site = current.site()
    site.queue.poke(cohortreminding.remind(site, current.actor(), id_, cohort_id, current.now()))
    notice("cohorts.reminding")
    return go("cohortdesk.show_cohort", id_=id_, cohort_id=cohort_id)


def _page(template: str, id_: str, cohort_id: str, status: int = 200, **more: Any) -> Response:
    site, actor = current.site(), current.actor()
    programme, cohort = cohorts.open_cohort(site, actor, id_, cohort_id, current.now())
    return show(
        template,
        status,
        programme_id=id_,
        programme=programme,
        cohort=cohort,
        spaced=spaced,
        most=MAX_ROWS,
        parts=PARTS,
        shown_problems=SHOWN_PROBLEMS,
        **{"preview": None, **more},
    )


DOOR = Door(
    pages,
    {
        "show_cohort": "account",
        "take_csv": "account",
        "take_xlsx": "account",
        "ask": "account",
        "preview": "account",
        "import_list": "account",
        "take_back": "account",
        "think": "account",
        "remind": "account",
    },
)
