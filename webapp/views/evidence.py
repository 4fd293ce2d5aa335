"""Files beside answers: sending, saving, removing, and all of them on one page."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import Refused
from webapp.evidence.problems import FileRefused
from webapp.forms.evidence import FileForm
from webapp.services import evidence
from webapp.views.page import go, notice, show
from webapp.views.question import page
from webapp.views.questionpage import Trouble, binder_page
from webapp.views.sentfiles import file_answer

pages = Blueprint("evidence", __name__, url_prefix="/<language:lang>/assessments/<id_>")


@pages.get("/files")
def show_files(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Every file of an assessment by question."""
    binder = evidence.open_binder(current.site(), current.actor(), id_)
    return show("evidence/files.html.jinja", **binder_page(binder))


@pages.post("/questions/<question_id>/files")
def upload(lang: str, id_: str, question_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep a file, or say why it cannot be kept."""
    site, sent, words = current.site(), FileForm().file.data, current.words()
    content = b"" if sent is None else sent.read()
    file = evidence.Upload("" if sent is None else sent.filename or "", content)
    try:
        kept = evidence.add_file(site, current.actor(), id_, question_id, current.now(), upload=file)
    except FileRefused as refused:
        error = words.say(f"evidence.file.{refused.code}", **refused.parts)
        return page(id_, question_id, 400, Trouble(file_error=error))
    except Refused as refused:
        error = words.say(f"errors.refused.{refused.code}", **refused.parts)
        return page(id_, question_id, 409, Trouble(file_error=error))
    notice("question.file_added", name=kept.name)
    return go("question.show_question", id_=id_, question_id=question_id, _anchor="files")


@pages.get("/files/<file_id>")
def download(lang: str, id_: str, file_id: str) -> Response:  # noqa: ARG001
    """A file to save; no browser is to show it as a page of ours."""
    file = evidence.fetch_file(current.site(), current.actor(), id_, file_id)
    return file_answer(file)


@pages.post("/files/<file_id>/remove")
def remove(lang: str, id_: str, file_id: str) -> AnyResponse:  # noqa: ARG001
    """Remove a file for good."""
    question_id = evidence.remove_file(current.site(), current.actor(), id_, file_id, current.now())
    notice("question.file_removed")
    return go("question.show_question", id_=id_, question_id=question_id, _anchor="files")


DOOR = Door(
    pages,
    {
        "show_files": "account",
        "upload": "account",
        "download": "account",
        "remove": "account",
    },
)
