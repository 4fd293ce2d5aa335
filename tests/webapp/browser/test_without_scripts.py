"""With JavaScript off everything works: the way to the result, mistakes, clashes, rows, new questions."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Locator, expect

from tests.webapp.browser.conftest import Visit
from tests.webapp.browser.deeds import CLASHING
from tests.webapp.browser.filed import without_reports
from tests.webapp.browser.filling import answer_everything, choose_assessment, fill_profile
from tests.webapp.browser.visiting import Visitor
from tests.webapp.browser.world import CIRCULAR, World, a_new_address, link_in, now
from tests.webapp.sites import WORKSHOP

SAVE = "button[name=action][value=next]"


def section(visitor: Visitor, world: World, assessment: str, name: str) -> None:
    """Open one section."""
    visitor.go(f"/assessments/{world.assessments[assessment]}/sections/{name}")


def test_from_the_front_page_to_the_result(visit: Visit, world: World) -> None:
    visitor = visit(has_scripts=False)
    visitor.go("/")
    visitor.press("Prøv uten konto")
    choose_assessment(visitor, CIRCULAR)
    fill_profile(visitor, "Prøvebedriften AS")

    assert answer_everything(visitor) >= 8

    expect(visitor.page.locator("main")).to_contain_text("Alle spørsmålene er besvart.")
    with without_reports(world):
        visitor.press("Send inn svarene")
        expect(visitor.page.locator(".notice")).to_contain_text("Kvitteringen er")
    expect(visitor.page.locator("#verdict")).to_be_visible()
    expect(visitor.page.locator("main")).to_contain_text("Svarene ligger her til")
    visitor.follow("Behold svarene")
    expect(visitor.page.locator("#email")).to_be_visible()


def test_somebody_signs_in_with_the_link_they_were_sent(visit: Visit, world: World) -> None:
    visitor, address = visit(has_scripts=False), a_new_address()
    visitor.go("/signin")
    visitor.page.locator("#email").fill(address)
    visitor.press("Send lenke")

    visitor.go(link_in(world.server.mail_to(address), "signin/"))
    visitor.press("Logg inn")

    expect(visitor.page.locator(".site-nav")).to_contain_text("Logg ut")


def test_somebody_is_told_when_they_will_be_signed_out(visit: Visit, world: World) -> None:
    before = clock_at_the_end(world)
    visitor = visit("owner", has_scripts=False)
    visitor.go("/assessments")
    after = clock_at_the_end(world)

    told = visitor.page.locator("noscript")
    expect(told).to_be_visible()
    assert told.inner_text() in {
        f"Du blir logget ut kl. {time} hvis du ikke gjør noe. Det som er lagret, er trygt."
        for time in (before, after)
    }


def test_whoever_is_not_signed_in_is_not_told_so(visit: Visit) -> None:
    visitor = visit(has_scripts=False)
    visitor.go("/")

    assert "logget ut" not in visitor.text


def clock_at_the_end(world: World) -> str:
    """What clocks show when a session ends that is used now."""
    end = now() + timedelta(minutes=world.site.settings.session_minutes)
    return f"{end.astimezone(world.site.zone):%H:%M}"


def test_an_answer_takes_a_question_away_and_another_brings_it_back(visit: Visit, world: World) -> None:
    world.answer("owner", "wide", "strategy.business_model", WORKSHOP, "")  # whatever others left there
    visitor = visit("owner", has_scripts=False)
    section(visitor, world, "wide", "strategy")
    choices = visitor.page.locator("[data-slot='strategy.business_model'] .choices:not(.statuses) input")
    slot = visitor.page.locator("[data-slot='strategy.customer_value']")
    for at in range(choices.count() - 1):
        choices.nth(at).uncheck()
    choices.last.check()  # no such model
    with visitor.page.expect_navigation():  # else the next page is asked for before this one was sent
        visitor.page.locator(SAVE).click()
    assert visitor.watch.status() == 200, visitor.text
    section(visitor, world, "wide", "strategy")
    expect(slot).to_be_hidden()

    choices.last.uncheck()
    choices.first.check()
    visitor.page.locator(SAVE).click()

    expect(visitor.page.locator(".notice")).to_contain_text("nye spørsmål")
    expect(slot).to_be_visible()
    assert visitor.page.url.endswith("#q-strategy-customer_value")


def test_a_mistake_is_named_on_top_and_what_was_typed_stays(visit: Visit, world: World) -> None:
    visitor = visit("owner", has_scripts=False)
    section(visitor, world, "wide", "operations")
    field = visitor.page.locator("main input[inputmode=decimal]").first
    field.fill("ganske mye")

    visitor.page.locator(SAVE).click()

    expect(visitor.page).to_have_title(re.compile("^Feil:"))
    assert visitor.watch.status() == 400
    link = visitor.page.locator("[data-error-summary] a").first
    link.click()
    target = visitor.page.url.partition("#")[2]
    assert visitor.page.locator(f"[id='{target}']").input_value() == "ganske mye"


def test_rows_are_added_and_removed_with_buttons(visit: Visit, world: World) -> None:
    visitor = visit("owner", has_scripts=False)
    section(visitor, world, "wide", "indicators")
    table = visitor.page.locator("[data-slot='indicators.inflow']")
    rows = table.locator("fieldset.row")
    expect(rows).to_have_count(2)

    for at in range(2):
        _fill_row(rows.nth(at), f"Furu {at}")
    table.locator("button[name=add_row]").click()
    expect(rows).to_have_count(3)
    table.locator("button[name=remove_row]").first.click()

    expect(rows).to_have_count(2)
    expect(rows.first.locator("input").first).to_have_value("Furu 1")


def _fill_row(row: Locator, text: str) -> None:
    for field in row.locator("input").all():
        field.fill("1" if field.get_attribute("inputmode") == "decimal" else text)


def test_two_answers_to_one_question_are_settled_by_hand(visit: Visit, world: World) -> None:
    visitor = visit("owner", has_scripts=False)
    section(visitor, world, "clash", "strategy")
    mine = f"[name='q.{CLASHING}'][value='0']"
    theirs = f"[name='q.{CLASHING}.comment']"
    world.answer("member", "clash", CLASHING, WORKSHOP, "Ola skrev dette først")

    visitor.page.locator(mine).check()
    visitor.page.locator(SAVE).click()

    clash = visitor.page.locator("[data-clash]")
    expect(clash).to_contain_text("Ditt svar (ikke lagret)")
    assert visitor.watch.status() == 409
    expect(clash).to_contain_text("Svaret fra Ola Hansen")
    expect(clash).to_contain_text("Slik sto det før")
    clash.get_by_role("button", name="Behold svaret fra Ola Hansen").click()
    expect(visitor.page.locator("[data-clash]")).to_have_count(0)
    expect(visitor.page.locator(theirs)).to_have_value("Ola skrev dette først")


def test_saving_again_after_a_clash_makes_ones_own_answer_stand(visit: Visit, world: World) -> None:
    visitor = visit("owner", has_scripts=False)
    section(visitor, world, "clash", "strategy")
    comment = visitor.page.locator(f"[name='q.{CLASHING}.comment']")
    world.answer("member", "clash", CLASHING, WORKSHOP, "Ola skrev noe annet nå")

    visitor.page.locator(f"[data-slot='{CLASHING}'] .question-beside summary").click()
    comment.fill("Kari mener dette")
    visitor.page.locator(SAVE).click()
    expect(visitor.page.locator("[data-clash]")).to_be_visible()
    expect(comment).to_have_value("Kari mener dette")
    with visitor.page.expect_navigation():
        visitor.page.locator(SAVE).click()

    section(visitor, world, "clash", "strategy")
    expect(comment).to_have_value("Kari mener dette")


def test_an_answer_is_taken_away_with_its_button(visit: Visit, world: World) -> None:
    visitor = visit("owner", has_scripts=False)
    section(visitor, world, "wide", "symbiosis")
    slot = visitor.page.locator("[data-slot='symbiosis.mapping']")
    slot.locator(".choices input").first.check()
    with visitor.page.expect_navigation():
        visitor.page.locator(SAVE).click()
    section(visitor, world, "wide", "symbiosis")

    slot.locator("button[name=clear]").click()

    expect(slot.locator("input:checked")).to_have_count(0)
