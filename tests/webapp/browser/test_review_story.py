"""A review's story: handed in, rated without seeing, sent back, handed in again, approved, and acted upon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.webapp.browser.filed import bring_report_on, download_report, without_reports, words_in
from tests.webapp.browser.visiting import DESKTOP, PHONE, Visitor, visiting
from tests.webapp.browser.world import World, now
from tests.webapp.sites import (
    a_company,
    a_person,
    a_programme,
    an_assessment,
    answer_like,
    example_answers,
)
from tests.webapp.views.reviewed import AMBITION
from webapp.db.tables.organisations import Programme
from webapp.services.judging import Judgement, judge, reach_review, unrated_choices

PRIVATE, SHARED = "Spør om hvem som eier målet.", "Fint at ledelsen har sagt ja."
REQUEST, REASON = "Legg ved styrevedtaket.", "Målet gjelder ett produkt, ikke hele bedriften."
ACTION = "Vedta mål for alle produktene"


@dataclass
class Story:
    """A company's owner on a phone and its advisor at a desk. ``id``: of the assessment."""

    world: World
    owner: Visitor
    advisor: Visitor
    id: str

    def go(self, who: Visitor, path: str) -> None:
        """Open a page of the assessment as somebody."""
        who.go(f"/assessments/{self.id}{path}")


@pytest.fixture
def story(world: World, chromium: Browser) -> Iterator[Story]:
    site, people = world.site, world.people
    people["told_owner"] = a_person(site, "fortalt@eksempel.example", "Turid Eksempel")
    people["told_advisor"] = a_person(site, "fortelling@eksempel.example", "Rolf Eksempel")
    company = a_company(
        site,
        "Eksempel Fortelling AS",
        None,
        owners=[people["told_owner"]],
        advisors=[people["told_advisor"]],
    )
    programme = a_programme(site, "Fortalt region (eksempel)", companies=[company])
    with site.database.write() as session:
        session.get_one(Programme, programme).rates_blind = True
    owner = world.actor("told_owner")
    id_ = an_assessment(site, owner, company, now=now())
    answer_like(site, owner, id_, example_answers(), now=now())
    with (
        visiting(chromium, world, "told_owner", width=PHONE) as at_home,
        visiting(chromium, world, "told_advisor", width=DESKTOP) as at_work,
    ):
        yield Story(world, at_home, at_work, id_)


def test_a_review_goes_back_and_forth_and_ends_in_a_plan(story: Story, tmp_path: Path) -> None:
    with without_reports(story.world):
        hand_in(story)
        rate_without_seeing(story)
        send_back(story)
        answer_again(story)
        approve(story)
        agree_on_something(story)
    bring_report_on(story.world, "told_owner", story.id, "company")
    advisors, companys = download_both_reports(story, tmp_path)

    for line in (SHARED, REASON, ACTION):
        assert line in words_in(companys)
        assert line in words_in(advisors)
    assert PRIVATE in words_in(advisors)
    assert PRIVATE not in words_in(companys)
    checked = story.world.server.command("report", "verify", str(advisors), str(companys))
    assert checked.returncode == 0, (checked.stdout, checked.stderr)


def hand_in(story: Story) -> None:
    """Turid hands in from her phone."""
    story.go(story.owner, "/check")
    story.owner.press("Send inn svarene")
    expect(story.owner.page.locator(".notice")).to_contain_text("Kvitteringen er")


def rate_without_seeing(story: Story) -> None:
    """Rolf rates the ambition before he is shown what the company chose, and writes two notes."""
    advisor = story.advisor
    advisor.go("/portfolio")
    advisor.page.locator("main a", has_text="Eksempel Fortelling AS").click()
    advisor.press("Start gjennomgangen")
    story.go(advisor, f"/review/{AMBITION}")
    assert "Bedriftens svar" not in advisor.page.locator(".rate").inner_text()
    expect(advisor.page.locator(".said.is-hidden")).to_be_visible()

    advisor.page.locator("#rating-2").check()
    advisor.page.locator("#reason").fill(REASON)
    advisor.press("Lagre og se bedriftens svar")

    expect(advisor.page.locator(".own-choice")).to_have_text("Bedriftens svar")
    advisor.page.locator("#text-private").fill(PRIVATE)
    advisor.press("Lagre notatet")
    advisor.page.locator(".write-shared summary").click()
    advisor.page.locator("#text-shared").fill(SHARED)
    advisor.press("Del med bedriften")
    expect(advisor.page.locator(".note.is-shared")).to_contain_text(SHARED)
    expect(advisor.page.locator(".note.is-private")).to_contain_text(PRIVATE)


