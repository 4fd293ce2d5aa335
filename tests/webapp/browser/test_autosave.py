"""What is typed is saved as it is typed, and the page says truly whether it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect

from tests.webapp.browser.conftest import Visit
from tests.webapp.browser.visiting import Visitor, sign_in
from tests.webapp.browser.world import World

SECTION = "insight"
QUESTION = "insight.measurement"
ASKED_MS = 7_000
"""Until a link no longer waits for what cannot be saved."""

HELD_MS = 300
"""How long a save is held back to see that the page waits."""

PATIENCE_MS = 60_000
"""Until the page has tried again, however long it waits between two tries."""


def opened(visitor: Visitor, world: World) -> Page:
    """The section, with the question's comment unfolded."""
    page = visitor.go(f"/assessments/{world.assessments['empty']}/sections/{SECTION}")
    summary = page.locator(f"[data-slot='{QUESTION}'] .question-beside summary")
    if not comment(page).is_visible():
        summary.click()
    return page


def comment(page: Page) -> Locator:
    """Where something is written about the question."""
    return page.locator(f"[name='q.{QUESTION}.comment']")


def choice(page: Page, value: str) -> Locator:
    """One choice of the question."""
    return page.locator(f"[name='q.{QUESTION}'][value='{value}']")


def told(page: Page) -> Locator:
    """What the page says about saving."""
    return page.locator("[data-save-state]")


def save_choice(page: Page, value: str) -> None:
    """Choose, and see it saved."""
    if not choice(page, value).is_checked():
        with page.expect_response("**/answers"):
            choice(page, value).check()
        expect_saved(page)


def expect_saved(page: Page) -> None:
    """The page says that everything is saved, and when."""
    expect(told(page)).to_have_attribute("data-state", "saved", timeout=PATIENCE_MS)
    expect(told(page)).to_contain_text("Lagret kl.")


def questions(page: Page) -> list[str]:
    """What kinds of boxes the browser shows from now on; each is answered with no."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", answer)
    return asked


def test_typing_saves_without_a_button_and_is_there_again(visit: Visit, world: World) -> None:
    page = opened(visit("owner"), world)

    comment(page).press_sequentially("Vi måler avfallet hver måned.")
    expect_saved(page)
    save_choice(page, "2")

    page.reload()
    expect(comment(page)).to_have_value("Vi måler avfallet hver måned.")
    expect(choice(page, "2")).to_be_checked()


def test_what_is_said_about_saving_is_seen_from_the_top_of_a_long_page(visit: Visit, world: World) -> None:
    page = visit("owner").go(f"/assessments/{world.assessments['wide']}/sections/strategy")
    page.locator("[name='q.strategy.ambition'][value='1']").check()

    expect(told(page)).to_contain_text("Lagret kl.")
    expect(told(page)).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") < 500


def test_while_the_server_is_away_the_page_says_so_and_saves_when_it_is_back(
    visit: Visit, world: World
) -> None:
    visitor = visit("owner", is_lenient=True)
    page = opened(visitor, world)
    world.server.kill()
    try:
        comment(page).fill("Skrevet mens tjeneren var borte")
        expect(told(page)).to_have_attribute("data-state", "unsaved")
        expect(told(page)).to_contain_text("blir stående her")
        expect(comment(page)).to_have_value("Skrevet mens tjeneren var borte")
    finally:
        world.server.start()

    expect_saved(page)
    page.reload()
    expect(comment(page)).to_have_value("Skrevet mens tjeneren var borte")


def test_without_a_network_nothing_is_lost(visit: Visit, world: World) -> None:
    visitor = visit("owner", is_lenient=True)
    page = opened(visitor, world)
    visitor.context.set_offline(True)

    comment(page).fill("Skrevet uten nett")
    expect(told(page)).to_contain_text("Ingen forbindelse")
    visitor.context.set_offline(False)

    expect_saved(page)
    page.reload()
    expect(comment(page)).to_have_value("Skrevet uten nett")


def test_somebody_who_was_signed_out_elsewhere_is_told_and_signs_in_again(visit: Visit, world: World) -> None:
    visitor = visit("owner", is_lenient=True)
    page = opened(visitor, world)
    other = visitor.context.new_page()
    other.goto(visitor.path("/assessments"))
    other.locator(".site-menu summary").click()
    other.locator(".site-nav").get_by_role("button", name="Logg ut").click()
    expect(other.locator(".notice")).to_contain_text("logget ut")

    comment(page).fill("Skrevet etter utlogging")
    expect(told(page)).to_contain_text("Du er logget ut.")
    expect(comment(page)).to_have_value("Skrevet etter utlogging")
    sign_in(visitor.context, world, world.session("owner"))

    expect_saved(page)
    page.reload()
    expect(comment(page)).to_have_value("Skrevet etter utlogging")


def test_a_mistake_is_shown_when_the_field_is_left_and_goes_when_it_is_mended(
    visit: Visit, world: World
) -> None:
    visitor = visit("owner")
    page = visitor.go(f"/assessments/{world.assessments['wide']}/sections/recovery")
    field = page.locator("main input[inputmode=decimal]:visible").first
    slot = page.locator(f"[data-slot]:has([id='{field.get_attribute('id')}'])")

    field.fill("omtrent ti")
    field.press("Tab")
    expect(slot.locator("[data-live-problem]")).to_be_visible()
    expect(field).to_have_value("omtrent ti")
    expect(told(page)).not_to_contain_text("Lagret")

    field.fill("10")
    expect(slot.locator("[data-live-problem]")).to_have_count(0, timeout=PATIENCE_MS)
    expect_saved(page)


def test_what_was_just_typed_is_saved_before_a_link_leads_on(visit: Visit, world: World) -> None:
    visitor = visit("owner")
    page = opened(visitor, world)
    asked = questions(page)

    comment(page).fill("Skrevet rett før lenken")
    page.locator(".back a").click()
    page.wait_for_url(f"**/{world.assessments['empty']}")

    assert asked == []
    expect(comment(opened(visitor, world))).to_have_value("Skrevet rett før lenken")


def test_whoever_leaves_what_cannot_be_saved_is_asked_first(visit: Visit, world: World) -> None:
    visitor = visit("owner", is_lenient=True)
    page = opened(visitor, world)
    asked = questions(page)
    visitor.context.set_offline(True)

    comment(page).fill("Skrevet uten nett, så en lenke")
    page.locator(".back a").click()
    page.wait_for_timeout(ASKED_MS)
    assert asked == ["beforeunload"]
    visitor.context.set_offline(False)

    expect_saved(page)


def test_the_reason_is_asked_for_calmly_until_it_was_left_empty(visit: Visit, world: World) -> None:
    page = visit("owner").go(f"/assessments/{world.assessments['wide']}/sections/strategy")
    slot = page.locator("[data-slot]:has([value='not_applicable']):visible").first
    problem = slot.locator("[data-live-problem]")

    with page.expect_response("**/answers"):
        slot.locator("[value='not_applicable']").check()
    expect(problem).to_have_text("Ikke lagret ennå: skriv kort hvorfor.")
    expect(problem).not_to_have_class("ds-validation-message")
    reason = slot.locator("textarea[name$='.reason']")
    reason.focus()
    reason.press("Tab")

    expect(problem).to_have_class("ds-validation-message")
    reason.fill("Vi har ingen produkter")
    reason.press("Tab")
    expect(problem).to_have_count(0)


def held_back(page: Page) -> list[Route]:
    """The next save of a page, on its way until it is let go."""
    saves: list[Route] = []

    def hold(route: Route) -> None:
        saves.append(route)

    page.route("**/answers", hold, times=1)
    return saves


def test_the_button_waits_for_a_save_on_its_way(visit: Visit, world: World) -> None:
    """A choice taken back at once reads like an untouched one in the button's form."""
    page = opened(visit("owner"), world)
    save_choice(page, "2")
    saves = held_back(page)
    with page.expect_request("**/answers"):
        choice(page, "4").check()
    choice(page, "2").check()

    page.locator(".save-bar button[name=action]").first.click(no_wait_after=True)
    page.wait_for_timeout(HELD_MS)
    assert page.url.endswith(SECTION)
    saves[0].continue_()
    page.wait_for_url("**/check")

    page.go_back()
    page.reload()
    expect(choice(page, "2")).to_be_checked()


