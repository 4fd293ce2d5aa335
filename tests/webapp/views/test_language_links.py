"""The language can be changed wherever somebody is."""

from __future__ import annotations

import re
from html import unescape

from tests.webapp.views.targets import targets, visitor

NOBODYS = ("oidc.enter", "cohortanswers.accept", "cohortanswers.decline")
"""Forms of which this world has none that somebody may open: there is nothing to come back to."""


def test_the_language_can_be_changed_on_the_page_of_any_error() -> None:
    """The address a form goes to can often not be read; the links lead to the nearest one that can."""
    for endpoint, target in targets("sqlite").items():
        sender = visitor("sqlite", target.person).sender
        page = sender.send("POST", target.form.action.partition("#")[0], body=b"csrf=wrong")
        assert page.status == 400
        found = re.findall(r'<a href="([^"]+)" lang="(?:nb|nn|en)"', page.text)
        assert len(found) == 3, endpoint
        statuses = {sender.send("GET", unescape(place)).status for place in found}
        assert statuses <= {200, 303} or endpoint in NOBODYS, endpoint
