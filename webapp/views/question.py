"""The page of one question: its answer, its files, what people say about it, and what it was before."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotSaved, NotThere, Refused
from webapp.forms.discussion import CommentForm, RestoreForm
from webapp.forms.texts import showable
from webapp.services import discussion, history
from webapp.services.question import open_question
from webapp.views.page import go, notice, show
from webapp.views.questionpage import NO_TROUBLE, Trouble, question_page

pages = Blueprint(
    "question", __name__, url_prefix="/<language:lang>/assessments/<id_>/questions/<question_id>"
)


@pages.get("")
def show_question(lang: str, id_: str, question_id: str) -> Response:  # noqa: ARG001
    """A question with all that stands beside it."""
    return page(id_, question_id)


@pages.post("/comments")
def comment(lang: str, id_: str, question_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Say something; what cannot be kept stays in the form."""
    text = CommentForm().text.data or ""
    try:
        discussion.write_comment(current.site(), current.actor(), id_, question_id, current.now(), text=text)
    except Refused as refused:
        said = current.words().say(f"errors.refused.{refused.code}", **refused.parts)
        return page(id_, question_id, 400, Trouble(comment_error=said, comment_text=showable(text)))
    except NotSaved:
        return page(id_, question_id, 503, Trouble(is_unsaved=True, comment_text=showable(text)))
    notice("question.written")
    return go("question.show_question", id_=id_, question_id=question_id, _anchor="comments")


@pages.post("/comments/<comment_id>/remove")
def remove_comment(lang: str, id_: str, question_id: str, comment_id: str) -> AnyResponse:  # noqa: ARG001
    """Take back what one has said."""
    discussion.remove_comment(
        current.site(), current.actor(), id_, question_id, current.now(), comment_id=comment_id
    )
    notice("question.comment_gone")
    return go("question.show_question", id_=id_, question_id=question_id, _anchor="comments")


@pages.post("/restore")
def restore(lang: str, id_: str, question_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Take an earlier answer up again, unless somebody has answered since the page was made."""
    form = RestoreForm()
    if not form.validate():
        raise NotThere
    saved = history.restore(
        current.site(),
        current.actor(),
        id_,
        question_id,
        current.now(),
        version=form.version.data,
        base=form.base.data,
    )
    if saved.clashes:
        return page(id_, question_id, 409, Trouble(is_clash=True))
    notice("question.restored" if saved.changed else "question.restored_same")
    return go("question.show_question", id_=id_, question_id=question_id)


def page(id_: str, question_id: str, status: int = 200, trouble: Trouble = NO_TROUBLE) -> Response:
    """The page, with what stood in the way of what was sent."""
    at = open_question(current.site(), current.actor(), id_, question_id)
    return show("question/question.html.jinja", status, **question_page(at, trouble))


DOOR = Door(
    pages,
    {
        "show_question": "signed_in",
        "comment": "account",
        "remove_comment": "account",
        "restore": "signed_in",
    },
)
