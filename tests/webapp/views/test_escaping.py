"""What people write is text on every page, whatever it looks like."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import pytest

from tests.webapp.views.pagecheck import check_page
from tests.webapp.views.walking import World, world_of
from tests.webapp.views.walks import method_of, step_of
from tests.webapp.views.walktable import TABLE

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)> {{7*7}} &amp; "
"""Ends an attribute, ends a tag, begins its own."""


@pytest.fixture(scope="module")
def world() -> World:
    return world_of("sqlite", EVIL)


@dataclass
class Scripts(HTMLParser):
    """What a browser would carry out."""

    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at a tag."""
        given = dict(attributes)
        src = given.get("src") or ""
        if tag == "script" and not src.startswith("/static/"):
            self.found.append(f"script {src}")
        self.found += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.found += [f"{tag} {src}" for _ in (1,) if tag == "img" and src == "x"]


@pytest.mark.parametrize("person", ["owner", "member", "advisor", "staff", "anonymous"])
def test_no_page_carries_out_what_somebody_wrote(world: World, person: str) -> None:
    client, seen = world.browser(person), 0
    for stop in TABLE:
        if method_of(world, stop) != "GET":
            continue
        answer = step_of(world, stop, "GET").take(client, None)
        if answer.mimetype != "text/html":
            continue
        scripts = Scripts()
        scripts.feed(answer.text)
        assert not scripts.found, (stop, scripts.found)
        assert "alert(1)</script>" not in answer.text, stop
        assert " 49 " not in answer.text or "{{7*7}}" in answer.text, stop
        seen += escape("<script>alert(1)</script>") in answer.text
        if answer.status_code != 303 and stop.endpoint != "result.show_report":
            check_page(answer.text, "nb")
    assert seen >= {"owner": 25, "member": 15, "advisor": 8, "staff": 3, "anonymous": 1}[person]


def test_what_was_written_is_written_again_as_it_was(world: World) -> None:
    """Escaped once: two ampersands in a row would show what nobody wrote."""
    client = world.browser("owner")
    for stop in TABLE:
        if method_of(world, stop) == "GET":
            answer = step_of(world, stop, "GET").take(client, None)
            if answer.mimetype == "text/html":
                assert "&amp;lt;script" not in answer.text, stop
