"""A company's story: from a link in an e-mail to a report that checks out, written by two people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.webapp.browser.filed import download_report
from tests.webapp.browser.filling import (
    answer_everything,
    answer_section,
    choose_assessment,
    fill_profile,
    save_page,
)
from tests.webapp.browser.visiting import DESKTOP, PHONE, Visitor, visiting
from tests.webapp.browser.world import CIRCULAR, World, link_in

OWNER, COLLEAGUE = "liv@metall.example", "jon@metall.example"
GIVEN, SHARED_QUESTION = "recovery", "insight.competence"


@dataclass
class Story:
    """Two people and what they have come to."""

    world: World
    owner: Visitor
    colleague: Visitor
    assessment: str = ""
    reports: dict[str, Path] = field(default_factory=dict)

    def section(self, who: Visitor, name: str) -> Page:
        """Open one section as somebody."""
        return who.go(f"{self.assessment}/sections/{name}")


@pytest.fixture(params=["world", "postgres_world"], ids=["sqlite", "postgresql"])
def story(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Story]:
    world: World = request.getfixturevalue(request.param)
    with (
        visiting(chromium, world, width=DESKTOP) as owner,
        visiting(chromium, world, width=PHONE) as colleague,
    ):
        yield Story(world, owner, colleague)


def test_two_people_answer_together_and_get_a_report_that_checks_out(story: Story, tmp_path: Path) -> None:
    sign_in_by_mail(story)
    register_the_company(story)
    start_answering(story)
    give_a_section_away(story)
    take_the_section_on(story)
    write_at_the_same_time(story)
    hand_in(story)
    read_the_result(story)
    download(story, tmp_path)

    checked = story.world.server.command("report", "verify", *map(str, story.reports.values()))
    assert checked.returncode == 0, (checked.stdout, checked.stderr)


def sign_in_by_mail(story: Story) -> None:
    """Liv asks for a link, opens it, and presses the button there."""
    owner = story.owner
    owner.go("/")
    owner.follow("Logg inn")
    owner.page.locator("#email").fill(OWNER)
    owner.press("Send lenke")
    expect(owner.page.locator("h1")).to_have_text("Sjekk e-posten")

    owner.go(link_in(story.world.server.mail_to(OWNER), "signin/"))
    owner.press("Logg inn")

    expect(owner.page.locator(".site-nav")).to_contain_text("Logg ut")


def register_the_company(story: Story) -> None:
    """She types its number, and recognises what the register says."""
    owner = story.owner
    owner.follow("Start en egenvurdering")
    owner.page.locator("#number").fill("316 874 150")
    owner.press("Finn virksomheten")
    expect(owner.page.locator("main")).to_contain_text("EKSEMPEL METALLVERKSTED AS")
    owner.press("Bruk denne")
    expect(owner.page.locator(".notice")).to_contain_text("Virksomheten er lagret.")


def start_answering(story: Story) -> None:
    """She fills in the profile, which knows some already, and answers the first two sections."""
    owner = story.owner
    owner.go("/assessments/new")
    choose_assessment(owner, CIRCULAR)
    story.assessment = owner.page.url.removesuffix("/profile").removeprefix(story.world.server.url)[3:]
    expect(owner.page.locator("main")).to_contain_text("Hentet fra Enhetsregisteret")
    fill_profile(owner)
    for _ in range(2):
        answer_section(owner.page)
        save_page(owner.page)


def give_a_section_away(story: Story) -> None:
    """Jon knows more about what comes back; he is not here yet."""
    owner = story.owner
    owner.go(f"{story.assessment}/sections/{GIVEN}/give")
    owner.page.get_by_label("En som ikke er med ennå").check()
    owner.page.get_by_label("E-postadresse").fill(COLLEAGUE)
    owner.press("Gi delen")
    expect(owner.page.locator(".notice")).to_contain_text(f"{COLLEAGUE} er invitert")


def take_the_section_on(story: Story) -> None:
    """Jon follows the link to his section, and answers it on his phone."""
    colleague = story.colleague
    colleague.go(link_in(story.world.server.mail_to(COLLEAGUE), "invitation/"))
    colleague.page.get_by_label("Navn").fill("Jon Smed")
    colleague.press("Bli med")
    assert colleague.page.url.endswith(f"/sections/{GIVEN}")
    answer_section(colleague.page)
    expect(colleague.page.locator("[data-save-state]")).to_contain_text("Lagret kl.")
    with colleague.page.expect_navigation():
        colleague.press("Lagre og gå videre")

    page = story.section(story.owner, GIVEN)
    expect(page.locator("main")).to_contain_text("Jon Smed svarte")


def write_at_the_same_time(story: Story) -> None:
    """Both answer one question. Liv is first; Jon sees it, and lets hers stand."""
    mine = [story.section(who, "insight") for who in (story.owner, story.colleague)]
    owner, colleague = mine
    with owner.expect_response("**/answers"):
        owner.locator(f"[name='q.{SHARED_QUESTION}'][value='3']").check()
    expect(owner.locator("[data-save-state]")).to_contain_text("Lagret kl.")

    colleague.locator(f"[name='q.{SHARED_QUESTION}'][value='1']").check()

    clash = colleague.locator("[data-clash]")
    expect(clash).to_contain_text("Svaret fra liv")
    clash.get_by_role("button", name="Behold svaret fra liv").click()
    expect(colleague.locator(f"[name='q.{SHARED_QUESTION}'][value='3']")).to_be_checked()


def hand_in(story: Story) -> None:
    """Jon may not hand in; Liv answers the rest, and does."""
    story.colleague.go(f"{story.assessment}/check")
    expect(story.colleague.page.locator(".hand-in")).to_contain_text("Bare en eier kan sende inn")
    story.section(story.owner, "inputs")
    answer_everything(story.owner)
    expect(story.owner.page.locator("main")).to_contain_text("Alle spørsmålene er besvart.")

    story.owner.press("Send inn svarene")

    expect(story.owner.page.locator(".notice")).to_contain_text("Kvitteringen er")


def read_the_result(story: Story) -> None:
    """The same level for both, each on their own screen; nobody changes an answer any more."""
    story.colleague.go(f"{story.assessment}/result")
    levels = [who.page.locator(".verdict-level").inner_text() for who in (story.owner, story.colleague)]
    assert levels[0] == levels[1]
    assert "Kvittering" in story.world.server.mail_to(OWNER, after=1)
    expect(story.section(story.owner, "insight").locator("fieldset[disabled]")).to_have_count(1)


def download(story: Story, folder: Path) -> None:
    """The whole report, and the short one for a customer abroad."""
    page = story.owner.go(f"{story.assessment}/documents")
    story.reports["company"] = download_report(page, "Hele rapporten, Last ned på bokmål", folder)
    english = page.locator("li", has_text="Til banken eller en kunde")
    english.get_by_role("button", name="Lag på engelsk").click()
    story.reports["share"] = download_report(page, "Til banken eller en kunde, Last ned på engelsk", folder)
