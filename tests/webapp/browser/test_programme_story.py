"""A programme's story: from the template, by 25 companies, to figures that tell of none of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice

import pytest
from playwright.sync_api import Browser, expect

from tests.webapp.browser.visiting import DESKTOP, PHONE, Visitor, visiting
from tests.webapp.browser.world import World, link_in, now
from tests.webapp.sites import a_person, a_programme, as_actor, submitted
from webapp.db.queries_people import find_person_by_email
from webapp.register.numbers import is_orgnr
from webapp.services import cohortjoining
from webapp.services.actor import Actor
from webapp.services.site import Site

COHORT, NEWCOMER = "Fortalt kull", "kontakt0@kull.example"
COMPANIES = 25
EXAMPLES = tuple(f"eksempel_{name}/circular_business_models" for name in ("mobelverksted", "bygg", "butikk"))


@dataclass
class Story:
    """Whoever runs the programme, at a desk, and one company's owner on a phone. ``programme``: its path."""

    world: World
    staff: Visitor
    owner: Visitor
    programme: str = ""
    cohort: str = ""
    people: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def story(world: World, chromium: Browser) -> Iterator[Story]:
    world.people["told_staff"] = a_person(world.site, "per@kull.example", "Per Programleder")
    a_programme(world.site, "Forrige program (eksempel)", staff=[world.people["told_staff"]])
    with (
        visiting(chromium, world, "told_staff", width=DESKTOP) as staff,
        visiting(chromium, world, width=PHONE) as owner,
    ):
        yield Story(world, staff, owner)


def test_a_programme_takes_25_companies_in_and_tells_nothing_of_one(story: Story) -> None:
    set_up_the_programme(story)
    set_up_the_cohort(story)
    invite_from_a_list(story)
    join_by_mail(story)
    have_the_others_join_and_finish(story)
    look_at_the_progress(story)


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
