"""A gathering for those who run its programme: its cohort, who comes, whose pre-work is done, and topics."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.forms.gathering import read_number
from webapp.services import gatheringdesk
from webapp.services.gatheringpapers import list_papers
from webapp.services.gatherings import Turn
from webapp.views.activitypage import shown
from webapp.views.gatheringpage import paper_views, questionnaire_titles, topic_text
from webapp.views.page import go, notice, show

pages = Blueprint(
    "gatheringdesk",
    __name__,
    url_prefix="/<language:lang>/programme/<id_>/activities/<activity_id>/gathering",
)


@pages.get("")
def show_desk(lang: str, id_: str, activity_id: str) -> Response:  # noqa: ARG001
    """Everything that is prepared, and the ways to it."""
    found = _opened(id_, activity_id)
    site, actor = current.site(), current.actor()
    papers = () if found.room is None else list_papers(site, actor, id_, activity_id)
    return show(
        "gatherings/desk.html.jinja",
        found=found,
        papers=paper_views(papers),
        shown=shown(found.activity),
        titles=questionnaire_titles,
        topic_text=topic_text,
    )


@pages.post("/cohort")
def choose_cohort(lang: str, id_: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Say whose consents count, and begin."""
    site, cohort = current.site(), request.form.get("cohort", "")
    gatheringdesk.choose_cohort(site, current.actor(), id_, activity_id, cohort_id=cohort, now=current.now())
    notice("gatherings.cohort_chosen")
    return go("gatheringdesk.show_desk", id_=id_, activity_id=activity_id)


@pages.get("/guests")
def show_guests(lang: str, id_: str, activity_id: str) -> Response:  # noqa: ARG001
    """Who is there, and who leads a table."""
    found = _opened(id_, activity_id)
    return show("gatherings/guests.html.jinja", found=found, shown=shown(found.activity))


@pages.post("/guests")
def save_guests(lang: str, id_: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Keep it."""
    gatheringdesk.save_guests(
        turn(id_, activity_id),
        asked=request.form.getlist("asked"),
        there=request.form.getlist("there"),
        facilitators=request.form.getlist("leads"),
    )
    notice("gatherings.guests_saved")
    return go("gatheringdesk.show_desk", id_=id_, activity_id=activity_id)


@pages.post("/topics")
def make_topics(lang: str, id_: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Make the list of shared topics, once."""
    gatheringdesk.make_topics(turn(id_, activity_id))
    notice("gatherings.topics_are_made")
    return go("gatheringdesk.show_desk", id_=id_, activity_id=activity_id, _anchor="topics")


def turn(id_: str, activity_id: str) -> Turn:
    """Who changes a gathering by a form, as it stood on its page."""
    base = read_number(request.form.get("base", ""))
    return Turn(current.site(), current.actor(), id_, activity_id, base, current.now())


def _opened(id_: str, activity_id: str) -> gatheringdesk.Desk:
    return gatheringdesk.open_desk(current.site(), current.actor(), id_, activity_id, current.now())


DOOR = Door(
    pages,
    {
        "show_desk": "account",
        "choose_cohort": "account",
        "show_guests": "account",
        "save_guests": "account",
        "make_topics": "account",
    },
)
