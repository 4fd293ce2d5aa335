"""The review of a hand-in for the company's advisors: the overview, each question, ratings and notes."""

from __future__ import annotations

import re

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotSaved, NotThere, Refused
from webapp.forms.review import JudgeForm, TextForm
from webapp.services import judging, notes, pictures, requesting, review
from webapp.services.judging import Judged, Judgement
from webapp.services.reviewquestion import open_reviewed_question
from webapp.views.page import QUESTION_ID, notice, show
from webapp.views.questionpage import called
from webapp.views.reviewpages import overview_page, pages_of, review_address, wanted_of
from webapp.views.reviewquestionpage import NO_TROUBLE, Trouble, question_page
from webapp.views.sentfiles import file_answer

pages = Blueprint("review", __name__, url_prefix="/<language:lang>/assessments/<id_>/review")
LATE = ("review.not_now",)
"""Refusals after which what was typed has no form any more to stand in."""

STANDING = ("review.changed", "review.locked", "review.not_rated")
"""Others that are about how the assessment stands, not about what was typed."""

PICTURE_POLICY = {"default-src": "'none'", "frame-ancestors": "'none'", "sandbox": ""}
"""A picture loads nothing and does nothing, also where it is opened by itself."""


@pages.get("")
def overview(lang: str, id_: str) -> Response:  # noqa: ARG001
    """What there is to look at, and how far it has come."""
    return _overview(id_)


@pages.post("/dimensions/<dimension_id>")
def accept(lang: str, id_: str, dimension_id: str) -> AnyResponse:  # noqa: ARG001
    """Say that so much of a dimension is not relevant, or take it back."""
    is_accepted = request.form.get("accepted") == "yes"
    judging.accept_dimension(
        current.site(), current.actor(), id_, dimension_id, current.now(), is_accepted=is_accepted
    )
    notice("review.accepted_now" if is_accepted else "review.unaccepted_now")
    return _go(id_, anchor="flagged")


@pages.get("/pictures/<file_id>")
def show_picture(lang: str, id_: str, file_id: str) -> Response:  # noqa: ARG001
    """A picture among the evidence, as we made it anew when it came."""
    picture = pictures.fetch_picture(current.site(), current.actor(), id_, file_id)
    return file_answer(picture, is_to_save=False)


vars(show_picture)["talisman_view_options"] = {"content_security_policy": PICTURE_POLICY}


