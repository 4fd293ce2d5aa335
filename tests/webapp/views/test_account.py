"""One's own page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.webapp.apps import app_of
from tests.webapp.sites import a_company, a_person, as_actor, make_site
from tests.webapp.views.browsing import anonymous, browser_of, hidden_in, text_of
from webapp.db.tables.people import AddressChange, Membership, Person
from webapp.services import invitations
from webapp.services.site import Site
from webapp.services.tokens import hash_of


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path)


@pytest.fixture
def app(site: Site) -> Any:
    return app_of(site)


@pytest.fixture
def kari(site: Site) -> str:
    return a_person(site)


def give_secret(site: Site, secret: str) -> None:
    """What the mail to the new address carries."""
    with site.database.write() as session:
        session.scalars(select(AddressChange)).one().hash = hash_of(secret)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_shows_what_there_is(app: Any, site: Site, kari: str, language: str) -> None:
    company = a_company(site, owners=[kari])
    a_company(site, "Eksempel Oslo", "923609016", parent=company)

    page = text_of(browser_of(app, site, kari, language).get("/account"))

    assert "Kari Nordmann" in page
    assert "Eksempel Oslo" in page


def test_it_is_for_people_with_an_account(app: Any) -> None:
    visitor = anonymous(app)

    assert visitor.client.get("/nb/account").headers["Location"] == "/nb/signin?next=/nb/account"
    visitor.post("/nb/try")
    visitor.get("/nb/account", 403)


def test_details_are_saved(app: Any, site: Site, kari: str) -> None:
    browser = browser_of(app, site, kari)

    shown = hidden_in(browser.get("/account"), "shown_mail")
    browser.post("/account", {"name": " Kari  N. ", "language": "nn", "shown_mail": shown})

    with site.database.read() as session:
        person = session.get_one(Person, kari)
    assert (person.name, person.language, person.wants_mail) == ("Kari N.", "nn", False)
    assert "Lagret." in text_of(browser.get("/account"))


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "x" * 301, "language": "nb"},
        {"name": "a\x00b", "language": "nb"},
        {"name": "Kari", "language": "se"},
    ],
    ids=["too long", "a sign that cannot be kept", "a language we do not have"],
)
def test_wrong_details_are_told(app: Any, site: Site, kari: str, sent: dict[str, str]) -> None:
    page = browser_of(app, site, kari).post("/account", sent, 400)

    assert "Noe må rettes" in text_of(page)
    with site.database.read() as session:
        assert session.get_one(Person, kari).name == "Kari Nordmann"


def test_other_browsers_are_signed_out(app: Any, site: Site, kari: str) -> None:
    here, there = browser_of(app, site, kari), browser_of(app, site, kari)

    assert text_of(here.get("/account")).count("Logget inn") == 2
    here.post("/account/sessions")

    assert "Du er logget ut alle andre steder" in text_of(here.get("/account"))
    assert there.client.get("/nb/account").status_code == 303


def test_an_address_is_changed_by_its_link(app: Any, site: Site, kari: str) -> None:
    browser = browser_of(app, site, kari)

    browser.post("/account/address", {"email": "kari.ny@eksempel.no"})
    assert "Vi har sendt en lenke til kari.ny@eksempel.no" in text_of(browser.get("/account"))
    give_secret(site, "secret")
    assert "kari.ny@eksempel.no" in text_of(browser.get("/account/address/secret"))
    browser.post("/account/address/secret")

    assert "Du logger inn med kari.ny@eksempel.no" in text_of(browser.get("/account"))
    browser.get("/account/address/secret", 410)
    assert len(site.queue.ids) == 2  # type: ignore[attr-defined]  # the tests' own queue


def test_a_link_is_of_no_use_to_others(app: Any, site: Site, kari: str) -> None:
    browser_of(app, site, kari).post("/account/address", {"email": "liv@annen.no"})
    give_secret(site, "secret")
    liv = browser_of(app, site, a_person(site, "liv@annen.no", "Liv"))

    liv.get("/account/address/secret", 404)
    liv.post("/account/address/secret", status=404)
    visitor = anonymous(app).client.get("/nb/account/address/secret")

    assert visitor.headers["Location"] == "/nb/signin?next=/nb/account/address/secret"


@pytest.mark.parametrize("email", ["", "kari", "kari@", "a b@c.no"])
def test_what_is_no_address_is_told(app: Any, site: Site, kari: str, email: str) -> None:
    page = browser_of(app, site, kari).post("/account/address", {"email": email}, 400)

    assert "Noe må rettes" in text_of(page)


def test_invitations_wait_on_it(app: Any, site: Site, kari: str) -> None:
    per = a_person(site, "per@annen.no", "Per")
    first, second = (a_company(site, name, None, owners=[per]) for name in ("Annen AS", "Tredje AS"))
    now, actor = datetime.now(UTC), as_actor(site, per)
    sent = [
        invitations.invite(site, actor, id_, now, email="kari@eksempel.no", role="member", language="nb")
        for id_ in (first, second)
    ]
    browser = browser_of(app, site, kari)

    assert "Per inviterer deg" in text_of(browser.get("/account"))
    browser.post(f"/invitations/{sent[0].invitation_id}/joining")
    browser.post(f"/invitations/{sent[1].invitation_id}/refusal")

    assert "Per inviterer deg" not in text_of(browser.get("/account"))
    with site.database.read() as session:
        own = session.scalars(select(Membership.organisation_id).where(Membership.person_id == kari)).all()
    assert own == [first]
