"""The activities of programmes for the companies in them: a list, a page each, registering, the calendar."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotThere
from webapp.services import places
from webapp.services.activities import list_activities, open_activity, organisations_behind
from webapp.services.calendarfile import MEDIA_TYPE, calendar_file
from webapp.services.suggesting import suggested_to
from webapp.views.activitypage import groups_of, shown, shown_path
from webapp.views.documentpages import attachment
from webapp.views.page import go, notice, show

pages = Blueprint("activities", __name__, url_prefix="/<language:lang>/activities")


@pages.get("")
def show_list(lang: str) -> Response:  # noqa: ARG001
    """All that somebody may take part in, what comes first."""
    offered = list_activities(current.site(), current.actor(), current.now())
    behind = organisations_behind(current.site(), current.actor())
    paths = [shown_path(one) for one in suggested_to(current.site(), current.actor(), current.now())]
    several = len({one.programme_id for one in offered}) > 1
    return show(
        "activities/list.html.jinja",
        groups=groups_of(offered),
        paths=paths,
        has_several=several,
        behind=behind,
    )


@pages.get("/<id_>")
def show_activity(lang: str, id_: str) -> Response:  # noqa: ARG001
    """One activity."""
    found = open_activity(current.site(), current.actor(), id_, current.now())
    return show("activities/activity.html.jinja", found=found, shown=shown(found.activity))


@pages.post("/<id_>/registration")
def register(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Register for it, for one of one's companies."""
    site, actor, now = current.site(), current.actor(), current.now()
    found = open_activity(site, actor, id_, now)
    company = request.form.get("company", "") or _only(found.companies)
    seat = places.register(site, actor, id_, company, now)
    notice("activities.registered" if seat.waits_at is None else "activities.waiting")
    return go("activities.show_activity", id_=id_)


@pages.post("/<id_>/withdrawal")
def withdraw(lang: str, id_: str) -> AnyResponse:  # noqa: ARG001
    """Take one's registration back."""
    site = current.site()
    for job_id in places.withdraw(site, current.actor(), id_, current.now()):
        site.queue.poke(job_id)
    notice("activities.withdrawn")
    return go("activities.show_activity", id_=id_)


@pages.get("/<id_>/calendar.ics")
def take_calendar(lang: str, id_: str) -> Response:  # noqa: ARG001
    """The activity for a calendar."""
    name, content = calendar_file(current.site(), current.actor(), id_, current.language(), current.now())
    return attachment(name, content, MEDIA_TYPE)


def _only(companies: tuple[tuple[str, str], ...]) -> str:
    """The company of somebody who has one. Raises NotThere for those who have none, or must choose."""
    if len(companies) != 1:
        raise NotThere
    return companies[0][0]


DOOR = Door(
    pages,
    {
        "show_list": "account",
        "show_activity": "account",
        "register": "account",
        "withdraw": "account",
        "take_calendar": "account",
    },
)