@pages.post("/notes")
def write_whole_note(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Write a note about the whole."""
    return _write_note(id_, None)


@pages.post("/notes/<note_id>/share")
def share_note(lang: str, id_: str, note_id: str) -> AnyResponse:  # noqa: ARG001
    """Let the company read a note."""
    notes.share_note(current.site(), current.actor(), id_, current.now(), note_id=note_id)
    notice("review.note_shared")
    return _back(id_)


@pages.post("/notes/<note_id>/remove")
def remove_note(lang: str, id_: str, note_id: str) -> AnyResponse:  # noqa: ARG001
    """Take a private note back."""
    notes.remove_note(current.site(), current.actor(), id_, current.now(), note_id=note_id)
    notice("review.note_removed")
    return _back(id_)


@pages.get("/<question:question_id>")
def show_question(lang: str, id_: str, question_id: str) -> Response:  # noqa: ARG001
    """One question with everything it is rated by."""
    return _question(id_, question_id)


@pages.post("/<question:question_id>")
def judge(lang: str, id_: str, question_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep a rating; what cannot be kept stays in the form."""
    form, site, actor, words = JudgeForm(), current.site(), current.actor(), current.words()
    is_valid = form.validate()
    if form.base.errors or form.number.errors:
        raise NotThere
    said = Judgement(form.rating.data or None, bool(form.confirmed.data), form.reason.data or "")
    try:
        if not is_valid:
            return _question(
                id_, question_id, 400, Trouble("judge", words.say("review.reason_long"), judge=form)
            )
        saved = judging.judge(
            site,
            actor,
            id_,
            question_id,
            current.now(),
            judgement=said,
            base=form.base.data,
            number=form.number.data,
        )
    except Refused as refused:
        return _refused(id_, question_id, refused, Trouble("judge", text=said.reason, judge=form))
    except NotSaved:
        return _question(id_, question_id, 503, Trouble("judge", judge=form, is_unsaved=True))
    return _judged(id_, question_id, saved, form)


def _judged(id_: str, question_id: str, saved: Judged, form: JudgeForm) -> Response | AnyResponse:
    """Show both sides of a clash, else go on."""
    if saved.clash is not None:
        return _question(id_, question_id, 409, Trouble("judge", judge=form, clash=saved.clash))
    opened = review.open_review(current.site(), current.actor(), id_)
    item, wanted = opened.item(question_id), wanted_of(request.args.get("show"))
    is_new_to_see = opened.is_blind and form.base.data == 0 and form.rating.data
    if item is not None and item.lacks_reason:
        notice("review.saved_differs")
    else:
        notice(
            "review.saved_reveal" if is_new_to_see and request.form.get("then") == "stay" else "review.saved"
        )
    _, following = opened.around(question_id, wanted)
    if request.form.get("then") == "stay":
        return _go(id_, question_id)
    return _go(id_, following.id if following is not None else None)


@pages.post("/<question:question_id>/notes")
def write_note(lang: str, id_: str, question_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Write a note about a question."""
    return _write_note(id_, question_id)


@pages.post("/<question:question_id>/request")
def ask_again(lang: str, id_: str, question_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Note what the company should look at again, or take it back."""
    text = "" if request.form.get("remove") else TextForm().text.data or ""
    try:
        is_noted = requesting.request_again(
            current.site(), current.actor(), id_, question_id, current.now(), reason=text
        )
    except Refused as refused:
        return _refused(id_, question_id, refused, Trouble("request", text=text))
    except NotSaved:
        return _question(id_, question_id, 503, Trouble("request", text=text, is_unsaved=True))
    notice("review.request_saved" if is_noted else "review.request_removed")
    return _go(id_, question_id, "request")


def _write_note(id_: str, question_id: str | None) -> Response | AnyResponse:
    form = TextForm()
    text, is_shared = form.text.data or "", form.shared.data == "yes"
    place = "shared" if is_shared else "private"
    site, actor = current.site(), current.actor()
    try:
        notes.write_note(
            site, actor, id_, current.now(), text=text, is_shared=is_shared, question_id=question_id
        )
    except Refused as refused:
        return _refused(id_, question_id, refused, Trouble(place, text=text))
    except NotSaved:
        return _again(id_, question_id, 503, Trouble(place, text=text, is_unsaved=True))
    notice("review.note_shared" if is_shared else "review.note_saved")
    return _go(id_, question_id, "notes")


def _refused(id_: str, question_id: str | None, refused: Refused, trouble: Trouble) -> Response:
    """The page again with what was typed; where its form is gone, the text to take along."""
    said = current.words().say(f"errors.refused.{refused.code}", **refused.parts)
    is_late = refused.code in LATE
    is_other = refused.code == "review.changed"
    told = Trouble(trouble.at, said, trouble.text, trouble.judge, is_late=is_late, is_other=is_other)
    status = 409 if refused.code in (*LATE, *STANDING) else 400
    return _again(id_, question_id, status, told)


def _again(id_: str, question_id: str | None, status: int, trouble: Trouble) -> Response:
    if question_id is None:
        return _overview(id_, status, trouble)
    return _question(id_, question_id, status, trouble)


def _overview(id_: str, status: int = 200, trouble: Trouble = NO_TROUBLE) -> Response:
    """The overview, with what stood in the way of what was sent."""
    opened = review.open_review(current.site(), current.actor(), id_)
    values = overview_page(pages_of(opened, wanted_of(request.args.get("show"))))
    return show("review/review.html.jinja", status, **values, trouble=trouble)


def _question(id_: str, question_id: str, status: int = 200, trouble: Trouble = NO_TROUBLE) -> Response:
    """The page of a question, with what stood in the way of what was sent."""
    found = open_reviewed_question(current.site(), current.actor(), id_, question_id)
    if trouble.clash is not None and found.by is not None:
        trouble = Trouble(trouble.at, judge=trouble.judge, clash=trouble.clash, clash_by=called(found.by))
    values = question_page(pages_of(found.opened, wanted_of(request.args.get("show"))), found, trouble)
    return show("review/question.html.jinja", status, **values)


def _go(id_: str, question_id: str | None = None, anchor: str | None = None) -> AnyResponse:
    """On to a page of the review, in the list that was chosen."""
    wanted = wanted_of(request.args.get("show"))
    more = {"_anchor": anchor} if anchor else {}
    return redirect(review_address(id_, wanted, question_id, **more), code=303)


def _back(id_: str) -> AnyResponse:
    """To the notes one came from: of a question, else of the whole."""
    question = request.form.get("question", "")
    return _go(id_, question if re.fullmatch(QUESTION_ID, question) else None, "notes")


DOOR = Door(
    pages,
    {
        "overview": "account",
        "accept": "account",
        "show_picture": "account",
        "write_whole_note": "account",
        "share_note": "account",
        "remove_note": "account",
        "show_question": "account",
        "judge": "account",
        "write_note": "account",
        "ask_again": "account",
    },
)
