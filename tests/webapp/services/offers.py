"""A programme with activities in front of and behind the tests' moment, and who takes part in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.webapp.sites import NOW
from webapp.services import activitydesk
from webapp.services.actor import Actor
from webapp.services.site import Site

TOMORROW = NOW + timedelta(days=1)
LONG_AGO = NOW - timedelta(days=30)


def written(code: str = "W1", kind: str = "webinar", **said: Any) -> dict[str, Any]:
    """What stands in a file of an activity that is called as its code is."""
    title = dict.fromkeys(("nb", "nn", "en"), f"Aktivitet {code}")
    return {"id": code, "title": title, "depth": "basic", "kind": kind, **said}


def an_activity(
    site: Site,
    staff: Actor,
    programme: str,
    code: str = "W1",
    kind: str = "webinar",
    *,
    starts: datetime | None = TOMORROW,
    **said: Any,
) -> str:
    """The id of a new activity, checked and kept as staff do it."""
    when = {} if starts is None else {"starts": starts.strftime("%Y-%m-%dT%H:%M:%SZ")}
    form = activitydesk.open_form(site, staff, programme)
    activity = activitydesk.checked(site, form, written(code, kind, **when, **said))
    return activitydesk.save(site, staff, programme, None, activity, base=0, now=NOW)[0]
