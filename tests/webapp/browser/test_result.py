"""The pages after handing in, in a browser: what scripts add, and that nothing is lost without them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.webapp.browser.conftest import Visit
from tests.webapp.browser.visiting import DESKTOP, PHONE, Visitor
from tests.webapp.browser.world import World

ANSWER = "label[for='q-insight-measurement-1']"
PATIENCE_MS = 120_000
"""Until a worker that has much to do has made one more report."""

NOW, THEN = ".side >> nth=0", ".side >> nth=1"


def what_if(visitor: Visitor, world: World) -> None:
    """Open the sandbox of what the owner has handed in."""
    visitor.go(f"/assessments/{world.assessments['submitted']}/what-if")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_level_moves_as_an_answer_is_changed(visit: Visit, world: World, width: int) -> None:
    visitor = visit("owner", width=width)
    what_if(visitor, world)
    expect(visitor.page.locator(THEN)).to_contain_text("Under utvikling")

    visitor.page.locator(ANSWER).click()

    expect(visitor.page.locator(THEN)).to_contain_text("Etablert")
    expect(visitor.page.locator(NOW)).to_contain_text("Under utvikling")
    assert len(visitor.watch.documents) == 1
    assert visitor.page.evaluate("document.activeElement.id") == "q-insight-measurement-1"
    expect(visitor.page.locator("#q-insight-measurement.is-changed")).to_have_count(1)


def test_without_scripts_the_button_does_it(visit: Visit, world: World) -> None:
    visitor = visit("owner", has_scripts=False)
    what_if(visitor, world)

    visitor.page.locator(ANSWER).click()
    visitor.press("Regn ut")

    assert "Etablert" in visitor.page.locator(THEN).inner_text()
    assert visitor.page.locator("#q-insight-measurement-1").is_checked()


def test_what_is_reached_by_keyboard_is_not_hidden_behind_the_levels(visit: Visit, world: World) -> None:
    visitor = visit("owner", width=PHONE)
    what_if(visitor, world)
    visitor.page.locator("#add").focus()

    hidden = []
    for _ in range(40):
        visitor.page.keyboard.press("Shift+Tab")
        hidden += visitor.page.evaluate(
            """() => {
                const focused = document.activeElement, bar = document.querySelector(".standing");
                if (bar.contains(focused) || !focused.closest(".tries")) return [];
                const box = focused.getBoundingClientRect(), over = bar.getBoundingClientRect();
                return box.top < over.bottom - 1 ? [focused.id] : [];
            }"""
        )

    assert hidden == []


def test_a_report_that_is_being_made_appears_by_itself(visit: Visit, world: World) -> None:
    visitor = visit("owner")
    visitor.go(f"/assessments/{world.assessments['submitted']}/result")
    documents = visitor.page.locator("#document-list")
    was_there = documents.get_by_role("link", name="Last ned på nynorsk").count()

    documents.get_by_role("button", name="Lag på nynorsk").first.click()
    visitor.page.wait_for_load_state()
    seen = len(visitor.watch.documents)

    links = visitor.page.locator("#document-list").get_by_role("link", name="Last ned på nynorsk")
    expect(links).to_have_count(was_there + 1, timeout=PATIENCE_MS)
    assert len(visitor.watch.documents) == seen


def test_a_link_to_a_dimension_opens_it(visit: Visit, world: World) -> None:
    visitor = visit("owner")
    visitor.go(f"/assessments/{world.assessments['submitted']}/result")
    assert not visitor.page.locator("#dimension-insight").evaluate("part => part.open")

    visitor.follow("Måling og kompetanse")

    expect(visitor.page.locator("#dimension-insight")).to_have_attribute("open", "")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_page_offers_printing_where_it_can(visit: Visit, world: World, has_scripts: bool) -> None:
    visitor = visit("owner", has_scripts=has_scripts)

    visitor.go(f"/assessments/{world.assessments['submitted']}/result")

    assert visitor.page.get_by_role("button", name="Skriv ut siden").is_visible() is has_scripts


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_whole_report_is_shown_with_its_styles(visit: Visit, world: World, width: int) -> None:
    visitor = visit("owner", width=width)

    page = visitor.go(f"/assessments/{world.assessments['submitted']}/report")

    assert page.evaluate("getComputedStyle(document.querySelector('h2')).borderBottomStyle") == "solid"
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"
    assert page.evaluate("[...document.fonts].some((face) => face.family.includes('Source Sans 3'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
