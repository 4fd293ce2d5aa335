"""A review by keyboard: shortcuts that never take a key from somebody who writes, and can be turned off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.webapp.browser.conftest import Visit
from tests.webapp.browser.visiting import DESKTOP, PHONE
from tests.webapp.browser.world import World
from tests.webapp.views.reviewed import AMBITION, MEASURED

SECOND = f"/review/{MEASURED}"
"""The measurement comes second: it does not fit with the ambition."""


@pytest.fixture
def page(visit: Visit, world: World) -> Page:
    """The second question of a review."""
    return visit("reviewer", width=DESKTOP).go(f"/assessments/{world.assessments['reviewed']}{SECOND}")


def test_letters_lead_on_and_back(page: Page) -> None:
    page.keyboard.press("k")
    page.wait_for_url(f"**/review/{AMBITION}")
    page.keyboard.press("j")
    page.wait_for_url(f"**{SECOND}")

    assert page.locator("h1").inner_text() == "Måler dere hvor sirkulære dere er?"


def test_a_number_chooses_a_level(page: Page) -> None:
    page.keyboard.press("3")

    assert page.locator("#rating-3").is_checked()
    assert page.evaluate("document.activeElement.id") == "rating-3"


def test_what_is_written_is_no_shortcut(page: Page) -> None:
    page.locator("#reason").fill("")
    page.locator("#reason").press_sequentially("jk 3")

    assert page.locator("#reason").input_value() == "jk 3"
    assert page.url.endswith(SECOND)
    assert not page.locator("#rating-3").is_checked()


@pytest.mark.parametrize("keys", ["Control+3", "Alt+j", "Meta+k"])
def test_the_browsers_own_shortcuts_stay_its_own(page: Page, keys: str) -> None:
    page.keyboard.press(keys)
    page.wait_for_timeout(200)

    assert page.url.endswith(SECOND)
    assert not page.locator("#rating-3").is_checked()


def test_they_can_be_turned_off_for_good(page: Page) -> None:
    assert "Hurtigtaster: J neste" in page.locator("[data-keys]").inner_text()
    page.get_by_role("button", name="Slå av", exact=True).click()
    page.reload()
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("3")
    page.wait_for_timeout(200)

    assert "Hurtigtaster er av." in page.locator("[data-keys]").inner_text()
    assert page.url.endswith(SECOND)
    assert not page.locator("#rating-3").is_checked()


def test_what_is_not_saved_is_not_left_by_mistake(page: Page) -> None:
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.locator("#reason").fill("Ikke lagret.")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.wait_for_timeout(500)

    assert asked == ["beforeunload"]
    assert page.url.endswith(SECOND)
    assert page.locator("#reason").input_value() == "Ikke lagret."


def test_everything_works_without_scripts(visit: Visit, world: World) -> None:
    page = visit("reviewer", has_scripts=False).go(
        f"/assessments/{world.assessments['reviewed']}/review/use.own_assets"
    )
    assert not page.locator("[data-keys]").is_visible()

    page.locator("#rating-3").check(force=True)
    page.locator("button[value=stay]").click()

    assert "Vurderingen er lagret." in page.locator("main").inner_text()
    assert page.locator("#rating-3").is_checked()


def test_on_a_phone_the_rating_comes_before_the_past(visit: Visit, world: World) -> None:
    page = visit("reviewer", width=PHONE).go(f"/assessments/{world.assessments['reviewed']}{SECOND}")

    rating = page.locator(".desk .rate").bounding_box()
    past = page.locator(".desk .is-past").first.bounding_box()

    assert rating is not None
    assert past is not None
    assert rating["y"] + rating["height"] <= past["y"]
