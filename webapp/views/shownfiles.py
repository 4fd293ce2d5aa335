"""Files that were shown at an activity: sent and removed by a programme's staff, saved by all in it."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.evidence.problems import FileRefused
from webapp.forms.evidence import FileForm
from webapp.services import shownfiles
from webapp.services.activitydesk import open_form
from webapp.services.evidence import Upload
from webapp.views.page import go, notice, show
from webapp.views.sentfiles import file_answer

pages = Blueprint("shownfiles", __name__, url_prefix="/<language:lang>")

_DESK = "/programme/<id_>/activities/<activity_id>/files"


@pages.get(_DESK)
def show_files(lang: str, id_: str, activity_id: str) -> Response:  # noqa: ARG001
    """The files of an activity, and a form to send one more."""
    return _page(id_, activity_id)


@pages.post(_DESK)
def upload(lang: str, id_: str, activity_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep a file, or say why it cannot be kept."""
    sent = FileForm().file.data
    file = Upload("" if sent is None else sent.filename or "", b"" if sent is None else sent.read())
    site, actor, now = current.site(), current.actor(), current.now()
    try:
        name = shownfiles.add_file(site, actor, id_, activity_id, upload=file, now=now)
    except FileRefused as refused:
        error = current.words().say(f"evidence.file.{refused.code}", **refused.parts)
        return _page(id_, activity_id, 400, error)
    notice("activities.file_added", name=name)
    return go("shownfiles.show_files", id_=id_, activity_id=activity_id)


@pages.post(f"{_DESK}/<file_id>/removal")
def remove(lang: str, id_: str, activity_id: str, file_id: str) -> AnyResponse:  # noqa: ARG001
    """Remove a file for good."""
    site, actor, now = current.site(), current.actor(), current.now()
    shownfiles.remove_file(site, actor, id_, activity_id, file_id=file_id, now=now)
    notice("activities.file_removed")
    return go("shownfiles.show_files", id_=id_, activity_id=activity_id)


@pages.get("/activities/<activity_id>/files/<file_id>")
def download(lang: str, activity_id: str, file_id: str) -> Response:  # noqa: ARG001
    """A file to save; no browser is to show it as a page of ours."""
    file = shownfiles.fetch_file(current.site(), current.actor(), activity_id, file_id)
    return file_answer(file)


def _page(programme_id: str, activity_id: str, status: int = 200, error: str = "") -> Response:
    site = current.site()
    found = open_form(site, current.actor(), programme_id, activity_id)
    files = shownfiles.shown_at(site, found.id)
    return show(
        "programme/files.html.jinja",
        status,
        found=found,
        files=files,
        error=error,
        megabytes=site.settings.file_mb,
    )


DOOR = Door(pages, {"show_files": "account", "upload": "account", "remove": "account", "download": "account"})
