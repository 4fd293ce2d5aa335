"""The head of every page on a phone: one low row, and a menu that opens without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.webapp.browser.conftest import Visit
from tests.webapp.browser.keyboard import Keyboard
from tests.webapp.browser.visiting import DESKTOP, HEIGHT, NARROW, PHONE

MOST_PIXELS = 64
PATHS = ("/assessments", "/account", "/portfolio")


@pytest.mark.parametrize("who", ["owner", "long", "advisor"])
def test_it_is_one_row(visit: Visit, who: str) -> None:
    visitor = visit(who, width=NARROW)
    for path in PATHS:
        page = visitor.go(path)
        for width in (NARROW, PHONE):
            page.set_viewport_size({"width": width, "height": HEIGHT})

            assert page.locator(".site-head").evaluate("head => head.offsetHeight") <= MOST_PIXELS, path


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_menu_holds_the_ways_and_the_languages(visit: Visit, has_scripts: bool) -> None:
    visitor = visit("owner", width=PHONE, has_scripts=has_scripts)
    page = visitor.go("/assessments")
    expect(page.get_by_role("navigation", name="Språk")).to_be_hidden()

    page.locator(".site-menu summary", has_text="Meny").click()

    menu = page.get_by_role("navigation", name="Meny")
    expect(menu.get_by_role("link", name="Min side", exact=True)).to_be_visible()
    expect(menu.get_by_role("button", name="Logg ut")).to_be_visible()
    page.get_by_role("navigation", name="Språk").get_by_role("link", name="English").click()
    assert page.url.endswith("/en/assessments")


def test_the_menu_is_opened_and_used_with_the_keyboard(visit: Visit) -> None:
    page = visit("owner", width=PHONE).go("/assessments")
    hands = Keyboard(page)
    hands.reach("Meny")
    hands.press("Enter")

    hands.go("Nynorsk")

    assert page.url.endswith("/nn/assessments")
    assert not hands.wrong, "\n".join(hands.wrong)


def test_there_is_no_menu_to_open_where_there_is_room(visit: Visit) -> None:
    page = visit("owner", width=DESKTOP).go("/assessments")

    expect(page.locator(".site-menu")).to_be_hidden()
    expect(page.get_by_role("link", name="Kari Nordmann")).to_be_visible()
