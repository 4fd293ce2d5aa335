"""An advisor's way from a number to a company that somebody else has taken over."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.webapp.apps import app_of
from tests.webapp.registers import COUNCIL, ListedRegister
from tests.webapp.services.advising import Crew
from tests.webapp.sites import NOW, a_programme, make_site
from tests.webapp.views.browsing import Browser, browser_of, text_of
from webapp.db.tables.organisations import Organisation, Participation, ProfileFact, ProgrammeAdvisor
from webapp.db.tables.people import Invitation, Membership

AT = "/portfolio/companies"
ASKED = (
    *("nace", "employees", "municipality", "has_products", "buys_materials"),
    *("has_production_residues", "process_water", "public", "pollution_duty"),
)
FACTS = {f"f.{name}.here": "nb" for name in ASKED} | {f"f.{name}.version": "0" for name in ASKED}
"""What a browser sends of the form when nothing is filled in."""


@pytest.fixture
def crew(tmp_path: Path) -> Crew:
    return Crew(replace(make_site(tmp_path), register=ListedRegister()))


@pytest.fixture
def advisor(crew: Crew) -> Browser:
    return browser_of(app_of(crew.site), crew.site, crew.advisor_id)


def made(crew: Crew) -> Organisation:
    """The company that was set up last."""
    with crew.site.database.read() as session:
        return session.scalars(select(Organisation).where(Organisation.id != crew.company)).one()


def set_up(crew: Crew, advisor: Browser) -> str:
    """The place of a company that was set up by its name."""
    advisor.post(f"{AT}/new/unnumbered", {"name": "Eksempel Trevare AS"})
    return f"{AT}/{made(crew).id}"


def test_who_is_in_a_team_begins_with_an_empty_list_and_a_way_to_set_a_company_up(advisor: Browser) -> None:
    page = advisor.get(advisor.get("/", 303).headers["Location"])

    assert "Du følger ingen bedrifter ennå." in text_of(page)
    assert f'href="/nb{AT}/new">Sett opp en bedrift</a>' in page.text


def test_a_company_is_set_up_by_its_number(crew: Crew, advisor: Browser) -> None:
    sent = advisor.post(f"{AT}/new", {"number": COUNCIL.orgnr})
    found = advisor.get(sent.headers["Location"])
    kept = advisor.post(sent.headers["Location"])

    page = text_of(advisor.get(kept.headers["Location"]))

    assert "EKSEMPEL KOMMUNE" in text_of(found)
    assert "Er dette bedriften?" in text_of(found)
    assert "Bedriften er satt opp. Inviter en eier." in page
    assert "Ikke overlevert ennå" in page
    row = made(crew)
    assert (row.name, row.orgnr) == ("EKSEMPEL KOMMUNE", COUNCIL.orgnr)
    with crew.site.database.read() as session:
        assert session.get(Participation, (crew.programme, row.id)) is not None
        assert session.query(Membership).filter_by(organisation_id=row.id).count() == 0


@pytest.mark.parametrize(("typed", "said"), [("", "Skriv organisasjonsnummeret"), ("12345", "ni siffer")])
def test_what_is_no_number_is_said_so(advisor: Browser, typed: str, said: str) -> None:
    assert said in text_of(advisor.post(f"{AT}/new", {"number": typed}, 400))


def test_a_number_the_register_does_not_have_needs_a_name(crew: Crew, advisor: Browser) -> None:
    at = f"{AT}/new/971526920"

    assert "Vi fant ikke" in text_of(advisor.get(at))
    assert "Skriv navnet på virksomheten" in text_of(advisor.post(at, {"name": ""}, 400))
    advisor.post(at, {"name": "Ny AS"})

    assert (made(crew).name, made(crew).orgnr) == ("Ny AS", "971526920")


def test_a_company_one_follows_already_is_not_set_up_again(crew: Crew, advisor: Browser) -> None:
    advisor.post(f"{AT}/new/{COUNCIL.orgnr}")

    page = advisor.get(f"{AT}/new/{COUNCIL.orgnr}")
    again = advisor.post(f"{AT}/new/{COUNCIL.orgnr}", status=409)

    assert "Du følger allerede en bedrift med dette nummeret." in text_of(page)
    assert "Du følger allerede en bedrift med dette nummeret." in text_of(again)
    assert made(crew).orgnr == COUNCIL.orgnr


def test_who_advises_in_several_programmes_chooses_one(crew: Crew, advisor: Browser) -> None:
    other = a_programme(crew.site, "Arktisk program")
    with crew.site.database.write() as session:
        place = {"programme_id": other, "person_id": crew.advisor_id}
        session.add(ProgrammeAdvisor(**place, since_utc=NOW))

    page = advisor.get(f"{AT}/new?programme={crew.programme}")
    advisor.post(f"{AT}/new/unnumbered?programme={other}", {"name": "Ny AS"})

    assert f'href="/nb{AT}/new?programme={other}">Arktisk program</a>' in page.text
    with crew.site.database.read() as session:
        assert session.get(Participation, (other, made(crew).id)) is not None


def test_facts_are_filled_in_and_kept(crew: Crew, advisor: Browser) -> None:
    at = set_up(crew, advisor)

    advisor.post(f"{at}/facts", {**FACTS, "f.employees": "12"})

    with crew.site.database.read() as session:
        assert [(one.fact_id, one.value) for one in session.scalars(select(ProfileFact))] == [
            ("employees", "12")
        ]
    assert "1 opplysning er fylt ut." in text_of(advisor.get(at))
    assert 'value="12"' in advisor.get(f"{at}/facts").text


def test_a_fact_that_cannot_be_stays_in_the_form(crew: Crew, advisor: Browser) -> None:
    at = set_up(crew, advisor)

    page = advisor.post(f"{at}/facts", {**FACTS, "f.employees": "mange", "f.nace": "31.010"}, 400)

    assert 'value="mange"' in page.text
    with crew.site.database.read() as session:
        assert [one.fact_id for one in session.scalars(select(ProfileFact))] == ["nace"]


def test_a_fact_that_somebody_else_wrote_meanwhile_is_shown(crew: Crew, advisor: Browser) -> None:
    at = set_up(crew, advisor)
    advisor.post(f"{at}/facts", {**FACTS, "f.employees": "12"})

    page = advisor.post(f"{at}/facts", {**FACTS, "f.employees": "20"}, 409)

    assert "12" in text_of(page)
    assert 'value="20"' in page.text


def test_an_owner_is_invited_again_and_not_any_more(crew: Crew, advisor: Browser) -> None:
    at = set_up(crew, advisor)
    assert "data-error-summary" in advisor.post(f"{at}/invitation", {"email": ""}, 400).text

    advisor.post(f"{at}/invitation", {"email": "leder@eksempel.no"})
    page = advisor.get(at)
    listed = advisor.get("/portfolio")
    advisor.post(f"{at}/invitation/withdrawal")

    assert "Invitasjonen til leder@eksempel.no er på vei." in text_of(page)
    assert "Venter på at bedriften tar over" in text_of(page)
    assert "Venter på at bedriften tar over" in text_of(listed)
    assert f'href="/nb{at}"' in listed.text
    assert "Ikke overlevert ennå" in text_of(advisor.get(at))
    with crew.site.database.read() as session:
        assert session.scalars(select(Invitation)).all() == []


def test_once_it_is_taken_over_the_advisor_is_told_so(crew: Crew, advisor: Browser) -> None:
    at, id_ = set_up(crew, advisor), made(crew).id
    with crew.site.database.write() as session:
        place = {"organisation_id": id_, "person_id": crew.owner_id}
        session.add(Membership(**place, role="owner", since_utc=NOW))

    for page in (at, f"{at}/facts"):
        assert "Bedriften har tatt over." in text_of(advisor.get(page, 409))
    advisor.post(f"{at}/facts", {**FACTS, "f.employees": "99"}, 409)
    advisor.post(f"{at}/invitation", {"email": "ny@eksempel.no"}, 409)
    listed = advisor.get("/portfolio").text
    assert re.search(r'<p class="title">Eksempel Trevare AS</p>', listed)
    with crew.site.database.read() as session:
        assert session.scalars(select(ProfileFact)).all() == []


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_pages_speak_every_language(crew: Crew, language: str) -> None:
    browser = browser_of(app_of(crew.site), crew.site, crew.advisor_id, language)
    at = set_up(crew, browser)

    for page in (f"{AT}/new", f"{AT}/new/unnumbered", f"{AT}/new/{COUNCIL.orgnr}", at, f"{at}/facts"):
        assert "Sett opp" not in text_of(browser.get(page))
