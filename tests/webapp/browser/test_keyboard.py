"""A whole basic assessment with the keyboard alone, from the front page to the result."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.webapp.browser.conftest import Visit
from tests.webapp.browser.filed import without_reports
from tests.webapp.browser.keyboard import Keyboard
from tests.webapp.browser.visiting import DESKTOP, PHONE
from tests.webapp.browser.world import World

TYPED = {"name": "Tastaturverkstedet AS", "f.nace": "31.090", "f.employees": "18"}


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_from_the_front_page_to_the_result_with_the_keyboard_alone(
    visit: Visit, world: World, width: int
) -> None:
    visitor = visit(width=width)
    page = visitor.go("/")
    hands = Keyboard(page)
    hands.go("Prøv uten konto")
    hands.fill_form("Start", {})
    hands.fill_form("Lagre og gå videre", TYPED)
    while not page.url.endswith("/check"):
        last = page.locator(".save-bar button").first.inner_text()
        hands.fill_form(last, {})

    expect(page.locator("main")).to_contain_text("Alle spørsmålene er besvart.")
    with without_reports(world):
        hands.go("Send inn svarene")

    expect(page.locator("#verdict")).to_be_visible()
    assert not hands.wrong, "\n".join(hands.wrong)


def test_the_first_stop_leads_past_the_head_of_the_page(visit: Visit) -> None:
    visitor = visit(width=PHONE)
    page = visitor.go("/")
    hands = Keyboard(page)

    first = hands.tab()
    assert first is not None
    assert first.text == "Hopp til innholdet"
    hands.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
