"""The wizard: profile, one section a page, check, hand in."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotSaved, Refused
from webapp.forms.commands import Command, carry_out, read_command
from webapp.forms.page import FormData, SectionInput, read_section
from webapp.services.answering import Said, Saved, save_answers
from webapp.services.opening import Opened, open_assessment
from webapp.services.sections import mark_section
from webapp.services.submitting import submit
from webapp.services.wizard import find_section, is_answered, questions_in, section_after, shown_of
from webapp.views.page import go, notice, show
from webapp.views.wizardpages import check_page, saved_json, section_page

pages = Blueprint("wizard", __name__, url_prefix="/<language:lang>/assessments/<id_>")


@pages.get("/sections/<section_id>")
def section(lang: str, id_: str, section_id: str) -> Response:  # noqa: ARG001
    """One section with its questions."""
    opened = _open(id_)
    return show("wizard/section.html.jinja", **section_page(opened, find_section(opened, section_id)))


@pages.post("/sections/<section_id>")
def save(lang: str, id_: str, section_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Save a section. What is wrong or clashes stays in the form; the rest is kept."""
    opened = _open(id_)
    part = find_section(opened, section_id)
    form = _form()
    command = read_command(form)
    said = _without_kept(
        read_section(questions_in(opened, part), _after_command(form, command), current.language())
    )
    try:
        saved = _keep(opened, said, confirms=True)
    except NotSaved:
        page = section_page(opened, part, said, is_unsaved=True)
        return show("wizard/section.html.jinja", 503, **page)
    if said.problems or saved.clashes:
        page = section_page(_open(id_), part, said, clashes=saved.clashes)
        return show("wizard/section.html.jinja", 400 if said.problems else 409, **page)
    if command is not None or "keep_theirs" in request.form:
        return _same_page(opened.id, section_id, command)
    return _after(opened, section_id)


@pages.post("/answers")
def autosave(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Save what a script sends while somebody is writing: any questions, in any section."""
    opened = _open(id_)
    questions = [planned.question for planned in opened.shelved.plan.questions]
    said = read_section(questions, _form(), current.language())
    saved = _keep(opened, said, is_touched=True)
    return jsonify(saved_json(opened.with_held(saved.held), said, saved))


@pages.get("/check")
def check(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Every answer on one page, with links to change it."""
    opened = _open(id_)
    if not opened.is_editable and opened.row.submissions:
        return go("result.show_result", id_=id_)
    return show("wizard/check.html.jinja", **check_page(opened))


@pages.get("/all")
def everything(lang: str, id_: str) -> Response:  # noqa: ARG001
    """Every question to read or print before answering."""
    return show("wizard/all.html.jinja", **check_page(_open(id_)))


@pages.post("/submit")
def hand_in(lang: str, id_: str) -> Response | AnyResponse:  # noqa: ARG001
    """Hand in, exactly once; a second press of the button leads to the same receipt."""
    site, after = current.site(), request.form.get("after", "")
    if not (after.isascii() and after.isdecimal() and len(after) < 6):
        raise Refused("submit.form_damaged")
    receipt = submit(site, current.actor(), id_, int(after), current.now())
    for job_id in receipt.jobs:
        site.queue.poke(job_id)
    if receipt.is_new:
        notice("wizard.handed_in", code=receipt.code)
    return go("result.show_result", id_=id_)


def _open(id_: str) -> Opened:
    return open_assessment(current.site(), current.actor(), id_)


def _form() -> dict[str, list[str]]:
    return dict(request.form.lists())


def _after_command(form: FormData, command: Command | None) -> FormData:
    return form if command is None else carry_out(form, command)


def _without_kept(said: SectionInput) -> SectionInput:
    """What was said, but for the question where somebody lets the other's answer stand."""
    theirs = request.form.get("keep_theirs", "")
    return SectionInput(tuple(one for one in said.questions if one.question.id != theirs))


def _same_page(id_: str, section_id: str, command: Command | None) -> AnyResponse:
    """Back to the section, at the question whose button was pressed."""
    question = command.question if command is not None else request.form["keep_theirs"]
    anchor = f"q-{question.replace('.', '-')}"
    return go("wizard.section", id_=id_, section_id=section_id, _anchor=anchor, **_came_from())


def _came_from() -> dict[str, str]:
    return {"from": "check"} if request.form.get("from") == "check" else {}


def _keep(opened: Opened, said: SectionInput, *, confirms: bool = False, is_touched: bool = False) -> Saved:
    good = [
        Said(one.question.id, one.answer, one.base, is_touched)
        for one in said.questions
        if one.answer is not None
    ]
    return save_answers(current.site(), current.actor(), opened.id, good, current.now(), confirms=confirms)


def _after(before: Opened, section_id: str) -> AnyResponse:
    """Where a saved section leads: out, back to the check, to what has just appeared, or on."""
    opened = _open(before.id)
    part, action = find_section(opened, section_id), request.form.get("action", "next")
    appeared = _appeared(before, opened, section_id)
    if action == "stay" or (action in ("next", "back") and appeared):
        notice("wizard.saved_more" if appeared else "wizard.saved")
        return go("wizard.section", id_=opened.id, section_id=section_id, _anchor=appeared, **_came_from())
    if action == "leave":
        notice("wizard.saved_and_left")
        return go("assessments.overview")
    is_done = action in ("next", "back") and is_answered(opened, part)
    try:
        mark_section(current.site(), current.actor(), opened.id, part.id, current.now(), is_done=is_done)
    except NotSaved:  # the answers are
        notice("wizard.saved_unmarked")
        return go("wizard.section", id_=opened.id, section_id=section_id, **_came_from())
    if action == "back":
        return go("wizard.check", id_=opened.id, _anchor=f"s-{part.id}")
    following = section_after(opened, section_id)
    if following is None:
        return go("wizard.check", id_=opened.id)
    return go("wizard.section", id_=opened.id, section_id=following)


def _appeared(before: Opened, after: Opened, section_id: str) -> str | None:
    """The first question of a section that was not asked before and is now; its place on the page."""
    old, new = shown_of(before), shown_of(after)
    for question in questions_in(after, find_section(after, section_id)):
        if new.is_asked(question.id) and not old.is_asked(question.id):
            return f"q-{question.id.replace('.', '-')}"
    return None


DOOR = Door(
    pages,
    {
        "section": "signed_in",
        "save": "signed_in",
        "autosave": "signed_in",
        "check": "signed_in",
        "everything": "signed_in",
        "hand_in": "signed_in",
    },
)
