"""The tables of a gathering for those who run its programme: settings, rules, proposals, seats by hand."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from assessment.gathering.seats import SeatingRefused
from webapp.auth import current
from webapp.auth.access import Door
from webapp.errors import NotThere
from webapp.forms.gathering import (
    LEANINGS,
    MODES,
    SettingsForm,
    read_number,
    read_rule,
    settings_form,
)
from webapp.services import gatheringseats
from webapp.views.activitypage import shown
from webapp.views.gatheringdesk import turn
from webapp.views.gatheringpage import name, refusal_words, rule_words, standing_names, table_views
from webapp.views.page import go, notice, show

pages = Blueprint(
    "gatheringtables",
    __name__,
    url_prefix="/<language:lang>/programme/<id_>/activities/<activity_id>/gathering/tables",
)


@pages.get("")
def show_tables(lang: str, id_: str, activity_id: str) -> Response:  # noqa: ARG001
    """Who sits where and why, and the ways to change it."""
    return _page(id_, activity_id)


@pages.post("/settings")
def save_settings(lang: str, id_: str, activity_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Keep sizes and wishes."""
    form = SettingsForm()
    if not form.validate():
        return _page(id_, activity_id, 400, form=form)
    gatheringseats.save_settings(turn(id_, activity_id), form.settings())
    notice("gatherings.settings_saved")
    return _back(id_, activity_id)


@pages.post("/rules")
def add_rule(lang: str, id_: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Add a rule."""
    form = request.form
    rule = read_rule(form.get("kind", ""), form.get("of", ""), form.getlist("members"))
    if rule is None:
        raise NotThere
    gatheringseats.add_rule(turn(id_, activity_id), rule)
    notice("gatherings.rule_added")
    return _back(id_, activity_id, "rules")


@pages.post("/rules/<int:number>/removal")
def remove_rule(lang: str, id_: str, activity_id: str, number: int) -> AnyResponse:  # noqa: ARG001
    """Take a rule out, by its number from 1."""
    gatheringseats.remove_rule(turn(id_, activity_id), number - 1)
    notice("gatherings.rule_removed")
    return _back(id_, activity_id, "rules")


@pages.post("/proposal")
def propose(lang: str, id_: str, activity_id: str) -> Response | AnyResponse:  # noqa: ARG001
    """Seat everybody; where that cannot be, say which rules stand in the way."""
    try:
        gatheringseats.propose(turn(id_, activity_id), keeps_locked=request.form.get("from") != "nothing")
    except SeatingRefused as refused:
        return _page(id_, activity_id, 409, refused=refused)
    notice("gatherings.proposed")
    return _back(id_, activity_id, "seats")


@pages.post("/moves")
def move(lang: str, id_: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Put somebody at another table."""
    person, table = request.form.get("person", ""), read_number(request.form.get("table", ""))
    gatheringseats.move(turn(id_, activity_id), person, table - 1)
    notice("gatherings.moved")
    return _back(id_, activity_id, "seats")


@pages.post("/swaps")
def swap(lang: str, id_: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Have two people change places."""
    form = request.form
    gatheringseats.swap(turn(id_, activity_id), form.get("person", ""), form.get("other", ""))
    notice("gatherings.moved")
    return _back(id_, activity_id, "seats")


@pages.post("/locks")
def keep_seats(lang: str, id_: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Lock the seats that are ticked and no other."""
    gatheringseats.keep_seats(turn(id_, activity_id), request.form.getlist("locked"))
    notice("gatherings.locks_saved")
    return _back(id_, activity_id, "seats")


@pages.post("/publication")
def publish(lang: str, id_: str, activity_id: str) -> AnyResponse:  # noqa: ARG001
    """Show people their tables, or no longer."""
    is_open = request.form.get("open") == "yes"
    gatheringseats.publish(turn(id_, activity_id), is_open=is_open)
    notice("gatherings.is_published" if is_open else "gatherings.is_unpublished")
    return _back(id_, activity_id)


def _page(
    id_: str,
    activity_id: str,
    status: int = 200,
    *,
    form: SettingsForm | None = None,
    refused: SeatingRefused | None = None,
) -> Response:
    found = gatheringseats.open_seating(current.site(), current.actor(), id_, activity_id)
    room = found.room
    return show(
        "gatherings/tables.html.jinja",
        status,
        found=found,
        room=room,
        shown=shown(room.activity),
        form=form or settings_form(room.settings),
        modes=MODES,
        leanings=LEANINGS,
        tables=table_views(found),
        standing=standing_names(found),
        people=[(one.person_id, name(room, one.person_id)) for one in room.guests],
        rules=[rule_words(room, rule) for rule in room.settings.rules],
        refusal=None if refused is None else refusal_words(room, refused),
    )


def _back(id_: str, activity_id: str, anchor: str | None = None) -> AnyResponse:
    return go("gatheringtables.show_tables", id_=id_, activity_id=activity_id, _anchor=anchor)


DOOR = Door(
    pages,
    {
        "show_tables": "account",
        "save_settings": "account",
        "add_rule": "account",
        "remove_rule": "account",
        "propose": "account",
        "move": "account",
        "swap": "account",
        "keep_seats": "account",
        "publish": "account",
    },
)
