"""The activities of a programme for those who run it: writing and cancelling them, and who was there."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from questionnaires.programme import ProgrammeActivity
from questionnaires.values import Language
from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotThere, Refused
from webapp.forms.activity import ActivityForm, content_of, field_of, read_form, shown_form
from webapp.services import activitydesk
from webapp.services.activitydesk import ActivityProblems, OpenForm
from webapp.services.shelf import Shelved
from webapp.views.activitypage import shown, when_of
from webapp.views.page import go, notice, show

pages = Blueprint("activitydesk", __name__, url_prefix="/<language:lang>/programme/<id_>/activities")

KINDS = ("webinar", "gathering", "recording", "guide")


@pages.get("")
def show_list(lang: str, id_: str) -> Response:  # noqa: ARG001
    """All of them, and the ways to more."""
    found = activitydesk.open_list(current.site(), current.actor(), id_, current.now())
    parts = [
        (part, [one for one in found.lines if one.activity.depth == part]) for part in ("basic", "advanced")
    ]
    return show("programme/activities.html.jinja", found=found, parts=parts, kinds=KINDS, when_of=when_of)


@pages.get("/new/<kind>")
def begin(lang: str, id_: str, kind: str) -> Response:  # noqa: ARG001
    """The form of a new one."""
    opened = _opened(id_)
    if kind not in KINDS:
        raise NotThere
    empty = ProgrammeActivity.model_construct(
        id=activitydesk.free_code(opened, kind), kind=kind, depth="basic"
    )
    return _form(opened, shown_form(empty, 0, current.site().zone, is_new=True))


@pages.post("/new/<kind>")
def add(lang: str, id_: str, kind: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep a new one."""
    opened = _opened(id_)
    if kind not in KINDS:
        raise NotThere
    return _save(opened, None, kind)


@pages.get("/<activity_id>")
def edit(lang: str, id_: str, activity_id: str) -> Response:  # noqa: ARG001
    """The form of one that is there."""
    opened = _opened(id_, activity_id)
    assert opened.activity is not None
    return _form(opened, shown_form(opened.activity, opened.version, current.site().zone, is_new=False))


@pages.post("/<activity_id>")
def save(lang: str, id_: str, activity_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep what was changed."""
    opened = _opened(id_, activity_id)
    assert opened.activity is not None
    return _save(opened, activity_id, opened.activity.kind)


@pages.get("/<activity_id>/cancellation")
def think(lang: str, id_: str, activity_id: str) -> Response:  # noqa: ARG001
    """What cancelling one means."""
    opened = _opened(id_, activity_id)
    assert opened.activity is not None
    return show("programme/cancel.html.jinja", found=opened, shown=shown(opened.activity))


@pages.post("/<activity_id>/cancellation")
def cancel(lang: str, id_: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Cancel one, and have everybody told who has registered."""
    site = current.site()
    for job_id in activitydesk.cancel(site, current.actor(), id_, activity_id, current.now()):
        site.queue.poke(job_id)
    notice("activities.is_cancelled")
    return go("activitydesk.show_list", id_=id_)


@pages.get("/<activity_id>/attendance")
def show_guests(lang: str, id_: str, activity_id: str) -> Response:  # noqa: ARG001
    """Who registered, and who was there."""
    found = activitydesk.open_guests(current.site(), current.actor(), id_, activity_id, current.now())
    return show("programme/guests.html.jinja", found=found, shown=shown(found.activity))


@pages.post("/<activity_id>/attendance")
def mark(lang: str, id_: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Say who was there."""
    activitydesk.mark_attendance(
        current.site(),
        current.actor(),
        id_,
        activity_id,
        marked=request.form.getlist("there"),
        shown=request.form.getlist("shown"),
        now=current.now(),
    )
    notice("activities.marked")
    return go("activitydesk.show_guests", id_=id_, activity_id=activity_id)


def _opened(programme_id: str, activity_id: str | None = None) -> OpenForm:
    return activitydesk.open_form(current.site(), current.actor(), programme_id, activity_id)


def _save(opened: OpenForm, activity_id: str | None, kind: str) -> Response | AnyResponse:
    site = current.site()
    form = read_form(dict(request.form.lists()))
    form.values["kind"] = kind
    content = content_of(form, site.zone, opened.activity)
    if form.errors:
        return _form(opened, form, 400)
    try:
        activity = activitydesk.checked(site, opened, content)
    except ActivityProblems as found:
        language = current.language()
        for problem in found.problems:
            form.errors.setdefault(field_of(problem.place.path), f"{problem.message_in(language)}.")
        return _form(opened, form, 400)
    actor, programme_id = current.actor(), opened.programme_id
    try:
        _, jobs = activitydesk.save(
            site, actor, programme_id, activity_id, activity, base=form.base, now=current.now()
        )
    except Refused as refused:
        return _refused(_opened(programme_id, activity_id), form, refused)
    for job_id in jobs:
        site.queue.poke(job_id)
    notice("activities.saved")
    return go("activitydesk.show_list", id_=programme_id)


def _refused(opened: OpenForm, form: ActivityForm, refused: Refused) -> Response:
    """The form with what was typed, where a code is taken or somebody else was faster; else as anywhere."""
    if refused.code == "activities.code_taken":
        form.errors["code"] = current.words().say(f"errors.refused.{refused.code}", **refused.parts)
        return _form(opened, form, 409)
    if refused.code != "activities.changed_meanwhile":
        raise refused
    return _form(opened, replace(form, base=opened.version), 409, is_late=True)


def _form(opened: OpenForm, form: ActivityForm, status: int = 200, *, is_late: bool = False) -> Response:
    language = current.language()
    questionnaires = [(one.id, one.title(language)) for one in current.site().shelf.offered]
    asked = [(one.title(language), _codes(one, language)) for one in current.site().shelf.offered]
    basics = [(one.id, getattr(one.title, language)) for one in opened.others if one.depth == "basic"]
    return show(
        "programme/activity.html.jinja",
        status,
        found=opened,
        form=form,
        is_late=is_late,
        questionnaires=questionnaires,
        asked=asked,
        basics=basics,
    )


def _codes(shelved: Shelved, language: Language) -> list[tuple[str, str]]:
    """Each question's code, which the form asks for, and its text."""
    questionnaire = shelved.plan.questionnaire
    texts = questionnaire.words(language)
    return [
        (question.id, texts[f"questions/{question.id}/text"]) for _, question in questionnaire.questions()
    ]


DOOR = Door(
    pages,
    {
        "show_list": "account",
        "begin": "account",
        "add": "account",
        "edit": "account",
        "save": "account",
        "think": "account",
        "cancel": "account",
        "show_guests": "account",
        "mark": "account",
    },
)