def send_back(story: Story) -> None:
    """He asks for more about that one question, and sends the whole back with a reason."""
    advisor = story.advisor
    advisor.page.locator(".request summary").click()
    advisor.page.locator("#request-text").fill(REQUEST)
    advisor.press("Legg til i det som sendes tilbake")
    story.go(advisor, "/review")
    advisor.follow("Send tilbake")
    expect(advisor.page.locator(".asked-again")).to_contain_text(REQUEST)
    advisor.page.locator("#reason").fill("Ett svar til, så er vi i mål.")
    advisor.press("Send tilbake")
    expect(advisor.page.locator(".notice")).to_contain_text("Egenvurderingen er sendt tilbake.")


def answer_again(story: Story) -> None:
    """Turid sees what is asked where she answers it, and the shared note; never the private one."""
    owner = story.owner
    story.go(owner, "")
    expect(owner.page.locator("main")).to_contain_text("Ett svar til, så er vi i mål.")
    story.go(owner, "/sections/strategy")
    expect(owner.page.locator(".asked-mark")).to_contain_text(REQUEST)
    with owner.page.expect_response("**/answers"):
        owner.page.locator(f"[name='q.{AMBITION}'][value='4']").check()
    expect(owner.page.locator("[data-save-state]")).to_contain_text("Lagret kl.")
    story.go(owner, f"/questions/{AMBITION}")
    expect(owner.page.locator("main")).to_contain_text(SHARED)
    assert PRIVATE not in owner.page.content()

    story.go(owner, "/check")
    owner.press("Send inn svarene på nytt")
    expect(owner.page.locator(".notice")).to_contain_text("Kvitteringen er")


def approve(story: Story) -> None:
    """Only what changed stands out to Rolf. He rates the rest, and signs off."""
    advisor = story.advisor
    story.go(advisor, "/review")
    advisor.press("Start gjennomgangen")
    story.go(advisor, "/review?show=changed")
    expect(advisor.page.locator(".review-list li")).to_have_count(1)
    expect(advisor.page.locator(f".review-list a[href*='/review/{AMBITION}']")).to_have_count(1)
    story.go(advisor, f"/review/{AMBITION}?show=changed")
    advisor.page.locator("#rating-2").check()
    advisor.page.locator("#reason").fill(REASON)
    advisor.page.locator("button[name=then][value=stay]").click()
    rate_the_rest(story)

    story.go(advisor, "/review")
    advisor.follow("Godkjenn")
    expect(advisor.page.locator(".overrides")).to_contain_text(REASON)
    advisor.press("Godkjenn")
    expect(advisor.page.locator(".notice")).to_contain_text("Egenvurderingen er godkjent.")

    story.go(story.owner, "/result")
    expect(story.owner.page.locator(".signed")).to_contain_text("Rolf Eksempel")
    expect(story.owner.page.locator(".signed .signed-side")).to_have_count(2)


def rate_the_rest(story: Story) -> None:
    """As the company did; page after page would be the same again and again."""
    site, advisor = story.world.site, story.world.actor("told_advisor")
    answers = example_answers().answers
    with site.database.read() as session:
        at = reach_review(session, site, advisor, story.id)
        left = unrated_choices(session, at)
    for question in sorted(left):
        value = answers[question].value if question in answers else "0"
        judge(
            site,
            advisor,
            story.id,
            question,
            now(),
            judgement=Judgement(value if isinstance(value, str) else "0", reason="Slik vi ser det."),
            base=0,
        )


def agree_on_something(story: Story) -> None:
    """They agree on what comes next; Turid says that it has begun."""
    advisor, owner = story.advisor, story.owner
    story.go(advisor, "/plan/new")
    advisor.page.get_by_label("Hva skal gjøres?").fill(ACTION)
    advisor.page.get_by_label("Ansvarlig").fill("Daglig leder")
    advisor.press("Legg til tiltaket")
    expect(advisor.page.locator(".notice")).to_contain_text("Tiltaket er lagt til.")

    story.go(owner, "/plan")
    owner.page.get_by_role("link", name=ACTION).first.click()
    owner.page.get_by_label("I gang").check()
    owner.page.locator("main form button[type=submit]").first.click()
    story.go(advisor, "/plan")
    expect(advisor.page.locator("main")).to_contain_text("I gang")


def download_both_reports(story: Story, folder: Path) -> tuple[Path, Path]:
    """Rolf takes the advisor's edition home, Turid the company's."""
    advisors = report_of(story, story.advisor, "Rådgiverens utgave", folder / "a")
    return advisors, report_of(story, story.owner, "Hele rapporten", folder / "c")


def report_of(story: Story, who: Visitor, edition: str, folder: Path) -> Path:
    """An edition in bokmål; it is asked for where there is none, or none with the plan in it yet."""
    story.go(who, "/documents")
    row = who.page.locator(".documents > li", has_text=edition).first
    asking = row.get_by_role("button", name=re.compile("^Lag (ny )?på bokmål$"))
    while asking.count():
        asking.click()
        story.go(who, "/documents")
    return download_report(who.page, f"{edition}, Last ned på bokmål", folder)
