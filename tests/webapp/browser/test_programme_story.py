"""A programme's story: from the template, by 25 companies, to figures that tell of none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.webapp.browser.filed import download_report, without_reports, words_in
from tests.webapp.browser.visiting import DESKTOP, PHONE, Visitor, visiting
from tests.webapp.browser.world import World, link_in, now
from tests.webapp.services.offers import an_activity
from tests.webapp.sites import a_person, a_programme, as_actor, submitted
from webapp.db.queries_people import find_person_by_email
from webapp.register.numbers import is_orgnr
from webapp.services import cohortjoining, places
from webapp.services.actor import Actor
from webapp.services.site import Site

COHORT, NEWCOMER = "Fortalt kull", "kontakt0@kull.example"
COMPANIES = 25
UNNAMED = "Kontakt 20"
"""Of a company that lets nobody name it."""

EXAMPLES = tuple(f"eksempel_{name}/circular_business_models" for name in ("mobelverksted", "bygg", "butikk"))


@dataclass
class Story:
    """Whoever runs the programme, at a desk, and one company's owner on a phone.

    ``programme``, ``cohort``: their paths; ``gathering``: its id.
    """

    world: World
    staff: Visitor
    owner: Visitor
    programme: str = ""
    cohort: str = ""
    gathering: str = ""


@pytest.fixture
def story(world: World, chromium: Browser) -> Iterator[Story]:
    world.people["told_staff"] = a_person(world.site, "per@kull.example", "Per Programleder")
    a_programme(world.site, "Forrige program (eksempel)", staff=[world.people["told_staff"]])
    with (
        visiting(chromium, world, "told_staff", width=DESKTOP) as staff,
        visiting(chromium, world, width=PHONE) as owner,
    ):
        yield Story(world, staff, owner)


def test_a_programme_takes_25_companies_in_and_tells_nothing_of_one(story: Story, tmp_path: Path) -> None:
    set_up_the_programme(story)
    set_up_the_cohort(story)
    invite_from_a_list(story)
    join_by_mail(story)
    have_the_others_join_and_finish(story)
    look_at_the_progress(story)
    with without_reports(story.world):
        report = release_the_figures(story, tmp_path)
    set_up_the_gathering(story)
    seat_everybody(story)
    papers = print_the_pack(story, tmp_path)
    write_an_idea_down(story)

    assert COHORT in report
    assert "Kullbedrift" not in report
    for paper in ("Bordark", "Navneskilt"):
        assert "Kontakt 1" in papers[paper]
        assert UNNAMED not in papers[paper]
    assert UNNAMED not in papers["Deltakerark"]


def set_up_the_programme(story: Story) -> None:
    """Per sets it up from the template, and finds its activities there."""
    staff = story.staff
    staff.go("/programme/new")
    staff.page.locator("#name").fill("Fortalt programregion")
    staff.page.locator("#controller").fill("Eksempel fylkeskommune")
    staff.page.locator("#contact").fill("program@eksempel.example")
    staff.page.locator("#purpose").fill("Forberede samlingene.")
    staff.press("Sett opp programmet")
    expect(staff.page.locator("main")).to_contain_text("C1")
    story.programme = staff.page.url.removeprefix(f"{story.world.server.url}/nb").removesuffix("/activities")


def set_up_the_cohort(story: Story) -> None:
    """A cohort that is open from today, with the basic part of one questionnaire as pre-work."""
    staff = story.staff
    staff.go(f"{story.programme}/cohorts/new")
    staff.page.locator("#name").fill(COHORT)
    staff.page.locator("#opens").fill(now().strftime("%d.%m.%Y"))
    staff.page.locator("#prework-circular_business_models").select_option("basic")
    staff.press("Opprett kullet")
    story.cohort = staff.page.url.removeprefix(f"{story.world.server.url}/nb")


def the_list() -> str:
    """25 companies as a table of text."""
    numbers = islice((str(number) for number in count(310_030_000) if is_orgnr(str(number))), COMPANIES)
    rows = (
        f"Eksempel Kullbedrift {at} AS;{number};Kontakt {at};kontakt{at}@kull.example"
        for at, number in enumerate(numbers)
    )
    return "\n".join(("navn;orgnr;kontakt;epost", *rows))


def invite_from_a_list(story: Story) -> None:
    """A mistake in one row is told by its row, and nobody is invited; then all 25 are."""
    staff = story.staff
    good = the_list()
    staff.go(f"{story.cohort}/invitations")
    staff.page.locator("#text").fill(good.replace("kontakt3@", "kontakt3 "))
    staff.press("Kontroller listen")
    expect(staff.page.locator(".ds-error-summary")).to_contain_text("Rad 5")
    staff.page.locator("#text").fill(good)
    staff.press("Kontroller listen")
    expect(staff.page.locator("h1")).to_have_text(f"{COMPANIES} bedrifter kan inviteres")
    staff.page.locator("main form button[type=submit]").first.click()
    expect(staff.page.locator(".notice")).to_contain_text(f"{COMPANIES} bedrifter er invitert.")


def join_by_mail(story: Story) -> None:
    """One opens the link on a phone, says who they are, and what the answers may be used for."""
    owner = story.owner
    owner.go(link_in(story.world.server.mail_to(NEWCOMER), "cohort-invitation/"))
    owner.page.locator("#name").fill("Kari Kullbedrift")
    owner.press("Gå videre")
    assert not owner.page.locator("main input[type=checkbox]:checked").count()
    for use in ("aggregate", "tables"):
        owner.page.locator(f"main input[type=checkbox][value={use}]").check()
    owner.press("Bli med")
    expect(owner.page.locator("main")).to_contain_text(COHORT)


def have_the_others_join_and_finish(story: Story) -> None:
    """24 more by their own links; what all of them answer would be the same page after page."""
    site, moment = story.world.site, now()
    for at in range(1, COMPANIES):
        token = link_in(story.world.server.mail_to(f"kontakt{at}@kull.example"), "cohort-invitation/")
        entered = cohortjoining.enter(
            site, token.rpartition("/")[2], name=f"Kontakt {at}", language="nb", trial_id=None, now=moment
        )
        assert isinstance(entered, tuple), entered
        person = person_of(site, f"kontakt{at}@kull.example")
        uses = ("aggregate", "tables") if at % 5 else ("aggregate",)
        cohortjoining.accept(site, person, entered[0], company_id="", uses=uses, now=moment)
    with without_reports(story.world):
        for at in range(COMPANIES):
            person = person_of(site, f"kontakt{at}@kull.example")
            [company] = person.organisations("owner")
            submitted(site, person, company, EXAMPLES[at % len(EXAMPLES)], now=now())


def person_of(site: Site, address: str) -> Actor:
    """Somebody by their address, with the roles they have now."""
    with site.database.read() as session:
        found = find_person_by_email(session, address)
        assert found is not None
    return as_actor(site, found.id, now())


def look_at_the_progress(story: Story) -> None:
    """Per sees that all of them have handed in."""
    staff = story.staff
    staff.go(f"{story.cohort}?step=handed_in")
    expect(staff.page.locator("main")).to_contain_text("Eksempel Kullbedrift 24 AS")


def release_the_figures(story: Story, folder: Path) -> str:
    """He gives the figures out, and Kari reads them on her phone; the words of the document."""
    staff, owner = story.staff, story.owner
    staff.go(f"{story.cohort}/figures")
    expect(staff.page.locator("main")).to_contain_text(f"{COMPANIES} bedrifter")
    staff.page.locator("main a", has_text="Gi ut tallene").click()
    staff.press("Gi ut tallene")
    report = download_report(staff.page, "PDF på bokmål", folder)

    owner.go(f"/cohort-figures/{opened_release(staff)}")
    expect(owner.page.locator("main")).to_contain_text(COHORT)
    return words_in(report)


def opened_release(staff: Visitor) -> str:
    """The id of the release that stands first on the page."""
    link = staff.page.locator("main a[href*='/cohort-figures/']").first.get_attribute("href")
    assert link is not None
    return link.rpartition("/")[2]


def set_up_the_gathering(story: Story) -> None:
    """A gathering that has just begun, for the cohort; one of each company comes."""
    site, staff, begins = story.world.site, story.world.actor("told_staff"), now() - timedelta(minutes=5)
    programme = story.programme.rpartition("/")[2]
    story.gathering = an_activity(
        site, staff, programme, "G9", "gathering", starts=begins, prework=["circular_business_models"]
    )
    for at in range(COMPANIES):
        person = person_of(site, f"kontakt{at}@kull.example")
        [company] = person.organisations("owner")
        places.register(site, person, story.gathering, company, begins - timedelta(days=1))
    story.staff.go(f"{story.programme}/activities/{story.gathering}/gathering")
    story.staff.page.locator("#cohort").select_option(label=COHORT)
    story.staff.press("Start")
    expect(story.staff.page.locator("main")).to_contain_text(f"{COMPANIES} av {COMPANIES}")


def seat_everybody(story: Story) -> None:
    """Tables are proposed, one is changed by hand, and the participants see them."""
    staff = story.staff
    staff.go(f"{story.programme}/activities/{story.gathering}/gathering/guests")
    for box in staff.page.locator("input[name=there]").all():
        box.check()
    staff.press("Lagre")
    staff.go(f"{story.programme}/activities/{story.gathering}/gathering/tables")
    staff.press("Foreslå bord")
    expect(staff.page.locator(".table-card .seats li")).to_have_count(COMPANIES)
    moved = staff.page.locator("#table-1 + ul input").first.get_attribute("value")
    staff.page.locator("#move-person").select_option(moved)
    staff.page.locator("#move-table").select_option("2")
    staff.page.get_by_role("button", name="Flytt", exact=True).click()
    expect(staff.page.locator(f"#table-2 + ul input[value='{moved}']")).to_be_visible()
    staff.press("Vis bordene for deltakerne")


def print_the_pack(story: Story, folder: Path) -> dict[str, str]:
    """Everything for the room; the words of each paper."""
    staff = story.staff
    desk = f"{story.programme}/activities/{story.gathering}/gathering"
    papers = {}
    for paper in ("Deltakerark", "Bordark", "Notater til fasilitatorene", "Navneskilt"):
        staff.go(desk)
        staff.page.get_by_role("button", name=re.compile(f"^Lag på bokmål.*{paper}$")).click()
        papers[paper] = words_in(download_report(staff.page, f"{paper}, ", folder))
    return papers


def write_an_idea_down(story: Story) -> None:
    """Kari writes an idea of her table down on her phone; Per sees it, with who does what next."""
    owner, staff = story.owner, story.staff
    owner.go(f"/gatherings/{story.gathering}/ideas")
    owner.page.locator("#text").fill("Dele lastebil til returene")
    owner.page.locator("#next_step").fill("Ring transportøren")
    owner.press("Lagre ideen")
    staff.go(f"/gatherings/{story.gathering}/ideas")
    expect(staff.page.locator(".ideas")).to_contain_text("Dele lastebil til returene")
    expect(staff.page.locator(".ideas")).to_contain_text("Ring transportøren")
