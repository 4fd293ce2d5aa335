"""The rows of activities: what a company sees of them, and what those do who run the programme."""

from __future__ import annotations

from tests.webapp.browser import deeds
from tests.webapp.browser.offerings import activity_at, programme_at
from tests.webapp.browser.rows import PageRow, at

_LIST, _ONE, _FORM = "activities.show_list", "activities.show_activity", "activitydesk.edit"
_NEW = "activitydesk.begin"

OFFERINGS = (
    PageRow("activities", _LIST, "owner", at("/activities")),
    PageRow("activity registered", _ONE, "owner", activity_at("coming")),
    PageRow("activity waiting", _ONE, "member", activity_at("coming")),
    PageRow("activity open", _ONE, "owner", activity_at("open")),
    PageRow("activity over", _ONE, "owner", activity_at("over")),
    PageRow("activity called off", _ONE, "owner", activity_at("called_off")),
    PageRow("programme settings", "programme.edit", "staff", programme_at("/settings")),
    PageRow("programme new", "programme.begin", "staff", at("/programme/new")),
    PageRow(
        "programme nothing said", "programme.begin", "staff", at("/programme/new"), deeds.send_first_form, 400
    ),
    PageRow("programme partners", "programme.show_partners", "staff", programme_at("/partners")),
    PageRow("programme partner", "programme.edit_partner", "staff", programme_at("/partners/{partner}")),
    PageRow("programme activities", "activitydesk.show_list", "staff", programme_at("/activities")),
    PageRow("activity form", _FORM, "staff", programme_at("/activities/{over}"), deeds.open_everything),
    PageRow("gathering form", _FORM, "staff", programme_at("/activities/{coming}"), deeds.open_everything),
    PageRow(
        "activity new", _NEW, "staff", programme_at("/activities/new/webinar"), deeds.send_first_form, 400
    ),
    PageRow(
        "activity cancel", "activitydesk.think", "staff", programme_at("/activities/{coming}/cancellation")
    ),
    PageRow("activity files", "shownfiles.show_files", "staff", programme_at("/activities/{over}/files")),
    PageRow(
        "activity no file",
        "shownfiles.show_files",
        "staff",
        programme_at("/activities/{coming}/files"),
        deeds.send_first_form,
        400,
    ),
    PageRow("guests", "activitydesk.show_guests", "staff", programme_at("/activities/{coming}/attendance")),
    PageRow(
        "guests over", "activitydesk.show_guests", "staff", programme_at("/activities/{over}/attendance")
    ),
)
