"""The rows of gatherings: where they are prepared, and what those who come see of them."""

from __future__ import annotations

from tests.webapp.browser import deeds
from tests.webapp.browser.gatherings import desk_at, own_at
from tests.webapp.browser.rows import PageRow

_TABLES, _IDEAS = "gatheringtables.show_tables", "gatherings.show_ideas"

GATHERINGS = (
    PageRow("gathering begin", "gatheringdesk.show_desk", "staff", desk_at(name="unprepared")),
    PageRow("gathering desk", "gatheringdesk.show_desk", "staff", desk_at()),
    PageRow("gathering guests", "gatheringdesk.show_guests", "staff", desk_at("/guests")),
    PageRow("gathering tables", _TABLES, "staff", desk_at("/tables"), deeds.open_everything),
    PageRow("gathering refused", _TABLES, "staff", desk_at("/tables"), deeds.send_first_form, 409),
    PageRow("gathering own", "gatherings.show_own", "owner", own_at()),
    PageRow("gathering own advisor", "gatherings.show_own", "advisor", own_at()),
    PageRow("ideas", _IDEAS, "owner", own_at("/ideas?table=1"), deeds.open_everything),
    PageRow("ideas nothing said", _IDEAS, "owner", own_at("/ideas"), deeds.send_first_form, 400),
    PageRow("ideas staff", _IDEAS, "staff", own_at("/ideas")),
)
