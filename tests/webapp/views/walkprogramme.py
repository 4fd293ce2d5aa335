"""Who is let in where in a programme: its activities, its partners, and what its staff do."""

from __future__ import annotations

from tests.webapp.views.stops import ADVISOR, COMPANY, NOBODY, OWNER, STAFF, STRANGER, Stop

INSIDE = COMPANY | ADVISOR | STAFF
A_FILE = {"file": "tabell.csv"}
"""Sent as a file: :func:`tests.webapp.views.walks.form_of`."""

COMING, PAST = {"id_": "@coming"}, {"id_": "@past"}
DESK = {"id_": "@programme"}
AT_COMING, AT_PAST = {**DESK, "activity_id": "@coming"}, {**DESK, "activity_id": "@past"}
TITLES = {f"title_{language}": "Noe nytt" for language in ("nb", "nn", "en")}
WRITTEN = {"code": "W9", "depth": "basic", "base": "1", **TITLES}
ABOUT = {"name": "Nytt program", "controller": "Eksempel fylke", "contact": "p@d.example"}
NEW = {**ABOUT, "source": "template"}

PROGRAMME = (
    Stop("activities.show_list", INSIDE | STRANGER),
    Stop("activities.show_activity", INSIDE, COMING),
    Stop("activities.show_activity", INSIDE, PAST),
    Stop("activities.register", COMPANY, COMING, form={"company": "@company"}),
    Stop("activities.register", COMPANY, PAST, refuses=COMPANY, form={"company": "@company"}),
    Stop("activities.register", NOBODY, COMING, form={"company": "@other_company"}),
    Stop("activities.withdraw", OWNER, COMING),
    Stop("activities.take_calendar", INSIDE, COMING),
    Stop("programme.begin", STAFF),
    Stop("programme.edit", STAFF, DESK),
    Stop("programme.save", STAFF, DESK, form={**ABOUT, "base": "@programme_base"}),
    Stop("programme.set_up", STAFF, form=NEW),
    Stop("programme.set_up", NOBODY, form={**NEW, "source": "@other_programme"}),
    Stop("programme.show_partners", STAFF, DESK),
    Stop("programme.add_partner", STAFF, DESK, form={"name": "Ny", "roles": "reader"}),
    Stop("programme.edit_partner", STAFF, {**DESK, "partner_id": "@partner"}),
    # Made of nothing that was ever there: refused, whoever runs the programme.
    Stop(
        "programme.save_partner",
        STAFF,
        {**DESK, "partner_id": "@partner"},
        refuses=STAFF,
        form={"name": "Ny", "roles": "reader", "base": "0"},
    ),
    Stop("programme.remove_partner", STAFF, {**DESK, "partner_id": "@partner"}),
    Stop("programme.take_file", STAFF, DESK),
    Stop("activitydesk.show_list", STAFF, DESK),
    Stop("activitydesk.begin", STAFF, {**DESK, "kind": "webinar"}),
    Stop("activitydesk.add", STAFF, {**DESK, "kind": "webinar"}, form=WRITTEN),
    Stop("activitydesk.edit", STAFF, AT_COMING),
    Stop("activitydesk.save", STAFF, AT_COMING, form=WRITTEN),
    Stop("activitydesk.think", STAFF, AT_COMING),
    Stop("activitydesk.cancel", STAFF, AT_COMING),
    Stop("activitydesk.show_guests", STAFF, AT_COMING, shows=frozenset({"names"})),
    Stop("activitydesk.show_guests", STAFF, AT_PAST),
    Stop("activitydesk.mark", STAFF, AT_PAST, form={"there": "@company"}),
    Stop("shownfiles.show_files", STAFF, AT_PAST),
    Stop("shownfiles.upload", STAFF, AT_PAST, form=A_FILE),
    Stop("shownfiles.remove", STAFF, {**AT_PAST, "file_id": "@shown_file"}),
    Stop("shownfiles.download", INSIDE, {"activity_id": "@past", "file_id": "@shown_file"}),
    Stop("shownfiles.download", NOBODY, {"activity_id": "@coming", "file_id": "@shown_file"}),
    # An activity of one programme is not there in another.
    Stop("activitydesk.edit", NOBODY, {**AT_COMING, "id_": "@other_programme"}),
    Stop("activitydesk.cancel", NOBODY, {**AT_COMING, "id_": "@other_programme"}),
    Stop("programme.edit_partner", NOBODY, {"id_": "@other_programme", "partner_id": "@partner"}),
    Stop("programme.remove_partner", NOBODY, {"id_": "@other_programme", "partner_id": "@partner"}),
)