def test_a_clash_that_comes_while_the_button_waits_is_seen_first(visit: Visit, world: World) -> None:
    kari, ola = opened(visit("owner"), world), opened(visit("member"), world)
    save_choice(kari, "4")
    save_choice(kari, "1")
    saves = held_back(ola)
    with ola.expect_request("**/answers"):
        choice(ola, "3").check()

    ola.locator(".save-bar button[name=action]").first.click(no_wait_after=True)
    saves[0].continue_()

    expect(ola.locator("[data-clash]")).to_be_in_viewport()
    kari.reload()
    expect(choice(kari, "1")).to_be_checked()


def test_a_lost_reply_does_not_make_one_clash_with_oneself(visit: Visit, world: World) -> None:
    page = opened(visit("owner", is_lenient=True), world)
    save_choice(page, "1")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/answers", lose, times=1)
    choice(page, "4").check()
    expect(told(page)).to_have_attribute("data-state", "unsaved")
    choice(page, "2").check()

    expect_saved(page)
    expect(page.locator("[data-clash]")).to_have_count(0)
    page.reload()
    expect(choice(page, "2")).to_be_checked()


@pytest.fixture
def clashing(visit: Visit, world: World) -> tuple[Page, Page]:
    """Kari's and Ola's page of one question: Kari saved 1, then Ola, from the same page as hers, chose 3."""
    kari, ola = opened(visit("owner"), world), opened(visit("member"), world)
    save_choice(kari, "4")  # so that the next is a change, whatever stood there before
    save_choice(kari, "1")
    choice(ola, "3").check()
    expect(ola.locator("[data-clash]")).to_be_visible()
    return kari, ola


def test_two_people_see_what_each_said_and_what_stood_before(clashing: tuple[Page, Page]) -> None:
    kari, ola = clashing
    clash = ola.locator("[data-clash]")

    expect(clash).to_contain_text("Ditt svar (ikke lagret)")
    expect(clash).to_contain_text("Svaret fra Kari Nordmann kl.")
    expect(clash).to_contain_text("Slik sto det før")
    expect(told(ola)).not_to_contain_text("Lagret")
    kari.reload()
    expect(choice(kari, "1")).to_be_checked()


def test_the_others_answer_can_be_kept(clashing: tuple[Page, Page]) -> None:
    _, ola = clashing

    ola.get_by_role("button", name="Behold svaret fra Kari Nordmann").click()

    expect(ola.locator("[data-clash]")).to_have_count(0)
    expect(choice(ola, "1")).to_be_checked()


def test_ones_own_answer_stands_when_it_is_saved_again(clashing: tuple[Page, Page]) -> None:
    kari, ola = clashing

    ola.locator(".save-bar button[name=action]").first.click()
    ola.wait_for_url("**/check")

    kari.reload()
    expect(choice(kari, "3")).to_be_checked()
    expect(kari.locator(f"[data-slot='{QUESTION}'] .question-foot")).to_contain_text("Ola Hansen svarte")
